"""The catalogue of the example: procedures as facts, processes drawn from step tables, who settles what.

procedures.jsonl states names, limits, fees and papers as they were in 2022; `handled_by` is the key of the
agency, "huyen" for every district or "xa" for every commune. From 2025-07-01 the communes settle what the
districts did. The processes, the approved limits and the decisions that set them are constructed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from motcua.catalogue import operations, records
from motcua.catalogue import queries as catalogue
from motcua.catalogue.content import ProcedureContent
from motcua.catalogue.operations import DecisionGiven, OfferingGiven, ProcessGiven
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind, UnitFacts
from motcua.rules.actor import Actor
from motcua.rules.bpmn_chain import Step, Way, chain
from motcua.rules.clock_rules import ClockRules
from motcua.rules.deadline import Limit, LimitUnit
from motcua.run.example.clocks import (
    DECIDED_BY_COMMITTEE,
    declared,
    department_share,
    with_committee,
)
from motcua.run.example.load import Window

FILE = Path(__file__).parent / "procedures.jsonl"
SOURCE = "nghe_an"
IN_FORCE = date(2022, 1, 1)
TWO_TIERS = date(2025, 7, 1)
CONSTRUCTED = "dựng cho bản ví dụ"
TERRITORY = {"xa": Kind.COMMUNE, "huyen": Kind.DISTRICT}
HALF = Decimal("0.5")
CUT = Decimal("0.8")
"""What the provincial agencies keep of a limit of five working days or more; the rest is their cut."""

SHARE = {"xa": 50.0, "huyen": 25.0, "": 25.0}
"""How the province's dossiers fall on communes, districts and provincial agencies."""
BUSY = {"2.000815": 30.0, "2.000884": 8.0, "1.001193": 6.0, "1.004873": 5.0, "2.000635": 5.0,
        "2.000880": 8.0, "1.001612": 4.0, "1.009994": 3.0, "2.000488": 9.0, "1.002809": 9.0,
        "2.002288": 4.0, "2.001583": 3.0, "2.001199": 3.0}  # fmt: skip
"""How many times oftener than others these are asked for."""
ANYWHERE = frozenset({"2.000635"})
"""What every desk may receive for whoever keeps it: extracts of civil status (NĐ 107/2021)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A procedure at an agency for as long as the agency stands."""

    content: ProcedureContent
    unit: UnitFacts
    since: date
    until: date | None


def raise_catalogue(actor: Actor, at: datetime) -> list[Window]:
    """Raise the catalogue through the room's own acts; returns what can be filed on its first day.

    Done twice, the second time does nothing. The units must stand (example.organisations.raise_units).
    """
    contents = procedures()
    lines = FILE.read_bytes().splitlines()
    operations.import_procedures(
        records.read_lines(lines), source=FILE.name, in_force=IN_FORCE, actor=actor, at=at
    )
    places = [place for content in contents for place in _places(content)]
    processes = {_process(place.content) for place in places}
    given = sorted(processes, key=lambda process: process.key)
    ids = operations.approve_processes(
        _decision("process", "01/QĐ-UBND", IN_FORCE), given, actor=actor, at=at
    )
    by_day: dict[date, list[Place]] = defaultdict(list)
    for place in places:
        by_day[place.since].append(place)
    known = catalogue.procedure_ids(SOURCE)
    for number, day in enumerate(sorted(by_day), start=2):
        decision = _decision("list", f"{number:02d}/QĐ-UBND", day)
        offered = [_offering(place, known, ids) for place in by_day[day]]
        operations.offer(decision, offered, actor=actor, at=at)
    return _windows(by_day[IN_FORCE], known)


def procedures() -> Sequence[ProcedureContent]:
    """The example's procedures; every line of the file is good."""
    found = [content for _, content in records.read_lines(FILE.read_bytes().splitlines())]
    return [content for content in found if isinstance(content, ProcedureContent)]


def handled_by(content: ProcedureContent) -> str:
    """The key of the agency that settles a procedure, or "huyen" or "xa"."""
    return dict(content.remarks)["handled_by"]


def _decision(kind: str, number: str, on: date) -> DecisionGiven:
    title = {
        "process": "Phê duyệt quy trình nội bộ, quy trình điện tử",
        "list": "Danh mục thủ tục hành chính tiếp nhận tại bộ phận một cửa",
    }[kind]
    return DecisionGiven(kind, number, title, signed_on=on, effective_on=on, source=CONSTRUCTED)


def _places(content: ProcedureContent) -> Iterator[Place]:
    by = handled_by(content)
    if by not in TERRITORY:
        yield Place(content, organisations.unit_by_key(by), IN_FORCE, None)
        return
    for unit in organisations.directory.current().units.values():
        if unit.kind == TERRITORY[by]:
            yield from _while_it_stands(content, unit, IN_FORCE)
        elif unit.kind == Kind.COMMUNE:
            yield from _while_it_stands(content, unit, TWO_TIERS)


def _while_it_stands(content: ProcedureContent, unit: UnitFacts, first: date) -> Iterator[Place]:
    since = max(first, unit.days.since or first)
    if unit.days.has(since):
        yield Place(content, unit, since, unit.days.until)


def _offering(
    place: Place, known: Mapping[str, int], processes: Mapping[str, int]
) -> OfferingGiven:
    desk = organisations.desk_of(place.unit.id, place.since)
    if desk is None:
        raise LookupError(f"{place.unit.name}: no desk on {place.since}")
    return OfferingGiven(
        procedure_id=known[place.content.code],
        unit_id=place.unit.id,
        received_at_id=desk.id,
        process_id=processes[_process(place.content).key],
        approved=_approved(place.content),
        clock_rules=_clock_rules(place),
        until=place.until,
        anywhere=place.content.code in ANYWHERE,
    )


def _clock_rules(place: Place) -> ClockRules:
    code = place.content.code or ""
    rules = declared(code, place.unit.key, _district(place))
    limit = _approved(place.content) or place.content.channels[0].limit
    return with_committee(rules, code, place.unit.key, limit) if limit else rules


def _district(place: Place) -> str:
    above = organisations.parent_of(place.unit.id, place.since)
    return above.key if above and above.kind == Kind.DISTRICT else ""


def _approved(content: ProcedureContent) -> Limit | None:
    """The shorter limit the provincial agencies work by, where they cut one; in half days."""
    limit = content.channels[0].limit
    cuts = limit is not None and limit.unit is LimitUnit.WORKING_DAY and (limit.amount or 0) >= 5
    if handled_by(content) in TERRITORY or not cuts or limit is None or limit.amount is None:
        return None
    return Limit(_to_half(limit.amount * CUT), LimitUnit.WORKING_DAY)


def _to_half(days: Decimal) -> Decimal:
    return (days * 2 // 1) / 2


def _half_days(limit: Limit | None) -> Decimal:
    """The half days of work in a limit; a month has 21 working days, a week five."""
    if limit is None or limit.amount is None:
        return Decimal(2)
    factor = {
        LimitUnit.WORKING_DAY: Decimal(2),
        LimitUnit.CALENDAR_DAY: Decimal(10) / 7,
        LimitUnit.MONTH: Decimal(42),
        LimitUnit.WORKING_HOUR: Decimal("0.25"),
    }[limit.unit]
    return max(Decimal(2), _to_half(limit.amount * factor))


@cache
def _process(content: ProcedureContent) -> ProcessGiven:
    limit = _approved(content) or content.channels[0].limit
    whole = _half_days(limit)
    shape, words = _shape(content)
    days = f"{(whole / 2).normalize():f}".replace(".", ",")
    key = f"{shape}-{days.replace(',', '-')}-ngay"
    name = f"Quy trình {words}, {days} ngày làm việc"
    if shape == "ubnd-tinh":
        own = department_share(content.code or "", whole)
        key = f"{key}-{own.normalize():f}".replace(".", "-")
        steps = _committee_steps(own, whole - own)
    else:
        steps = _commune_steps(whole) if shape == "cap-xa" else _agency_steps(whole)
    return ProcessGiven(key, name, chain(name, steps, key))


def _shape(content: ProcedureContent) -> tuple[str, str]:
    if content.code in DECIDED_BY_COMMITTEE:
        return "ubnd-tinh", "trình UBND tỉnh quyết định"
    if handled_by(content) == "xa":
        return "cap-xa", "giải quyết tại cấp xã"
    return "co-quan", "giải quyết tại cơ quan, đơn vị"


def _committee_steps(own: Decimal, theirs: Decimal) -> tuple[Step, ...]:
    """The department prepares and proposes, the Committee's Office checks or returns, the Chairman decides
    (NĐ 61/2018 Đ19.6–7)."""
    review = present = max(HALF, _to_half(own / 5))
    signing = max(HALF, _to_half(theirs / 3))
    agree = Way("agree", "Đồng ý, trình lãnh đạo")
    back = Way("return", "Trả lại chuyên viên", "thu_ly")
    sent = Way("agree", "Ký tờ trình, gửi Văn phòng UBND tỉnh")
    checked = Way("agree", "Đủ điều kiện, trình Chủ tịch UBND tỉnh")
    unfit = Way("return", "Trả lại sở để hoàn thiện", "thu_ly")
    return (
        Step("Thụ lý hồ sơ", "accountable", "officer", own - review - present, key="thu_ly"),
        Step("Thẩm định hồ sơ", "accountable", "head", review, outcomes=(agree, back)),
        Step("Ký tờ trình", "accountable", "leader", present, outcomes=(sent, back)),
        Step(
            "Kiểm tra tờ trình, hồ sơ trình", "committee_office", "officer", theirs - signing,
            outcomes=(checked, unfit), key="kiem_tra",
        ),
        Step("Chủ tịch ký quyết định", "committee", "leader", signing, "conclude"),
        _HAND_OVER,
    )  # fmt: skip


def _commune_steps(whole: Decimal) -> tuple[Step, ...]:
    signing = max(HALF, _to_half(whole / 4))
    return (
        Step("Thụ lý hồ sơ", "accountable", "officer", whole - signing, key="thu_ly"),
        Step("Ký duyệt kết quả", "accountable", "leader", signing, "conclude"),
        _HAND_OVER,
    )


def _agency_steps(whole: Decimal) -> tuple[Step, ...]:
    review = signing = max(HALF, _to_half(whole / 5))
    ways = (Way("agree", "Đồng ý, trình lãnh đạo"), Way("return", "Trả lại chuyên viên", "thu_ly"))
    work = whole - review - signing
    return (
        Step("Thụ lý hồ sơ", "accountable", "officer", work, key="thu_ly"),
        Step("Thẩm định hồ sơ", "accountable", "head", review, outcomes=ways, key="tham_dinh"),
        Step("Ký duyệt kết quả", "accountable", "leader", signing, "conclude"),
        _HAND_OVER,
    )


_HAND_OVER = Step("Trả kết quả", "received_by", "clerk", HALF, "hand_over")


def _windows(places: Sequence[Place], known: Mapping[str, int]) -> list[Window]:
    weights = [BUSY.get(place.content.code, 1.0) for place in places]
    groups = [by if (by := handled_by(place.content)) in TERRITORY else "" for place in places]
    totals: dict[str, float] = defaultdict(float)
    for group, weight in zip(groups, weights, strict=True):
        totals[group] += weight
    return [
        Window(known[place.content.code], place.unit.id, SHARE[group] * weight / totals[group])
        for place, group, weight in zip(places, groups, weights, strict=True)
    ]
