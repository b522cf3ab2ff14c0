"""From lists of units to changes of the directory: decides, writes nothing.

A unit is (code, the day it stands from), for codes are used again. A line is the same unit when it has
the same identity, or the same code and name without a gap, or when a step says the unit went on. Where
two lists speak of one day, the list that starts later is believed; so the order of reading is
indifferent and reading again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from motcua.organisations.lists import Lists, PathLine, Place, Rejected, StepLine, UnitLine
from motcua.rules.vietnamese import fold, same_name, slug

KINDS = {"tinh": "province", "huyen": "district", "xa": "commune"}
_PARENT_KINDS = {"province": (), "district": ("province",), "commune": ("district", "province")}


class Span(NamedTuple):
    """Days from `lo` until before `hi`; date.min and date.max stand for open ends."""

    lo: date = date.min
    hi: date = date.max

    def meet(self, other: Span) -> Span:
        return Span(max(self.lo, other.lo), min(self.hi, other.hi))

    def has(self, on: date) -> bool:
        return self.lo <= on < self.hi


class Stay(NamedTuple):
    """Where a unit stands in a span; `parent` is a unit's id (negative: founded by this plan)."""

    span: Span
    parent: int


@dataclass(slots=True, eq=False)
class Body:
    """A unit as known or as planned. `id` is negative while it has no row."""

    id: int
    key: str
    kind: str
    code: str
    name: str
    bare_name: str
    span: Span
    listed_on: date = date.min
    stays: tuple[Stay, ...] = ()
    source: str = ""

    def state(self) -> tuple[object, ...]:
        return self.name, self.span, self.stays


@dataclass(frozen=True, slots=True)
class Link:
    """A succession, known or planned."""

    predecessor: int
    successor: int | None
    on: date
    partial: bool
    basis: str
    kind: str = ""


@dataclass(slots=True)
class Plan:
    """What is to be written, and what became of each line."""

    founded: list[Body] = field(default_factory=list)
    amended: list[Body] = field(default_factory=list)
    placed: list[Body] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def empty(self) -> bool:
        return not (self.founded or self.amended or self.placed or self.links)


class _Bad(Exception):
    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def plan(lists: Lists, bodies: Sequence[Body], links: Iterable[Link]) -> Plan:
    """The changes that bring the known bodies and links to what the lists say."""
    return _Planner(bodies, links).run(lists)


class _Planner:
    def __init__(self, bodies: Sequence[Body], links: Iterable[Link]) -> None:
        self.by_code: dict[str, list[Body]] = defaultdict(list)
        for body in bodies:
            self.by_code[body.code].append(body)
        self.bodies = {body.id: body for body in bodies}
        self.before = {body.id: replace(body) for body in bodies}
        self.links: dict[tuple[int, int | None, date], Link] = {}
        for link in links:
            self.links[link.predecessor, link.successor, link.on] = link
        self.known_links = set(self.links)
        self.went_on: set[tuple[str, date]] = set()
        self.basis: dict[date, str] = {}
        self.plan = Plan()

    def run(self, lists: Lists) -> Plan:
        went_on = (s for s in lists.steps if s.kind in ("same", "moved"))
        self.went_on = {(s.new_code, s.on) for s in went_on if s.old_code == s.new_code}
        self.basis = {s.on: s.basis for s in lists.steps if s.basis}
        levels = list(KINDS)
        for line in sorted(
            lists.units, key=lambda u: (levels.index(u.level), u.since or date.min, u.place.file)
        ):
            self._attempt(line.place, partial(self._take, line))
        for step in sorted(lists.steps, key=lambda s: (s.on, s.place.file, s.place.line)):
            self._attempt(step.place, partial(self._step, step))
        for path in lists.paths:
            self._attempt(path.place, partial(self._path, path))
        self._settle_stays()
        self._end_districts()
        self._differences()
        self.plan.rejected = lists.rejected + self.plan.rejected
        return self.plan

    def _attempt(self, place: Place, take: Callable[[], str]) -> None:
        try:
            outcome = take()
        except _Bad as bad:
            self.plan.rejected.append(Rejected(place, bad.reason, bad.remedy))
        else:
            setattr(self.plan, outcome, getattr(self.plan, outcome) + 1)

    # Lists of units

    def _take(self, line: UnitLine) -> str:
        kind = KINDS[line.level]
        span = Span(line.since or date.min, line.until or date.max)
        parent = self._parent(line, kind, span)
        body = self._match(line, kind, span)
        if body is None:
            body = self._found(line, kind, span)
            outcome, before = "new", None
        else:
            outcome, before = "unchanged", body.state()
            self._stretch(body, span)
            self._rename(body, line)
        if parent is not None:
            claim = Stay(span.meet(body.span).meet(parent.span), parent.id)
            body.stays = _timeline((*body.stays, claim))
        return "changed" if before is not None and before != body.state() else outcome

    def _parent(self, line: UnitLine, kind: str, span: Span) -> Body | None:
        if not line.parent_code:
            return None
        around = [b for b in self.by_code[line.parent_code] if _overlap(b.span, span)]
        parent = min(around, key=lambda b: (not b.span.has(span.lo), b.span.lo), default=None)
        if parent is None or parent.kind not in _PARENT_KINDS[kind]:
            raise _Bad(
                f"không tìm thấy đơn vị cấp trên mã {line.parent_code}"
                if parent is None
                else f"{parent.name} (mã {line.parent_code}) không thể là cấp trên của {line.name}",
                "nạp danh mục có đơn vị cấp trên ấy, hoặc sửa cột parent_code",
            )
        return parent

    def _match(self, line: UnitLine, kind: str, span: Span) -> Body | None:
        for body in self.by_code[line.code]:
            if body.span.lo == span.lo:
                if fold(body.name) != fold(line.name) and body.listed_on <= span.lo:
                    raise _Bad(
                        f"mã {line.code} từ cùng ngày đã là “{body.name}”",
                        "kiểm tra lại mã hoặc tên; một mã chỉ thuộc một đơn vị trong một thời gian",
                    )
                return body
        touching = [
            b for b in self.by_code[line.code] if b.span.lo <= span.hi and span.lo <= b.span.hi
        ]
        for body in touching:
            if same_name(body.name, line.name):
                return body
        if (line.code, span.lo) in self.went_on:
            return next((b for b in touching if b.span.lo < span.lo), None)
        return None

    def _found(self, line: UnitLine, kind: str, span: Span) -> Body:
        for other in self.by_code[line.code]:
            if other.span.lo < span.lo < other.span.hi:
                other.span = other.span._replace(hi=span.lo)
            elif span.lo < other.span.lo < span.hi:
                span = span._replace(hi=other.span.lo)
        key = f"{slug(line.name)}-{line.code}"
        if line.since:
            key += f"-{line.since:%Y%m%d}"
        body = Body(
            id=-1 - len(self.plan.founded),
            key=key,
            kind=kind,
            code=line.code,
            name=line.name,
            bare_name=line.bare_name,
            span=span,
            listed_on=span.lo,
            source=line.place.file,
        )
        self.plan.founded.append(body)
        self.by_code[line.code].append(body)
        self.bodies[body.id] = body
        return body

    def _stretch(self, body: Body, span: Span) -> None:
        closed = [k.on for k in self._from(body) if not k.partial]
        later = [
            b.span.lo for b in self.by_code[body.code] if b is not body and b.span.lo > body.span.lo
        ]
        hi = min(max(body.span.hi, span.hi), *closed, *later, date.max)
        lo = max(
            min(body.span.lo, span.lo),
            *(b.span.hi for b in self.by_code[body.code] if b.span.lo < body.span.lo),
            date.min,
        )
        body.span = Span(lo, hi)

    def _rename(self, body: Body, line: UnitLine) -> None:
        listed = line.since or date.min
        if listed >= body.listed_on and body.name != line.name:
            body.name, body.bare_name, body.listed_on = line.name, line.bare_name, listed

    # Steps and paths

    def _step(self, step: StepLine) -> str:
        old = self._holder(step.old_code, step.on - timedelta(days=1), step.old_name)
        new = self._holder(step.new_code, step.on, step.new_name)
        if old is new:
            return "unchanged"
        return self._link(old, new, step.on, step.kind == "part", step.basis)

    def _holder(self, code: str, on: date, name: str) -> Body:
        body = next((b for b in self.by_code[code] if b.span.has(on)), None)
        if body is None:
            raise _Bad(
                f"không có đơn vị mã {code} ({name}) vào ngày {on:%d/%m/%Y}",
                "nạp danh mục đơn vị của ngày ấy trước, hoặc sửa mã",
            )
        if fold(body.name) != fold(name):
            raise _Bad(
                f"mã {code} vào ngày {on:%d/%m/%Y} là “{body.name}”, không phải “{name}”",
                "sửa mã hoặc tên cho khớp danh mục",
            )
        return body

    def _link(self, old: Body, new: Body, on: date, partial: bool, basis: str) -> str:
        if (old.id, new.id, on) in self.links:
            return "unchanged"
        self.links[old.id, new.id, on] = Link(old.id, new.id, on, partial, basis)
        if not partial:
            old.span = old.span._replace(hi=min(old.span.hi, on))
        return "new"

    def _path(self, path: PathLine) -> str:
        olds = [b for b in self.by_code[path.old_code] if fold(b.name) == fold(path.old_name)]
        news = [b for b in self.by_code[path.new_code] if fold(b.name) == fold(path.new_name)]
        if not olds or not news:
            code, name = path.new_code, path.new_name
            if not olds:
                code, name = path.old_code, path.old_name
            raise _Bad(
                f"không có đơn vị mã {code} tên “{name}”", "nạp danh mục đơn vị trước, hoặc sửa mã"
            )
        old = min(olds, key=lambda b: b.span.lo)
        new = max(news, key=lambda b: b.span.lo)
        reached = self._heirs(old, new.span.hi - timedelta(days=1))
        if reached == {new.id}:
            return "unchanged"
        if reached:
            names = ", ".join(sorted(self.bodies[r].name for r in reached))
            raise _Bad(
                f"{old.name} theo các bước đã ghi trở thành {names}, không phải {new.name}",
                "đối chiếu với nghị quyết sắp xếp đơn vị, sửa dòng sai",
            )
        return self._walk(path, old, new)

    def _walk(self, path: PathLine, old: Body, new: Body) -> str:
        """Write the steps of a path that no step line gave: old → the units between → new."""
        between = [old]
        if old.span.hi < new.span.lo:
            around = [b for code in path.via_codes for b in self.by_code[code]]
            between = [b for b in around if b.span.has(old.span.hi)]
            for via in between:
                self._link(old, via, old.span.hi, len(between) > 1, "")
        ends = {via.span.hi for via in between}
        if not between or any(not new.span.has(end) for end in ends):
            raise _Bad(
                f"không nối được {old.name} với {new.name}: ngày kết thúc và bắt đầu không liền nhau",
                "nạp bảng các bước (event_date, old_code, new_code…) hoặc sửa valid_from, valid_to",
            )
        for via in between:
            self._link(via, new, via.span.hi, False, "")
        return "new"

    def _from(self, body: Body) -> list[Link]:
        return [link for link in self.links.values() if link.predecessor == body.id]

    def _heirs(self, body: Body, at: date) -> set[int]:
        heirs = {body.id} if body.span.has(at) else set()
        for link in self._from(body):
            if link.successor is not None and link.on <= at:
                heirs |= self._heirs(self.bodies[link.successor], at)
        return heirs

    # What follows from the rest

    def _settle_stays(self) -> None:
        for body in self.bodies.values():
            clipped = (
                Stay(stay.span.meet(body.span).meet(self.bodies[stay.parent].span), stay.parent)
                for stay in body.stays
            )
            body.stays = tuple(stay for stay in clipped if stay.span.lo < stay.span.hi)

    def _end_districts(self) -> None:
        """A district that ended became the district its communes stand in next, or was abolished."""
        members: dict[int, list[Body]] = defaultdict(list)
        for body in self.bodies.values():
            for stay in body.stays:
                if stay.span.hi == self.bodies[stay.parent].span.hi:
                    members[stay.parent].append(body)
        for district in [b for b in self.bodies.values() if b.kind == "district"]:
            end = district.span.hi
            if end == date.max or self._from(district):
                continue
            next_parents = {
                stay.parent
                for commune in members[district.id]
                for heir in self._heirs(commune, end)
                for stay in self.bodies[heir].stays
                if stay.span.has(end)
            }
            heirs = {p for p in next_parents if self.bodies[p].kind == "district"}
            if next_parents:
                self._end(district, heirs, end)

    def _end(self, district: Body, heirs: set[int], on: date) -> None:
        basis = self.basis.get(on, "")
        ends: list[int | None] = [*sorted(heirs)] or [None]
        for heir in ends:
            kind = "abolish" if heir is None else "split" if len(heirs) > 1 else "merge"
            link = Link(district.id, heir, on, len(heirs) > 1, basis, kind)
            self.links[district.id, heir, on] = link

    def _differences(self) -> None:
        plan = self.plan
        for body in self.bodies.values():
            old = self.before.get(body.id)
            if old and (old.name, old.span) != (body.name, body.span):
                plan.amended.append(body)
            if (old.stays if old else ()) != body.stays:
                plan.placed.append(body)
        new = [link for key, link in self.links.items() if key not in self.known_links]
        plan.links = [replace(link, kind=link.kind or self._kind(link)) for link in new]

    def _kind(self, link: Link) -> str:
        if link.partial:
            return "split"
        fellows = {
            k.predecessor
            for k in self.links.values()
            if (k.successor, k.on) == (link.successor, link.on)
        }
        stood = link.successor is not None and self.bodies[link.successor].span.lo < link.on
        return "merge" if len(fellows) > 1 or stood else "rename"


def _overlap(one: Span, other: Span) -> bool:
    return one.lo < other.hi and other.lo < one.hi


def _timeline(claims: Sequence[Stay]) -> tuple[Stay, ...]:
    """One parent a day: where claims overlap, the one that starts later is believed."""
    bounds = sorted({bound for claim in claims for bound in claim.span})
    stays: list[Stay] = []
    for lo, hi in pairwise(bounds):
        covering = [claim for claim in claims if claim.span.lo <= lo and hi <= claim.span.hi]
        if not covering:
            continue
        parent = max(covering, key=lambda claim: claim.span.lo).parent
        if stays and stays[-1].parent == parent and stays[-1].span.hi == lo:
            stays[-1] = Stay(Span(stays[-1].span.lo, hi), parent)
        else:
            stays.append(Stay(Span(lo, hi), parent))
    return tuple(stays)
