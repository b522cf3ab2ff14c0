"""Rule sets by area and date: which law a date is set under, and how that law reads the clock.

A rule set is chosen by the date of the event, and its policy's id is stored with the date it gave.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import reduce

from motcua.rules import deadline
from motcua.rules.deadline import Policy, SupplementReading
from motcua.rules.refusal import Refusal

ONE_STOP = "one_stop"


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The law of an area from `valid_from` to the day before `valid_to`.

    `verified`: the articles were read. Where they were not, the policy is configuration to confirm.
    """

    id: str
    area: str
    valid_from: date
    valid_to: date | None
    law: str
    article: str
    verified: bool
    policy: Policy

    def holds_on(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


_COMMON = {
    "weekly_rest": "BLLĐ 2019 Đ111",
    "first_day": "BLDS 2015 Đ147",
    "rest_of_last_day": "BLDS 2015 Đ148",
    "last_day_off": "BLDS 2015 Đ148",
}

RULE_SETS: tuple[RuleSet, ...] = (
    RuleSet(
        id="one_stop:2018",
        area=ONE_STOP,
        valid_from=date(2018, 6, 21),
        valid_to=date(2025, 7, 1),
        law="NĐ 61/2018/NĐ-CP",
        article="Đ17–Đ20",
        verified=True,
        policy=Policy(
            "one_stop:2018",
            SupplementReading.RESTART,
            sources={
                **_COMMON,
                "supplement": "NĐ 61/2018/NĐ-CP Đ19.4",
                "apology": "NĐ 61/2018/NĐ-CP Đ19.9",
                "after_cutoff": "NĐ 61/2018/NĐ-CP Đ18.2",
            },
        ),
    ),
    # The articles of NĐ 118/2025 were not found; practice of 2026 still follows the mechanics of 2018.
    RuleSet(
        id="one_stop:2025",
        area=ONE_STOP,
        valid_from=date(2025, 7, 1),
        valid_to=None,
        law="NĐ 118/2025/NĐ-CP, NĐ 367/2025/NĐ-CP",
        article="",
        verified=False,
        policy=Policy(
            "one_stop:2025",
            SupplementReading.RESTART,
            sources={
                **_COMMON,
                "supplement": "NĐ 118/2025/NĐ-CP",
                "apology": "NĐ 118/2025/NĐ-CP",
                "after_cutoff": "NĐ 118/2025/NĐ-CP",
            },
        ),
    ),
)

_NOT_YET = Policy("", SupplementReading.RESTART)
"""Of a dossier that was not accepted yet: its clock has no events."""


def rule_set(area: str, on: date) -> RuleSet:
    """The rule set of an area in force on a day. Raises rules.none_in_force."""
    for found in RULE_SETS:
        if found.area == area and found.holds_on(on):
            return found
    raise Refusal("rules.none_in_force", {"area": area, "on": on})


def policy_of(policy_id: str) -> Policy:
    """The policy a stored id names, with the readings of the procedure after "+"; the inverse of `.id`.

    The empty id is that of a dossier not accepted yet. Raises KeyError for an unknown one.
    """
    if not policy_id:
        return _NOT_YET
    base, *names = policy_id.split("+")
    policy = {found.id: found.policy for found in RULE_SETS}[base]
    return reduce(deadline.reading, names, policy)
