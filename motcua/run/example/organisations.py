"""The province of the example: units over time from its own facts; bodies, posts and codes constructed.

The lists (units_*.csv, unit_steps.csv) hold facts: codes, names, parents, days. What no source gives
(desks, divisions, posts, numbers in codes) is made here and marked as constructed.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from motcua.organisations import operations, queries
from motcua.organisations.operations import (
    CodeGiven,
    DayDeclared,
    Founding,
    PostGiven,
    SessionGiven,
)
from motcua.organisations.queries import Kind, Scheme, UnitFacts
from motcua.rules.actor import Actor, Role
from motcua.rules.vietnamese import slug
from motcua.statutory import calendar

FOLDER = Path(__file__).parent
PROVINCE = "tinh-nghe-an-40"
OFFICE = "van-phong-ubnd-tinh"
CENTRE = "trung-tam-phuc-vu-hanh-chinh-cong"
CENTRE_DESK = f"{CENTRE}-mot-cua"
MOUNTAIN_DISTRICT = "huyen-ky-son-417"
TWO_TIERS = date(2025, 7, 1)
NEW_CODES = date(2020, 9, 15)
"""QĐ 20/2020/QĐ-TTg in force."""
CONSTRUCTED = "dựng cho bản ví dụ"

_OFFICERS = tuple(PostGiven(f"Chuyên viên {n}", Role.OFFICER) for n in (1, 2, 3))
_HEADS = (
    PostGiven("Trưởng phòng", Role.HEAD),
    PostGiven("Phó Trưởng phòng", Role.HEAD),
)
_DESK = tuple(PostGiven(f"Công chức một cửa {n}", Role.CLERK) for n in (1, 2))
_REGISTRY = (PostGiven("Văn thư", Role.REGISTRY),)
_COMMITTEE = (PostGiven("Chủ tịch UBND", Role.LEADER), PostGiven("Phó Chủ tịch UBND", Role.LEADER))
_CHAIRMEN = (
    PostGiven("Chủ tịch UBND tỉnh", Role.LEADER),
    PostGiven("Phó Chủ tịch UBND tỉnh", Role.LEADER),
)
_DIRECTORS = (PostGiven("Giám đốc", Role.LEADER), PostGiven("Phó Giám đốc", Role.LEADER))
_CENTRE_DESK = (
    *(PostGiven(f"Cán bộ quầy {n}", Role.CLERK) for n in range(1, 7)),
    PostGiven("Thu ngân", Role.CASHIER),
    PostGiven("Nhân viên bưu chính", Role.MAIL_CLERK),
)
_OFFICE_POSTS = (
    PostGiven("Chuyên viên kiểm soát thủ tục hành chính 1", Role.CONTROL_OFFICER),
    PostGiven("Chuyên viên kiểm soát thủ tục hành chính 2", Role.CONTROL_OFFICER),
    PostGiven("Chuyên viên tổng hợp 1", Role.COMMITTEE_OFFICER),
    PostGiven("Chuyên viên tổng hợp 2", Role.COMMITTEE_OFFICER),
    PostGiven("Quản trị hệ thống", Role.ADMINISTRATOR),
)
_INSPECTORS = tuple(PostGiven(f"Thanh tra viên {n}", Role.INSPECTOR) for n in (1, 2))


def raise_units(actor: Actor, at: datetime) -> Mapping[str, int]:
    """Raise the province through the room's own acts; returns the ids of all units by key.

    Done twice, the second time does nothing.
    """
    files = {file.name: file.read_bytes() for file in sorted(FOLDER.glob("unit*.csv"))}
    operations.import_units(files, actor=actor, at=at)
    known = queries.directory.current()
    if CENTRE not in known.by_key:
        territory = sorted(
            (u for u in known.units.values() if u.kind in (Kind.DISTRICT, Kind.COMMUNE)),
            key=lambda u: u.id,
        )
        foundings = [*_agencies(), *_centre(), *_provincial_committee()]
        foundings += [part for unit in territory for part in _committee_parts(unit)]
        operations.found_units(foundings, actor=actor, at=at)
        operations.give_codes([*_province_codes(known.by_key[PROVINCE])], actor=actor, at=at)
        operations.give_codes([*_territory_codes(territory)], actor=actor, at=at)
        _raise_calendar(actor, at)
    return {key: facts.id for key, facts in queries.directory.current().by_key.items()}


def _raise_calendar(actor: Actor, at: datetime) -> None:
    """The national days, the usual hours; a mountain district by season, the centre's open Saturdays."""
    (standard,) = calendar.standard_hours()
    week = [
        SessionGiven(weekday, session.start, session.end)
        for weekday, sessions in standard.by_weekday.items()
        for session in sessions
    ]
    by_key = queries.directory.current().by_key
    summer = [(time(7), time(11)), (time(14), time(18))]
    seasonal = [replace(session, season=(1016, 415)) for session in week]
    seasonal += [
        SessionGiven(weekday, starts, ends, season=(416, 1015))
        for weekday in standard.by_weekday
        for starts, ends in summer
    ]
    saturday = SessionGiven(5, time(7, 30), time(11, 30), counts=False)
    for unit, sessions, source in (
        (None, week, standard.source),
        (by_key[MOUNTAIN_DISTRICT].id, seasonal, f"giờ theo mùa, {CONSTRUCTED}"),
        (by_key[CENTRE_DESK].id, [*week, saturday], f"mở cửa sáng thứ Bảy, {CONSTRUCTED}"),
    ):
        operations.set_office_hours(unit, sessions, source=source, actor=actor, at=at)
    days = [
        DayDeclared(
            on=found.day.on,
            kind=found.day.kind,
            name=found.day.name,
            source=found.day.source,
            verified=found.standing is calendar.Standing.VERIFIED,
            weekday_hours=found.day.weekday_hours,
        )
        for found in calendar.declared()
    ]
    reason = "Ngày nghỉ, ngày làm bù cả nước 2020–2027"
    operations.declare_days(None, days, reason=reason, actor=actor, at=at)


def agencies() -> Sequence[Mapping[str, Any]]:
    """The provincial agencies as agencies.toml states them."""
    return tomllib.loads((FOLDER / "agencies.toml").read_text(encoding="utf-8"))["agency"]  # type: ignore[no-any-return]


def _agencies() -> Iterator[Founding]:
    for agency in agencies():
        key = agency.get("key", slug(agency["name"]))
        yield Founding(
            key=key,
            kind=agency.get("kind", Kind.DEPARTMENT),
            name=agency["name"],
            short_name=agency.get("short_name", agency["name"]),
            parent=PROVINCE,
            source=agency["source"],
            codes=_agency_codes(agency["number"]),
            constructed=agency.get("constructed", False),
        )
        yield from _agency_parts(key, agency)


def _agency_codes(number: int) -> tuple[CodeGiven, ...]:
    return (
        CodeGiven(Scheme.QCVN102, f"000.00.{number:02d}.H41", constructed=True),
        CodeGiven(Scheme.QD20, f"H41.{number:02d}", NEW_CODES, constructed=True),
    )


def _agency_parts(key: str, agency: Mapping[str, Any]) -> Iterator[Founding]:
    name = agency.get("short_name", agency["name"])
    if agency.get("kind") == Kind.COMMITTEE_OFFICE:
        yield _part(key, name, "phong-kiem-soat-tthc", "Phòng Kiểm soát TTHC", _OFFICE_POSTS)
    inspectors = _INSPECTORS if agency.get("inspects") else ()
    specialists = (*_OFFICERS, *_HEADS, *inspectors)
    yield _part(key, name, "phong-chuyen-mon", "Phòng Chuyên môn", specialists)
    yield _part(key, name, "van-thu", "Văn thư", _REGISTRY)
    yield _part(key, name, "lanh-dao", "Ban lãnh đạo", _DIRECTORS)
    if not agency.get("at_centre"):
        yield _part(key, name, "mot-cua", "Bộ phận Một cửa", _DESK, Kind.DESK)


def _centre() -> Iterator[Founding]:
    name = "Trung tâm Phục vụ hành chính công tỉnh"
    yield Founding(
        key=CENTRE,
        kind=Kind.CENTRE,
        name=f"{name} Nghệ An",
        short_name=name,
        parent=OFFICE,
        source="báo cáo cải cách hành chính của tỉnh năm 2022",
        codes=_agency_codes(60),
    )
    director = (PostGiven("Giám đốc Trung tâm", Role.DIRECTOR),)
    yield _part(CENTRE, name, "lanh-dao", "Ban Giám đốc", director)
    yield _part(CENTRE, name, "mot-cua", "Quầy tiếp nhận và trả kết quả", _CENTRE_DESK, Kind.DESK)


def _provincial_committee() -> Iterator[Founding]:
    """Who decides in the Committee's own name, and who keeps its seal."""
    name = "UBND tỉnh Nghệ An"
    yield _part(PROVINCE, name, "lanh-dao", "Lãnh đạo UBND tỉnh", _CHAIRMEN)
    yield _part(PROVINCE, name, "van-thu", "Văn thư UBND tỉnh", _REGISTRY)


def _committee_parts(unit: UnitFacts) -> Iterator[Founding]:
    """The parts of a district's or commune's committee, as long as it stands."""
    district = unit.kind == Kind.DISTRICT
    officers = (*_OFFICERS, *_HEADS) if district else (*_OFFICERS[:2], _HEADS[0])
    for suffix, name, posts, kind in (
        ("mot-cua", "Bộ phận Một cửa", _DESK, Kind.DESK),
        ("phong-chuyen-mon", "Phòng Chuyên môn", officers, Kind.DIVISION),
        ("van-thu", "Văn thư", _REGISTRY, Kind.DIVISION),
        ("lanh-dao", "Lãnh đạo UBND", _COMMITTEE, Kind.DIVISION),
    ):
        yield _part(unit.key, unit.name, suffix, name, posts, kind, unit)


def _part(
    agency: str,
    agency_name: str,
    suffix: str,
    name: str,
    posts: Sequence[PostGiven],
    kind: str = Kind.DIVISION,
    unit: UnitFacts | None = None,
) -> Founding:
    return Founding(
        key=f"{agency}-{suffix}",
        kind=kind,
        name=f"{name}, {agency_name}",
        short_name=name,
        parent=agency,
        agency=agency,
        since=unit.days.since if unit else None,
        until=unit.days.until if unit else None,
        posts=posts,
        source=CONSTRUCTED,
        constructed=True,
    )


def _province_codes(province: UnitFacts) -> Iterator[tuple[int, CodeGiven]]:
    """H41 is Nghệ An's own (QĐ 20/2020/QĐ-TTg); seen in both forms in official messages."""
    yield province.id, CodeGiven(Scheme.QCVN102, "000.00.00.H41")
    yield province.id, CodeGiven(Scheme.QD20, "H41", since=NEW_CODES)


def _territory_codes(territory: Sequence[UnitFacts]) -> Iterator[tuple[int, CodeGiven]]:
    """Districts from 31, communes within their first district; from 2025-07-01 communes from 101."""
    numbers = {
        unit.id: 31 + n for n, unit in enumerate(u for u in territory if u.kind == Kind.DISTRICT)
    }
    used: dict[int, int] = defaultdict(int)
    after = 100
    for unit in territory:
        if unit.kind == Kind.DISTRICT:
            yield from _until_two_tiers(unit, f"00.{numbers[unit.id]}", f"{numbers[unit.id]}")
            continue
        if unit.days.since is None or unit.days.since < TWO_TIERS:
            district = queries.history(unit.id).stood_in[0][0].id
            used[district] += 1
            number, place = numbers[district], used[district]
            yield from _until_two_tiers(unit, f"{place:02d}.{number}", f"{number}.{place:02d}")
        if unit.days.until is None:
            after += 1
            yield unit.id, CodeGiven(Scheme.QD20, f"H41.{after}", TWO_TIERS, constructed=True)


def _until_two_tiers(unit: UnitFacts, old: str, new: str) -> Iterator[tuple[int, CodeGiven]]:
    until = unit.days.until or TWO_TIERS
    since = unit.days.since
    yield unit.id, CodeGiven(Scheme.QCVN102, f"000.{old}.H41", since, until, True)
    yield unit.id, CodeGiven(Scheme.QD20, f"H41.{new}", since or NEW_CODES, until, True)
