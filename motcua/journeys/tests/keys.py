"""Keys for tests of results: by an authority that is worth nothing, registered for whose they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from motcua.dossiers.tests.conftest import NINE
from motcua.files import operations
from motcua.files.keys import find
from motcua.files.models import Certificate
from motcua.files.operations import Wanted
from motcua.files.tests.authority import Authority
from motcua.rules.actor import system

SYSTEM = system("kiểm thử")


@cache
def authority() -> Authority:
    return Authority()


def key(folder: Path, name: str, holder: str, *, unit_id: int, account_id: int | None) -> str:
    """A key under a name, registered for an account or a unit; its fingerprint."""
    authority().issue(folder, name, holder)
    found = find([name], NINE)
    assert found is not None
    kind = Certificate.Kind.PERSONAL if account_id else Certificate.Kind.ORGANISATION
    wanted = operations.request_certificates(
        [Wanted(kind, unit_id, account_id)], requested_by="1/SNV", actor=SYSTEM, at=NINE
    )[0]
    operations.register_certificate(
        certificate_id=wanted, content=found.certificate.dump(), actor=SYSTEM, at=NINE
    )
    return found.fingerprint
