"""Every write of the room: units, codes, posts, office hours, days off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

import psycopg

from motcua.ledger import sql
from motcua.ledger.acts import Act, Event, act
from motcua.organisations import events, lists, planning, policies, state, writer
from motcua.organisations.models import Placement, Post, Unit, UnitCode
from motcua.rules import numbering
from motcua.rules.actor import Actor, Role
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import one_spelling, sort_key


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the lines of an import; `read` is the sum of the other four (and of whole files
    refused, which count as one)."""

    read: int
    new: int
    changed: int
    unchanged: int
    rejected: tuple[lists.Rejected, ...]


@dataclass(frozen=True, slots=True)
class CodeGiven:
    """A code under a scheme (UnitCode.Scheme), for the whole life of the unit where no day is given."""

    scheme: str
    code: str
    since: date | None = None
    until: date | None = None
    constructed: bool = False


@dataclass(frozen=True, slots=True)
class PostGiven:
    """A post to create in a unit."""

    title: str
    role: Role


@dataclass(frozen=True, slots=True)
class Founding:
    """A unit to found. `parent` and `agency` are keys (of units there or founded with it); without an
    agency the unit is one itself."""

    key: str
    kind: str
    name: str
    short_name: str
    parent: str
    source: str
    agency: str | None = None
    since: date | None = None
    until: date | None = None
    codes: Sequence[CodeGiven] = ()
    posts: Sequence[PostGiven] = ()
    constructed: bool = False


def import_units(files: Mapping[str, bytes], *, actor: Actor, at: datetime) -> ImportReport:
    """Take lists of units and of successions (file name → bytes) into the directory.

    Good lines are taken, bad ones reported; the same lists a second time change nothing and leave no
    act. Raises unit.may_not.
    """
    policies.to_manage(actor)
    listed = lists.read(files)
    plan = planning.plan(listed, *state.known())
    if not plan.empty:
        with act(events.UNITS_IMPORTED, actor=actor, at=at) as a:
            writer.lock_directory()
            plan = planning.plan(listed, *state.known())
            changed = writer.apply(plan)
            a.hold("unit", *changed)
            for unit_id, fields in changed.items():
                a.about("unit", unit_id, fields)
            a.about("import", a.id, {"files": sorted(files), "units": len(changed)})
            writer.directory_changed()
    whole_files = len(plan.rejected) + plan.new + plan.changed + plan.unchanged - listed.read
    return ImportReport(
        read=listed.read + whole_files,
        new=plan.new,
        changed=plan.changed,
        unchanged=plan.unchanged,
        rejected=tuple(plan.rejected),
    )


def found_units(foundings: Sequence[Founding], *, actor: Actor, at: datetime) -> Mapping[str, int]:
    """Found units with their place, codes and posts, in one act; returns their ids by key.

    Raises unit.may_not, unit.exists, unit.unknown (parent or agency), unit.range_empty,
    unit.code_malformed, unit.code_taken.
    """
    policies.to_manage(actor)
    for founding in foundings:
        _check_founding(founding)
    with _change_directory(events.UNITS_FOUNDED, actor, at) as a:
        ids = _founded_ids(foundings)
        by_key = _ids_of_keys(foundings) | ids
        sql.insert(Unit, [_founded_row(f, by_key) for f in foundings])
        sql.insert(
            Placement,
            [
                {
                    "unit_id": ids[f.key],
                    "parent_id": by_key[f.parent],
                    "valid": writer.days(f.since, f.until),
                }
                for f in foundings
            ],
        )
        _insert_codes([(ids[f.key], f, code) for f in foundings for code in f.codes])
        _insert_posts([(ids[f.key], f, post) for f in foundings for post in f.posts])
        for f in foundings:
            a.about("unit", ids[f.key], _founded_fields(f, by_key))
    return ids


def give_codes(
    given: Sequence[tuple[int, CodeGiven]],
    *,
    actor: Actor,
    at: datetime,
) -> None:
    """Give codes to units that are there; a code without days is for the whole life of the unit.

    Raises unit.may_not, unit.unknown, unit.code_malformed, unit.code_taken.
    """
    policies.to_manage(actor)
    for _, code in given:
        _check_code(code)
    with _change_directory(events.CODES_GIVEN, actor, at) as a:
        lives = _lives((unit_id for unit_id, _ in given), constructed=False)
        _insert_codes([(unit_id, lives[unit_id], code) for unit_id, code in given])
        fields: dict[int, list[str]] = {}
        for unit_id, code in given:
            fields.setdefault(unit_id, []).append(code.code)
        a.hold("unit", *fields)
        for unit_id, codes in fields.items():
            a.about("unit", unit_id, {"codes": codes})


def create_post(
    unit_id: int, post: PostGiven, *, actor: Actor, at: datetime, constructed: bool = False
) -> int:
    """Create one post in a unit; returns its id. Raises unit.may_not, unit.unknown."""
    return create_posts([(unit_id, post)], actor=actor, at=at, constructed=constructed)[0]


def create_posts(
    given: Sequence[tuple[int, PostGiven]],
    *,
    actor: Actor,
    at: datetime,
    constructed: bool = False,
) -> list[int]:
    """Create posts, each for the rest of its unit's life; returns their ids in the same order."""
    policies.to_manage(actor)
    with _change_directory(events.POSTS_CREATED, actor, at) as a:
        lives = _lives((unit_id for unit_id, _ in given), constructed)
        ids = _insert_posts([(unit_id, lives[unit_id], post) for unit_id, post in given])
        fields: dict[int, list[str]] = {}
        for unit_id, post in given:
            fields.setdefault(unit_id, []).append(post.title)
        a.hold("unit", *fields)
        for unit_id, titles in fields.items():
            a.about("unit", unit_id, {"posts": titles})
    return ids


class _Life(Protocol):
    """What a unit's codes and posts take from it: its days, and whether the example made it."""

    @property
    def since(self) -> date | None: ...
    @property
    def until(self) -> date | None: ...
    @property
    def constructed(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class _Days:
    since: date | None
    until: date | None
    constructed: bool


@contextmanager
def _change_directory(event: Event, actor: Actor, at: datetime) -> Iterator[Act]:
    with act(event, actor=actor, at=at) as a:
        writer.lock_directory()
        yield a
        writer.directory_changed()


def _check_founding(founding: Founding) -> None:
    if founding.since and founding.until and founding.since >= founding.until:
        raise Refusal("unit.range_empty")
    for code in founding.codes:
        _check_code(code)


def _check_code(given: CodeGiven) -> None:
    if given.since and given.until and given.since >= given.until:
        raise Refusal("unit.range_empty")
    if given.scheme == UnitCode.Scheme.GSO:
        good = re.fullmatch(r"\d{2,5}", given.code, re.ASCII) is not None
    else:
        good = numbering.is_unit_code(given.code, numbering.Form(given.scheme))
    if not good:
        raise Refusal("unit.code_malformed", {"code": given.code})


def _founded_ids(foundings: Sequence[Founding]) -> dict[str, int]:
    keys = [f.key for f in foundings]
    taken = sql.fetch("SELECT key FROM organisations_unit WHERE key = ANY(%s)", [keys])
    twice = [key for key in keys if keys.count(key) > 1] if len(set(keys)) < len(keys) else []
    if taken or twice:
        raise Refusal("unit.exists", {"key": taken[0]["key"] if taken else twice[0]})
    return dict(zip(keys, writer.reserve(Unit, len(keys)), strict=True))


def _ids_of_keys(foundings: Sequence[Founding]) -> dict[str, int]:
    """Ids of the parents and agencies that are not founded in the same act."""
    named = {f.parent for f in foundings} | {f.agency for f in foundings if f.agency}
    outside = named - {f.key for f in foundings}
    rows = sql.fetch(
        "SELECT key, id FROM organisations_unit WHERE key = ANY(%s)", [sorted(outside)]
    )
    known = {row["key"]: row["id"] for row in rows}
    for key in sorted(outside - set(known)):
        raise Refusal("unit.unknown", {"key": key})
    return known


def _founded_row(founding: Founding, by_key: Mapping[str, int]) -> dict[str, Any]:
    return {
        "id": by_key[founding.key],
        "key": founding.key,
        "kind": founding.kind,
        "name": one_spelling(founding.name),
        "short_name": one_spelling(founding.short_name),
        "sort_key": sort_key(founding.short_name),
        "agency_id": by_key[founding.agency or founding.key],
        "valid": writer.days(founding.since, founding.until),
        "source": founding.source,
        "constructed": founding.constructed,
    }


def _founded_fields(founding: Founding, by_key: Mapping[str, int]) -> dict[str, Any]:
    return {
        "name": founding.name,
        "kind": str(founding.kind),
        "stands_in": by_key[founding.parent],
        "codes": [code.code for code in founding.codes],
        "posts": [post.title for post in founding.posts],
        "constructed": founding.constructed,
    }


def _lives(unit_ids: Iterable[int], constructed: bool) -> dict[int, _Days]:
    wanted = set(unit_ids)
    found = dict(Unit.objects.filter(id__in=wanted).values_list("id", "valid"))
    for missing in sorted(wanted - set(found)):
        raise Refusal("unit.unknown", {"key": missing})
    return {uid: _Days(valid.lower, valid.upper, constructed) for uid, valid in found.items()}


def _insert_codes(given: Sequence[tuple[int, _Life, CodeGiven]]) -> None:
    rows = [
        {
            "unit_id": unit_id,
            "scheme": code.scheme,
            "code": code.code,
            "valid": writer.days(code.since or life.since, code.until or life.until),
            "constructed": code.constructed or life.constructed,
        }
        for unit_id, life, code in given
    ]
    try:
        sql.insert(UnitCode, rows)
    except psycopg.errors.ExclusionViolation as clash:
        found = re.search(r"=\([^,]+, ([^,]+),", clash.diag.message_detail or "")
        raise Refusal("unit.code_taken", {"code": found[1] if found else ""}) from None


def _insert_posts(given: Sequence[tuple[int, _Life, PostGiven]]) -> list[int]:
    ids = writer.reserve(Post, len(given))
    rows = [
        {
            "id": post_id,
            "unit_id": unit_id,
            "title": post.title,
            "role": str(post.role),
            "valid": writer.days(life.since, life.until),
            "constructed": life.constructed,
        }
        for post_id, (unit_id, life, post) in zip(ids, given, strict=True)
    ]
    sql.insert(Post, rows)
    return ids
