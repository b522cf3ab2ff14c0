"""For mutation testing (`make mutants`): the corpus asked file by file.

What test_conformance_engines asks case by case, without the cost of a test and a calendar for each; not
collected by its name.
"""

import json

import pytest

from motcua.rules.tests import as_json
from motcua.run.conformance import corpus, ours

FILES = sorted((corpus.FOLDER / "cases").glob("*.json"))


@pytest.fixture(autouse=True)
def _one_calendar_for_equal_ones(monkeypatch):
    made, make = {}, ours.calendar_of

    def calendar_of(stored):
        key = json.dumps(stored)
        if key not in made:
            made[key] = make(stored)
        return made[key]

    monkeypatch.setattr(ours, "calendar_of", calendar_of)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_our_engine_answers_and_explains_every_case_of_a_file_as_it_says(file):
    for case in json.loads(file.read_text(encoding="utf-8")):
        found, expected = ours.reply(corpus.request(case)), dict(case["expect"])
        segments = expected.pop("segments", None)
        assert {key: found.get(key) for key in expected} == expected
        assert segments is None or as_json.same(found["segments"]) == as_json.same(segments)
