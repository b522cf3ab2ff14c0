from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from motcua.rules.deadline import LimitUnit, SupplementReading, reading
from motcua.rules.refusal import Refusal
from motcua.statutory.paper_forms import Kind, paper_form
from motcua.statutory.rule_data import ONE_STOP as ONE_STOP_SETS
from motcua.statutory.rulesets import (
    AREAS,
    REGISTRY,
    RULE_SETS,
    by_id,
    during,
    policy_of,
    rule_set,
)


@pytest.mark.parametrize(
    ("on", "expected", "verified"),
    [
        (date(2018, 6, 21), "one_stop:2018", True),
        (date(2021, 12, 5), "one_stop:2018", True),
        (date(2021, 12, 6), "one_stop:2021", False),
        (date(2022, 11, 21), "one_stop:2021", False),
        (date(2025, 6, 30), "one_stop:2021", False),
        (date(2025, 7, 1), "one_stop:2025", False),
        (date(2026, 11, 24), "one_stop:2025", False),
    ],
)
def test_the_rule_set_is_that_of_the_day(on, expected, verified):
    found = rule_set("one_stop", on)
    assert (found.id, found.policy.id, found.verified) == (expected, expected, verified)
    assert found.law


@pytest.mark.parametrize(
    ("area", "last", "next_"),
    [
        ("one_stop", date(2025, 6, 30), "one_stop:2025"),
        ("on_time", date(2025, 6, 30), "on_time:2025"),
        ("forms", date(2025, 6, 30), "forms:2025"),
        ("online_levels", date(2022, 8, 14), "online_levels:2022"),
        ("online_levels", date(2026, 6, 30), "online_levels:2026"),
        ("petitions", date(2026, 6, 30), "petitions:2026"),
        ("holidays", date(2025, 12, 31), "holidays:2026"),
    ],
)
def test_a_rule_set_ends_on_its_last_day_and_the_next_begins_the_day_after(area, last, next_):
    assert rule_set(area, last).id != next_
    assert rule_set(area, last + timedelta(days=1)).id == next_
    assert [r.id for r in during(area, last, last + timedelta(days=1))][1] == next_


@pytest.mark.parametrize(
    ("received", "days"), [(date(2026, 6, 30), 10), (date(2026, 7, 1), 7)], ids=str
)
def test_a_complaint_is_accepted_in_ten_working_days_until_june_2026_and_in_seven_after(
    received, days
):
    """NĐ 124/2020 Đ16.1; NĐ 155/2026 Đ10."""
    found = rule_set("petitions", received).terms
    accept = found["accept_complaint"]
    assert (accept.limit.amount, accept.limit.unit) == (Decimal(days), LimitUnit.WORKING_DAY)
    assert found["handle_petition"].limit == found["handle_petition"].limit.from_code("10wd")


@pytest.mark.parametrize(
    ("on", "levels"),
    [
        (date(2022, 8, 14), ["1", "2", "3", "4"]),
        (date(2022, 8, 15), ["partial", "full"]),
        (date(2026, 7, 1), ["partial", "full"]),
    ],
    ids=str,
)
def test_online_services_have_the_levels_of_their_day(on, levels):
    found = rule_set("online_levels", on)
    assert list(found.levels) == levels
    assert found.default == ("full" if on >= date(2026, 7, 1) else "")


def test_an_online_filing_is_answered_within_eight_working_hours_which_is_configuration():
    found = rule_set("online_answer", date(2022, 11, 21))
    assert found.hours == 8
    assert not found.verified


@pytest.mark.parametrize(
    ("area", "on"), [("one_stop", date(2018, 6, 20)), ("khác", date(2022, 1, 1))]
)
def test_where_no_rule_set_is_in_force_none_is_invented(area, on):
    with pytest.raises(Refusal) as refusal:
        rule_set(area, on)
    assert refusal.value.code == "rules.none_in_force"


def test_full_receipt_of_a_supplement_restarts_the_limit():
    """NĐ 61/2018 Đ19.4; kept for 2025 as configuration to confirm."""
    assert {found.policy.supplement for found in ONE_STOP_SETS} == {SupplementReading.RESTART}


@pytest.mark.parametrize("area", REGISTRY)
def test_rule_sets_of_an_area_follow_one_another_without_gap_or_overlap(area):
    sets = REGISTRY[area]
    assert all(a.valid_to == b.valid_from for a, b in pairwise(sets))
    assert all(found.valid_to is None or found.valid_from < found.valid_to for found in sets)
    assert sets[-1].valid_to is None
    assert {found.area for found in sets} == {area}


def test_every_rule_set_names_its_law_and_what_was_not_read_says_so():
    assert set(AREAS) == set(REGISTRY)
    assert len({found.id for found in RULE_SETS}) == len(RULE_SETS)
    for found in RULE_SETS:
        assert found.law
        assert found.article or found.unverified
        assert by_id(f"{found.id}+next_day") is found
        assert len(found.id) <= 20


def test_a_form_is_that_of_the_set_in_force():
    assert paper_form(Kind.APOLOGY, date(2025, 6, 30)).law == "Thông tư 01/2018/TT-VPCP"
    assert rule_set("forms", date(2025, 7, 1)).forms[4].kind is Kind.STOP


@pytest.mark.parametrize("name", ["restart", "pause", "other_limit", "other_limit:10wd"])
def test_a_policy_comes_back_from_its_stored_id(name):
    for found in ONE_STOP_SETS:
        assert policy_of(found.policy.id) == found.policy
        chosen = reading(found.policy, name)
        assert policy_of(chosen.id) == chosen
        assert len(chosen.id) <= 40


def test_a_dossier_of_2022_dated_under_the_set_of_2018_keeps_it():
    """The set of 2021 was told apart later; what was stored before goes on meaning what it meant."""
    assert policy_of("one_stop:2018").sources == policy_of("one_stop:2021").sources


def test_what_was_not_accepted_has_no_rule_set_yet_and_unknown_ones_are_not_guessed():
    assert policy_of("").id == ""
    with pytest.raises(KeyError):
        policy_of("one_stop:1999")
