"""Every read of dossiers that another room or a door may use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.catalogue.offered import net_of
from motcua.dossiers import closed_steps, policies, state, urgency
from motcua.dossiers.events import INTERNAL
from motcua.dossiers.models import Slip
from motcua.dossiers.urgency import Risks
from motcua.ledger import sql
from motcua.ledger.paging import Cursor, Page
from motcua.rules import casework_children, casework_recall, deadline, worktime
from motcua.rules.actor import Actor
from motcua.rules.casework import Case, Item, Terms
from motcua.rules.clock_rules import ClockRules, Ground
from motcua.rules.refusal import Refusal

Row = dict[str, Any]
PAGE = 100


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed by; every field is optional.

    `late_on`: running and judged by an earlier day.
    """

    status: int | None = None
    unit_id: int | None = None
    procedure_id: int | None = None
    channel: int | None = None
    desk_id: int | None = None
    received_from: date | None = None
    received_to: date | None = None
    late_on: date | None = None


def dossiers(
    actor: Actor, filters: Filters, *, after: Cursor | None = None, size: int = PAGE
) -> Page:
    """The dossiers the actor may see, newest first, by keyset: any page costs what the first costs."""
    where, params = _where(actor, filters)
    if after:
        where.append("(dossiers_dossier.received_at, dossiers_dossier.id) < (%s, %s)")
        params += [after.at, after.id]
    source, held = _source(filters)
    params = [*held, *params]
    rows = sql.fetch(
        f"SELECT {COLUMNS} FROM {source} WHERE {' AND '.join(where)} "  # noqa: S608
        "ORDER BY dossiers_dossier.received_at DESC, dossiers_dossier.id DESC LIMIT %s",
        [*params, size + 1],
    )
    more = len(rows) > size
    rows = rows[:size]
    last = rows[-1] if more else None
    return Page(rows, Cursor(last["received_at"], last["id"]) if last else None)


def count(actor: Actor, filters: Filters, *, at_most: int = 1001) -> int:
    """How many the list would have, counted no further than `at_most`."""
    where, params = _where(actor, filters)
    source, held = _source(filters)
    row = sql.fetch(
        f"SELECT count(*) AS n FROM (SELECT 1 FROM {source} "  # noqa: S608
        f"WHERE {' AND '.join(where)} LIMIT %s) capped",
        [*held, *params, at_most],
    )[0]
    return int(row["n"])


def _source(filters: Filters) -> tuple[str, list[Any]]:
    """What a list is read from: all dossiers, or those late on a day, by the partial index of the running."""
    if filters.late_on is None:
        return "dossiers_dossier", []
    return LATE, [_midnight(filters.late_on, worktime.ZONE)]


def _where(actor: Actor, filters: Filters) -> tuple[list[str], list[Any]]:
    scope, params = policies.scope(actor)
    where = [scope]
    zone = worktime.ZONE
    tests: list[tuple[str, Any]] = [
        ("status = %s", filters.status),
        ("accountable_id = %s", filters.unit_id),
        ("procedure_id = %s", filters.procedure_id),
        ("channel = %s", filters.channel),
        ("received_by_id = %s", filters.desk_id),
        ("received_at >= %s", _midnight(filters.received_from, zone)),
        ("received_at < %s", _midnight(filters.received_to, zone, 1)),
    ]
    for test, value in tests:
        if value is not None:
            where.append(f"dossiers_dossier.{test}")
            params.append(value)
    return where, params


def _midnight(on: date | None, zone: Any, days: int = 0) -> datetime | None:
    if on is None:
        return None
    return datetime.combine(on + timedelta(days=days), datetime.min.time(), zone)


@dataclass(frozen=True, slots=True)
class InboxFilters:
    """What an inbox is narrowed by; `mine` means steps already taken by the actor (or by whom he stands in
    for), `risk` one of the stretches of `risks`."""

    mine: bool | None = None
    standing: bool = False
    procedure_id: int | None = None
    risk: str = ""


def inbox(
    actor: Actor,
    filters: InboxFilters | None = None,
    *,
    risks: Risks | None = None,
    after: Cursor | None = None,
    size: int = 50,
) -> Page:
    """The open steps on the actor's desk, what is at risk first; steps that stand still are apart.

    A step stands where the sooner of its own date and its dossier's puts it; with `risks`, one whose
    dossier has used four fifths of its limit at the latest with those of the next working day.
    """
    filters = filters or InboxFilters()
    scope, scope_params = policies.scope(actor)
    key, params = urgency.order(risks)
    where = ["i.closed_at IS NULL AND NOT i.waiting", "i.unit_id = ANY(%s)", "i.role = %s", scope]
    params += [sorted(actor.units), actor.role or "", *scope_params, filters.standing]
    where.append("i.standing = %s")
    if filters.mine:
        where.append("i.assignee_id = ANY(%s)")
    else:
        both = " OR i.assignee_id = ANY(%s)" if filters.mine is None else ""
        where.append(f"(i.assignee_id IS NULL{both})")
    params += [] if filters.mine is False else [urgency.own_accounts(actor)]
    if filters.procedure_id:
        where.append("dossiers_dossier.procedure_id = %s")
        params.append(filters.procedure_id)
    outer = ["TRUE"]
    outer_params: list[Any] = []
    if filters.risk and risks:
        outer.append("urgent_at >= %s AND urgent_at < %s")
        outer_params += risks.stretch(filters.risk)
    if after:
        outer.append("(urgent_at, item_id) > (%s, %s)")
        outer_params += [after.at, after.id]
    rows = sql.fetch(
        f"SELECT * FROM ({INBOX.format(key=key)} WHERE {' AND '.join(where)}) inbox "  # noqa: S608
        f"WHERE {' AND '.join(outer)} ORDER BY urgent_at, item_id LIMIT %s",
        [*params, *outer_params, size + 1],
    )
    more = len(rows) > size
    rows = rows[:size]
    last = rows[-1] if more else None
    return Page(rows, Cursor(last["urgent_at"], last["item_id"]) if last else None)


@dataclass(frozen=True, slots=True)
class Detail:
    """A dossier with all that its page shows, and what the reader may do with it."""

    dossier: Row
    case: Case
    papers: Sequence[Row]
    steps: Sequence[Row]
    timeline: Sequence[Row]
    clock: Sequence[Row]
    supplements: Sequence[Row]
    charges: Sequence[Row]
    slips: Sequence[Row]
    attachments: Sequence[Row]
    reappointments: Sequence[Row]
    phases: Sequence[Row]
    rules: ClockRules
    pausable: tuple[Ground, ...]
    resumable: tuple[Ground, ...]
    acts: frozenset[str]
    parties: Sequence[Row] = ()
    came: Row | None = None


def detail(actor: Actor, dossier_id: UUID) -> Detail:
    """Raises dossier.not_visible. One round trip, a constant number of statements."""
    where, params = policies.scope(actor)
    one = [dossier_id]
    found = sql.fetch_all(
        [
            (f"{DETAIL} WHERE dossiers_dossier.id = %s AND {where}", [dossier_id, *params]),
            *[(query, one) for query in (PAPERS, STEPS, TIMELINE, CLOCK, SUPPLEMENTS, CHARGES)],
            *[(query, one) for query in (SLIPS, ATTACHMENTS, REAPPOINTMENTS, PHASES)],
            *[(query, one) for query in (PARTIES, CAME)],
        ]
    )
    if not found[0]:
        raise Refusal("dossier.not_visible")
    dossier = found[0][0]
    steps, clock, supplements, charges = found[2], found[4], found[5], found[6]
    case = state.case_of(
        [dossier],
        [{name: s[name] for name in state.ITEM_NAMES} for s in steps if s["closed_at"] is None],
        clock,
        [{name: c[name] for name in state.CHARGE_NAMES} for c in charges if not c["cancelled_at"]],
        supplements,
        [
            {"id": r["id"], "until": r["proposed_until"], "reason": r["reason"]}
            for r in found[9]
            if r["decided_at"] is None
        ],
        [{name: p[name] for name in state.PHASE_NAMES} for p in found[10]],
    )
    rules = ClockRules.from_json(dossier["clock_rules"])
    pausable, resumable = policies.grounds_open_to(actor, case, rules)
    acts = policies.acts_open_to(actor, case, rules)
    acts |= {"recall"} if _recallable(actor, case, steps, found[3]) else set()
    if dossier["mirrored"]:  # another system settles it
        pausable, resumable, acts = (), (), frozenset()
    return Detail(
        dossier, case, found[1], steps, _told(actor, dossier, found[3]), clock, supplements,
        charges, found[7], found[8], found[9], found[10], rules, pausable, resumable, acts,
        found[11], found[12][0] if found[12] else None,
    )  # fmt: skip


def _recallable(actor: Actor, case: Case, steps: Sequence[Row], entries: Sequence[Row]) -> bool:
    handed = closed_steps.handed([step for step in steps if step["closed_at"]], entries)
    if handed is None or not policies.may_recall(actor, handed):
        return False
    try:
        casework_recall.check(case, net_of(case.process_id or 0), handed, actor.account_id)
    except Refusal:
        return False
    return True


def _told(actor: Actor, dossier: Row, timeline: Sequence[Row]) -> Sequence[Row]:
    """The entries the reader may know of: what is internal, only by duty."""
    if policies.on_duty(actor, dossier):
        return timeline
    return [row for row in timeline if row["event"] not in INTERNAL]


def calling(detail_: Detail) -> tuple[Item, ...]:
    """The steps of the process that wait for a dossier at another agency, or for word from elsewhere."""
    if not any(item.waiting for item in detail_.case.items):
        return ()
    return casework_children.calling(detail_.case, net_of(detail_.case.process_id or 0))


def id_of_code(actor: Actor, code: str) -> UUID:
    """The id of a dossier by its code or submission code, if the actor may see it."""
    where, params = policies.scope(actor)
    rows = sql.fetch(
        f"SELECT id FROM dossiers_dossier WHERE (code = %s OR submission_code = %s) AND {where}",  # noqa: S608
        [code, code, *params],
    )
    if not rows:
        raise Refusal("dossier.not_visible")
    return UUID(str(rows[0]["id"]))


@dataclass(frozen=True, slots=True)
class Tracked:
    """What anybody may know of a code: how far it is (TT 01/2018 Đ16), nothing of the person."""

    code: str
    status: int


def track(code: str) -> Tracked | None:
    """Look a code up without signing in; training dossiers are not there."""
    rows = sql.fetch(
        "SELECT coalesce(code, submission_code) AS code, status FROM dossiers_dossier "
        "WHERE (code = %s OR submission_code = %s) AND NOT training",
        [code, code],
    )
    return Tracked(**rows[0]) if rows else None


def search(actor: Actor, text: str, *, size: int = 20) -> Sequence[Row]:
    """Dossiers by code, QR text, personal number, phone or (the start of) a name; never outside scope."""
    where, params = policies.scope(actor)
    words = text.strip()
    return sql.fetch(
        f"{LIST} WHERE {where} AND (dossiers_dossier.code = %s OR dossiers_dossier.submission_code = %s"  # noqa: S608
        " OR dossiers_dossier.code LIKE %s OR dossiers_dossier.applicant_id IN ("
        "SELECT id FROM people_person WHERE identity_number = %s OR phone = %s"
        " OR folded_name LIKE %s LIMIT 500))"
        " ORDER BY dossiers_dossier.received_at DESC, dossiers_dossier.id DESC LIMIT %s",
        [*params, words.upper(), words.upper(), _like(words.upper()) + "%", words, words,
         "%" + _like(_folded(words)) + "%", size],
    )  # fmt: skip


def explanation(detail_: Detail, now: datetime) -> deadline.Explanation:
    """Why the due date is what it is, computed anew from what is stored."""
    under = terms(detail_, now)
    return deadline.explain(detail_.case.clock, under.calendar, under.policy)


def terms(detail_: Detail, now: datetime) -> Terms:
    """The calendar, the policy and the limit that `explanation` counts by."""
    found: Terms = state.terms_of(detail_.dossier, now.astimezone(worktime.ZONE).date())
    return found


def slip(actor: Actor, dossier_id: UUID, slip_id: UUID) -> Slip:
    """A statutory paper, reached through its dossier."""
    policies.to_see(actor, dossier_id)
    found = Slip.objects.filter(id=slip_id, dossier_id=dossier_id).first()
    if found is None:
        raise Refusal("dossier.not_visible")
    return found


def receipts(actor: Actor, dossier_ids: Sequence[UUID]) -> list[Slip]:
    """The receipts of those of the dossiers that were received where the actor stands, by code."""
    own = policies.visible_to(actor).filter(received_by_id__in=actor.units)
    seen = own.filter(id__in=dossier_ids).values("id")
    return list(
        Slip.objects.filter(form="receipt", dossier_id__in=seen).order_by("dossier__code", "id")
    )


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _folded(text: str) -> str:
    from motcua.rules.vietnamese import fold

    return fold(text)


COLUMNS = """
dossiers_dossier.id, dossiers_dossier.code, dossiers_dossier.submission_code, dossiers_dossier.status,
dossiers_dossier.channel, dossiers_dossier.procedure_id, dossiers_dossier.subject,
dossiers_dossier.applicant_name, dossiers_dossier.accountable_id, dossiers_dossier.received_by_id,
dossiers_dossier.holder_id, dossiers_dossier.received_at, dossiers_dossier.accepted_at,
dossiers_dossier.due_at, dossiers_dossier.judged_at, dossiers_dossier.answer_due_at,
dossiers_dossier.finished_at, dossiers_dossier.warned,
dossiers_dossier.handed_over_at, dossiers_dossier.version
"""
LATE = """(
    SELECT * FROM dossiers_dossier WHERE judged_at < %s AND status IN (2, 4) ORDER BY judged_at OFFSET 0
) dossiers_dossier"""
"""Late is a comparison with the day. OFFSET 0 keeps the planner from walking all dossiers by their arrival,
for it takes the late to be as many among the running as among the finished."""
LIST = f"SELECT {COLUMNS} FROM dossiers_dossier"  # noqa: S608
INBOX = f"""
SELECT {{key}} AS urgent_at, i.id AS item_id, i.name AS step, i.act, i.due_at AS item_due_at,
       i.opened_at, i.standing, i.assignee_id, {COLUMNS}
FROM dossiers_workitem i JOIN dossiers_dossier ON dossiers_dossier.id = i.dossier_id
"""  # noqa: S608
DETAIL = """
SELECT dossiers_dossier.*, v.name AS procedure_name, p.code AS procedure_code,
       a.name AS accountable_name, r.name AS desk_name, h.name AS holder_name
FROM dossiers_dossier
JOIN catalogue_procedureversion v ON v.id = dossiers_dossier.procedure_version_id
JOIN catalogue_procedure p ON p.id = dossiers_dossier.procedure_id
JOIN organisations_unit a ON a.id = dossiers_dossier.accountable_id
JOIN organisations_unit r ON r.id = dossiers_dossier.received_by_id
JOIN organisations_unit h ON h.id = dossiers_dossier.holder_id
"""
PAPERS = """
SELECT id, position, name, originals, copies, held, reused_from_id, reused_result
FROM dossiers_paper WHERE dossier_id = %s
ORDER BY position
"""
PARTIES = """
SELECT role, name, document, identity, nationality, basis, authority_number, authority_on
FROM dossiers_party WHERE dossier_id = %s ORDER BY position
"""
CAME = """
SELECT c.sender, c.tracking_number, c.carrier, b.book, b.page, b.number, b.reason
FROM (SELECT %s::uuid AS id) d LEFT JOIN dossiers_consignment c ON c.dossier_id = d.id
LEFT JOIN dossiers_bookline b ON b.dossier_id = d.id
WHERE c.id IS NOT NULL OR b.id IS NOT NULL
"""
STEPS = """
SELECT i.id, i.node, i.arrived_via, i.name, i.act, i.unit_id, i.role, i.assignee_id, i.opened_at, i.due_at,
       i.standing, i.waiting, i.closed_at, i.closed_by_id, i.outcome, i.note,
       u.name AS unit_name, a.name AS assignee_name, c.name AS closed_by_name
FROM dossiers_workitem i LEFT JOIN organisations_unit u ON u.id = i.unit_id
LEFT JOIN people_account a ON a.id = i.assignee_id LEFT JOIN people_account c ON c.id = i.closed_by_id
WHERE i.dossier_id = %s ORDER BY i.opened_at, i.id
"""
TIMELINE = """
SELECT id, at, recorded_at, event, actor_name, actor_title, fields FROM ledger_entry
WHERE subject_id = %s AND subject_kind = 'dossier' ORDER BY subject_seq
"""
CLOCK = """
SELECT seq, event, at, due_at, judged_at, reason FROM dossiers_clockevent WHERE dossier_id = %s
ORDER BY seq
"""
SUPPLEMENTS = """
SELECT id, round, items, reason, late, asked_at, received_at FROM dossiers_supplement
WHERE dossier_id = %s ORDER BY round
"""
CHARGES = """
SELECT id, name, amount, stops_clock, before_result, fee_position, stated, relief, basis, reason, asked_at,
       paid_at, paid_at IS NOT NULL AS paid, method, receipt_number, cancelled_at, cancel_reason
FROM dossiers_charge WHERE dossier_id = %s ORDER BY asked_at, id
"""
SLIPS = """
SELECT s.id, s.form, s.number, s.issued_at, n.id AS replaced_by,
       coalesce(s.sheet->>'title', 'Giấy tờ theo mẫu') AS name
FROM dossiers_slip s LEFT JOIN dossiers_slip n ON n.replaces_id = s.id
WHERE s.dossier_id = %s ORDER BY s.issued_at
"""
ATTACHMENTS = """
SELECT a.id, a.paper_id, a.kind, a.name, a.at, b.size, b.media_type,
       (SELECT e.verdict FROM files_signatureevidence e WHERE e.sha256 = b.sha256
        ORDER BY e.id DESC LIMIT 1) AS signed
FROM dossiers_attachment a JOIN files_blob b ON b.id = a.blob_id WHERE a.dossier_id = %s ORDER BY a.at, a.id
"""
REAPPOINTMENTS = """
SELECT id, proposed_at, proposed_until, reason, decided_at, until FROM dossiers_reappointment
WHERE dossier_id = %s ORDER BY proposed_at
"""
PHASES = """
SELECT p.id, p.position, p.unit_id, p.limit, p.planned_at, p.begun_at, p.due_at, p.finished_at,
       u.name AS agency
FROM dossiers_phase p JOIN organisations_unit u ON u.id = p.unit_id
WHERE p.dossier_id = %s ORDER BY p.position
"""
