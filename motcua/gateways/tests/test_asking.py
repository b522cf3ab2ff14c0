"""Authorities asked about the certificates of files that came in: only those named, never in an act."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from motcua.files import asking, operations, ports, verification
from motcua.files.models import SignatureEvidence
from motcua.files.operations.signatures import AGAIN
from motcua.files.tests import signed
from motcua.files.tests.authority import Authority
from motcua.gateways.revocation import Services
from motcua.ledger import verify
from motcua.rules.actor import Actor, system
from motcua.rules.refusal import Refusal
from motcua.rules.signatures import Verdict

pytestmark = pytest.mark.django_db
SYSTEM = system("kiểm thử")
AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
HOST = "ocsp.example.vn"


class Fake:
    """Services that answer with what they are told to; "" is silence."""

    def __init__(self):
        self.answer, self.asked = b"", []

    def may_ask(self, url):
        return Services([HOST]).may_ask(url)

    def word(self, kind, url, body):
        self.asked.append((kind, url, bool(body)))
        assert not connection.savepoint_ids[1:], "asked inside an act"
        if not self.answer:
            raise Refusal("port.no_answer", {"system": "OCSP"})
        return self.answer


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    made = Authority(f"http://{HOST}/ocsp")
    made.folder = tmp_path_factory.mktemp("chung-thu")
    made.lan = made.issue(made.folder, "lan", "Nguyễn Thị Lan")
    made.publish(made.folder)
    made.paper = signed.sign(signed.blank(), made.folder, "lan")
    return made


@pytest.fixture
def services(settings, tmp_path, house):
    settings.BLOBS, settings.TRUST = tmp_path / "files", house.folder
    fake = Fake()
    ports.REVOCATION.plug(fake)
    yield fake
    ports.REVOCATION.plug(None)


def taken_in(house):
    return operations.keep([house.paper], "giay.pdf", actor=SYSTEM, at=AT).sha256


def due():
    return asking.ask_due(at=AT, now=datetime.now(UTC))


def verdict(sha256):
    return verification.of([sha256])[sha256].judgement.verdict


def test_a_good_answer_makes_the_signature_valid_and_is_asked_once(services, house):
    sha256 = taken_in(house)
    services.answer = house.word(house.lan)
    assert due() == 1
    assert services.asked == [("ocsp", f"http://{HOST}/ocsp", True)]
    assert verdict(sha256) == Verdict.VALID
    assert due() == 0
    taken_in(house)
    assert verdict(sha256) == Verdict.VALID, "a later arrival asks nobody and takes nothing back"
    assert list(verify.breaks()) == []


def test_a_certificate_revoked_before_it_signed_is_found(services, house):
    sha256 = taken_in(house)
    services.answer = house.word(house.lan, datetime.now(UTC) - timedelta(days=3))
    due()
    found = verification.of([sha256])[sha256].judgement
    assert found.verdict == Verdict.REVOKED
    assert found.signatures[0].revoked_at < datetime.now(UTC)


def test_silence_is_asked_again_later_each_time_and_then_no_more(services, house):
    sha256, now = taken_in(house), datetime.now(UTC)
    for asked in range(1, len(AGAIN) + 2):
        assert asking.ask_due(at=AT, now=now) == 1
        row = SignatureEvidence.objects.filter(sha256=sha256).order_by("-id")[0]
        assert row.asked == asked
        if asked <= len(AGAIN):
            assert due() == 0
            wait = row.ask_at - datetime.now(UTC)
            assert AGAIN[asked - 1] - timedelta(minutes=1) < wait <= AGAIN[asked - 1]
            now += AGAIN[asked - 1] + timedelta(minutes=1)
    assert row.ask_at is None
    assert verdict(sha256) == Verdict.UNCONFIRMED


def test_what_is_no_answer_changes_nothing(services, house):
    sha256 = taken_in(house)
    services.answer = b"<html>xin loi</html>"
    due()
    assert verdict(sha256) == Verdict.UNCONFIRMED


def test_an_answer_its_authority_did_not_sign_changes_nothing(services, house):
    sha256 = taken_in(house)
    said = house.word(house.lan, datetime.now(UTC) - timedelta(days=3))
    for answer in (said[:-1] + bytes([said[-1] ^ 1]), Authority().word(house.lan)):
        services.answer = answer
        due()
        assert verdict(sha256) == Verdict.UNCONFIRMED


def test_a_host_the_configuration_does_not_name_is_never_asked(services, settings, tmp_path):
    hostile = Authority("http://169.254.169.254/latest/meta-data/")
    hostile.issue(tmp_path, "lan", "Nguyễn Thị Lan")
    settings.TRUST = tmp_path
    hostile.publish(settings.TRUST)
    paper = signed.sign(signed.blank(), tmp_path, "lan")
    operations.keep([paper], "giay.pdf", actor=SYSTEM, at=AT)
    due()
    assert services.asked == []
    assert due() == 0, "and not looked at again"


@pytest.mark.parametrize(
    "url",
    [
        f"http://{HOST}.evil.example/",
        f"http://{HOST}@evil.example/",
        f"http://evil.example/?{HOST}",
        f"http://{HOST}:8080/",
        f"ftp://{HOST}/",
        f"file://{HOST}/etc/passwd",
        f"ldap://{HOST}/cn=a",
        "http://[::1",
        "",
    ],
)
def test_an_address_that_only_looks_like_a_named_host_is_not_asked(url):
    assert not Services([HOST]).may_ask(url)
    assert Services([HOST]).may_ask(f"http://{HOST}/crl?id=1")


def test_without_services_nothing_is_asked_and_nothing_lost(services, house):
    sha256 = taken_in(house)
    ports.REVOCATION.plug(None)
    assert due() == 0
    ports.REVOCATION.plug(services)
    services.answer = house.word(house.lan)
    assert due() == 1
    assert verdict(sha256) == Verdict.VALID


def test_only_the_system_confirms(services):
    nobody = Actor(account_id=None, kind="anonymous", name="")
    with pytest.raises(Refusal) as refused:
        operations.confirm_signatures(
            sha256="0" * 64, seen={}, asked=1, answered=True, actor=nobody, at=AT
        )
    assert refused.value.code == "file.may_not"
