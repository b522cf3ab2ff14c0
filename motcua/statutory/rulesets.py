"""The registry of rule sets, by area and date: which law a date is set under, and what it says.

A rule set is chosen by the date of the event, never by today; its id is stored with what it gave, so that
what was set under a law can be read again when that law is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import reduce
from typing import Final, Literal, overload

from motcua.rules import answer_clock, deadline
from motcua.rules.answer_clock import AnswerRule
from motcua.rules.deadline import Policy, SupplementReading
from motcua.rules.refusal import Refusal
from motcua.statutory import rule_data as data
from motcua.statutory.fees import RELIEFS
from motcua.statutory.paper_forms import FORM_SETS, FormSet
from motcua.statutory.quality import QUALITY
from motcua.statutory.rule_kinds import (
    Certification,
    Classification,
    FilingDoor,
    Holidays,
    OneStop,
    OnlineAnswer,
    OnlineLevels,
    Quality,
    Reliefs,
    RuleSet,
    Terms,
    in_force,
)

ONE_STOP: Final = "one_stop"
ONLINE_ANSWER: Final = "online_answer"

AREAS: Mapping[str, str] = {
    "one_stop": "cơ chế một cửa: ngày hẹn trả",
    "on_time": "xếp loại trước hạn, đúng hạn, quá hạn",
    "online_answer": "trả lời hồ sơ nộp trực tuyến",
    "filing_door": "nơi nộp hồ sơ trực tuyến",
    "forms": "bộ mẫu giấy tờ một cửa",
    "online_levels": "mức độ dịch vụ công trực tuyến",
    "petitions": "khiếu nại, kiến nghị, phản ánh",
    "denunciations": "tố cáo",
    "certification": "chứng thực",
    "fees": "miễn, giảm phí, lệ phí",
    "holidays": "nghỉ lễ, tết",
    "quality": "đánh giá chất lượng phục vụ của cơ chế một cửa",
}
REGISTRY: Mapping[str, Sequence[RuleSet]] = {
    "one_stop": data.ONE_STOP,
    "on_time": data.ON_TIME,
    "online_answer": data.ONLINE_ANSWER,
    "filing_door": data.FILING_DOOR,
    "forms": FORM_SETS,
    "online_levels": data.ONLINE_LEVELS,
    "petitions": data.PETITIONS,
    "denunciations": data.DENUNCIATIONS,
    "certification": data.CERTIFICATION,
    "fees": RELIEFS,
    "holidays": data.HOLIDAYS,
    "quality": QUALITY,
}
RULE_SETS: tuple[RuleSet, ...] = tuple(found for sets in REGISTRY.values() for found in sets)

_POLICIES = {found.id: found.policy for found in data.ONE_STOP}
_NOT_YET = Policy("", SupplementReading.RESTART)
"""Of a dossier that was not accepted yet: its clock has no events."""


@overload
def rule_set(area: Literal["one_stop"], on: date) -> OneStop: ...
@overload
def rule_set(area: Literal["on_time"], on: date) -> Classification: ...
@overload
def rule_set(area: Literal["online_answer"], on: date) -> OnlineAnswer: ...
@overload
def rule_set(area: Literal["filing_door"], on: date) -> FilingDoor: ...
@overload
def rule_set(area: Literal["online_levels"], on: date) -> OnlineLevels: ...
@overload
def rule_set(area: Literal["petitions", "denunciations"], on: date) -> Terms: ...
@overload
def rule_set(area: Literal["certification"], on: date) -> Certification: ...
@overload
def rule_set(area: Literal["fees"], on: date) -> Reliefs: ...
@overload
def rule_set(area: Literal["holidays"], on: date) -> Holidays: ...
@overload
def rule_set(area: Literal["quality"], on: date) -> Quality: ...
@overload
def rule_set(area: Literal["forms"], on: date) -> FormSet: ...
@overload
def rule_set(area: str, on: date) -> RuleSet: ...
def rule_set(area: str, on: date) -> RuleSet:
    """The rule set of an area in force on a day. Raises rules.none_in_force."""
    found = in_force(REGISTRY.get(area, ()), on)
    if found is None:
        raise Refusal("rules.none_in_force", {"area": area, "on": on})
    return found


def during(area: str, first: date, last: date) -> tuple[RuleSet, ...]:
    """The sets of an area that hold on some day from `first` to `last`, in order."""
    return tuple(
        found
        for found in REGISTRY[area]
        if found.valid_from <= last and (found.valid_to is None or first < found.valid_to)
    )


def by_id(rule_set_id: str) -> RuleSet:
    """The set a stored id names, without the readings after "+". Raises KeyError for an unknown one."""
    base = rule_set_id.partition("+")[0]
    return {found.id: found for found in RULE_SETS}[base]


def policy_of(policy_id: str) -> Policy:
    """The policy a stored id names, with the readings of the procedure after "+"; the inverse of `.id`.

    The empty id is that of a dossier not accepted yet. Raises KeyError for an unknown one.
    """
    if not policy_id:
        return _NOT_YET
    base, *names = policy_id.split("+")
    return reduce(deadline.reading, names, _POLICIES[base])


def answer_rule(rule_set_id: str) -> AnswerRule:
    """The rule of an answer by the id stored with it. Raises KeyError for an unknown one."""
    found = next((one for one in data.ONLINE_ANSWER if one.id == rule_set_id), None)
    if found is not None:
        return found.rule
    if rule_set_id:
        raise KeyError(rule_set_id)
    return answer_clock.PROMISED
