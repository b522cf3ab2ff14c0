"""Opening and closing accounts, passwords, keys: happy path, refusals, who may, what is recorded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.people import operations, queries
from motcua.people.models import Account, ApiToken, Person
from motcua.people.tests.conftest import NINE, PASSWORD, SYSTEM, TODAY, entries
from motcua.rules.actor import ANONYMOUS, May, Role
from motcua.rules.refusal import Refusal

LAM = {"name": "Nguyễn Thị Lam", "number": "040190000001", "phone": "0912345678"}


def open_officer(actor, **changes):
    given = {"username": "chuyen-vien", "name": "Phạm Văn Sơn", "kind": "officer"}
    return operations.open_account(
        **({**given, "password": PASSWORD, "actor": actor, "at": NINE} | changes)
    )


def refused(code):
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


def test_the_administrator_opens_an_officers_account(admin):
    account = Account.objects.get(id=open_officer(admin, username=" Chuyen-Vien "))
    assert (account.username, account.kind, account.person) == ("chuyen-vien", "officer", None)
    assert account.check_password(PASSWORD) and not account.check_password("khac")
    entry = entries("account.opened")[-1]
    assert entry.fields == {
        "kind": "officer", "username": "chuyen-vien", "name": "Phạm Văn Sơn",
    }  # fmt: skip
    assert (entry.account_id, entry.at) == (admin.account_id, NINE)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_else_opens_an_officers_account(province, role):
    with refused("account.may_not"):
        open_officer(province.actor(role, "so-a"))


def test_nobody_at_all_opens_an_account_unasked(province):
    with refused("account.may_not"):
        open_officer(ANONYMOUS)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "có dấu"}, "account.username_malformed"),
        ({"username": "ab"}, "account.username_malformed"),
        ({"username": "a" * 61}, "account.username_malformed"),
        ({"name": "  "}, "person.name_missing"),
        ({"password": "123"}, "account.password_weak"),
        ({"kind": "citizen"}, "account.officer_or_citizen"),
        ({"person_id": 1}, "account.officer_or_citizen"),
    ],
)
def test_an_account_that_says_nonsense_is_refused_and_nothing_is_written(admin, changes, code):
    before = Account.objects.count(), len(entries("account.opened"))
    with refused(code):
        open_officer(admin, **changes)
    assert (Account.objects.count(), len(entries("account.opened"))) == before


def test_a_user_name_is_somebodys_whatever_its_case(admin):
    open_officer(admin)
    with refused("account.username_taken") as raised:
        open_officer(admin, username="CHUYEN-VIEN")
    assert raised.value.params == {"username": "chuyen-vien"}


def test_without_a_password_nobody_signs_in(admin):
    account = Account.objects.get(id=open_officer(admin, password=None))
    assert not account.has_usable_password() and not account.check_password("")


def test_the_desk_opens_a_citizens_account_and_the_record_does_not_name_him(clerk):
    person = operations.register_person(
        name="Nguyễn Thị Lam", identity_number="040190000001", actor=clerk, at=NINE
    )
    operations.open_account(
        username="040190000001", name="Nguyễn Thị Lam", kind="citizen", password=PASSWORD,
        person_id=person.id, actor=clerk, at=NINE,
    )  # fmt: skip
    fields = entries("account.opened")[-1].fields
    assert fields["person"] == person.id and fields["username"].startswith("~")
    assert "040190000001" not in str(fields) and "Lam" not in str(fields)


def test_signing_up_records_an_act_of_nobodys_with_digests_only(province):
    account = operations.sign_up(**LAM, password=PASSWORD, at=NINE)
    written = [e for e in entries("account.opened") if e.account_id is None][-2:]
    assert {e.subject_kind for e in written} == {"account", "person"}
    for entry in written:
        assert not any(value in str(entry.fields) for value in LAM.values())
    person = Account.objects.get(id=account).person
    assert person.folded_name == "nguyen thi lam" and not person.confirmed


def test_signing_up_twice_with_one_number_is_refused_and_leaves_no_second_person(province):
    operations.sign_up(**LAM, password=PASSWORD, at=NINE)
    with refused("account.username_taken"):
        operations.sign_up(**LAM, password=PASSWORD, at=NINE)
    assert Person.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": ""}, "person.name_missing"),
        ({"number": "186123456"}, "identity.personal_malformed"),
        ({"phone": "1"}, "identity.phone_malformed"),
        ({"password": "matkhau"}, "account.password_weak"),
    ],
)
def test_a_sign_up_that_says_nonsense_is_refused(province, changes, code):
    with refused(code):
        operations.sign_up(**({**LAM, "password": PASSWORD} | changes), at=NINE)


def test_an_account_is_closed_once_by_the_administrator(province, admin):
    account = province.officer("da-nghi")
    with refused("account.may_not"):
        operations.close_account(
            account_id=account, reason="x", actor=province.actor(Role.LEADER, "so-a"), at=NINE
        )
    operations.close_account(account_id=account, reason="nghỉ hưu", actor=admin, at=NINE)
    assert not Account.objects.get(id=account).is_active
    assert entries("account.closed")[0].fields == {"active": False, "reason": "nghỉ hưu"}
    with refused("account.closed"):
        operations.close_account(account_id=account, reason="x", actor=admin, at=NINE)
    with refused("account.unknown"):
        operations.close_account(account_id=987_654, reason="x", actor=admin, at=NINE)


def test_ones_password_is_changed_by_oneself_or_the_administrator(province, admin):
    account = province.officer("chuyen-vien")
    own = queries.actor_of(account, None, NINE)
    for actor, password in ((own, "hoa-cuc-vang-7"), (admin, "hoa-sen-trang-9")):
        operations.change_password(account_id=account, password=password, actor=actor, at=NINE)
        assert Account.objects.get(id=account).check_password(password)
    recorded = entries("account.password_changed")
    assert [e.account_id for e in recorded] == [account, admin.account_id]
    assert all(e.fields == {"password": None} for e in recorded)
    with refused("account.may_not"):
        operations.change_password(
            account_id=account, password="hoa-cuc-vang-7", at=NINE,
            actor=province.actor(Role.LEADER, "so-a"),
        )  # fmt: skip
    with refused("account.password_weak"):
        operations.change_password(account_id=account, password="1", actor=own, at=NINE)


def test_the_desk_sets_a_new_password_for_citizens_only(province, clerk):
    citizen = operations.sign_up(**LAM, password=PASSWORD, at=NINE)
    new = {"password": "hoa-cuc-vang-7", "actor": clerk, "at": NINE}
    operations.change_password(account_id=citizen, **new)
    assert Account.objects.get(id=citizen).check_password("hoa-cuc-vang-7")
    with refused("account.may_not"):
        operations.change_password(account_id=province.officer("khac"), **new)


def issue(actor, account, **changes):
    given = {"name": "Hệ thống của Bộ", "since": TODAY, "until": TODAY + timedelta(days=90)}
    return operations.issue_token(
        **({"held_id": None} | given | changes), account_id=account, actor=actor, at=NINE
    )


def test_a_keys_secret_is_kept_nowhere(province, admin):
    account = province.officer("he-thong")
    token, secret = issue(admin, account)
    stored = ApiToken.objects.get(id=token)
    assert secret.startswith("mc_") and len(secret) > 40
    assert secret.encode() not in bytes(stored.digest)
    assert secret not in str([e.fields for e in entries("account.token_issued")])


def test_a_key_is_made_by_its_owner_or_the_administrator_for_the_owners_own_post(province, admin):
    account, other = province.officer("he-thong"), province.officer("khac")
    his = province.seat(other, Role.LEADER, "so-a")
    own = queries.actor_of(account, None, NINE)
    assert issue(own, account) and issue(admin, account)
    with refused("account.may_not"):
        issue(queries.actor_of(other, None, NINE), account)
    with refused("post.not_held"):
        issue(own, account, held_id=his)
    with refused("token.name_missing"):
        issue(own, account, name=" ")
    with refused("range.empty"):
        issue(own, account, until=TODAY)


def test_a_key_is_revoked_from_a_day_on(province, admin):
    account = province.officer("he-thong")
    token, secret = issue(admin, account)
    with refused("account.may_not"):
        operations.revoke_token(
            token_id=token, on=TODAY, actor=province.actor(Role.HEAD, "so-a"), at=NINE
        )
    with refused("range.end_outside"):
        operations.revoke_token(token_id=token, on=TODAY - timedelta(days=1), actor=admin, at=NINE)
    operations.revoke_token(token_id=token, on=TODAY, actor=admin, at=NINE)
    assert queries.actor_of_token(secret, NINE) is None
    with refused("token.unknown"):
        operations.revoke_token(token_id=987_654, on=TODAY, actor=admin, at=NINE)


def test_a_grant_to_operate_lets_a_post_open_accounts(province, admin):
    operator = replace(province.actor(Role.HEAD, "so-a"), may=frozenset({May.OPERATE}))
    assert open_officer(operator)


def test_an_account_written_past_the_acts_is_refused_by_the_database(province):
    from django.db import DatabaseError, transaction

    with pytest.raises(DatabaseError, match="nghiệp vụ đang mở"), transaction.atomic():
        Account.objects.create(username="len-lut", name="Lén lút", kind="officer")
    assert SYSTEM.account_id is None
