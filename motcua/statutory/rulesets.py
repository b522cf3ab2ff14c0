# mypy: ignore-errors
# ruff: noqa
from __future__ import annotations
from dataclasses import dataclass
from datetime import date
from motcua.rules import deadline
from motcua.rules.deadline import Policy, SupplementReading


@dataclass(frozen=True)
class RuleSet:
    id: str
    policy: Policy


R = RuleSet("one_stop:2018", Policy("one_stop:2018", SupplementReading.RESTART))


def rule_set(area: str, on: date) -> RuleSet:
    return R


def policy_of(id: str) -> Policy:
    base, _, r = id.partition("+")
    return deadline.reading(R.policy, r) if r else R.policy
