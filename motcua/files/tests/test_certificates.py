"""The register of certificates: whose each is, and that it signs for nobody else, no longer than it may."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from motcua.files import certificates, operations
from motcua.files.models import Certificate
from motcua.files.operations import Wanted
from motcua.files.tests.authority import BORN, Authority
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.people.tests.conftest import NINE, SYSTEM, province
from motcua.rules.actor import Role
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

__all__ = ["province"]
pytestmark = pytest.mark.django_db
UNTIL = datetime(2027, 1, 1, tzinfo=ZONE)
REQUEST = "45/SNV-CCHC"
Kind = Certificate.Kind


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def operator(province):
    return province.actor(Role.ADMINISTRATOR, "so-b-phong")


@pytest.fixture
def leader(province):
    return province.actor(Role.LEADER, "so-a-phong")


@pytest.fixture
def registry(province):
    return province.actor(Role.REGISTRY, "so-a-phong")


def refused(code, call, *args, **kwargs):
    with pytest.raises(Refusal) as found:
        call(*args, **kwargs)
    assert found.value.code == code


def asked(actor, unit_id, account_id=None, kind=None):
    kind = kind or (Kind.PERSONAL if account_id else Kind.ORGANISATION)
    wanted = Wanted(kind, unit_id, account_id)
    return operations.request_certificates([wanted], requested_by=REQUEST, actor=actor, at=NINE)[0]


def registered(authority, operator, certificate_id, name, until=UNTIL):
    content = authority.cer(name, until=until)
    operations.register_certificate(
        certificate_id=certificate_id, content=content, actor=operator, at=NINE, token="TK-01"
    )
    return Certificate.objects.get(id=certificate_id)


@pytest.fixture
def his(authority, operator, leader, province):
    asked_for = asked(operator, province.units["so-a"], leader.account_id)
    return registered(authority, operator, asked_for, "Trần Văn Đức")


def test_it_is_asked_for_registered_and_then_signs_for_its_holder(his, leader, province):
    found = certificates.to_sign(his.fingerprint, account_id=leader.account_id, at=NINE)
    assert (found.holder, found.agency, found.standing) == ("Trần Văn Đức", "Đơn vị so-a", "active")
    assert [post.role for post in found.posts_on(date(2022, 11, 21))] == ["leader"]
    assert found.posts_on(date(2019, 1, 1)) == ()
    refused(
        "certificate.not_yours", certificates.to_sign, his.fingerprint,
        unit_id=province.units["so-a"], at=NINE,
    )  # fmt: skip
    refused("certificate.not_registered", certificates.to_sign, "ab" * 32, account_id=1, at=NINE)
    assert certificates.held("ab" * 32) is None and certificates.held("") is None


def test_the_record_says_whose_it_is_and_nothing_of_the_subject(his):
    entries = Entry.objects.filter(subject_kind="certificate").order_by("subject_seq")
    assert [e.event for e in entries] == ["certificate.requested", "certificate.registered"]
    assert entries[1].fields["fingerprint"] == his.fingerprint
    assert "Trần" not in str([e.fields for e in entries])
    assert list(verify.breaks()) == []


@pytest.mark.parametrize(
    ("do", "state"),
    [
        (operations.revoke_certificate, "revoked"),
        (operations.lose_certificate, "lost"),
        (operations.lock_certificate, "locked"),
    ],
)
def test_what_is_revoked_lost_or_locked_signs_no_more(his, leader, operator, do, state):
    do(certificate_id=his.id, reason="Quyết định 12/QĐ", actor=operator, at=NINE)
    refused(
        f"certificate.{state}", certificates.to_sign, his.fingerprint,
        account_id=leader.account_id, at=NINE,
    )  # fmt: skip
    refused(
        "certificate.not_that_state", operations.lock_certificate, certificate_id=his.id,
        reason="lần nữa", actor=operator, at=NINE,
    )  # fmt: skip
    found = certificates.held(his.fingerprint)
    assert found is not None and (found.standing, found.standing_since) == (state, NINE)


def test_what_was_locked_is_unlocked_by_who_keeps_the_register(his, leader, operator):
    operations.lock_certificate(certificate_id=his.id, reason="PIN", actor=leader, at=NINE)
    refused(
        "certificate.may_not", operations.unlock_certificate, certificate_id=his.id, reason="mở",
        actor=leader, at=NINE,
    )  # fmt: skip
    operations.unlock_certificate(certificate_id=his.id, reason="mở", actor=operator, at=NINE)
    assert certificates.to_sign(his.fingerprint, account_id=leader.account_id, at=NINE)


def test_a_registry_asks_for_its_agency_alone_and_registers_nothing(
    authority, registry, leader, province
):
    wanted = asked(registry, province.units["so-a"], leader.account_id)
    refused("certificate.may_not", asked, registry, province.units["so-b"])
    refused(
        "certificate.may_not", operations.register_certificate, certificate_id=wanted,
        content=authority.cer("Trần Văn Đức", until=UNTIL), actor=registry, at=NINE,
    )  # fmt: skip
    refused("certificate.may_not", asked, leader, province.units["so-a"])
    refused("certificate.of_whom", asked, registry, province.units["so-a"], None, Kind.PERSONAL)
    refused("account.unknown", asked, registry, province.units["so-a"], 999_999)


def test_who_does_not_see_it_can_not_report_it(his, province):
    other = province.actor(Role.OFFICER, "so-b-phong")
    refused(
        "certificate.not_found", operations.lose_certificate, certificate_id=his.id, reason="mất",
        actor=other, at=NINE,
    )  # fmt: skip
    refused(
        "certificate.reason_missing", operations.lose_certificate, certificate_id=his.id,
        reason=" ", actor=other, at=NINE,
    )  # fmt: skip


def test_another_persons_certificate_a_spent_one_and_the_same_twice_are_not_taken(
    authority, operator, leader, his, province
):
    wanted = asked(operator, province.units["so-a"], leader.account_id)
    refused("certificate.other_name", registered, authority, operator, wanted, "Lê Đình Thắng")
    refused(
        "certificate.over", registered, authority, operator, wanted, "Trần Văn Đức",
        BORN + timedelta(days=9),
    )  # fmt: skip
    refused(
        "certificate.already_registered", operations.register_certificate, certificate_id=wanted,
        content=bytes(his.der), actor=operator, at=NINE,
    )  # fmt: skip
    refused(
        "certificate.not_that_state", operations.register_certificate, certificate_id=his.id,
        content=bytes(his.der), actor=operator, at=NINE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unreadable"), (b"%PDF-1.7", "unreadable"), (b"\x30\x82" * 9000, "unreadable"),
        (b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "unreadable"),
        (b"x" * 40_000, "unreadable"), (b"-----BEGIN PRIVATE KEY-----\nMC4C", "has_key"),
    ],
)  # fmt: skip
def test_what_is_no_certificate_or_holds_a_key_is_refused(operator, province, content, code):
    wanted = asked(operator, province.units["so-a"])
    refused(
        f"certificate.{code}", operations.register_certificate, certificate_id=wanted,
        content=content, actor=operator, at=NINE,
    )  # fmt: skip


def test_a_key_goes_into_hands_with_minutes(his, operator, registry, leader):
    def hand(actor):
        return operations.hand_over_key(
            certificate_id=his.id, to_account_id=registry.account_id, minutes="03/BB-VP",
            on=date(2022, 11, 21), actor=actor, at=NINE,
        )  # fmt: skip

    refused("certificate.may_not", hand, leader)
    hand(registry)
    handed = his.hand_overs.get()
    assert (handed.to_id, handed.minutes) == (registry.account_id, "03/BB-VP")


def test_the_end_is_warned_of_once_a_bound_and_a_renewed_one_of_none(
    authority, operator, leader, his, province
):
    def warned(days):
        return operations.warn_of_certificates(actor=SYSTEM, at=UNTIL - timedelta(days=days))

    refused("certificate.may_not", operations.warn_of_certificates, actor=operator, at=NINE)
    assert [warned(d) for d in (61, 60, 60, 30, 30, 29)] == [0, 1, 0, 1, 0, 0]
    told = Entry.objects.filter(event="certificate.ends", subject_kind="certificate")
    assert [e.fields["days"] for e in told.order_by("subject_seq")] == [60, 30]
    new = operations.renew_certificate(
        certificate_id=his.id, requested_by=REQUEST, actor=operator, at=UNTIL - timedelta(days=20)
    )
    refused(
        "certificate.renewed_already", operations.renew_certificate, certificate_id=his.id,
        requested_by=REQUEST, actor=operator, at=NINE,
    )  # fmt: skip
    later = datetime(2031, 1, 1, tzinfo=ZONE)
    following = registered(authority, operator, new, "Trần Văn Đức", later)
    assert (following.renews_id, following.account_id) == (his.id, leader.account_id)
    assert warned(7) == 0
    assert certificates.to_sign(his.fingerprint, account_id=leader.account_id, at=NINE)
