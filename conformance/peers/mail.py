"""A mail server (SMTP, RFC 5321) that takes letters and counts them, for tests and trials.

Letters come in on --smtp-port. Tests look and set over HTTP on --port under /_peer/: `seen` (each letter, in
order), `count`, `set` (see KNOBS), `reset`.
"""

from __future__ import annotations

import argparse
import email
import email.policy
import json
import socketserver
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KNOBS: dict[str, Any] = {
    "refuse": {},  # address → reply to RCPT
    "sender": "",  # reply to MAIL
    "slow_after": None,  # from so many letters on, the answer to the end of the letter …
    "slow": 0.0,  # … waits so many seconds after it was taken
    "silent": False,  # the line is cut after the letter was taken, before the answer
}
letters: list[dict[str, Any]] = []
knobs = dict(KNOBS)
lock = threading.Lock()


class Smtp(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def handle(self) -> None:
        try:
            self.converse()
        except (OSError, ValueError):
            return

    def converse(self) -> None:
        self.say("220 peer ESMTP")
        sender = to = ""
        while line := self.rfile.readline(2000):
            words = line.decode("utf-8", "replace").strip()
            verb, _, rest = words.partition(" ")
            if verb.upper() in ("EHLO", "HELO"):
                self.say("250 peer")
            elif verb.upper() == "MAIL":
                sender = between(rest)
                self.say(knobs["sender"] or "250 2.1.0 ok")
            elif verb.upper() == "RCPT":
                to = between(rest)
                self.say(knobs["refuse"].get(to, "250 2.1.5 ok"))
            elif verb.upper() == "DATA":
                self.say("354 go on")
                if not self.take(sender, to):
                    return
            elif verb.upper() == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 2.0.0 ok")

    def take(self, sender: str, to: str) -> bool:
        """Read one letter to its end and keep it; False where the line is then cut."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line[1:] if line.startswith(b"..") else line)
        with lock:
            letters.append(
                {"from": sender, "to": to, "content": b"".join(lines), "at": time.time()}
            )
            slow = knobs["slow_after"] is not None and len(letters) > knobs["slow_after"]
            number = len(letters)
        if knobs["silent"]:
            return False
        if slow:
            time.sleep(knobs["slow"])
        self.say(f"250 2.0.0 queued as {number}")
        return True

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


def between(path: str) -> str:
    return path.partition("<")[2].partition(">")[0]


def read(letter: dict[str, Any]) -> dict[str, Any]:
    """A letter as a reader of mail understands it."""
    parsed = email.message_from_bytes(letter["content"], policy=email.policy.default)
    body = parsed.get_body()
    return {
        "from": letter["from"],
        "to": letter["to"],
        "id": str(parsed["message-id"]),
        "subject": str(parsed["subject"]),
        "text": body.get_content() if body else "",
        "at": letter["at"],
    }


class Look(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        if self.path == "/_peer/seen":
            self.answer([read(letter) for letter in letters])
        else:
            self.answer({"taken": len(letters)})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        if self.path == "/_peer/reset":
            letters.clear()
            knobs.clear()
            knobs.update(KNOBS)
        else:
            knobs.update(body)
        self.answer(knobs)

    def answer(self, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--smtp-port", type=int, required=True)
    options = parser.parse_args()
    smtp = Server(("127.0.0.1", options.smtp_port), Smtp)
    threading.Thread(target=smtp.serve_forever, daemon=True).start()
    ThreadingHTTPServer(("127.0.0.1", options.port), Look).serve_forever()


if __name__ == "__main__":
    main()
