"""A national portal (or a ministry's system) to exchange dossiers with: JSON over HTTP, in memory.

    python conformance/peers/national_portal.py --port 8301 [--user sv --password mk --unit 000.00.00.H41]

One address, POST /: {"service": "DangNhap", "username", "password"} answers a session; every other call
carries {"session", "madonvi", "service", "isUpdating", "data"} and is answered {"error_code", "message",
"data"}.
Services: DongBoHoSoMC, CapNhatTienDoHoSoMC, TraCuuHoSo, LayHoSoMoi (with "SoThuTu", the last number seen).

For tests, /_peer/: `state` (what is kept, and every message taken, in order), `arrive` (records to be
fetched), `set` (knobs), `forget` (everything). Knobs: `sessions` (calls a session lives), `slow_ms` (pause
before it does what is asked), `answer_ms` (pause after), `drop` (so many calls are done and the connection
cut without an answer), `refuse` (so many answered with an error code), `codes` (error codes by MaHoSo),
`garbage` (so many answers that are no JSON), `put` (a status forced, by MaHoSo), `lose` (a MaHoSo forgotten).
"""

from __future__ import annotations

import argparse
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KNOBS: dict[str, Any] = {
    "sessions": 0,
    "slow_ms": 0,
    "answer_ms": 0,
    "drop": 0,
    "refuse": 0,
    "garbage": 0,
    "codes": {},
}
OK, UNKNOWN_SESSION, BAD_LOGIN, REFUSED, UNKNOWN_SERVICE = "0", "-1", "-2", "5", "9"


class Portal:
    """What the other side knows. `messages` is every sync taken, in the order it was."""

    def __init__(self, user: str, password: str, unit: str) -> None:
        self.user, self.password, self.unit = user, password, unit
        self.lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        self.knobs = dict(KNOBS, codes={})
        self.sessions: dict[str, int] = {}
        self.dossiers: dict[str, dict[str, Any]] = {}
        self.messages: list[dict[str, Any]] = []
        self.keys: dict[str, int] = {}
        self.progress: dict[str, list[dict[str, Any]]] = {}
        self.inbox: list[dict[str, Any]] = []
        self.calls = 0
        self.logins = 0

    def take(self, knob: str) -> bool:
        """Whether this call is one of those that the knob is set for."""
        with self.lock:
            if self.knobs[knob] <= 0:
                return False
            self.knobs[knob] -= 1
            return True

    def answer(self, asked: dict[str, Any], key: str) -> dict[str, Any]:
        with self.lock:
            if asked.get("service") == "DangNhap":
                return self.log_in(asked)
            session = asked.get("session", "")
            if session not in self.sessions or asked.get("madonvi") != self.unit:
                return said(UNKNOWN_SESSION, "Phiên làm việc không hợp lệ")
            self.sessions[session] -= 1
            if self.sessions[session] == 0:
                del self.sessions[session]
            return self.serve(asked, key)

    def log_in(self, asked: dict[str, Any]) -> dict[str, Any]:
        if (asked.get("username"), asked.get("password")) != (self.user, self.password):
            return said(BAD_LOGIN, "Sai tên đăng nhập hoặc mật khẩu")
        session = secrets.token_hex(16)
        self.sessions[session] = self.knobs["sessions"] or -1
        self.logins += 1
        return {"error_code": OK, "message": "", "session": session}

    def serve(self, asked: dict[str, Any], key: str) -> dict[str, Any]:
        service, data = asked.get("service"), asked.get("data") or []
        if service == "DongBoHoSoMC":
            return self.sync(asked, data, key)
        if service == "CapNhatTienDoHoSoMC":
            return self.note(data, key)
        if service == "TraCuuHoSo":
            return said(OK, "", self.find(data[0] if data else {}))
        if service == "LayHoSoMoi":
            after, many = int(data[0]["SoThuTu"]), int(data[0].get("SoLuong", 100))
            fresh = [one for one in self.inbox if one["SoThuTu"] > after]
            return said(OK, "", fresh[:many])
        return said(UNKNOWN_SERVICE, f"Không có dịch vụ {service}")

    def refused(self, data: list[dict[str, Any]]) -> dict[str, Any] | None:
        for record in data:
            code = self.knobs["codes"].get(record.get("MaHoSo", ""))
            if code:
                return said(code, f"Hồ sơ {record['MaHoSo']} không hợp lệ")
            if not record.get("MaHoSo") or record.get("TrangThaiHoSo", "0") == "":
                return said(REFUSED, "Thiếu MaHoSo hoặc TrangThaiHoSo")
        if self.take("refuse"):
            return said(REFUSED, "Hệ thống từ chối bản ghi")
        return None

    def sync(self, asked: dict[str, Any], data: list[dict[str, Any]], key: str) -> dict[str, Any]:
        refused = self.refused(data)
        if refused:
            return refused
        for record in data:
            code = record["MaHoSo"]
            updating = asked.get("isUpdating") == "True"
            if updating != (code in self.dossiers):
                return said("6", f"{code}: isUpdating không đúng")
            self.dossiers[code] = record
            self.took(code, record["TrangThaiHoSo"], "DongBoHoSoMC", key)
        return said(OK, "")

    def note(self, data: list[dict[str, Any]], key: str) -> dict[str, Any]:
        refused = self.refused(data)
        if refused:
            return refused
        for record in data:
            if record["MaHoSo"] not in self.dossiers:
                return said("7", f"Chưa có hồ sơ {record['MaHoSo']}")
            self.progress.setdefault(record["MaHoSo"], []).append(record)
            self.took(record["MaHoSo"], record["TrangThai"], "CapNhatTienDoHoSoMC", key)
        return said(OK, "")

    def took(self, code: str, status: str, service: str, key: str) -> None:
        self.keys[key] = self.keys.get(key, 0) + 1
        self.messages.append(
            {"code": code, "status": status, "service": service, "key": key, "at": time.time()}
        )

    def find(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        code = asked.get("MaHoSo")
        if code:
            found = [self.dossiers[code]] if code in self.dossiers else []
        else:
            since, until = asked.get("TuNgay", ""), asked.get("DenNgay", "9")
            found = [d for d in self.dossiers.values() if since <= d.get("NgayNopHoSo", "") < until]
            first = int(asked.get("TuDong", 0))
            found = found[first : first + int(asked.get("SoLuong", 500))]
        return [{**d, "TienDo": self.progress.get(d["MaHoSo"], [])} for d in found]

    def state(self) -> dict[str, Any]:
        with self.lock:
            names = ("dossiers", "messages", "keys", "progress", "calls", "logins")
            return {name: getattr(self, name) for name in names}

    def set(self, knobs: dict[str, Any]) -> None:
        with self.lock:
            for code, status in knobs.pop("put", {}).items():
                self.dossiers[code]["TrangThaiHoSo"] = status
            for code in knobs.pop("lose", []):
                self.dossiers.pop(code, None)
            if knobs.pop("end_sessions", False):
                self.sessions.clear()
            self.knobs |= knobs

    def arrive(self, records: list[Any]) -> int:
        with self.lock:
            for record in records:
                if isinstance(record, dict) and record.get("MaHoSo"):
                    self.dossiers.setdefault(record["MaHoSo"], record)
                self.inbox.append({"SoThuTu": len(self.inbox) + 1, "BanGhi": record})
            return len(self.inbox)


def said(code: str, message: str, data: Any = None) -> dict[str, Any]:
    return {"error_code": code, "message": message, "data": data if data is not None else []}


class Handler(BaseHTTPRequestHandler):
    portal: Portal
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path == "/_peer/state":
            return self.write(self.portal.state())
        return self.write(None, 404)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        asked = json.loads(body or b"null")
        if self.path.startswith("/_peer/"):
            return self.control(self.path.removeprefix("/_peer/"), asked)
        portal = self.portal
        portal.calls += 1
        time.sleep(portal.knobs["slow_ms"] / 1000)
        reply = portal.answer(asked, self.headers.get("idempotency-key", ""))
        time.sleep(portal.knobs["answer_ms"] / 1000)
        if portal.take("drop"):
            self.close_connection = True
            return None
        if portal.take("garbage"):
            return self.send(b'{"error_code": "0", "mess', 200)
        return self.write(reply)

    def control(self, what: str, given: Any) -> None:
        if what == "set":
            self.portal.set(given)
        elif what == "arrive":
            return self.write(self.portal.arrive(given))
        elif what == "forget":
            self.portal.forget()
        else:
            return self.write(None, 404)
        return self.write(True)

    def write(self, value: Any, status: int = 200) -> None:
        self.send(json.dumps(value).encode(), status)

    def send(self, content: bytes, status: int) -> None:
        head = (
            f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(content)}\r\n\r\n"
        )
        self.wfile.write(head.encode() + content)

    def log_message(self, *_: Any) -> None:
        """Nothing is printed: a test reads /_peer/state."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--user", default="motcua")
    parser.add_argument("--password", default="mat-khau")
    parser.add_argument("--unit", default="000.00.00.H41")
    options = parser.parse_args()
    Handler.portal = Portal(options.user, options.password, options.unit)
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    server.daemon_threads = True
    server.serve_forever()


if __name__ == "__main__":
    main()
