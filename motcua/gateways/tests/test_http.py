"""A line to the outside: answers are read whole or not at all, and never waited for without end."""

from __future__ import annotations

import socket
import threading
import time

import pytest

from motcua.gateways import http
from motcua.gateways.http import Line
from motcua.rules.refusal import Refusal


class Other:
    """Something that listens and answers each connection with fixed pieces, a pause between them."""

    def __init__(self, *pieces: bytes, pause: float = 0.0) -> None:
        self.pieces, self.pause = pieces, pause
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def _serve(self) -> None:
        while True:
            try:
                one, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(one,), daemon=True).start()

    def _answer(self, one: socket.socket) -> None:
        try:
            with one:
                one.recv(65536)
                for piece in self.pieces:
                    one.sendall(piece)
                    time.sleep(self.pause)
        except OSError:
            return


def head(length: int) -> bytes:
    return f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode()


def refusal(call):
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_json_is_sent_and_read():
    assert Line("hệ thống", Other(head(8), b'{"a": 1}').base).json("POST", "/", {"b": 2}) == (
        200,
        {"a": 1},
    )


def test_an_answer_without_a_body_is_none():
    assert Line("hệ thống", Other(head(0)).base).json("GET", "/") == (200, None)


def test_what_is_no_json_is_said_to_be_unreadable():
    line = Line("hệ thống", Other(head(3), b"<a>").base)
    assert refusal(lambda: line.json("GET", "/")) == "port.answer_unreadable"


@pytest.mark.parametrize(
    "other",
    [
        Other(head(100), b"cut"),
        Other(head(1000), *[b"."] * 1000, pause=0.02),
        Other(pause=5),
    ],
    ids=["cut short", "dripping", "silent"],
)
def test_no_whole_answer_in_time_is_no_answer(other):
    line = Line("hệ thống", other.base, seconds=0.3)
    began = time.monotonic()
    assert refusal(lambda: line.send("GET", "/")) == "port.no_answer"
    assert time.monotonic() - began < 15


def test_nobody_there_is_no_answer():
    with socket.create_server(("127.0.0.1", 0)) as gone:
        base = f"http://127.0.0.1:{gone.getsockname()[1]}"
    assert refusal(lambda: Line("hệ thống", base).send("GET", "/")) == "port.no_answer"


def test_a_redirect_is_not_followed():
    moved = Other(
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    )
    assert Line("hệ thống", moved.base).send("GET", "/").status == 302


def test_an_answer_without_end_is_not_kept(monkeypatch):
    monkeypatch.setattr(http, "LARGEST", 10)
    line = Line("hệ thống", Other(head(100), b"." * 100).base)
    assert refusal(lambda: line.send("GET", "/")) == "port.answer_unreadable"
