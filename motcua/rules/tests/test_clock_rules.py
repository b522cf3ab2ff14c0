"""What a procedure declares about its clock, and its stored form."""

from decimal import Decimal

import pytest

from motcua.rules.clock import Limit, LimitUnit, Policy, SupplementReading
from motcua.rules.clock_rules import (
    NOTHING_DECLARED,
    ClockRules,
    Declared,
    Extension,
    Ground,
    PhaseRule,
)
from motcua.rules.refusal import Refusal

TEN_DAYS = Limit(Decimal(10), LimitUnit.WORKING_DAY)
MONEY = Declared(Ground.MONEY, "điều 7")
STOP = Declared(Ground.STOP, "điều 8")
VERIFY = Extension("verify", "xác minh", TEN_DAYS, "điều 9")
SURVEY = Extension("survey", "đo đạc", TEN_DAYS, "điều 10")
PHASES = (PhaseRule("so-tu-phap", TEN_DAYS), PhaseRule("cong-an", TEN_DAYS))
ALL = ClockRules((MONEY, STOP), (VERIFY, SURVEY), PHASES, count_from_next_day=True)
POLICY = Policy("thử", SupplementReading.PAUSE, sources={"supplement": "điều 1"})
LIMIT = {"amount": "10", "unit": "working_day"}


def test_a_declared_ground_and_a_declared_extension_are_found_by_name():
    assert (ALL.ground(Ground.MONEY), ALL.ground(Ground.STOP)) == (MONEY, STOP)
    assert (ALL.extension("verify"), ALL.extension("survey")) == (VERIFY, SURVEY)


@pytest.mark.parametrize("rules", [ALL, NOTHING_DECLARED])
def test_what_is_not_declared_is_refused_by_its_name(rules):
    with pytest.raises(Refusal) as found:
        rules.ground(Ground.FORCE_MAJEURE)
    assert (found.value.code, found.value.params) == (
        "time.ground_not_declared",
        {"ground": "force_majeure"},
    )
    with pytest.raises(Refusal) as found:
        rules.extension("favour")
    assert (found.value.code, found.value.params) == (
        "time.extension_not_declared",
        {"extension": "favour"},
    )


def test_an_explanation_cites_the_articles_that_are_declared():
    one = ClockRules((MONEY, STOP), (VERIFY,))
    assert one.cited(POLICY).sources == {
        "supplement": "điều 1",
        "money": "điều 7",
        "stop": "điều 8",
        "by_law": "điều 9",
    }
    assert "by_law" not in ALL.cited(POLICY).sources
    assert NOTHING_DECLARED.cited(POLICY) is POLICY
    assert ClockRules((Declared(Ground.SUPPLEMENT, "điều 2"),)).cited(POLICY).sources == {
        "supplement": "điều 2"
    }


def test_what_is_declared_is_stored_and_comes_back():
    assert ALL.to_json() == {
        "grounds": [
            {"ground": "money", "article": "điều 7"},
            {"ground": "stop", "article": "điều 8"},
        ],
        "extensions": [
            {"code": "verify", "name": "xác minh", "limit": LIMIT, "article": "điều 9"},
            {"code": "survey", "name": "đo đạc", "limit": LIMIT, "article": "điều 10"},
        ],
        "phases": [{"unit": "so-tu-phap", "limit": LIMIT}, {"unit": "cong-an", "limit": LIMIT}],
        "count_from_next_day": True,
    }
    assert ClockRules.from_json(ALL.to_json()) == ALL


@pytest.mark.parametrize("stored", [None, {}])
def test_nothing_stored_is_nothing_declared(stored):
    assert ClockRules.from_json(stored) == NOTHING_DECLARED
    assert NOTHING_DECLARED.to_json() == {}
