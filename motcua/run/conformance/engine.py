"""An engine in a process of its own, asked line by line; it may hang, die or talk rubbish."""

from __future__ import annotations

import json
import os
import queue
import shlex
import signal
import subprocess
import threading
from contextlib import suppress
from typing import Any

LONGEST_REPLY = 1_000_000
GIVEN_UP_AFTER = 3


class Unanswered(Exception):
    """Why a request has no answer: "timeout", "died", "rubbish"."""

    def __init__(self, why: str, said: str = "") -> None:
        super().__init__(why)
        self.why, self.said = why, said


class Unusable(Exception):
    """The engine cannot be started, or ends every time before it ever answered."""


class Engine:
    """The process behind a command line. A hang costs one case: the process is ended and begun anew."""

    def __init__(self, command: str, timeout: float) -> None:
        self.command, self.timeout = shlex.split(command), timeout
        self.process: subprocess.Popen[bytes] | None = None
        self.said: queue.Queue[bytes] = queue.Queue()
        self.has_answered = False
        self.deaths = 0

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """The engine's reply. Raises Unanswered for this case, Unusable for the engine."""
        if self.process is None:
            self._start()
        self._write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
        try:
            line = self.said.get(timeout=self.timeout)
        except queue.Empty:
            self.close()
            raise Unanswered("timeout") from None
        if not line:
            self._died()
        return self._understood(line, request.get("id"))

    def close(self) -> None:
        """End the process and everything it started."""
        if self.process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def _start(self) -> None:
        try:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
        except (OSError, ValueError, IndexError) as failure:
            raise Unusable(str(failure)) from None
        self.said = queue.Queue()
        threading.Thread(target=_listen, args=(self.process, self.said), daemon=True).start()

    def _write(self, line: bytes) -> None:
        # In a thread: an engine that does not read fills the pipe, and writing would wait for ever.
        threading.Thread(target=_say, args=(self.process, line), daemon=True).start()

    def _died(self) -> None:
        self.close()
        self.deaths += 1
        if not self.has_answered and self.deaths >= GIVEN_UP_AFTER:
            raise Unusable("it ended before it ever answered")
        raise Unanswered("died")

    def _understood(self, line: bytes, wanted: Any) -> dict[str, Any]:
        try:
            reply = json.loads(line)
            if not isinstance(reply, dict) or reply.get("id") != wanted:
                raise ValueError
        except (ValueError, RecursionError):
            self.close()
            raise Unanswered("rubbish", line[:80].decode(errors="replace")) from None
        self.has_answered = True
        return reply


def _listen(process: subprocess.Popen[bytes], said: queue.Queue[bytes]) -> None:
    """Put what the process says into the queue, line by line; nothing when it ends."""
    with suppress(OSError, ValueError):
        while process.stdout and (line := process.stdout.readline(LONGEST_REPLY)):
            said.put(line)
    said.put(b"")


def _say(process: subprocess.Popen[bytes], line: bytes) -> None:
    with suppress(OSError, ValueError):
        if process.stdin:
            process.stdin.write(line)
            process.stdin.flush()
