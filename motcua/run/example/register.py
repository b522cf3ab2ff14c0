"""Certificates of some departments of the example, so that the register has something to be careful about.

Constructed: nobody has their keys, and their authority says of itself that it has no legal value.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from django.conf import settings

from motcua.files import operations
from motcua.files.models import Certificate
from motcua.files.operations import Wanted
from motcua.organisations import queries as organisations
from motcua.rules.actor import Actor
from motcua.rules.vietnamese import slug
from motcua.run.example.organisations import agencies

if TYPE_CHECKING:
    from motcua.files.authority import Authority

REQUEST = "Công văn 31/VP-CNTT (dựng cho bản ví dụ)"
LEFT = (5, 21, 48, 150, 260, 400, 520, 640, 760, 880)
"""How many days after the example's today each ends."""
AFTERWARDS = {
    3: (operations.lose_certificate, "Mất thiết bị khi đi công tác (dựng cho bản ví dụ)"),
    4: (operations.lock_certificate, "Nhập sai mã PIN quá số lần (dựng cho bản ví dụ)"),
    5: (operations.revoke_certificate, "Quyết định thu hồi 12/QĐ-VP (dựng cho bản ví dụ)"),
}


def raise_register(actor: Actor, founded: datetime, today: datetime) -> None:
    """Certificates of departments: some end soon, one is lost, one locked, one revoked, two are waited for.

    Where MOTCUA_CERTIFICATES names no folder, or done already, nothing.
    """
    if settings.CERTIFICATES is None or Certificate.objects.filter(requested_by=REQUEST).exists():
        return
    from motcua.files.authority import Authority

    authority = Authority()
    keys = [one.get("key", slug(one["name"])) for one in agencies()][1 : len(LEFT) + 3]
    units = [organisations.unit_by_key(key) for key in keys]
    wanted = [Wanted(Certificate.Kind.ORGANISATION, unit.id, token="") for unit in units]
    ids = operations.request_certificates(wanted, requested_by=REQUEST, actor=actor, at=founded)
    for number, (certificate_id, unit, left) in enumerate(zip(ids, units, LEFT, strict=False)):
        content = _issued(authority, unit.name, today + timedelta(days=left))
        operations.register_certificate(
            certificate_id=certificate_id, content=content, token=f"TK-{number + 1:04d}",
            actor=actor, at=founded,
        )  # fmt: skip
        if number in AFTERWARDS:
            act, reason = AFTERWARDS[number]
            act(certificate_id=certificate_id, reason=reason, actor=actor, at=today)


def _issued(authority: Authority, holder: str, until: datetime) -> bytes:
    """A certificate as its file; the key is thrown away."""
    from cryptography.hazmat.primitives.serialization import Encoding

    with TemporaryDirectory() as folder:
        made = authority.issue(Path(folder), "khoa", holder, until=until)
    return made.public_bytes(Encoding.DER)
