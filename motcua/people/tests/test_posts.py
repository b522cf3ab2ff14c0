"""Assigning, ending, delegating and widening posts: happy path, refusals, who may, what is recorded."""

from datetime import date, timedelta

import pytest

from motcua.people import operations, queries
from motcua.people.models import Delegation, Grant, PostHeld
from motcua.people.tests.conftest import NINE, SYSTEM, TODAY, entries
from motcua.rules.actor import Role
from motcua.rules.refusal import Refusal

LATER = TODAY + timedelta(days=30)
OTHERS = [role for role in Role if role is not Role.ADMINISTRATOR]


def refused(code):
    return pytest.raises(Refusal, match=code.replace(".", r"\."))


@pytest.fixture
def leader(province):
    return province.officer("lanh-dao", "Trần Quốc Việt")


@pytest.fixture
def deputy(province):
    return province.officer("cap-pho", "Nguyễn Thị Hồng")


def test_a_post_is_assigned_with_the_home_of_one_seconded(province, admin, deputy):
    post = province.post(Role.CLERK, "trung-tam-mot-cua")
    held = operations.assign_post(
        account_id=deputy, post_id=post, since=TODAY, until=LATER,
        home_unit_id=province.units["so-a"], actor=admin, at=NINE,
    )  # fmt: skip
    entry = entries("account.post_assigned")[-1]
    assert entry.fields == {
        "held": held, "post": post, "home_unit": province.units["so-a"],
        "valid": "[2022-11-21,2022-12-21)",
    }  # fmt: skip
    assert (entry.account_id, entry.post_id) == (admin.account_id, admin.post_id)


@pytest.mark.parametrize("role", OTHERS)
def test_only_the_administrator_assigns_ends_and_widens_posts(province, deputy, role):
    actor = province.actor(role, "so-a")
    post = province.post(Role.OFFICER, "so-b-phong")
    with refused("account.may_not"):
        operations.assign_post(account_id=deputy, post_id=post, since=TODAY, actor=actor, at=NINE)
    held = province.seat(deputy, Role.OFFICER, "so-a-phong")
    with refused("account.may_not"):
        operations.end_post(held_id=held, on=LATER, actor=actor, at=NINE)
    with refused("account.may_not"):
        operations.grant(
            post_id=post, capability="see", since=TODAY, reason="x", actor=actor, at=NINE
        )
    with refused("account.may_not"):
        operations.end_grant(grant_id=1, on=TODAY, actor=actor, at=NINE)


def test_what_cannot_be_assigned_is_refused_and_not_written(province, admin, deputy):
    post = province.post(Role.OFFICER, "so-a-phong")
    citizen = operations.sign_up(
        name="Lam", number="040190000001", phone="0912345678", password="hoa-sen-trang-9", at=NINE
    )
    closed = province.officer("da-nghi")
    operations.close_account(account_id=closed, reason="nghỉ hưu", actor=admin, at=NINE)
    cases = [
        ({"account_id": citizen}, "account.not_officer"),
        ({"account_id": closed}, "account.closed"),
        ({"account_id": 987_654}, "account.unknown"),
        ({"post_id": 987_654}, "post.unknown"),
        ({"home_unit_id": 987_654}, "unit.unknown"),
        ({"until": TODAY}, "range.empty"),
    ]
    before = PostHeld.objects.count()
    for changes, code in cases:
        given = {"account_id": deputy, "post_id": post, "since": TODAY} | changes
        with refused(code):
            operations.assign_post(**given, actor=admin, at=NINE)
    assert PostHeld.objects.count() == before


def test_a_post_is_held_once_at_a_time_but_may_be_taken_up_again(province, admin, deputy):
    post = province.post(Role.OFFICER, "so-a-phong")

    def assign(since, until):
        return operations.assign_post(
            account_id=deputy, post_id=post, since=since, until=until, actor=admin, at=NINE
        )

    assign(TODAY, LATER)
    with refused("post.held_already"):
        assign(LATER - timedelta(days=1), None)
    assert assign(LATER, None)


def test_a_post_ends_on_a_day_within_it(province, admin, deputy):
    held = province.seat(deputy, Role.OFFICER, "so-a-phong")
    with refused("range.end_outside"):
        operations.end_post(held_id=held, on=date(2021, 12, 31), actor=admin, at=NINE)
    operations.end_post(held_id=held, on=LATER, actor=admin, at=NINE)
    with refused("range.end_outside"):
        operations.end_post(held_id=held, on=LATER + timedelta(days=1), actor=admin, at=NINE)
    assert entries("account.post_ended")[-1].fields["valid"] == "[2022-01-01,2022-12-21)"
    with refused("post.not_held"):
        operations.end_post(held_id=987_654, on=LATER, actor=admin, at=NINE)


def delegate(actor, held, to, **changes):
    given = {"since": TODAY, "until": LATER, "reason": "Giấy ủy quyền số 12"} | changes
    return operations.delegate(held_id=held, to_account_id=to, **given, actor=actor, at=NINE)


def test_the_holder_delegates_and_both_chains_tell_of_it(province, leader, deputy):
    held = province.seat(leader, Role.LEADER, "so-a")
    made = delegate(queries.actor_of(leader, held, NINE), held, deputy)
    told = {e.subject_id.int: e.fields for e in entries("account.post_delegated")}
    assert told[leader] == {
        "delegation": made, "held": held, "valid": "[2022-11-21,2022-12-21)", "to": deputy,
    }  # fmt: skip
    assert told[deputy]["from"] == leader


def test_a_delegation_that_makes_no_sense_is_refused(province, admin, leader, deputy):
    held = province.seat(leader, Role.LEADER, "so-a")
    own = queries.actor_of(leader, held, NINE)
    citizen = operations.sign_up(
        name="Lam", number="040190000001", phone="0912345678", password="hoa-sen-trang-9", at=NINE
    )
    for to, changes, code in [
        (leader, {}, "delegation.to_self"),
        (citizen, {}, "account.not_officer"),
        (deputy, {"reason": " "}, "delegation.reason_missing"),
        (deputy, {"until": TODAY}, "range.empty"),
    ]:
        with refused(code):
            delegate(own, held, to, **changes)
    with refused("post.not_held"):
        delegate(own, 987_654, deputy)
    assert not Delegation.objects.exists()


def test_nobody_delegates_anothers_post_and_nothing_is_delegated_on(province, leader, deputy):
    held = province.seat(leader, Role.LEADER, "so-a")
    third = province.officer("nguoi-thu-ba")
    own = province.seat(deputy, Role.HEAD, "so-a-phong")
    with refused("delegation.may_not"):
        delegate(queries.actor_of(deputy, own, NINE), held, third)
    delegate(queries.actor_of(leader, held, NINE), held, deputy)
    with refused("delegation.may_not"):
        delegate(queries.actor_of(deputy, held, NINE), held, third)


def test_one_is_delegated_a_post_once_at_a_time(province, leader, deputy):
    held = province.seat(leader, Role.LEADER, "so-a")
    own = queries.actor_of(leader, held, NINE)
    delegate(own, held, deputy)
    with refused("delegation.overlaps"):
        delegate(own, held, deputy, since=TODAY + timedelta(days=3))
    assert delegate(own, held, deputy, since=LATER, until=LATER + timedelta(days=1))


def test_a_delegation_is_ended_early_by_who_may_delegate(province, leader, deputy):
    held = province.seat(leader, Role.LEADER, "so-a")
    made = delegate(queries.actor_of(leader, held, NINE), held, deputy)
    with refused("delegation.may_not"):
        operations.end_delegation(
            delegation_id=made, on=TODAY, actor=queries.actor_of(deputy, held, NINE), at=NINE
        )
    operations.end_delegation(
        delegation_id=made, on=TODAY, actor=queries.actor_of(leader, held, NINE), at=NINE
    )
    assert not queries.actor_of(deputy, held, NINE).may
    assert entries("account.delegation_ended")[0].fields["delegation"] == made
    with refused("delegation.unknown"):
        operations.end_delegation(delegation_id=987_654, on=TODAY, actor=SYSTEM, at=NINE)


def test_a_grant_is_recorded_on_the_post_and_ends(province, admin):
    post = province.post(Role.OFFICER, "so-b-phong")
    made = operations.grant(
        post_id=post, capability="see", unit_id=province.units["so-a"], since=TODAY,
        reason="Quyết định kiểm tra", actor=admin, at=NINE,
    )  # fmt: skip
    entry = entries("post.granted")[0]
    assert (entry.subject_kind, entry.subject_id.int) == ("post", post)
    assert entry.fields == {
        "grant": made, "capability": "see", "unit": province.units["so-a"],
        "valid": "[2022-11-21,)",
    }  # fmt: skip
    operations.end_grant(grant_id=made, on=LATER, actor=admin, at=NINE)
    assert entries("post.grant_ended")[0].fields["valid"] == "[2022-11-21,2022-12-21)"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"capability": "do_anything"}, "grant.capability_unknown"),
        ({"capability": "sign", "unit_id": 1}, "grant.unit_only_to_see"),
        ({"reason": ""}, "grant.reason_missing"),
        ({"until": TODAY}, "range.empty"),
        ({"unit_id": 987_654}, "unit.unknown"),
        ({"post_id": 987_654}, "post.unknown"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(province, admin, changes, code):
    given = {
        "post_id": province.post(Role.OFFICER, "so-b-phong"), "capability": "see", "since": TODAY,
        "reason": "Quyết định kiểm tra",
    }  # fmt: skip
    with refused(code):
        operations.grant(**(given | changes), actor=admin, at=NINE)
    assert not Grant.objects.exists()
