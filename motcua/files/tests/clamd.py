"""A scanner for tests: speaks clamd's INSTREAM over a socket, in a process of its own.

`python -m motcua.files.tests.clamd WORD` prints its port, and finds a virus in every stream with WORD.
"""

from __future__ import annotations

import socket
import struct
import sys


def answer(to: socket.socket, word: bytes) -> None:
    with to, to.makefile("rb") as said:
        command = b""
        while not command.endswith(b"\0"):
            command += said.read(1)
        if command == b"zPING\0":
            to.sendall(b"PONG\0")
            return
        assert command == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack(">I", said.read(4))[0]:
            content += said.read(size)
        to.sendall(b"stream: Test.Virus FOUND\0" if word in content else b"stream: OK\0")


def main() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        sys.stdout.write(f"{server.getsockname()[1]}\n")
        sys.stdout.flush()
        while True:
            answer(server.accept()[0], sys.argv[1].encode())


if __name__ == "__main__":
    main()
