"""Every read of the room that another room or a door may use."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from motcua.organisations import calendar
from motcua.organisations import directory as directory
from motcua.organisations.calendar import DeclaredDay as DeclaredDay
from motcua.organisations.calendar import current_revision as current_revision
from motcua.organisations.calendar import declared_days as declared_days
from motcua.organisations.calendar import hold_revision as hold_revision
from motcua.organisations.calendar import hours_of as hours_of
from motcua.organisations.calendar import latest_revision as latest_revision
from motcua.organisations.calendar import revised_at as revised_at
from motcua.organisations.calendar import work_calendar as work_calendar
from motcua.organisations.directory import Code, Days, PostFacts, Step
from motcua.organisations.directory import UnitFacts as UnitFacts
from motcua.organisations.models import CalendarRevision, Post, Unit, UnitCode
from motcua.rules import numbering
from motcua.rules.actor import Role
from motcua.rules.refusal import Refusal

Kind = Unit.Kind
Scheme = UnitCode.Scheme
TERRITORIAL = (Kind.PROVINCE, Kind.DISTRICT, Kind.COMMUNE)
forget = directory.forget


@dataclass(frozen=True, slots=True)
class Node:
    """A unit and what stands under it on one day."""

    unit: UnitFacts
    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class UnitAsOf:
    """A unit as it stood on one day."""

    unit: UnitFacts
    parent: UnitFacts | None
    codes: tuple[Code, ...]
    posts: tuple[PostFacts, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A step of a unit's history, seen from it: the other unit, and what happened."""

    step: Step
    other: UnitFacts | None


@dataclass(frozen=True, slots=True)
class History:
    """What a unit was made of, where it stood, what it became."""

    unit: UnitFacts
    origins: tuple[Turn, ...]
    stood_in: tuple[tuple[UnitFacts, Days], ...]
    became: tuple[Turn, ...]


def unit(unit_id: int) -> UnitFacts:
    """A unit by its id, whenever it stood; raises unit.unknown."""
    found = directory.current().units.get(unit_id)
    if found is None:
        raise Refusal("unit.unknown", {"key": unit_id})
    return found


def unit_by_key(key: str) -> UnitFacts:
    """A unit by its key, whenever it stood; raises unit.unknown."""
    found = directory.current().by_key.get(key)
    if found is None:
        raise Refusal("unit.unknown", {"key": key})
    return found


def units_with_calendars() -> tuple[UnitFacts, ...]:
    """The units that have declared hours or days off of their own, by name; none where nobody has."""
    if directory.calendar_revision() is None:
        return ()
    known = directory.current().units
    found = (known[u] for u in calendar.with_their_own() if u in known)
    return tuple(sorted(found, key=lambda u: u.sort_key))


@dataclass(frozen=True, slots=True)
class RevisionFacts:
    """A revision of the calendar: when it was made and by what."""

    id: int
    made_at: datetime
    reason: str


def newest_revision() -> RevisionFacts:
    """The revision of the calendar in force. Raises calendar.missing."""
    found = CalendarRevision.objects.get(id=latest_revision())
    return RevisionFacts(found.id, found.made_at, found.reason)


def unit_by_code(scheme: str, code: str, on: date) -> UnitFacts | None:
    """The unit a code belonged to on a day."""
    known = directory.current()
    for codes in known.codes.values():
        for given in codes:
            if (given.scheme, given.code) == (scheme, code) and given.days.has(on):
                return known.units[given.unit_id]
    return None


def unit_as_of(unit_id: int, on: date) -> UnitAsOf | None:
    """A unit as it stood on a day; None when it did not stand then. Raises unit.unknown."""
    facts = unit(unit_id)
    if not facts.days.has(on):
        return None
    known = directory.current()
    codes = tuple(code for code in known.codes.get(unit_id, ()) if code.days.has(on))
    return UnitAsOf(facts, parent_of(unit_id, on), codes, posts_of(unit_id, on))


def parent_of(unit_id: int, on: date) -> UnitFacts | None:
    """The unit it stood in on a day."""
    known = directory.current()
    stays = known.stays.get(unit_id, ())
    return next((known.units[s.parent_id] for s in stays if s.days.has(on)), None)


def children_of(unit_id: int, on: date) -> tuple[UnitFacts, ...]:
    """The units that stood directly in it on a day, in Vietnamese order."""
    known = directory.current()
    ids = [s.unit_id for s in known.members.get(unit_id, ()) if s.days.has(on)]
    children = (known.units[i] for i in ids if known.units[i].days.has(on))
    return tuple(sorted(children, key=lambda u: u.sort_key))


def tree(on: date, kinds: Collection[str] = TERRITORIAL) -> tuple[Node, ...]:
    """The units of these kinds as a tree on a day, from the province down."""
    known = directory.current()
    roots = [u for u in known.standing(on) if u.kind in kinds and parent_of(u.id, on) is None]
    return tuple(_node(root, on, kinds) for root in roots)


def _node(facts: UnitFacts, on: date, kinds: Collection[str]) -> Node:
    children = (child for child in children_of(facts.id, on) if child.kind in kinds)
    return Node(facts, tuple(_node(child, on, kinds) for child in children))


def days_of_change() -> tuple[date, ...]:
    """The days on which districts or communes began or ended: where the map changed."""
    bounds = {
        day
        for u in directory.current().units.values()
        if u.kind in TERRITORIAL
        for day in u.days
        if day is not None
    }
    return tuple(sorted(bounds))


def units_of_kind(kind: str, on: date) -> tuple[UnitFacts, ...]:
    """The units of a kind that stand on a day, in Vietnamese order."""
    return tuple(u for u in directory.current().standing(on) if u.kind == kind)


def units_ever(kinds: Collection[str]) -> tuple[UnitFacts, ...]:
    """The units of these kinds, whenever they stood."""
    return tuple(u for u in directory.current().units.values() if u.kind in kinds)


def history(unit_id: int) -> History:
    """What a unit came from, where it stood, what it became. Raises unit.unknown."""
    facts, known = unit(unit_id), directory.current()
    return History(
        unit=facts,
        origins=tuple(
            Turn(step, known.units[step.predecessor_id])
            for step in known.came_from.get(unit_id, ())
        ),
        stood_in=tuple((known.units[s.parent_id], s.days) for s in known.stays.get(unit_id, ())),
        became=tuple(
            Turn(step, None if step.successor_id is None else known.units[step.successor_id])
            for step in known.became.get(unit_id, ())
        ),
    )


def heirs(unit_id: int, on: date) -> frozenset[int]:
    """The units that are, on a day, what this unit was: itself while it stands, else what it became."""
    known = directory.current()
    found = {unit_id} if unit(unit_id).days.has(on) else set()
    for step in known.became.get(unit_id, ()):
        if step.successor_id is not None and step.on <= on:
            found |= heirs(step.successor_id, on)
    return frozenset(found)


def successor_of(unit_id: int, on: date) -> int | None:
    """The one unit its open work falls to on a day; None when there is none or more than one, and an
    officer has to say (a district of 2025, a commune split in two)."""
    known, current = directory.current(), unit(unit_id)
    while not current.days.has(on):
        whole = {
            s.successor_id for s in known.became.get(current.id, ()) if not s.partial and s.on <= on
        }
        heir = whole.pop() if len(whole) == 1 else None
        if heir is None:
            return None
        current = known.units[heir]
    return current.id


def agency_of(unit_id: int) -> int:
    """The legal entity a unit belongs to (itself, for an agency)."""
    return unit(unit_id).agency_id


def parts_of(agency_id: int, on: date) -> tuple[UnitFacts, ...]:
    """The desks and divisions of an agency on a day, without itself."""
    parts = directory.current().parts.get(agency_id, ())
    return tuple(u for u in parts if u.id != agency_id and u.days.has(on))


def parts_ever(agency_id: int) -> tuple[UnitFacts, ...]:
    """The desks and divisions an agency ever had, without itself."""
    parts = directory.current().parts.get(agency_id, ())
    return tuple(u for u in parts if u.id != agency_id)


def wholly_from(unit_id: int, on: date) -> frozenset[int]:
    """The units that have ended by a day and of which all fell to this one: whose closed work is its to
    read (see `successor_of`)."""
    known, found = directory.current(), set[int]()
    asked = [unit_id]
    while asked:
        for step in known.came_from.get(asked.pop(), ()):
            before = step.predecessor_id
            if before not in found and before != unit_id and successor_of(before, on) == unit_id:
                found.add(before)
                asked.append(before)
    return frozenset(found)


def desk_of(agency_id: int, on: date) -> UnitFacts | None:
    """The one-stop desk where an agency's dossiers are received: its own, else the centre's."""
    own = [u for u in parts_of(agency_id, on) if u.kind == Kind.DESK]
    if own:
        return own[0]
    for centre in units_of_kind(Kind.CENTRE, on):
        for part in parts_of(centre.id, on):
            if part.kind == Kind.DESK:
                return part
    return None


def part_with(agency_id: int, role: Role, on: date) -> UnitFacts | None:
    """The part of an agency (or the agency) where posts of a role are: who does that kind of step."""
    candidates = (*parts_of(agency_id, on), unit(agency_id))
    return next((u for u in candidates if posts_of(u.id, on, role)), None)


def posts_of(unit_id: int, on: date, role: Role | None = None) -> tuple[PostFacts, ...]:
    """The posts of a unit on a day, of one role or of all."""
    posts = directory.current().posts.get(unit_id, ())
    return tuple(p for p in posts if p.days.has(on) and role in (None, p.role))


def units_with(role: Role, on: date) -> tuple[UnitFacts, ...]:
    """The units that have posts of a role on a day, in Vietnamese order."""
    return tuple(unit for unit in directory.current().standing(on) if posts_of(unit.id, on, role))


def hold_post(post_id: int) -> bool:
    """Lock a post until the transaction ends, so that its chain can be read; whether there is one."""
    return Post.objects.select_for_update(no_key=True).filter(id=post_id).exists()


def code_of(unit_id: int, scheme: str, on: date) -> str | None:
    """A unit's code under a scheme on a day."""
    codes: Sequence[Code] = directory.current().codes.get(unit_id, ())
    return next((c.code for c in codes if c.scheme == scheme and c.days.has(on)), None)


def code_for_dossiers(agency_id: int, on: date) -> str:
    """The unit code that dossiers accepted for an agency on a day begin with, in the form in force
    (rules.numbering); the other form where the unit has only that. Raises unit.without_code."""
    wanted = numbering.form_on(on)
    for form in (wanted, *(f for f in numbering.Form if f != wanted)):
        code = code_of(agency_id, form, on)
        if code:
            return code
    raise Refusal("unit.without_code", {"unit": unit(agency_id).name})
