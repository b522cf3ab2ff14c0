"""What an import will do, decided before anything is written: pure.

Identity is (source, code). A source may print one code for procedures of different names; then the name
that the catalogue knows, else the first in the file, keeps the code, and the others are known by the code
with a mark of their name, so that all are kept and a second run finds the same ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from motcua.catalogue.content import ProcedureContent, Unparsed
from motcua.catalogue.records import Rejected
from motcua.rules import vietnamese

Identity = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Known:
    """The last version of a procedure there is."""

    procedure_id: int
    version_id: int
    name: str
    digest: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Change:
    """A version to make: of a new procedure, or after the one known."""

    content: ProcedureContent
    digest: str
    since: date
    known: Known | None


@dataclass(slots=True)
class Plan:
    """What became of each record; `read` is the sum of the parts."""

    read: int = 0
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    unparsed: list[tuple[int, str, Unparsed]] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return not (self.new or self.changed)


def plan(
    records: Iterable[tuple[int, ProcedureContent | Rejected]],
    known: Mapping[Identity, Known],
    in_force: date,
    *,
    exactly: bool,
) -> Plan:
    """Decide about each record of a file. Versions begin on `in_force`; unless `exactly`, one whose
    predecessor begins no earlier begins on the day after it (two with one effect date are refused)."""
    made = Plan()
    taken: list[tuple[int, ProcedureContent]] = []
    for line, found in records:
        made.read += 1
        if isinstance(found, Rejected):
            made.rejected.append(found)
        else:
            taken.append((line, found))
    holders = _holders(taken, known)
    seen: dict[Identity, tuple[int, str]] = {}
    for line, found in taken:
        content = _known_by(found, holders[found.identity])
        digest = content.content_digest()
        first = seen.setdefault(content.identity, (line, digest))
        if first[0] != line and first[1] != digest:
            made.rejected.append(Rejected("repeated", {"first": first[0]}, line, found.code))
        elif first[0] != line:
            made.unchanged += 1
        else:
            _decide(made, line, content, digest, known.get(content.identity), in_force, exactly)
    return made


def _decide(
    made: Plan,
    line: int,
    content: ProcedureContent,
    digest: str,
    known: Known | None,
    in_force: date,
    exactly: bool,
) -> None:
    made.unparsed += [(line, content.code, piece) for piece in content.unparsed]
    if known is None:
        made.new.append(Change(content, digest, in_force, None))
    elif known.digest == digest:
        made.unchanged += 1
    else:
        earliest = (known.since or date.min) + timedelta(days=1)
        if exactly and in_force < earliest:
            params = {"since": f"{known.since:%d/%m/%Y}", "earliest": f"{earliest:%d/%m/%Y}"}
            made.rejected.append(Rejected("too_early", params, line, content.code))
        else:
            made.changed.append(Change(content, digest, max(in_force, earliest), known))


def _holders(
    taken: Iterable[tuple[int, ProcedureContent]], known: Mapping[Identity, Known]
) -> dict[Identity, str]:
    """The name that holds each identity of the file."""
    names: dict[Identity, dict[str, str]] = {}
    for _, found in taken:
        names.setdefault(found.identity, {}).setdefault(_spelled(found.name), found.name)
    holders = {}
    for identity, spelled in names.items():
        before = _spelled(known[identity].name) if identity in known else ""
        holders[identity] = before if before in spelled else next(iter(spelled))
    return holders


def _known_by(found: ProcedureContent, holder: str) -> ProcedureContent:
    if _spelled(found.name) == holder:
        return found
    mark = hashlib.sha256(_spelled(found.name).encode()).hexdigest()[:8]
    shared = Unparsed("code", found.code, "shared_code")
    return replace(found, code=f"{found.code[:70]}~{mark}", unparsed=(*found.unparsed, shared))


def _spelled(name: str) -> str:
    return vietnamese.one_spelling(name).casefold()
