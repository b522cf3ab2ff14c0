"""The example's keys: issued once, registered for whose they are, worth nothing and saying so."""

from __future__ import annotations

import pytest

from motcua.files import certificates, keys, register
from motcua.files.models import Certificate
from motcua.run import testing
from motcua.run.example.certificates import holders, raise_certificates
from motcua.run.example.raising import FOUNDED, SYSTEM, TODAY
from motcua.run.example.register import raise_register


@pytest.fixture
def province(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), testing.separate(testing.example(0)):
        yield


def test_leader_registry_and_agency_can_sign_what_has_no_legal_value(province, settings, tmp_path):
    settings.CERTIFICATES = settings.TRUST = None
    raise_certificates(SYSTEM, FOUNDED)
    assert not Certificate.objects.exists()
    settings.CERTIFICATES, settings.TRUST = tmp_path / "keys", tmp_path / "authority"
    raise_certificates(SYSTEM, FOUNDED)
    there = list(holders())
    assert {"lanh-dao", "van-thu", "so-xay-dung"} <= {one.name for one in there}
    for one in there:
        key = keys.find([one.name], TODAY)
        assert key.worthless
        whose = {"account_id": one.account_id} if one.account_id else {"unit_id": one.unit_id}
        certificates.to_sign(key.fingerprint, at=TODAY, **whose)
    raise_certificates(SYSTEM, FOUNDED)
    assert Certificate.objects.count() == len(there)
    assert [file.name for file in settings.TRUST.iterdir()] == ["goc.cer"]
    for _ in range(2):
        raise_register(SYSTEM, FOUNDED, TODAY)
    assert register.counts(SYSTEM, TODAY) == {
        "active": len(there) + 4, "ends": 3, "requested": 2, "locked": 1, "lost": 1, "revoked": 1,
    }  # fmt: skip
