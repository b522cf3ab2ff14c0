"""Reliefs of fees and duties, by day."""

from datetime import date

import pytest

from motcua.rules import fees
from motcua.rules.books import Channel
from motcua.statutory.rulesets import rule_set


@pytest.mark.parametrize(
    ("on", "article"),
    [
        (date(2022, 11, 21), None),
        (date(2023, 11, 6), "NQ 14/2023/NQ-HĐND tỉnh Nghệ An"),
        (date(2025, 7, 20), "NQ 14/2023/NQ-HĐND tỉnh Nghệ An"),
        (date(2025, 7, 21), "NQ 09/2025/NQ-HĐND tỉnh Nghệ An"),
        (date(2027, 3, 1), "NQ 09/2025/NQ-HĐND tỉnh Nghệ An"),
    ],
)
def test_filing_online_costs_nothing_from_the_day_of_the_resolution(on, article):
    found = fees.automatic(Channel.ONLINE, rule_set("fees", on).reliefs)
    assert (found.article if found else None) == article
    assert fees.automatic(Channel.COUNTER, rule_set("fees", on).reliefs) is None


def test_the_law_names_who_is_freed_on_every_day():
    for on in (date(2017, 1, 1), date(2022, 11, 21), date(2026, 10, 1)):
        found = {r.code for r in rule_set("fees", on).reliefs}
        assert {"child", "poor", "elderly", "disabled", "merit", "minority"} <= found
    assert "basic_papers" in {r.code for r in rule_set("fees", date(2026, 8, 15)).reliefs}
    assert "basic_papers" not in {r.code for r in rule_set("fees", date(2027, 3, 1)).reliefs}
