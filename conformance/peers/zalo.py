"""Zalo Notification Service as far as `motcua.gateways.zalo` uses it, for tests and trials.

    POST /message/template  {"phone", "template_id", "template_data", "tracking_id"}, header access_token
    GET  /template/all
Answers are 200 with {"error": 0, "data": {"msg_id"}} or {"error": -124, "message"}.

Tests look and set under /_peer/: `seen`, `set` {"errors": {phone: code}, "token": …}.
"""

from __future__ import annotations

import argparse
import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

BAD_TOKEN = -124
knobs: dict[str, Any] = {"errors": {}, "token": "khoa"}
seen: list[dict[str, Any]] = []


class Zns(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/_peer/seen":
            self.answer(seen)
        else:
            self.answer({"error": 0 if self.known() else BAD_TOKEN, "data": []})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers.get("content-length", 0))) or b"{}")
        if self.path == "/_peer/set":
            knobs.update(body)
            self.answer(knobs)
        elif not self.known():
            self.answer({"error": BAD_TOKEN, "message": "Access token invalid"})
        elif code := knobs["errors"].get(body["phone"]):
            self.answer({"error": code, "message": "refused"})
        else:
            seen.append(body)
            self.answer({"error": 0, "message": "Success", "data": {"msg_id": f"z{len(seen)}"}})

    def known(self) -> bool:
        return bool(self.headers.get("access_token") == knobs["token"])

    def answer(self, body: Any) -> None:
        content = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        return


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    ThreadingHTTPServer(("127.0.0.1", parser.parse_args().port), Zns).serve_forever()


if __name__ == "__main__":
    main()
