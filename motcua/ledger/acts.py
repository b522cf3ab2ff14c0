"""An act: one transaction, opened and closed in the database, with its entry, outbox and postings.

    with act(events.SUPPLEMENT_REQUESTED, actor=actor, at=at) as a:
        state = policies.to_process(actor, dossier_id, a)     # locks; a.hold(...) reads the chain
        ...
        a.about("dossier", dossier_id, fields={...})

Leaving the block writes everything and closes the act; an exception leaves nothing behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import orjson
from django.db import models, transaction
from psycopg import errors as pg
from psycopg.types.json import Jsonb

from motcua.ledger import canonical, sql
from motcua.ledger.models import Entry, Outbox, Posting
from motcua.rules.actor import Actor
from motcua.rules.identity import new_id


@dataclass(frozen=True, slots=True)
class Event:
    """What an act is called in the record (past tense), and what kind of subject it is about."""

    name: str
    subject: str


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key: the same key with the same request is done once."""

    value: str
    digest: bytes

    @classmethod
    def of(cls, value: str, request: Any) -> Key:
        """The key of a request; `request` is anything JSON can write."""
        return cls(
            value, hashlib.sha256(orjson.dumps(request, option=orjson.OPT_SORT_KEYS)).digest()
        )


class AlreadyDone(Exception):
    """This key was used for the same request; `outcome` is what was answered then."""

    def __init__(self, outcome: dict[str, Any]) -> None:
        super().__init__("already done")
        self.outcome = outcome


class KeyReused(Exception):
    """This key was used for another request."""


class NothingRecorded(RuntimeError):
    """An act ended without saying what it was about: a fault of the program, never of the user."""


@dataclass(slots=True)
class Head:
    """The last entry of a subject: its number, hash and moment."""

    seq: int
    hash: bytes | None
    at: datetime | None


@dataclass(slots=True)
class Act:
    """An open act. `at` may move forward to the subject's last entry, never back (`hold`)."""

    event: Event
    actor: Actor
    at: datetime
    id: UUID = field(default_factory=new_id)
    recorded_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    heads: dict[tuple[str, UUID], Head] = field(default_factory=dict)
    entries: list[dict[str, Any]] = field(default_factory=list)
    postings: list[dict[str, Any]] = field(default_factory=list)
    outcome: dict[str, Any] = field(default_factory=dict)
    key: Key | None = None
    writes: list[Callable[[], None]] = field(default_factory=list)
    largest: int = 0
    summary: Mapping[str, Any] | None = None

    def hold(self, kind: str, *subjects: UUID | int) -> None:
        """Read the last entries of subjects whose rows are already locked; `at` follows them.

        Call it in a statement after the lock, so that it sees what the lock waited for.
        """
        self.held(kind, sql.fetch(*heads(kind, *subjects)))

    def held(self, kind: str, rows: Iterable[Mapping[str, Any]]) -> None:
        """What `hold` does, for the rows of `heads` fetched together with others."""
        for row in rows:
            self.heads[kind, row["subject_id"]] = Head(
                row["subject_seq"], bytes(row["hash"]), row["at"]
            )
            self.at = max(self.at, row["at"])

    def about(
        self,
        kind: str,
        subject: UUID | int,
        fields: Mapping[str, Any],
        *,
        event: Event | None = None,
        at: datetime | None = None,
        actor: Actor | None = None,
    ) -> UUID:
        """Record the act upon one subject; returns the entry's id.

        `fields` holds what changed: public values as they are, personal ones as keyed digests
        (canonical.digest). `event`, `at` and `actor` differ from the act's only in a bulk act whose
        rows are acts of their own (the example, an import from a paper book).
        """
        row = self._row(event or self.event, actor or self.actor, kind, subject_id(subject), fields)
        if at is not None:
            row["at"] = at
        if self.entries:
            row["id"] = new_id()
        self.entries.append(row)
        return UUID(str(row["id"]))

    def _row(
        self, event: Event, who: Actor, kind: str, subject: UUID, fields: Mapping[str, Any]
    ) -> dict[str, Any]:
        return {
            "id": self.id,
            "at": self.at,
            "recorded_at": self.recorded_at,
            "event": event.name,
            "subject_kind": kind,
            "subject_id": subject,
            "account_id": who.account_id,
            "post_id": who.post_id,
            "on_behalf_of": who.on_behalf_of,
            "actor_name": who.name,
            "actor_title": who.title,
            "fields": canonical.value(fields),
        }

    def says(self, fields: Mapping[str, Any]) -> None:
        """What the act's own entry says besides the number of its rows; with it an act is a bulk act
        however few rows it has, none among them."""
        self.summary = fields

    def post(self, postings: Iterable[Any], entry_id: UUID) -> None:
        """Write postings (rules.books.Posting) under an entry of this act."""
        for p in postings:
            self.postings.append(
                {
                    "dossier_id": p.dossier_id,
                    "from_account": int(p.from_account),
                    "to_account": int(p.to_account),
                    "effective_on": p.effective_on,
                    "unit_id": p.unit_id,
                    "procedure_id": p.procedure_id,
                    "channel": int(p.channel),
                    "entry_id": entry_id,
                    "recorded_at": self.recorded_at,
                }
            )

    def insert(self, model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows (all with the same names) to insert when the act closes, before its entries."""
        if rows:
            self.writes.append(lambda: sql.insert(model, rows))
            self.largest = max(self.largest, len(rows))

    def update(
        self, model: type[models.Model], changes: Iterable[tuple[Any, Mapping[str, Any]]]
    ) -> None:
        """Columns of rows to set when the act closes, by id."""
        by_id = list(changes)
        if by_id:
            self.writes.append(lambda: sql.update(model, by_id))

    def _open(self) -> None:
        sql.execute("INSERT INTO ledger_openact (id) VALUES (%s)", [self.id])
        if self.key:
            self._claim(self.key)

    def _claim(self, key: Key) -> None:
        account = self.actor.account_id or 0
        claimed = sql.execute(CLAIM, [account, key.value, key.digest, self.recorded_at])
        if claimed:
            return
        row = sql.fetch(
            "SELECT digest, outcome FROM ledger_idempotencykey WHERE account_id = %s AND key = %s",
            [account, key.value],
        )[0]
        if bytes(row["digest"]) != key.digest:
            raise KeyReused
        raise AlreadyDone(row["outcome"])

    def _chain(self) -> None:
        for row in self._with_parent():
            subject = (row["subject_kind"], row["subject_id"])
            head = self.heads.setdefault(subject, Head(0, None, None))
            row |= {"subject_seq": head.seq + 1, "prev": head.hash}
            row["hash"] = canonical.entry_hash(row)
            head.seq, head.hash, head.at = head.seq + 1, row["hash"], row["at"]

    def _with_parent(self) -> list[dict[str, Any]]:
        rows = len(self.entries)
        if rows > 1 or self.summary is not None:
            fields = {**(self.summary or {}), "rows": rows}
            if rows:
                self._rename(self.entries[0])
            self.entries.insert(0, self._row(self.event, self.actor, "act", self.id, fields))
        for row in self.entries:
            row["parent_id"] = self.id if row["id"] != self.id else None
        return self.entries

    def _rename(self, first: dict[str, Any]) -> None:
        """The first entry has the act's id while it may be the only one; the parent takes it over."""
        first["id"] = new_id()
        for posting in self.postings:
            if posting["entry_id"] == self.id:
                posting["entry_id"] = first["id"]

    def _close(self) -> None:
        if not self.entries and self.summary is None:
            raise NothingRecorded(self.event.name)
        self._chain()
        self.insert(Entry, self.entries)
        self.insert(Outbox, [_outbox(r) for r in self.entries if r["subject_kind"] != "act"])
        self.insert(Posting, self.postings)
        # One round trip for all of it; COPY, for many rows, cannot be part of a pipeline.
        with sql.pipeline() if self.largest < sql.COPY_FROM else nullcontext():
            for write in self.writes:
                write()
            self._keep_outcome()
            sql.execute("DELETE FROM ledger_openact WHERE id = %s", [self.id])

    def _keep_outcome(self) -> None:
        if self.key:
            sql.execute(
                "UPDATE ledger_idempotencykey SET outcome = %s WHERE account_id = %s AND key = %s",
                [Jsonb(canonical.value(self.outcome)), self.actor.account_id or 0, self.key.value],
            )


@contextmanager
def act(event: Event, *, actor: Actor, at: datetime, key: Key | None = None) -> Iterator[Act]:
    """Open an act as `actor` at the moment `at` (aware; the door's clock, never the client's).

    Raises AlreadyDone or KeyReused for a key already used, before anything is done.
    """
    with transaction.atomic():
        opened = Act(event, actor, at, key=key)
        opened._open()
        yield opened
        opened._close()


def next_number(series: str, on: date) -> int:
    """The next number of a series on a day, from 1; the series is locked until the act ends, so take it
    late in the act."""
    row = sql.fetch(NEXT, [series, on])[0]
    return int(row["last"])


def next_numbers(series: str, on: date, many: int) -> range:
    """`many` consecutive numbers of a series."""
    last = int(sql.fetch(NEXT_MANY, [series, on, many, many])[0]["last"])
    return range(last - many + 1, last + 1)


def heads(kind: str, *subjects: UUID | int) -> tuple[str, list[Any]]:
    """The statement (and its parameters) that reads the last entries of subjects, for `Act.held`."""
    return HEADS, [[subject_id(s) for s in subjects], kind]


def subject_id(subject: UUID | int) -> UUID:
    """The id a subject has in the ledger: its own UUID, or its number as one."""
    return subject if isinstance(subject, UUID) else UUID(int=subject)


def refused_by_guard(error: BaseException) -> bool:
    """Whether a database error is the guards' (SQLSTATE MC001–MC003)."""
    cause = error.__cause__ if not isinstance(error, pg.Error) else error
    return isinstance(cause, pg.Error) and (cause.sqlstate or "").startswith("MC0")


def _outbox(row: Mapping[str, Any]) -> dict[str, Any]:
    names = ("event", "subject_kind", "subject_id", "subject_seq")
    return {"entry_id": row["id"], **{name: row[name] for name in names}}


HEADS = """
SELECT e.subject_id, e.subject_seq, e.hash, e.at
FROM unnest(%s::uuid[]) AS s(id)
CROSS JOIN LATERAL (
    SELECT subject_id, subject_seq, hash, at FROM ledger_entry
    WHERE subject_id = s.id AND subject_kind = %s ORDER BY subject_seq DESC LIMIT 1
) e
"""
CLAIM = """
INSERT INTO ledger_idempotencykey (account_id, key, digest, outcome, made_at)
VALUES (%s, %s, %s, '{}', %s) ON CONFLICT (account_id, key) DO NOTHING
"""
NEXT = """
INSERT INTO ledger_counter (series, "on", last) VALUES (%s, %s, 1)
ON CONFLICT (series, "on") DO UPDATE SET last = ledger_counter.last + 1 RETURNING last
"""
NEXT_MANY = """
INSERT INTO ledger_counter (series, "on", last) VALUES (%s, %s, %s)
ON CONFLICT (series, "on") DO UPDATE SET last = ledger_counter.last + %s RETURNING last
"""
