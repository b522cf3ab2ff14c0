"""Results signed and sealed: PAdES B-LT by a token, with a time stamp and word on revocation each.

SoftHSM2 and a local authority (certomancer) stand for the real ones; both run on the same machine and take
their part of it. What a document needs before (setting it, its fields) is not counted.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.files import documents, keys, signing, verification
from motcua.files.documents import Document, Signature
from motcua.gateways.signing import plug
from motcua.rules import marks
from motcua.run.benches import trust_services
from motcua.run.benches.trust_services import AGENCY, PERSON

EACH = 20
"""Documents of a run: two signatures each."""
DAY = date(2022, 11, 21)
TEXT = "# QUYẾT ĐỊNH:\n\n**Điều 1.** Cấp phép cho ông Nguyễn Văn Lam.\n\n" + "Nội dung. " * 200


def lines(runs: int) -> Iterator[dict[str, Any]]:
    """A JSON line for the signature of the person, one for the seal, one for both; nothing where SoftHSM2
    or certomancer is missing, which is said."""
    if trust_services.module() is None:
        print("Cần SoftHSM2 (softhsm2-util) để đo.", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory(prefix="do-ky-so-") as name:
        folder = Path(name)
        with trust_services.authority(folder / "ca") as authority:
            _connect(authority, trust_services.token(folder / "hsm", authority.folder))
            persons, seals, whole = _measure(runs)
            levels = sorted({one.level for one in verification.judge_bytes(whole).signatures})
    for bench, took in (("sign-person", persons), ("sign-seal", seals), ("sign", persons + seals)):
        yield {"bench": bench, **_figures(took), "levels": levels}


def _connect(authority: trust_services.Authority, module: str) -> None:
    if not settings.configured:
        settings.configure()  # signing asks no database
    settings.CERTIFICATES = None
    settings.PKCS11, settings.PKCS11_TOKEN = module, trust_services.TOKEN
    settings.PKCS11_PIN = trust_services.PIN
    settings.TSA, settings.TRUST = authority.tsa, authority.trust
    settings.REVOCATION_HOSTS = (authority.host,)
    plug()


def _measure(runs: int) -> tuple[list[float], list[float], bytes]:
    ready = documents.prepared(_document(), DAY, verify_url="https://motcua.example/xac-minh/x/")
    persons: list[float] = []
    seals: list[float] = []
    made = b""
    for n in range(runs * EACH + 1):
        at = datetime.now(UTC)
        start = time.perf_counter()
        signed = signing.sign_person(ready, _key(PERSON, at), at=at, title="Giám đốc")
        between = time.perf_counter()
        made = signing.seal(signed, _key(AGENCY, at), number=f"{n}/QĐ-SXD", on=DAY, at=at)
        persons.append((between - start) * 1000)
        seals.append((time.perf_counter() - between) * 1000)
    return persons[1:], seals[1:], made


def _key(name: str, at: datetime) -> keys.Key:
    key = keys.find([name], at)
    if key is None:
        raise LookupError(name)
    return key


def _document() -> Document:
    return Document(
        above="UBND tỉnh Nghệ An", agency="Sở Xây dựng", number="...../QĐ-SXD", place="Nghệ An",
        kind="QUYẾT ĐỊNH", about="Về việc cấp phép", blocks=marks.blocks(TEXT),
        signatures=(Signature("Giám đốc", "Trần Quốc Việt"),), draft=False,
    )  # fmt: skip


def _figures(took: list[float]) -> dict[str, Any]:
    return {
        "value": round(1000 * len(took) / sum(took), 2),
        "unit": "signatures/s",
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(statistics.quantiles(took, n=20)[-1], 1),
        "worst_ms": round(max(took), 1),
        "signatures": len(took),
        "clients": 1,
    }
