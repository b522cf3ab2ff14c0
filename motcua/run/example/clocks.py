"""What some procedures of the example declare about their clock, so that it can be seen at work.

Constructed: the articles named are where such a rule stands, not a reviewed list; they say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from motcua.rules.clock_rules import (
    NOTHING_DECLARED,
    ClockRules,
    Declared,
    Extension,
    Ground,
    PhaseRule,
)
from motcua.rules.deadline import Limit, LimitUnit
from motcua.run.example.organisations import PROVINCE

TO_CONFIRM = "cấu hình của bản ví dụ"


def _grounds(*grounds: tuple[Ground, str]) -> tuple[Declared, ...]:
    return tuple(Declared(ground, f"{article} ({TO_CONFIRM})") for ground, article in grounds)


_MONEY = (Ground.MONEY, "NĐ 43/2014/NĐ-CP Đ61.4")
_STOP = (Ground.STOP, "Đề nghị của người nộp, NĐ 61/2018/NĐ-CP")
_STORM = (Ground.FORCE_MAJEURE, "BLDS 2015 Đ156")
_ASKED = (Ground.CONSULTATION, "Quy chế phối hợp trong quy trình nội bộ")
_VERIFICATION = Extension(
    "verification",
    "Xác minh",
    Limit(Decimal(3), LimitUnit.WORKING_DAY),
    f"Luật Hộ tịch 2014 Đ28.2 ({TO_CONFIRM})",
)
_LAND = ClockRules(grounds=_grounds(_MONEY, _STORM))
_BUILDING = ClockRules(grounds=_grounds(_ASKED, _STOP, _STORM))
_CIVIL_STATUS = ClockRules(extensions=(_VERIFICATION,))
DECLARED: Mapping[str, ClockRules] = {
    "2.000880": _LAND,
    "1.003003": _LAND,
    "1.009994": _BUILDING,
    "1.009974": _BUILDING,
    "1.008891": _BUILDING,
    "1.010727": _BUILDING,
    "1.000894": _CIVIL_STATUS,
    "1.004859": _CIVIL_STATUS,
    "1.004873": _CIVIL_STATUS,
    "2.000748": _CIVIL_STATUS,
}
"""By the code of the procedure."""


ALLOWANCE = "1.001776"
"""Monthly social allowance: the commune examines it, the district's committee decides (while there are
districts)."""


def declared(code: str, agency: str, above: str) -> ClockRules:
    """What a procedure of the example declares at an agency; most declare nothing. `above` is the key of
    the district a commune lies in, where it lies in one."""
    if code == ALLOWANCE and above:
        return ClockRules(phases=(_phase(agency, 12), _phase(above, 10)))
    return DECLARED.get(code, NOTHING_DECLARED)


DECIDED_BY_COMMITTEE: Mapping[str, tuple[int, int]] = {
    "1.012883": (1, 3),
    "1.010727": (2, 3),
    "1.010733": (2, 3),
    "1.004232": (2, 3),
    "1.000934": (2, 3),
    "2.002312": (2, 3),
}
"""What the Committee or its Chairman decides upon the proposal of a department, and the department's share of
the limit: of the first 10 of 30 days (stated with the procedure), of the others constructed."""


def with_committee(rules: ClockRules, code: str, agency: str, limit: Limit) -> ClockRules:
    """The rules with the phases of the department and of the Committee, where the Committee decides."""
    if code not in DECIDED_BY_COMMITTEE or limit.amount is None:
        return rules
    own = department_share(code, limit.amount)
    phases = (
        PhaseRule(agency, Limit(own, limit.unit)),
        PhaseRule(PROVINCE, Limit(limit.amount - own, limit.unit)),
    )
    return replace(rules, phases=phases)


def department_share(code: str, whole: Decimal) -> Decimal:
    """The department's part of an amount, in whole units."""
    part, parts = DECIDED_BY_COMMITTEE[code]
    return whole * part // parts


def _phase(agency: str, days: int) -> PhaseRule:
    return PhaseRule(agency, Limit(Decimal(days), LimitUnit.WORKING_DAY))
