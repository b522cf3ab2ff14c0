"""The line to the national portal, and to systems of ministries that speak the same records.

A call carries the session that a login gave; a session that has ended is renewed once, in the same call. The
reply's error_code "0" is yes, anything else is the other side's no.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from motcua.gateways.http import Line
from motcua.ledger.ports import Check
from motcua.rules import national
from motcua.rules.casework import Status
from motcua.rules.refusal import Refusal

DONE = "0"
SESSION_ENDED = frozenset({"-1"})
PAGE = 500


@dataclass(slots=True)
class NationalPortal:
    """An adapter for dossiers.ports.Exchange."""

    line: Line
    user: str
    password: str = field(repr=False)
    unit: str
    mirrors: bool = False
    session: str = field(default="", repr=False)

    def send(self, service: str, record: Mapping[str, Any], *, updating: bool, key: str) -> None:
        self._ask(service, [record], updating=updating, key=key)

    def find(self, code: str) -> Mapping[str, Any] | None:
        found = self._rows("TraCuuHoSo", {"MaHoSo": code})
        return found[0] if found else None

    def listed(self, since: datetime, until: datetime) -> Mapping[str, Status]:
        found: dict[str, Status] = {}
        asked = {"TuNgay": national.stamp(since), "DenNgay": national.stamp(until)}
        first = 0
        while rows := self._rows("TraCuuHoSo", {**asked, "TuDong": first, "SoLuong": PAGE}):
            found |= {str(row.get("MaHoSo")): self._status(row) for row in rows}
            first += len(rows)
        return found

    def arrived(self, after: int, many: int) -> Sequence[tuple[int, object]]:
        rows = self._rows("LayHoSoMoi", {"SoThuTu": after, "SoLuong": many})
        try:
            return [(int(row["SoThuTu"]), row.get("BanGhi")) for row in rows]
        except (KeyError, TypeError, ValueError):
            raise self._unreadable() from None

    def check(self) -> Check:
        try:
            self._log_in()
        except Refusal as refused:
            if refused.code == "port.refused":
                return Check(False, f"Không cho đăng nhập: {refused.params['said']}")
            return Check(False, "Không trả lời.")
        return Check(True, "Đăng nhập được.")

    def _rows(self, service: str, asked: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        rows = self._ask(service, [asked]).get("data") or []
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise self._unreadable()
        return rows

    def _ask(
        self,
        service: str,
        data: Sequence[Mapping[str, Any]],
        *,
        updating: bool = True,
        key: str = "",
    ) -> Mapping[str, Any]:
        fresh = not self.session
        if fresh:
            self._log_in()
        reply = self._call(service, data, updating, key)
        if _code(reply) in SESSION_ENDED and not fresh:
            self._log_in()
            reply = self._call(service, data, updating, key)
        return self._yes(reply)

    def _call(
        self, service: str, data: Sequence[Mapping[str, Any]], updating: bool, key: str
    ) -> Mapping[str, Any]:
        body = {
            "session": self.session,
            "madonvi": self.unit,
            "service": service,
            "isUpdating": str(updating),
            "data": data,
        }
        return self._posted(body, {"idempotency-key": key} if key else {})

    def _log_in(self) -> None:
        asked = {"service": "DangNhap", "username": self.user, "password": self.password}
        self.session = ""
        reply = self._yes(self._posted(asked, {}))
        self.session = str(reply.get("session") or "")
        if not self.session:
            raise self._unreadable()

    def _posted(self, body: Mapping[str, Any], headers: Mapping[str, str]) -> Mapping[str, Any]:
        status, reply = self.line.json("POST", "/", body, headers)
        if status >= 500:
            raise Refusal("port.no_answer", {"system": self.line.system})
        if not isinstance(reply, Mapping) or "error_code" not in reply:
            raise self._unreadable()
        return reply

    def _yes(self, reply: Mapping[str, Any]) -> Mapping[str, Any]:
        code = _code(reply)
        if code != DONE:
            said = f"{code}: {reply.get('message') or 'không nói lý do'}"
            raise Refusal("port.refused", {"system": self.line.system, "said": said[:400]})
        return reply

    def _status(self, row: Mapping[str, Any]) -> Status:
        try:
            return Status(int(row["TrangThaiHoSo"]))
        except (KeyError, TypeError, ValueError):
            raise self._unreadable() from None

    def _unreadable(self) -> Refusal:
        return Refusal("port.answer_unreadable", {"system": self.line.system})


def _code(reply: Mapping[str, Any]) -> str:
    return str(reply["error_code"]).strip()
