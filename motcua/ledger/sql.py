"""Statements sent as they are: prepared by the server, pipelined, copied when there are many rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any

import orjson
import psycopg
from django.db import connection, models
from psycopg import sql
from psycopg.rows import dict_row
from psycopg.types.datetime import TimestamptzLoader
from psycopg.types.json import Jsonb, set_json_loads

COPY_FROM = 60
"""From this many rows on, COPY is faster than pipelined INSERTs."""


_counting: ContextVar[list[str] | None] = ContextVar("counting", default=None)


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent within the block, in order: those of this module and the ORM's.

    A batch (executemany, COPY) is one. For tests and benches: Django's own counter sees only the ORM.
    """
    sent: list[str] = []

    def by_the_orm(
        execute: Callable[..., Any], query: str, params: Any, many: bool, context: Any
    ) -> Any:
        sent.append(query)
        return execute(query, params, many, context)

    token = _counting.set(sent)
    try:
        with connection.execute_wrapper(by_the_orm):
            yield sent
    finally:
        _counting.reset(token)


def _sent(query: str | bytes) -> None:
    counting = _counting.get()
    if counting is not None:
        counting.append(query if isinstance(query, str) else query.decode())


def raw() -> psycopg.Connection[Any]:
    """psycopg's own connection beneath Django's, inside the same transaction."""
    connection.ensure_connection()
    return connection.connection  # type: ignore[no-any-return]


def pipeline() -> AbstractContextManager[Any]:
    """Statements within go out together; their errors surface at the block's end."""
    return raw().pipeline()


def fetch(
    query: str, params: Sequence[Any] | Mapping[str, Any] = (), *, prepare: bool | None = None
) -> list[dict[str, Any]]:
    """Rows as dictionaries. `prepare=False`: planned anew for these parameters, whatever was sent before
    (a query over dates, whose best plan depends on them)."""
    _sent(query)
    with _reader(raw()) as cursor:
        return cursor.execute(query, params, prepare=prepare).fetchall()


def fetch_all(statements: Sequence[tuple[str, Sequence[Any]]]) -> list[list[dict[str, Any]]]:
    """The rows of several statements sent in one go; each sees what those before it waited for."""
    connected = raw()
    cursors = []
    with connected.pipeline():
        for query, params in statements:
            _sent(query)
            cursors.append(_reader(connected).execute(query, params))
    return [cursor.fetchall() for cursor in cursors]


def _reader(connected: psycopg.Connection[Any]) -> psycopg.Cursor[dict[str, Any]]:
    """A cursor with psycopg's own loaders, which are compiled, in place of two that Django registers:
    JSON comes as values, moments in the zone of the connection (UTC)."""
    cursor = psycopg.Cursor(connected, row_factory=dict_row)
    set_json_loads(orjson.loads, cursor)
    cursor.adapters.register_loader("timestamptz", TimestamptzLoader)
    return cursor


def execute(
    query: str, params: Sequence[Any] | Mapping[str, Any] = (), *, prepare: bool | None = None
) -> int:
    """Run one statement; the number of rows it touched (within a pipeline: not yet known, −1)."""
    _sent(query)
    with psycopg.Cursor(raw()) as cursor:
        cursor.execute(query, params, prepare=prepare)
        return cursor.rowcount


@cache
def _shape(model: type[models.Model]) -> tuple[str, dict[str, str], frozenset[str]]:
    concrete = model._meta.concrete_fields
    columns = {field.attname: field.column for field in concrete if field.column}
    jsonish = frozenset(f.attname for f in concrete if isinstance(f, models.JSONField))
    return model._meta.db_table, columns, jsonish


@cache
def _insert(model: type[models.Model], names: tuple[str, ...], copy: bool) -> bytes:
    table, columns, _ = _shape(model)
    names_sql = sql.SQL(",").join(sql.Identifier(columns[name]) for name in names)
    if copy:
        copied = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names_sql)
        return copied.as_bytes(None)
    marks = sql.SQL(",").join(sql.Placeholder() for _ in names)
    inserted = sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table), names_sql, marks
    )
    return inserted.as_bytes(None)


def insert(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows` (attribute name → value; all rows have the same names)."""
    if not rows:
        return
    _, _, jsonish = _shape(model)
    names = tuple(rows[0])
    values = [
        [Jsonb(row[n]) if n in jsonish and row[n] is not None else row[n] for n in names]
        for row in rows
    ]
    _sent(_insert(model, names, len(rows) >= COPY_FROM))
    with psycopg.Cursor(raw()) as cursor:
        if len(rows) >= COPY_FROM:
            with cursor.copy(_insert(model, names, True)) as copy:
                for line in values:
                    copy.write_row(line)
        elif len(rows) == 1:
            cursor.execute(_insert(model, names, False), values[0])
        else:
            cursor.executemany(_insert(model, names, False), values)


@cache
def _update(model: type[models.Model], names: tuple[str, ...]) -> bytes:
    table, columns, _ = _shape(model)
    pairs = sql.SQL(",").join(
        sql.SQL("{} = %s").format(sql.Identifier(columns[name])) for name in names
    )
    updated = sql.SQL("UPDATE {} SET {} WHERE id = %s").format(sql.Identifier(table), pairs)
    return updated.as_bytes(None)


def update(model: type[models.Model], changes: Iterable[tuple[Any, Mapping[str, Any]]]) -> None:
    """Set columns of rows by id; rows that change the same columns go out as one batch, and where they
    are many as one statement."""
    _, _, jsonish = _shape(model)
    groups: dict[tuple[str, ...], list[list[Any]]] = {}
    for row_id, new in changes:
        line = [Jsonb(v) if n in jsonish and v is not None else v for n, v in new.items()]
        groups.setdefault(tuple(new), []).append([*line, row_id])
    with psycopg.Cursor(raw()) as cursor:
        for names, lines in groups.items():
            if len(lines) >= COPY_FROM:
                _sent(_update_all(model, names))
                cursor.execute(_update_all(model, names), list(map(list, zip(*lines, strict=True))))
                continue
            _sent(_update(model, names))
            if len(lines) == 1:
                cursor.execute(_update(model, names), lines[0])
            else:
                cursor.executemany(_update(model, names), lines)


@cache
def _update_all(model: type[models.Model], names: tuple[str, ...]) -> bytes:
    """One statement for many rows: a column of values for each name, and the ids."""
    table, columns, _ = _shape(model)
    types = {f.attname: str(f.db_type(connection)) for f in model._meta.concrete_fields}
    key = str(model._meta.pk.attname)
    # Without a length, for a cast would cut what is too long where an assignment refuses it.
    plain = [sql.SQL(types[name].partition("(")[0]) for name in (*names, key)]
    given = sql.SQL(",").join(sql.SQL("%s::{}[]").format(one) for one in plain)
    pairs = sql.SQL(",").join(
        sql.SQL("{0} = v.{0}").format(sql.Identifier(columns[name])) for name in names
    )
    named = sql.SQL(",").join(sql.Identifier(columns[name]) for name in (*names, key))
    updated = sql.SQL(
        "UPDATE {0} SET {1} FROM unnest({2}) AS v ({3}) WHERE {0}.{4} = v.{4}"
    ).format(sql.Identifier(table), pairs, given, named, sql.Identifier(columns[key]))
    return updated.as_bytes(None)
