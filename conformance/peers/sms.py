"""A provider of text messages that behaves as `motcua.gateways.sms` expects one to, for tests and trials.

    POST /v1/messages  {"id", "from", "to", "text"} → 202 {"ref"}; the same id again: 200, sent once
    POST /v1/messages/status  {"ids": [...]} → {"messages": [{"id", "state", "ref", "error"}]}, of those held
    GET  /v1/account  → {"credit"}
Refusals: 400 invalid_number, opted_out; 401 unauthorised; 402 no_credit; 429 too_many.

Tests look and set under /_peer/: `seen` (each message taken, in order), `count`, `set` (see Knobs).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KNOBS: dict[str, Any] = {
    "refuse": {},  # number → code it is refused with
    "fails": {},  # number → code reported after it was taken
    "turn_away": "",  # code everything is refused with
    "slow_after": None,  # from so many messages on, the answer …
    "slow": 0.0,  # … waits so many seconds after the message was taken
    "silent": False,  # the line is cut instead of answering, after the message was taken
    "down": False,  # 503 for everything
    "once": True,  # whether an id is taken once
}
STATUS = {"unauthorised": 401, "no_credit": 402, "too_many": 429}
taken: dict[str, dict[str, Any]] = {}
posts: list[dict[str, Any]] = []
knobs = dict(KNOBS)
lock = threading.Lock()


class Provider(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path == "/_peer/seen":
            self.answer(200, posts)
        elif self.path == "/_peer/count":
            self.answer(200, {"taken": len(posts), "different": len({p["id"] for p in posts})})
        elif self.path == "/v1/account":
            self.answer(*((503, None) if knobs["down"] else (200, {"credit": 100_000})))
        else:
            self.answer(404, None)

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"null")
        if self.path == "/_peer/set":
            knobs.update(body)
            self.answer(200, knobs)
        elif self.path == "/_peer/reset":
            taken.clear()
            posts.clear()
            knobs.clear()
            knobs.update(KNOBS)
            self.answer(200, knobs)
        elif knobs["down"]:
            self.answer(503, None)
        elif self.path == "/v1/messages":
            self.message(body)
        elif self.path == "/v1/messages/status":
            self.answer(200, {"messages": [state(i) for i in body["ids"] if i in taken]})
        else:
            self.answer(404, None)

    def message(self, body: dict[str, Any]) -> None:
        code = knobs["turn_away"] or knobs["refuse"].get(body["to"])
        if code:
            self.answer(STATUS.get(code, 400), {"error": code})
            return
        with lock:
            again = body["id"] in taken and knobs["once"]
            if not again:
                taken[body["id"]] = body
                posts.append({**body, "at": time.time()})
            slow = knobs["slow_after"] is not None and len(posts) > knobs["slow_after"]
        if knobs["silent"]:
            self.close_connection = True
            self.connection.close()
            return
        if slow:
            time.sleep(knobs["slow"])
        self.answer(200 if again else 202, {"ref": f"R{body['id'][:8]}"})

    def answer(self, status: int, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        with contextlib.suppress(OSError):  # who asked may be gone
            self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return


def state(message_id: str) -> dict[str, Any]:
    code = knobs["fails"].get(taken[message_id]["to"])
    found = {
        "id": message_id,
        "state": "failed" if code else "delivered",
        "ref": f"R{message_id[:8]}",
    }
    return found | ({"error": code} if code else {})


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    Server(("127.0.0.1", parser.parse_args().port), Provider).serve_forever()


if __name__ == "__main__":
    main()
