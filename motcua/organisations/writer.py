"""Rows of the directory, set-wise: one unit or five thousand are written by the same code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import PurePath
from typing import Any

from psycopg.types.range import DateRange

from motcua.ledger import sql
from motcua.organisations import queries
from motcua.organisations.models import Placement, Succession, Unit, UnitCode
from motcua.organisations.planning import Body, Link, Plan, Span
from motcua.rules.identity import new_id
from motcua.rules.vietnamese import sort_key


def reserve(model: type[Any], many: int) -> list[int]:
    """Ids of rows to come, so that rows can name each other and the ledger can name them."""
    query = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) AS id FROM generate_series(1, %s)"
    return [row["id"] for row in sql.fetch(query, [model._meta.db_table, many])]


def days(since: date | None, until: date | None) -> DateRange:
    """The half-open range of days a row is valid."""
    return DateRange(since, until)


def of_span(span: Span) -> DateRange:
    return days(None if span.lo == date.min else span.lo, None if span.hi == date.max else span.hi)


def lock_directory() -> None:
    """One change of units at a time; readers are not kept waiting."""
    sql.fetch("SELECT id FROM organisations_current WHERE id = 1 FOR NO KEY UPDATE")


def directory_changed() -> None:
    """Tell every process that its copy of the directory is old."""
    sql.execute("UPDATE organisations_current SET directory = %s WHERE id = 1", [new_id()])
    queries.forget()


def apply(plan: Plan) -> dict[int, dict[str, Any]]:
    """Write a plan; returns what changed of each unit, for the record."""
    ids = reserve(Unit, len(plan.founded))
    real = {body.id: new for body, new in zip(plan.founded, ids, strict=True)}
    changed: dict[int, dict[str, Any]] = {}
    sql.insert(Unit, [_unit_row(body, real[body.id]) for body in plan.founded])
    sql.update(Unit, [(body.id, _amendment(body)) for body in plan.amended])
    _write_codes([*plan.amended, *plan.founded], real)
    _write_stays(plan.placed, real)
    sql.insert(Succession, [_succession_row(link, real) for link in plan.links])
    for body in [*plan.founded, *plan.amended]:
        fields = {"name": body.name, "code": body.code, "valid": _text(body.span)}
        changed.setdefault(real.get(body.id, body.id), {}).update(fields)
    for body in plan.placed:
        stays = [f"{real.get(s.parent, s.parent)} {_text(s.span)}" for s in body.stays]
        changed.setdefault(real.get(body.id, body.id), {})["stands_in"] = stays
    for link in plan.links:
        heirs = changed.setdefault(real.get(link.predecessor, link.predecessor), {})
        heir = None if link.successor is None else real.get(link.successor, link.successor)
        heirs.setdefault("became", []).append([link.kind, heir, link.on.isoformat()])
    return changed


def body_name(listed: str) -> str:
    """The body that governs a listed unit: “Xã Nghĩa Thọ” → “UBND xã Nghĩa Thọ”."""
    return f"UBND {listed[0].lower()}{listed[1:]}"


def _unit_row(body: Body, unit_id: int) -> dict[str, Any]:
    return {
        "id": unit_id,
        "key": body.key,
        "kind": body.kind,
        "name": body_name(body.name),
        "short_name": body.name,
        "sort_key": sort_key(body.bare_name),
        "agency_id": unit_id,
        "valid": of_span(body.span),
        "source": f"danh mục đơn vị hành chính: {PurePath(body.source).name}",
        "constructed": False,
        "listed_on": None if body.listed_on == date.min else body.listed_on,
    }


def _amendment(body: Body) -> dict[str, Any]:
    row: dict[str, Any] = {"valid": of_span(body.span)}
    if body.bare_name:
        row |= {
            "name": body_name(body.name),
            "short_name": body.name,
            "sort_key": sort_key(body.bare_name),
            "listed_on": None if body.listed_on == date.min else body.listed_on,
        }
    return row


def _write_codes(bodies: Sequence[Body], real: Mapping[int, int]) -> None:
    gso = UnitCode.Scheme.GSO
    units = [body.id for body in bodies if body.id > 0]
    _clear(UnitCode, units, " AND scheme = %s", [gso])
    rows = [
        {
            "unit_id": real.get(body.id, body.id),
            "scheme": gso,
            "code": body.code,
            "valid": of_span(body.span),
            "constructed": False,
        }
        for body in bodies
    ]
    sql.insert(UnitCode, rows)


def _write_stays(bodies: Iterable[Body], real: Mapping[int, int]) -> None:
    bodies = list(bodies)
    _clear(Placement, [body.id for body in bodies if body.id > 0])
    rows = [
        {
            "unit_id": real.get(body.id, body.id),
            "parent_id": real.get(stay.parent, stay.parent),
            "valid": of_span(stay.span),
        }
        for body in bodies
        for stay in body.stays
    ]
    sql.insert(Placement, rows)


def _clear(
    model: type[Any], units: Sequence[int], also: str = "", params: Sequence[Any] = ()
) -> None:
    """Ranges that touch cannot be moved one by one under an exclusion constraint: they are set anew."""
    if units:
        table = model._meta.db_table
        sql.execute(f"DELETE FROM {table} WHERE unit_id = ANY(%s){also}", [list(units), *params])  # noqa: S608


def _succession_row(link: Link, real: Mapping[int, int]) -> dict[str, Any]:
    heir = link.successor
    return {
        "predecessor_id": real.get(link.predecessor, link.predecessor),
        "successor_id": None if heir is None else real.get(heir, heir),
        "kind": link.kind,
        "effective_on": link.on,
        "partial": link.partial,
        "legal_document": link.basis,
    }


def _text(span: Span) -> str:
    lo = "" if span.lo == date.min else span.lo.isoformat()
    hi = "" if span.hi == date.max else span.hi.isoformat()
    return f"[{lo},{hi})"
