"""The public corpus of due dates: complete, well formed, and answered as it says."""

import json
from collections import Counter

import jsonschema_rs
import pytest

from motcua.rules.tests import naive
from motcua.run.conformance import corpus
from motcua.statutory import calendar

CASES = corpus.cases()
ANSWERED = [case for case in CASES if "refused" not in case["expect"]]
FAULTS_OF_PEERS = 24


def test_there_are_enough_cases_and_enough_of_them_worked_by_hand():
    assert len(CASES) >= 300
    assert sum(case["worked"] for case in CASES) >= 60


def test_every_case_has_a_name_of_its_own():
    assert [name for name, count in Counter(c["id"] for c in CASES).items() if count > 1] == []


def test_every_tag_says_what_it_means_and_has_a_case_worked_by_hand():
    worked = {tag for case in CASES if case["worked"] for tag in case["tags"]}
    used = {tag for case in CASES for tag in case["tags"]}
    assert used == worked == set(corpus.tags())
    assert sum(tag.startswith("fault:") for tag in used) >= FAULTS_OF_PEERS


@pytest.mark.parametrize(
    "file", sorted((corpus.FOLDER / "cases").glob("*.json")), ids=lambda f: f.stem
)
def test_every_file_is_of_the_documented_format(file):
    validator = jsonschema_rs.validator_for(json.loads((corpus.FOLDER / "schema.json").read_text()))
    wrong = [str(error)[:300] for error in validator.iter_errors(json.loads(file.read_text()))]
    assert wrong == []


def test_what_is_worked_by_hand_is_reasoned():
    assert [c["id"] for c in CASES if c["worked"] and len(c["why"]) < 20] == []


def test_the_corpus_knows_the_days_off_that_the_law_declares():
    weekdays = naive.WEEKDAYS
    national = [
        {"on": d.on.isoformat(), "kind": d.kind.value, "name": d.name, "source": d.source}
        | ({} if d.weekday_hours is None else {"hours_of": weekdays[d.weekday_hours]})
        for d in calendar.national_days()
    ]
    assert corpus.calendar({"hours": [], "days": ["vn-2020-2027"]})["days"] == national


@pytest.mark.parametrize("case", ANSWERED, ids=lambda c: c["id"])
def test_counting_minute_by_minute_gives_the_answer(case):
    found = naive.answer(corpus.written_out(case))
    for segment in found.get("segments", ()):
        if not segment["name"]:
            del segment["name"]
    expected = {k: v for k, v in case["expect"].items() if k != "undecreed_from"}
    assert {k: found[k] for k in expected} == expected
