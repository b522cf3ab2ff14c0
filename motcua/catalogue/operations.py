"""Every write of the room: contents imported, processes approved, procedures offered by agencies.

Each is one decision with its dates, recorded once; versions before it are closed, never rewritten.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from motcua.catalogue import events, planning, policies, state, writer
from motcua.catalogue.content import ProcedureContent
from motcua.catalogue.models import Decision, Offering, Process
from motcua.catalogue.offered import net_of
from motcua.catalogue.records import Rejected
from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.organisations import queries as organisations
from motcua.organisations.queries import Kind
from motcua.rules.actor import Actor
from motcua.rules.bpmn import compile_process
from motcua.rules.clock_rules import NOTHING_DECLARED, ClockRules
from motcua.rules.deadline import Limit
from motcua.rules.refusal import Refusal

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the records of an import; `read` is new + changed + unchanged + rejected.

    `unparsed` counts the texts kept as text, `reasons` why; `pieces` are (line, code, field, text, reason).
    """

    read: int
    new: int
    changed: int
    unchanged: int
    unparsed: int
    reasons: Mapping[str, int]
    pieces: tuple[tuple[int, str, str, str, str], ...]
    rejected: tuple[Rejected, ...]
    decision_id: int | None


@dataclass(frozen=True, slots=True)
class DecisionGiven:
    """A decision that changes the catalogue, with its three dates (signed, in effect, norm in effect)."""

    kind: str
    number: str
    title: str
    signed_on: date
    effective_on: date
    source: str
    norm_effective_on: date | None = None
    signer: str = ""


@dataclass(frozen=True, slots=True)
class ProcessGiven:
    """A process to approve: its BPMN file."""

    key: str
    name: str
    bpmn: bytes


@dataclass(frozen=True, slots=True)
class OfferingGiven:
    """An agency settles a procedure, received at a desk, by a process, within its approved limit."""

    procedure_id: int
    unit_id: int
    received_at_id: int
    process_id: int
    approved: Limit | None = None
    supplement_policy: str = ""
    clock_rules: ClockRules = NOTHING_DECLARED
    until: date | None = None
    anywhere: bool = False


def import_procedures(
    records: Iterable[tuple[int, ProcedureContent | Rejected]],
    *,
    source: str,
    in_force: date,
    exactly: bool = True,
    actor: Actor,
    at: datetime,
) -> ImportReport:
    """Take the records of a file (`source`) into the catalogue as one import decision.

    Good records are taken, bad ones reported; the same file a second time changes nothing and leaves no
    act. A changed record makes a new version from `in_force` on; see planning.plan for `exactly`.
    Raises catalogue.may_not.
    """
    policies.to_manage(actor)
    listed = list(records)
    sources = {found.source for _, found in listed if isinstance(found, ProcedureContent)}
    plan = planning.plan(listed, state.known(sources), in_force, exactly=exactly)
    decision_id = None
    if not plan.empty:
        with act(events.PROCEDURES_IMPORTED, actor=actor, at=at) as a:
            state.lock()
            plan = planning.plan(listed, state.known(sources), in_force, exactly=exactly)
            changes = [*plan.new, *plan.changed]
            decision_id = writer.decision(_import_decision(source, in_force, a.at, len(changes)))
            made = writer.versions(changes, decision_id)
            a.hold("procedure", *made)
            for procedure_id, change in made.items():
                a.about(
                    "procedure",
                    procedure_id,
                    {
                        "code": change.content.code,
                        "content": change.digest,
                        "since": change.since,
                        "decision": decision_id,
                    },
                )
            a.about("decision", decision_id, {"source": source, "versions": len(made)})
    return _report(plan, decision_id)


def _import_decision(source: str, in_force: date, at: datetime, many: int) -> dict[str, Any]:
    day = at.astimezone(ZONE)
    return {
        "kind": Decision.Kind.IMPORT,
        "number": f"NDL-{day:%Y%m%d-%H%M%S}",
        "title": f"Nhập {many} bản nội dung thủ tục hành chính từ {source}"[:500],
        "signed_on": day.date(),
        "effective_on": in_force,
        "norm_effective_on": None,
        "signer": "",
        "source": source[:300],
        "made_at": at,
    }


def _report(plan: planning.Plan, decision_id: int | None) -> ImportReport:
    return ImportReport(
        read=plan.read,
        new=len(plan.new),
        changed=len(plan.changed),
        unchanged=plan.unchanged,
        unparsed=len(plan.unparsed),
        reasons=Counter(piece.reason for _, _, piece in plan.unparsed),
        pieces=tuple((line, code, p.field, p.text, p.reason) for line, code, p in plan.unparsed),
        rejected=tuple(plan.rejected),
        decision_id=decision_id,
    )


def approve_processes(
    decision: DecisionGiven, processes: Sequence[ProcessGiven], *, actor: Actor, at: datetime
) -> Mapping[str, int]:
    """Approve processes by a decision; returns their ids by key. One that is there already keeps its id.

    Raises catalogue.may_not and the refusals of rules.bpmn (an unreachable step, a dead end…).
    """
    policies.to_manage(actor)
    compiled = [(one, compile_process(one.bpmn), _digest(one)) for one in processes]
    there = {
        row["digest"]: row["id"]
        for row in sql.fetch(
            "SELECT digest, id FROM catalogue_process WHERE digest = ANY(%s)",
            [[digest for _, _, digest in compiled]],
        )
    }
    fresh = {digest: (one, net) for one, net, digest in compiled if digest not in there}
    if fresh:
        with act(events.PROCESSES_APPROVED, actor=actor, at=at) as a:
            state.lock()
            decision_id = writer.decision(_decision(decision, a.at))
            there |= zip(fresh, writer.reserve(Process, len(fresh)), strict=True)
            sql.insert(
                Process,
                [
                    {
                        "id": there[digest],
                        "key": one.key,
                        "name": one.name,
                        "decision_id": decision_id,
                        "bpmn": one.bpmn.decode(),
                        "net": net.to_json(),
                        "digest": digest,
                    }
                    for digest, (one, net) in fresh.items()
                ],
            )
            for digest, (one, _) in fresh.items():
                a.about("process", there[digest], {"key": one.key, "digest": digest})
    return {one.key: there[digest] for one, _, digest in compiled}


def _digest(process: ProcessGiven) -> str:
    named = f"{process.key}\n{process.name}\n".encode()
    return hashlib.sha256(named + process.bpmn).hexdigest()


def offer(
    decision: DecisionGiven, offerings: Sequence[OfferingGiven], *, actor: Actor, at: datetime
) -> int:
    """Set the province's parameters by a decision, from its effective day on; returns how many changed.

    An offering in force is closed on that day where it differs, and left alone where it is the same.
    Raises catalogue.may_not, catalogue.two_on_one_day, catalogue.committee_without_phase.
    """
    policies.to_manage(actor)
    since = decision.effective_on
    for one in offerings:
        _with_its_phases(one)
    if not _differing(offerings, since):
        return 0
    with act(events.PROCEDURES_OFFERED, actor=actor, at=at) as a:
        state.lock()
        changed = _differing(offerings, since)
        closed = [row for row in changed.values() if row]
        decision_id = writer.decision(_decision(decision, a.at))
        sql.execute(_CLOSE_OFFERINGS, [since, [row["id"] for row in closed]])
        sql.insert(Offering, [_offering(one, since, decision_id) for one in changed])
        units: dict[int, list[int]] = {}
        for one in changed:
            units.setdefault(one.procedure_id, []).append(one.unit_id)
        a.hold("procedure", *units)
        for procedure_id, at_units in units.items():
            a.about("procedure", procedure_id, {"units": at_units, "decision": decision_id})
        a.about("decision", decision_id, {"offerings": len(changed)})
    return len(changed)


def _with_its_phases(one: OfferingGiven) -> None:
    """What the Committee decides has a limit there: by it the dossier comes before the Committee."""
    units = (organisations.unit_by_key(phase.unit) for phase in one.clock_rules.phases)
    if net_of(one.process_id).is_committees and not any(u.kind == Kind.PROVINCE for u in units):
        raise Refusal("catalogue.committee_without_phase")


def _differing(
    offerings: Sequence[OfferingGiven], since: date
) -> dict[OfferingGiven, dict[str, Any] | None]:
    """The offerings that differ from what is in force, each with the row it replaces."""
    before = _offered(offerings, since)
    changed = {one: before.get(_pair(one)) for one in offerings}
    changed = {one: row for one, row in changed.items() if not _same(row, one)}
    for row in changed.values():
        if row and row["since"] >= since:
            raise Refusal("catalogue.two_on_one_day", {"since": row["since"]})
    return changed


def _decision(given: DecisionGiven, at: datetime) -> dict[str, Any]:
    return {
        "kind": given.kind,
        "number": given.number,
        "title": given.title,
        "signed_on": given.signed_on,
        "effective_on": given.effective_on,
        "norm_effective_on": given.norm_effective_on,
        "signer": given.signer,
        "source": given.source,
        "made_at": at,
    }


def _pair(one: OfferingGiven) -> tuple[int, int]:
    return one.procedure_id, one.unit_id


def _offered(
    offerings: Sequence[OfferingGiven], since: date
) -> dict[tuple[int, int], dict[str, Any]]:
    pairs = [_pair(one) for one in offerings]
    rows = sql.fetch(_LAST_OFFERINGS, [[p for p, _ in pairs], [u for _, u in pairs], since])
    return {(row["procedure_id"], row["unit_id"]): row for row in rows}


def _same(row: dict[str, Any] | None, one: OfferingGiven) -> bool:
    if row is None:
        return False
    now = tuple(row[name] for name in _COMPARED)
    declared = row["clock_rules"] == one.clock_rules.to_json()
    terms = (row["approved_amount"], row["approved_unit"])
    wanted = tuple(getattr(one, name) for name in _COMPARED)
    return now == wanted and declared and terms == _terms(one)


def _terms(one: OfferingGiven) -> tuple[Decimal | None, str]:
    return (one.approved.amount, one.approved.unit.value) if one.approved else (None, "")


def _offering(one: OfferingGiven, since: date, decision_id: int) -> dict[str, Any]:
    return {
        "procedure_id": one.procedure_id,
        "unit_id": one.unit_id,
        "received_at_id": one.received_at_id,
        "process_id": one.process_id,
        "decision_id": decision_id,
        "approved_amount": _terms(one)[0],
        "approved_unit": _terms(one)[1],
        "supplement_policy": one.supplement_policy,
        "clock_rules": one.clock_rules.to_json(),
        "anywhere": one.anywhere,
        "valid": writer.days(since, one.until),
    }


_COMPARED = ("received_at_id", "process_id", "supplement_policy", "until", "anywhere")
_LAST_OFFERINGS = """
SELECT DISTINCT ON (o.procedure_id, o.unit_id) o.*, lower(o.valid) AS since, upper(o.valid) AS until
FROM catalogue_offering o
JOIN unnest(%s::int[], %s::int[]) AS w(procedure_id, unit_id) USING (procedure_id, unit_id)
WHERE upper_inf(o.valid) OR upper(o.valid) > %s
ORDER BY o.procedure_id, o.unit_id, lower(o.valid) DESC
"""
_CLOSE_OFFERINGS = """
UPDATE catalogue_offering SET valid = daterange(lower(valid), %s) WHERE id = ANY(%s)
"""
