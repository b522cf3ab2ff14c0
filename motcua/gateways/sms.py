"""Text messages by a provider's HTTP API (conformance/peers/sms.py): handed over by our id, which the
provider keeps, so that it takes a message once and can be asked of it.
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

WORDS: Mapping[str, tuple[Outcome, str]] = {
    "invalid_number": (Outcome.REFUSED, "số điện thoại không có thật"),
    "opted_out": (Outcome.REFUSED, "chủ số từ chối nhận tin"),
    "unauthorised": (Outcome.FAULT, "nhà cung cấp không nhận khóa truy cập"),
    "no_credit": (Outcome.FAULT, "tài khoản tin nhắn hết tiền"),
    "sender_unknown": (Outcome.FAULT, "tên người gửi chưa đăng ký"),
    "too_many": (Outcome.UNREACHED, "nhà cung cấp quá tải"),
    "undelivered": (Outcome.FAILED, "nhà mạng không chuyển được tin"),
}
"""What a provider's codes mean for a message."""
TOO_MANY, SERVER = 429, 500


class Sms:
    """The carrier of text messages (messaging.ports.Carrier)."""

    at_once, threads, asks = 50, 8, True

    def __init__(self, name: str, title: str, base: str, key: str, sender: str) -> None:
        self.name, self.sender = name, sender
        self._line = Line(title, base, headers={"authorization": f"Bearer {key}"})

    def send(self, letter: Letter) -> Answer:
        """Hand one message over."""
        body = {"id": str(letter.id), "from": self.sender, "to": letter.to, "text": letter.text}
        try:
            status, said = self._line.json("POST", "/v1/messages", body)
        except Refusal as refusal:
            reached = refusal.params.get("reached", True)
            outcome = Outcome.UNCERTAIN if reached else Outcome.UNREACHED
            return Answer(outcome, said="nhà cung cấp không trả lời")
        if status in (200, 202) and isinstance(said, dict):
            return Answer(Outcome.ACCEPTED, ref=str(said.get("ref", "")))
        return _refused(status, said)

    def carries(self, kind: str) -> bool:
        """Text messages say anything."""
        return True

    def reports(self, letters: Sequence[tuple[UUID, str]]) -> Mapping[UUID, Answer]:
        """What became of messages."""
        body = {"ids": [str(letter_id) for letter_id, _ in letters]}
        status, said = self._line.json("POST", "/v1/messages/status", body)
        if status != 200 or not isinstance(said, dict):
            raise Refusal("port.refused", {"system": self._line.system, "said": str(status)})
        try:
            return {UUID(one["id"]): _report(one) for one in said["messages"]}
        except (KeyError, TypeError, ValueError):
            raise Refusal("port.answer_unreadable", {"system": self._line.system}) from None

    def check(self) -> Check:
        """Whether the provider knows us, and how many messages are paid for."""
        try:
            status, said = self._line.json("GET", "/v1/account")
        except Refusal:
            return Check(False, "Nhà cung cấp không trả lời.")
        if status != 200 or not isinstance(said, dict):
            return Check(False, f"Nhà cung cấp từ chối ({status}). Hãy xem lại khóa truy cập.")
        left = said.get("credit", 0)
        return Check(left > 0, f"Còn gửi được {left} tin.")


def _report(one: Mapping[str, Any]) -> Answer:
    if one["state"] == "delivered":
        return Answer(Outcome.DELIVERED, ref=str(one.get("ref", "")))
    if one["state"] == "failed":
        outcome, said = WORDS.get(str(one.get("error")), (Outcome.FAILED, str(one.get("error"))))
        return Answer(outcome, said=said)
    return Answer(Outcome.ACCEPTED, ref=str(one.get("ref", "")))


def _refused(status: int, said: Any) -> Answer:
    code = str(said.get("error", "")) if isinstance(said, dict) else ""
    if code in WORDS:
        outcome, words = WORDS[code]
        return Answer(outcome, said=words)
    if status == TOO_MANY or status >= SERVER:
        return Answer(Outcome.UNREACHED, said=f"nhà cung cấp báo lỗi {status}")
    return Answer(Outcome.FAULT, said=f"nhà cung cấp từ chối: {code or status}"[:300])
