"""Time stamps from an authority by HTTP (RFC 3161, section 3.4)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from motcua.gateways.http import SECONDS, Line
from motcua.ledger.ports import Check
from motcua.rules.refusal import Refusal

SYSTEM = "dịch vụ cấp dấu thời gian"
QUERY = {"content-type": "application/timestamp-query", "accept": "application/timestamp-reply"}


class Tsa:
    """An authority by its address."""

    def __init__(self, url: str, seconds: float = SECONDS) -> None:
        parts = urlsplit(url)
        self._line = Line(SYSTEM, f"{parts.scheme}://{parts.netloc}", seconds=seconds)
        self._path = parts._replace(scheme="", netloc="").geturl() or "/"

    def stamp(self, request: bytes) -> bytes:
        """Raises sign.no_time_stamp for whatever is no answer."""
        try:
            answer = self._line.send("POST", self._path, content=request, headers=QUERY)
        except Refusal:
            raise Refusal("sign.no_time_stamp") from None
        if not answer.ok:
            raise Refusal("sign.no_time_stamp")
        return answer.content

    def check(self) -> Check:
        """Whether it stamps a digest now."""
        from asn1crypto import tsp
        from pyhanko.sign.timestamps import TimeStamper

        stamper: Any = TimeStamper
        _, request = stamper().request_cms(b"\0" * 32, "sha256")
        try:
            answer = tsp.TimeStampResp.load(self.stamp(request.dump()))
            granted = answer["status"]["status"].native in ("granted", "granted_with_mods")
        except (Refusal, ValueError):
            granted = False
        if granted:
            return Check(True, "Đang cấp dấu thời gian.")
        return Check(False, "Không cấp được dấu thời gian: xem lại địa chỉ và đường mạng.")
