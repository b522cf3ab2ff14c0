"""Who an account is at a moment: posts chosen, scopes by role, delegations, grants, keys."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.ledger import sql
from motcua.people import operations, queries
from motcua.people.tests.conftest import NINE, SYSTEM, TODAY
from motcua.rules.actor import ANONYMOUS, CAPABILITIES, May, Role, Scope
from motcua.rules.refusal import Refusal

NEXT_WEEK = TODAY + timedelta(days=7)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a local day, as the doors give it."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("role", "unit", "home", "accountable", "received_by"),
    [
        (Role.OFFICER, "so-a-phong", None, ["so-a"], []),
        (Role.HEAD, "so-a-phong", None, ["so-a"], []),
        (Role.LEADER, "so-a", None, ["so-a"], []),
        (Role.REGISTRY, "so-a", None, ["so-a"], []),
        (Role.OFFICER, "xa-x", None, ["xa-x"], []),
        (Role.CLERK, "trung-tam-mot-cua", "so-a", ["so-a"], ["trung-tam-mot-cua"]),
        (Role.CLERK, "trung-tam-mot-cua", "so-a-phong", ["so-a"], ["trung-tam-mot-cua"]),
        (Role.CLERK, "xa-x-mot-cua", None, ["xa-x"], ["xa-x-mot-cua"]),
        (Role.CASHIER, "xa-x-mot-cua", None, ["xa-x"], ["xa-x-mot-cua"]),
        (Role.MAIL_CLERK, "trung-tam-mot-cua", None, ["trung-tam"], ["trung-tam-mot-cua"]),
        (Role.DIRECTOR, "trung-tam", None, [],
         ["trung-tam", "trung-tam-mot-cua", "trung-tam-mot-cua-2"]),
        (Role.CONTROL_OFFICER, "so-b", None, [], []),
        (Role.COMMITTEE_OFFICER, "so-b", None, [], []),
        (Role.ADMINISTRATOR, "so-b", None, [], []),
    ],
)  # fmt: skip
def test_each_role_sees_its_own(province, role, unit, home, accountable, received_by):
    actor = province.actor(role, unit, home)
    assert actor.sees == Scope(
        accountable=province.ids(*accountable), received_by=province.ids(*received_by)
    )
    assert actor.may == CAPABILITIES[role]
    assert actor.unit_id in actor.units


def test_an_inspector_sees_everything(province):
    assert province.actor(Role.INSPECTOR, "so-b").sees == Scope(everything=True)


def test_a_right_to_figures_is_not_a_right_to_rows(province):
    for role in (Role.CONTROL_OFFICER, Role.COMMITTEE_OFFICER, Role.ADMINISTRATOR):
        actor = province.actor(role, "so-b")
        assert May.SEE_FIGURES in actor.may and actor.sees.empty


def test_the_director_takes_part_at_every_desk_of_the_centre(province):
    actor = province.actor(Role.DIRECTOR, "trung-tam")
    assert actor.units == province.ids("trung-tam", "trung-tam-mot-cua", "trung-tam-mot-cua-2")


def test_a_citizen_sees_only_what_is_his_and_is_not_named_in_the_record(province):
    account = operations.sign_up(
        name="Nguyễn Thị Lam", number="040190000001", phone="0912345678",
        password="mat-khau-cua-lam", at=NINE,
    )  # fmt: skip
    acting = queries.acting(account, None, NINE)
    assert acting.actor.is_citizen and not acting.actor.may and acting.seats == ()
    assert acting.actor.sees.person_id and not acting.actor.sees.everything
    assert (acting.name, acting.actor.name) == ("Nguyễn Thị Lam", "Công dân")


def test_an_officer_without_a_post_may_and_sees_nothing(province):
    actor = queries.actor_of(province.officer("moi"), None, NINE)
    assert actor.is_officer and not actor.may and actor.sees.empty and actor.post_id is None


def test_an_officer_with_two_posts_acts_in_the_chosen_one(province):
    account = province.officer("hai-vi-tri")
    first = province.seat(account, Role.OFFICER, "so-a-phong")
    second = province.seat(account, Role.CLERK, "xa-x-mot-cua")
    assert queries.actor_of(account, None, NINE).role is Role.OFFICER
    assert queries.actor_of(account, first, NINE).role is Role.OFFICER
    acting = queries.acting(account, second, NINE)
    assert acting.actor.role is Role.CLERK and len(acting.seats) == 2
    assert acting.actor.sees.accountable == province.ids("xa-x")


def test_somebody_elses_post_cannot_be_chosen(province):
    mine, other = province.officer("toi"), province.officer("nguoi-khac")
    own = province.seat(mine, Role.OFFICER, "so-a-phong")
    his = province.seat(other, Role.LEADER, "so-a")
    assert queries.acting(mine, his, NINE).seat.held_id == own


def test_a_post_counts_from_its_first_day_to_before_its_last(province):
    account = province.officer("co-han")
    held = operations.assign_post(
        account_id=account, post_id=province.post(Role.OFFICER, "so-a-phong"),
        since=TODAY, until=NEXT_WEEK, actor=SYSTEM, at=NINE,
    )  # fmt: skip

    def role(at):
        return queries.actor_of(account, held, at).role

    assert role(local(TODAY - timedelta(days=1), 23, 59)) is None
    assert role(local(TODAY, 0)) is Role.OFFICER
    assert role(local(NEXT_WEEK - timedelta(days=1), 23, 59)) is Role.OFFICER
    assert role(local(NEXT_WEEK, 0)) is None


def test_who_is_delegated_a_post_acts_in_it_on_behalf_of_its_holder(province):
    leader, deputy = province.officer("lanh-dao"), province.officer("cap-pho")
    held = province.seat(leader, Role.LEADER, "so-a")
    own = province.seat(deputy, Role.HEAD, "so-a-phong")
    operations.delegate(
        held_id=held, to_account_id=deputy, since=TODAY, until=NEXT_WEEK,
        reason="GUQ số 12", actor=queries.actor_of(leader, held, NINE), at=NINE,
    )  # fmt: skip
    acting = queries.acting(deputy, held, NINE)
    assert acting.actor.role is Role.LEADER and May.SIGN in acting.actor.may
    assert (acting.actor.account_id, acting.actor.on_behalf_of) == (deputy, leader)
    assert acting.seat.label.endswith("(thay Trần Văn Đức)")
    assert queries.actor_of(deputy, None, NINE).role is Role.HEAD
    assert queries.acting(deputy, own, NINE).actor.on_behalf_of is None


def test_a_delegation_counts_from_its_first_day_to_before_its_last(province):
    leader, deputy = province.officer("lanh-dao"), province.officer("cap-pho")
    held = province.seat(leader, Role.LEADER, "so-a")
    operations.delegate(
        held_id=held, to_account_id=deputy, since=TODAY, until=NEXT_WEEK,
        reason="GUQ số 12", actor=SYSTEM, at=NINE,
    )  # fmt: skip

    def acts(at):
        return queries.actor_of(deputy, held, at).on_behalf_of == leader

    assert not acts(local(TODAY - timedelta(days=1), 23, 59))
    assert acts(local(TODAY, 0))
    assert acts(local(NEXT_WEEK - timedelta(days=1), 23, 59))
    assert not acts(local(NEXT_WEEK, 0))


def test_a_delegation_ends_with_the_post_and_with_its_holders_account(province):
    leader, deputy = province.officer("lanh-dao"), province.officer("cap-pho")
    held = province.seat(leader, Role.LEADER, "so-a")
    operations.delegate(
        held_id=held, to_account_id=deputy, since=TODAY, until=NEXT_WEEK,
        reason="GUQ số 12", actor=SYSTEM, at=NINE,
    )  # fmt: skip
    operations.end_post(held_id=held, on=TODAY + timedelta(days=2), actor=SYSTEM, at=NINE)
    assert queries.actor_of(deputy, held, local(TODAY + timedelta(days=1), 9)).may
    assert not queries.actor_of(deputy, held, local(TODAY + timedelta(days=2), 9)).may
    operations.close_account(account_id=leader, reason="chuyển công tác", actor=SYSTEM, at=NINE)
    assert not queries.actor_of(deputy, held, NINE).may


def test_a_closed_account_is_nobody(province):
    account = province.officer("da-nghi")
    held = province.seat(account, Role.OFFICER, "so-a-phong")
    operations.close_account(account_id=account, reason="nghỉ hưu", actor=SYSTEM, at=NINE)
    assert queries.actor_of(account, held, NINE) == ANONYMOUS
    assert queries.actor_of(987_654, None, NINE) == ANONYMOUS


@pytest.mark.parametrize(
    ("unit", "scope"),
    [
        (None, {"everything": True}),
        ("so-a", {"accountable": ["so-b", "so-a"]}),
        ("so-a-phong", {"accountable": ["so-b", "so-a"]}),
        ("xa-x-mot-cua", {"accountable": ["so-b"], "received_by": ["xa-x-mot-cua"]}),
        ("trung-tam", {"accountable": ["so-b"], "received_by": [
            "trung-tam", "trung-tam-mot-cua", "trung-tam-mot-cua-2"]}),
    ],
)  # fmt: skip
def test_a_grant_to_see_widens_the_scope_for_its_days(province, unit, scope):
    account = province.officer("duoc-giao")
    held = province.seat(account, Role.OFFICER, "so-b-phong")
    operations.grant(
        post_id=queries.actor_of(account, held, NINE).post_id, capability="see",
        unit_id=province.units[unit] if unit else None, since=TODAY, until=NEXT_WEEK,
        reason="Quyết định kiểm tra", actor=SYSTEM, at=NINE,
    )  # fmt: skip
    sees = queries.actor_of(account, held, NINE).sees
    if scope.get("everything"):
        assert sees.everything
    else:
        assert sees.accountable == province.ids(*scope["accountable"])
        assert sees.received_by == province.ids(*scope.get("received_by", ()))
    after = queries.actor_of(account, held, local(NEXT_WEEK, 0)).sees
    assert after == Scope(accountable=province.ids("so-b"))


def test_a_grant_of_a_capability_adds_to_the_role(province):
    account = province.officer("duoc-giao")
    held = province.seat(account, Role.OFFICER, "so-b-phong")
    post = queries.actor_of(account, held, NINE).post_id
    given = operations.grant(
        post_id=post, capability="sign", since=TODAY, reason="QĐ 5", actor=SYSTEM, at=NINE
    )
    assert queries.actor_of(account, held, NINE).may == {May.PROCESS, May.SIGN}
    operations.end_grant(grant_id=given, on=TODAY, actor=SYSTEM, at=NINE)
    assert queries.actor_of(account, held, NINE).may == {May.PROCESS}


def test_an_actor_costs_one_statement(province, monkeypatch):
    account = province.officer("hai-vi-tri")
    held = province.seat(account, Role.CLERK, "trung-tam-mot-cua", home="so-a")
    province.seat(account, Role.OFFICER, "so-a-phong")
    asked, fetch = [], sql.fetch

    def counted(*query):
        asked.append(query)
        return fetch(*query)

    monkeypatch.setattr(sql, "fetch", counted)
    with CaptureQueriesContext(connection) as seen:
        queries.actor_of(account, held, NINE)
    assert len(asked) + len(seen) == 1


def test_a_key_acts_as_its_account_in_its_post_while_it_is_valid(province):
    account = province.officer("he-thong-khac")
    province.seat(account, Role.OFFICER, "so-b-phong")
    held = province.seat(account, Role.CLERK, "xa-x-mot-cua")
    token, secret = operations.issue_token(
        account_id=account, held_id=held, name="Cổng của Bộ", since=TODAY, until=NEXT_WEEK,
        actor=SYSTEM, at=NINE,
    )  # fmt: skip
    assert queries.actor_of_token(secret, NINE) == queries.actor_of(account, held, NINE)
    assert queries.actor_of_token(secret + "x", NINE) is None
    assert queries.actor_of_token("", NINE) is None
    assert queries.actor_of_token(secret, local(NEXT_WEEK, 0)) is None
    assert queries.actor_of_token(secret, local(TODAY - timedelta(days=1), 23)) is None
    operations.end_post(held_id=held, on=TODAY, actor=SYSTEM, at=NINE)
    assert queries.actor_of_token(secret, NINE) is None
    operations.revoke_token(token_id=token, on=TODAY, actor=SYSTEM, at=NINE)
    assert queries.actor_of_token(secret, NINE) is None


def test_a_person_is_shown_to_himself_and_to_the_desk_with_a_masked_number(province, clerk):
    account = operations.sign_up(
        name="Nguyễn Thị Lam", number="040190000001", phone="0912345678",
        password="mat-khau-cua-lam", at=NINE,
    )  # fmt: skip
    citizen = queries.actor_of(account, None, NINE)
    person_id = citizen.sees.person_id
    for actor in (citizen, clerk):
        assert queries.person(actor, person_id).masked_number == "*********001"
    for stranger in (ANONYMOUS, province.actor(Role.OFFICER, "so-a-phong")):
        with pytest.raises(Refusal, match=r"person\.not_visible"):
            queries.person(stranger, person_id)
