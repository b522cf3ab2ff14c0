"""Ratings: by the link of the hand-over once, by the owner again, by a code alone never."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.functional import SimpleLazyObject

from motcua.dossiers import operations, rating_tokens, ratings
from motcua.dossiers.models import Rating
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.test_acts import refused
from motcua.dossiers.tests.test_races import together
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import ANONYMOUS, Actor, Role, Scope, system
from motcua.rules.casework_ratings import Because, Satisfaction, Way

SYSTEM = system("kiểm thử")
BAD, GOOD = Satisfaction.DISSATISFIED, Satisfaction.VERY


def finish(world, dossier, *, hand_over=True):
    operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=world.officer, at=later(1)
    )
    operations.conclude(
        dossier_id=dossier, item_id=item_of(dossier), result_name="Giấy phép", result_number="1",
        actor=world.leader, at=later(1),
    )  # fmt: skip
    if hand_over:
        operations.hand_over(
            dossier_id=dossier, recipient="Nguyễn Thị Lam", identity="", method="counter",
            actor=world.clerk, at=later(2),
        )  # fmt: skip


@pytest.fixture
def dossier(world):
    made = world.accepted()
    finish(world, made.id)
    return made.id


@pytest.fixture
def owner(world):
    return Actor(None, "citizen", "công dân", sees=Scope(person_id=world.citizen))


def by_link(token, at=None, level=GOOD, **more):
    return operations.rate(token=token, level=level, actor=ANONYMOUS, at=at or later(3), **more)


def test_the_link_of_the_hand_over_serves_once(world, dossier):
    token = ratings.link_token(world.clerk, dossier)
    assert ratings.by_token(token).dossier_id == dossier
    assert by_link(token, reasons=[Because.QUICK]) == dossier
    said = Rating.objects.get()
    assert (said.level, said.reasons, said.way, said.round) == ("very", ["quick"], "link", 1)
    refused("rating.link_used", lambda: by_link(token))
    refused("rating.link_used", lambda: ratings.by_token(token))


def test_the_visitor_of_a_page_is_known_late_and_rates_all_the_same(world, dossier):
    visitor = SimpleLazyObject(lambda: ANONYMOUS)
    token = ratings.link_token(world.clerk, dossier)
    assert operations.rate(token=token, level=GOOD, actor=visitor, at=later(3)) == dossier


def test_a_code_or_a_forged_token_opens_nothing(world, dossier):
    code = world.accepted().code
    for forged in (code, str(dossier), rating_tokens.token_of(dossier)[:-2] + "xx", "::"):
        refused("rating.link_invalid", lambda forged=forged: by_link(forged))
    refused("rating.may_not", lambda: operations.rate(
        dossier_id=dossier, level=GOOD, actor=ANONYMOUS, at=later(3)))  # fmt: skip
    assert Rating.objects.count() == 0


def test_the_owner_changes_his_word_within_the_days_and_the_earlier_one_stays(dossier, owner):
    first = {"dossier_id": dossier, "actor": owner, "way": Way.ACCOUNT}
    operations.rate(**first, level=GOOD, at=later(3))
    operations.rate(**first, level=BAD, at=later(32), text="Bắt bổ sung giấy tờ.")
    rows = list(Rating.objects.order_by("round"))
    assert [(r.level, r.replaced_at is None) for r in rows] == [
        ("very", False), ("dissatisfied", True),
    ]  # fmt: skip
    refused("rating.too_late", lambda: operations.rate(**first, level=GOOD, at=later(33.1)))
    assert list(verify.breaks()) == []


def test_no_officer_and_no_other_citizen_rates(world, dossier, owner):
    stranger = replace(owner, sees=Scope(person_id=world.citizen + 1))
    refused("dossier.not_visible", lambda: operations.rate(
        dossier_id=dossier, level=GOOD, actor=stranger, at=later(3)))  # fmt: skip
    refused("rating.may_not", lambda: operations.rate(
        dossier_id=dossier, level=GOOD, actor=world.clerk, at=later(3)))  # fmt: skip


def test_before_the_result_there_is_nothing_to_rate(world, owner):
    made = world.accepted()
    finish(world, made.id, hand_over=False)
    refused("rating.not_yet", lambda: operations.rate(
        dossier_id=made.id, level=GOOD, actor=owner, at=later(3)))  # fmt: skip
    refused("rating.not_yet", lambda: ratings.link_token(world.clerk, made.id))


def test_a_refusal_can_be_rated_as_soon_as_it_is_there(world, owner):
    made = world.accepted()
    operations.refuse_in_process(
        dossier_id=made.id, item_id=item_of(made.id), reason="không đủ điều kiện",
        actor=world.officer, at=later(1),
    )  # fmt: skip
    operations.rate(dossier_id=made.id, level=BAD, actor=owner, at=later(2), text="Chưa rõ lý do.")
    assert ratings.said_of(world.clerk, made.id).waits


def test_the_text_stays_out_of_the_record(dossier, owner):
    operations.rate(
        dossier_id=dossier, level=BAD, actor=owner, at=later(3), text="Bà Lan bắt đợi.",
        reasons=[Because.ATTITUDE],
    )  # fmt: skip
    fields = Entry.objects.get(event="dossier.rated").fields
    assert "Lan" not in str(fields)
    assert (fields["rating"], fields["reasons"]) == ("dissatisfied", ["attitude"])


def test_a_text_without_end_is_not_taken(dossier, owner):
    refused("rating.too_long", lambda: operations.rate(
        dossier_id=dossier, level=BAD, actor=owner, at=later(3), text="a" * 2001))  # fmt: skip


@pytest.mark.parametrize(
    ("ending", "fits"),
    [("0001", True), ("0002", False), ("", False), ("040190000001", False), ("001", False)],
)
def test_the_kiosk_wants_the_code_and_the_end_of_a_number(world, ending, fits):
    made = world.accepted()
    finish(world, made.id)
    if fits:
        token = ratings.at_kiosk(world.desk, made.code, ending)
        by_link(token, way=Way.KIOSK)
        assert Rating.objects.get().way == "kiosk"
    else:
        refused("rating.not_matched", lambda: ratings.at_kiosk(world.desk, made.code, ending))


def test_the_kiosk_of_another_desk_or_an_unfinished_dossier_gives_the_same_answer(world):
    done, open_ = world.accepted(), world.accepted()
    finish(world, done.id)
    for desk, code in ((world.department, done.code), (world.desk, open_.code), (world.desk, "x")):
        refused("rating.not_matched",
                lambda desk=desk, code=code: ratings.at_kiosk(desk, code, "0001"))  # fmt: skip


def complaint(dossier, owner):
    operations.rate(dossier_id=dossier, level=BAD, actor=owner, at=later(3), text="Phải đi ba lần.")


def test_who_directs_the_desk_judges_a_complaint(world, dossier, owner):
    complaint(dossier, owner)
    director = world.actor(Role.DIRECTOR)
    assert [r.waits for r in ratings.ratings(director, waiting=True)] == [True]
    operations.judge_rating(
        dossier_id=dossier, justified=True, reason="đúng là hướng dẫn thiếu", actor=director,
        at=later(4),
    )  # fmt: skip
    said = ratings.said_of(director, dossier)
    assert (said.justified, said.waits) == (True, False)
    assert Entry.objects.get(event="dossier.rating_judged").fields["justified"] is True
    assert ratings.ratings(director, waiting=True) == []


@pytest.mark.parametrize("role", [Role.CLERK, Role.OFFICER, Role.HEAD])
def test_nobody_else_judges_it(world, dossier, owner, role):
    complaint(dossier, owner)
    refused("rating.may_not_judge", lambda: operations.judge_rating(
        dossier_id=dossier, justified=True, reason="x", actor=world.actor(role), at=later(4)))  # fmt: skip


def test_only_a_complaint_with_words_is_judged_and_with_a_reason(world, dossier, owner):
    director = world.actor(Role.DIRECTOR)
    judge = {"dossier_id": dossier, "justified": True, "actor": director, "at": later(5)}
    refused("rating.no_complaint", lambda: operations.judge_rating(reason="x", **judge))
    operations.rate(dossier_id=dossier, level=BAD, actor=owner, at=later(3))
    refused("rating.no_complaint", lambda: operations.judge_rating(reason="x", **judge))
    complaint(dossier, owner)
    refused("dossier.reason_missing", lambda: operations.judge_rating(reason=" ", **judge))


def test_who_does_not_see_the_dossier_sees_no_rating(world, dossier, owner):
    complaint(dossier, owner)
    assert ratings.ratings(world.stranger) == []
    refused("dossier.not_visible", lambda: ratings.said_of(world.stranger, dossier))
    refused("dossier.not_visible", lambda: ratings.link_token(world.stranger, dossier))
    assert [r.text for r in ratings.ratings(world.clerk)] == ["Phải đi ba lần."]


def test_two_who_use_one_link_at_once_give_one_rating(own_database):
    from motcua.dossiers.tests.conftest import raise_world

    world = raise_world()
    made = world.accepted()
    finish(world, made.id)
    token = rating_tokens.token_of(made.id)
    results = together(lambda: by_link(token), lambda: by_link(token, level=BAD))
    assert Rating.objects.count() == 1
    assert sum(getattr(r, "code", "") == "rating.link_used" for r in results) == 1


def test_a_rating_comes_after_the_last_act(dossier, owner):
    operations.rate(dossier_id=dossier, level=GOOD, actor=owner, at=NINE - timedelta(days=1))
    assert Rating.objects.get().at == later(2)
