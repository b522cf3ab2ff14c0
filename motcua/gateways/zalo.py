"""Messages by Zalo Notification Service (POST /message/template): a template Zalo has approved for each kind
of notice, filled in with what is said; our id goes along as tracking_id.

Zalo answers for a message by its own number only, so one of which it never told the number stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from motcua.gateways.http import Line
from motcua.ledger.ports import Check
from motcua.messaging.ports import Letter
from motcua.rules.delivery import Answer, Outcome
from motcua.rules.refusal import Refusal

NOT_HIM: Mapping[int, str] = {
    -108: "số điện thoại không đúng",
    -114: "người nhận không dùng Zalo, hoặc không nhận tin",
    -118: "số điện thoại không có tài khoản Zalo",
    -119: "tài khoản Zalo không nhận loại tin này",
}
"""Codes that speak of the receiver."""
LATER = frozenset({-100, -200})
"""Codes of a passing trouble on Zalo's side."""


class Zalo:
    """The carrier of Zalo messages (messaging.ports.Carrier)."""

    name, at_once, threads, asks = "zalo", 20, 4, False

    def __init__(self, base: str, token: str, templates: Mapping[str, str]) -> None:
        self.templates = templates
        self._line = Line("Zalo", base, headers={"access_token": token})

    def send(self, letter: Letter) -> Answer:
        """Hand one message over."""
        body = {
            "phone": f"84{letter.to.removeprefix('0')}",
            "template_id": self.templates.get(letter.kind, ""),
            "template_data": {name: text[:400] for name, text in letter.said.items()},
            "tracking_id": str(letter.id),
        }
        try:
            status, said = self._line.json("POST", "/message/template", body)
        except Refusal as refusal:
            reached = refusal.params.get("reached", True)
            outcome = Outcome.UNCERTAIN if reached else Outcome.UNREACHED
            return Answer(outcome, said="Zalo không trả lời")
        return _answer(status, said)

    def carries(self, kind: str) -> bool:
        """What Zalo has approved a template for."""
        return kind in self.templates

    def reports(self, letters: Sequence[tuple[UUID, str]]) -> Mapping[UUID, Answer]:
        """Zalo does not know our ids."""
        return {}

    def check(self) -> Check:
        """Whether Zalo takes our token."""
        try:
            _, said = self._line.json("GET", "/template/all?offset=0&limit=1")
        except Refusal:
            return Check(False, "Zalo không trả lời.")
        code = said.get("error") if isinstance(said, dict) else None
        if code == 0:
            return Check(True, f"Zalo nhận tin theo {len(self.templates)} mẫu.")
        return Check(False, f"Zalo từ chối (mã {code}). Hãy lấy lại khóa truy cập.")


def _answer(status: int, said: Any) -> Answer:
    if not isinstance(said, dict) or not isinstance(said.get("error"), int):
        return Answer(Outcome.UNCERTAIN, said=f"Zalo trả lời không đọc được ({status})")
    code = said["error"]
    if code == 0:
        data = said.get("data") or {}
        return Answer(Outcome.ACCEPTED, ref=str(data.get("msg_id", "")))
    if code in NOT_HIM:
        return Answer(Outcome.REFUSED, said=NOT_HIM[code])
    words = f"Zalo từ chối (mã {code})"
    return Answer(Outcome.DEFERRED if code in LATER else Outcome.FAULT, said=words)
