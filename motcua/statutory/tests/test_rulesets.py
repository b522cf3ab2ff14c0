from datetime import date
from itertools import combinations

import pytest

from motcua.rules.deadline import SupplementReading, reading
from motcua.rules.refusal import Refusal
from motcua.statutory.rulesets import RULE_SETS, policy_of, rule_set


@pytest.mark.parametrize(
    ("on", "expected", "verified"),
    [
        (date(2018, 6, 21), "one_stop:2018", True),
        (date(2022, 11, 21), "one_stop:2018", True),
        (date(2025, 6, 30), "one_stop:2018", True),
        (date(2025, 7, 1), "one_stop:2025", False),
        (date(2026, 11, 24), "one_stop:2025", False),
    ],
)
def test_the_rule_set_is_that_of_the_day(on, expected, verified):
    found = rule_set("one_stop", on)
    assert (found.id, found.policy.id, found.verified) == (expected, expected, verified)
    assert found.law


@pytest.mark.parametrize(
    ("area", "on"), [("one_stop", date(2018, 6, 20)), ("khác", date(2022, 1, 1))]
)
def test_where_no_rule_set_is_in_force_none_is_invented(area, on):
    with pytest.raises(Refusal) as refusal:
        rule_set(area, on)
    assert refusal.value.code == "rules.none_in_force"


def test_full_receipt_of_a_supplement_restarts_the_limit():
    """NĐ 61/2018 Đ19.4; kept for 2025 as configuration to confirm."""
    assert {found.policy.supplement for found in RULE_SETS} == {SupplementReading.RESTART}


def test_rule_sets_of_an_area_follow_one_another_without_overlap():
    for a, b in combinations([r for r in RULE_SETS if r.area == "one_stop"], 2):
        assert a.valid_to is not None and a.valid_to == b.valid_from
    assert len({found.id for found in RULE_SETS}) == len(RULE_SETS)


@pytest.mark.parametrize("name", ["restart", "pause", "other_limit", "other_limit:10wd"])
def test_a_policy_comes_back_from_its_stored_id(name):
    for found in RULE_SETS:
        assert policy_of(found.policy.id) == found.policy
        chosen = reading(found.policy, name)
        assert policy_of(chosen.id) == chosen
        assert len(chosen.id) <= 40


def test_what_was_not_accepted_has_no_rule_set_yet_and_unknown_ones_are_not_guessed():
    assert policy_of("").id == ""
    with pytest.raises(KeyError):
        policy_of("one_stop:1999")
