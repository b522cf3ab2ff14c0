"""A payment service that behaves as `motcua.gateways.payment` expects one to, for tests and trials.

Takes bills, is paid (`/_peer/pay`), tells our door of it, is asked the status, gives back, has a statement.
Everything is signed with HMAC-SHA256 under --secret. An id asked twice is done once.

Tests look and set under /_peer/: `seen` (each request), `set` (knobs), `fail` {"id"}, `reset`, and
`pay` {"id", "amount"?, "tell"?: times, "wrong"?: true}.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import hmac
import json
import threading
import time
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KNOBS: dict[str, Any] = {
    "slow": 0.0,  # seconds before the answer, after the work was done
    "silent": False,  # the line is cut instead of answering, after the work was done
    "lost": False,  # the line is cut before the work is done
    "down": False,  # 503 for everything
    "garbled": False,  # an answer that is no JSON
    "today": "2022-11-22",  # the day it books on
    "hide": [],  # transactions left out of the statement
}
bills: dict[str, dict[str, Any]] = {}
refunds: dict[str, dict[str, Any]] = {}
lines: list[dict[str, Any]] = []
seen: list[dict[str, Any]] = []
knobs = dict(KNOBS)
lock = threading.Lock()
options = argparse.Namespace()


def signature(sent: bytes) -> str:
    return hmac.new(options.secret.encode(), sent, hashlib.sha256).hexdigest()


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/_peer/seen":
            self.answer(200, seen)
        else:
            self.served(None, self.path.encode())

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        body = json.loads(raw or b"null")
        if self.path.startswith("/_peer/"):
            self.answer(200, PEER[self.path[7:]](body))
        else:
            self.served(body, raw)

    def served(self, body: Any, sent: bytes) -> None:
        seen.append({"method": self.command, "path": self.path, "body": body})
        if not hmac.compare_digest(self.headers.get("X-Signature", ""), signature(sent)):
            self.answer(401, {"error": "signature"})
        elif knobs["down"]:
            self.answer(503, None)
        elif knobs["lost"]:
            self.connection.close()
        else:
            with lock:
                status, said = work(self.command, self.path, body)
            time.sleep(knobs["slow"])
            if knobs["silent"]:
                self.connection.close()
            else:
                self.answer(status, said)

    def answer(self, status: int, body: Any) -> None:
        content = b"<html>" if knobs["garbled"] and status == 200 else json.dumps(body).encode()
        if self.path.startswith("/_peer/"):
            content = json.dumps(body).encode()
        with contextlib.suppress(OSError):
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        return


def work(method: str, path: str, body: Any) -> tuple[int, Any]:
    kind, _, key = path.removeprefix("/v1/").partition("/")
    if method == "POST" and kind == "bills":
        known = bills.get(body["id"])
        if known and known["amount"] != body["amount"]:
            return 409, {"error": "another amount under this id"}
        return 200, bills.setdefault(body["id"], new_bill(body))
    if method == "POST" and kind == "refunds":
        if body["id"] not in refunds:
            reference = f"HT{body['id'][-12:]}"
            refunds[body["id"]] = {"reference": reference, **body}
            booked(reference, -body["amount"], None)
        return 200, refunds[body["id"]]
    if kind == "ready":
        return 200, {}
    if kind == "statements":
        kept = [x for x in lines if x["on"] == key and x["transaction"] not in knobs["hide"]]
        return 200, {"lines": kept}
    found = {"bills": bills, "refunds": refunds}.get(kind, {}).get(key)
    return (200, found) if found else (404, {"error": "unknown"})


def new_bill(body: dict[str, Any]) -> dict[str, Any]:
    reference = f"MC{len(bills) + 1:08d}"
    return {
        "reference": reference, "bank": "970436", "account": f"99{reference[2:]}",
        "amount": body["amount"], "state": "open",
    }  # fmt: skip


def booked(transaction: str, amount: int, bill: str | None) -> None:
    lines.append({"transaction": transaction, "amount": amount, "bill": bill, "on": knobs["today"]})


def pay(body: dict[str, Any]) -> Any:
    """Somebody pays a bill; our door is told as often as wanted."""
    with lock:
        bill = bills[body["id"]]
        number = sum(1 for x in lines if x["bill"] == body["id"]) + 1
        amount = body.get("amount", bill["amount"])
        paid = {
            "transaction": f"FT{body['id'][-12:]}{number}",
            "amount": amount,
            "on": knobs["today"],
        }
        bill |= {"state": "paid", **paid}
        booked(paid["transaction"], amount, body["id"])
    word = json.dumps({"bill": body["id"], "state": "paid", **paid}).encode()
    return told(word, body)


def fail(body: dict[str, Any]) -> Any:
    """A bill that was taken cannot be paid after all."""
    bills[body["id"]]["state"] = "failed"
    return told(json.dumps({"bill": body["id"], "state": "failed"}).encode(), body)


def told(word: bytes, body: dict[str, Any]) -> Any:
    """Tell our door, all times at once; the statuses it answered."""
    signed = "0" * 64 if body.get("wrong") else signature(word)
    answers: list[int] = []

    def tell() -> None:
        request = urllib.request.Request(options.door, data=word, method="POST")  # noqa: S310
        request.add_header("X-Signature", signed)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310
                answers.append(answer.status)
        except urllib.error.HTTPError as error:
            answers.append(error.code)

    threads = [threading.Thread(target=tell) for _ in range(body.get("tell", 1))]
    if options.door:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return {"word": word.decode(), "signature": signed, "answers": answers}


def reset(body: Any) -> Any:
    for kept in (bills, refunds, lines, seen):
        kept.clear()
    knobs.update(KNOBS)
    return knobs


def change(body: dict[str, Any]) -> Any:
    knobs.update(body)
    return knobs


PEER = {"pay": pay, "fail": fail, "set": change, "reset": reset}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--secret", default="bi-mat-cua-kiem-thu")
    parser.add_argument("--door", default="", help="our door for words of payments")
    options = parser.parse_args()
    ThreadingHTTPServer(("127.0.0.1", options.port), Service).serve_forever()
