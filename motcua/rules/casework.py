"""What each act does to a dossier: pure decisions, `decide(case, …, at) -> Changes`.

A `Case` is everything a decision looks at; `Changes` is what the writer of the room writes (rows by
table name, postings) and the case as it will be, so that acts can follow each other without a database
in between: a clerk's click and the generator of a hundred thousand dossiers take the same decisions.

Statuses are the public codes 1–10 of the national sync record (domain: TrangThaiHoSo). Every refusal is a
`Refusal` with a code "dossier.…"; motcua.dossiers.errors holds the sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import IntEnum
from typing import Any
from uuid import UUID

from motcua.rules import answer_clock, deadline, flow, phases, warnings, worktime
from motcua.rules.answer_clock import AnswerRule, Finding, Outcome
from motcua.rules.books import NOWHERE, Account, Channel, Position, Posting, moves, running
from motcua.rules.clock_rules import NOTHING_DECLARED, ClockRules
from motcua.rules.deadline import ClockEvent, Limit, Policy, Punctuality
from motcua.rules.identity import new_id
from motcua.rules.net import Kind, Net
from motcua.rules.phases import Part
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import WorkCalendar


class Status(IntEnum):
    """The public status of a dossier."""

    SUBMITTED = 1
    ACCEPTED = 2
    NOT_ACCEPTED = 3
    PROCESSING = 4
    SUPPLEMENT = 5
    MONEY = 6
    WITHDRAWN = 7
    STOPPED = 8
    DONE = 9
    HANDED_OVER = 10


UNDER_WAY = frozenset({Status.ACCEPTED, Status.PROCESSING})
WAITING = frozenset({Status.SUPPLEMENT, Status.MONEY, Status.STOPPED})
OPEN = UNDER_WAY | WAITING
CONCLUDE, HAND_OVER = "conclude", "hand_over"
"""Statutory acts of a step that only the act of that name may complete."""


@dataclass(frozen=True, slots=True)
class Item:
    """An open work item: a token of the process, and whose desk it lies on."""

    id: UUID
    node: str
    arrived_via: str
    name: str
    act: str
    unit_id: int | None
    role: str
    assignee_id: int | None
    opened_at: datetime
    due_at: datetime | None
    standing: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class OpenCharge:
    """Money asked and not paid; `before_result`: no result goes out before it is."""

    id: UUID
    name: str
    amount: int
    stops_clock: bool
    before_result: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """A new date asked for with an apology, which the desk has not given yet."""

    id: UUID
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Phase:
    """One agency's part of an interconnected procedure, planned, under way or finished. Where a dossier
    comes back to an agency, that is a phase of its own, behind the planned ones."""

    id: UUID
    position: int
    unit_id: int
    limit: Limit
    planned_at: datetime
    begun_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def is_running(self) -> bool:
        return self.begun_at is not None and self.finished_at is None


@dataclass(frozen=True, slots=True)
class Case:
    """A dossier as a decision sees it. `charged` are the lines of its procedure's fees asked already."""

    id: UUID
    submission_code: str
    status: Status
    channel: Channel
    procedure_id: int
    procedure_version_id: int
    process_id: int | None
    received_by_id: int
    accountable_id: int
    holder_id: int
    applicant_id: int
    received_at: datetime
    code: str | None = None
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    judged_at: datetime | None = None
    turn_id: UUID | None = None
    answer_asked_at: datetime | None = None
    answer_due_at: datetime | None = None
    warn_at: datetime | None = None
    warned: str = ""
    finished_at: datetime | None = None
    clock: tuple[ClockEvent, ...] = ()
    items: tuple[Item, ...] = ()
    supplement_id: UUID | None = None
    rounds: int = 0
    charges: tuple[OpenCharge, ...] = ()
    charged: frozenset[int] = frozenset()
    proposal: Proposal | None = None
    phases: tuple[Phase, ...] = ()
    training: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules a dossier runs under: its process, its calendar, its policy, and who its places are.

    `places` resolves a step's unit word ("received_by", "accountable", "committee", "committee_office") and
    post to a unit's id; with the post "" it is the body that answers. `calendar` is that of the unit that
    accepted it, whoever has it now; `parts` are its phases at other agencies, each with its calendar;
    `rules` is what the procedure declared about pauses and extensions on the day of acceptance;
    `answer` is what holds today for the answer to what is filed online.
    """

    net: Net
    calendar: WorkCalendar
    calendar_revision: int
    policy: Policy
    limit: Limit
    places: Mapping[tuple[str, str], int]
    calendar_unit_id: int
    rules: ClockRules = NOTHING_DECLARED
    parts: tuple[Part, ...] = ()
    answer: AnswerRule = answer_clock.PROMISED

    def day(self, at: datetime) -> date:
        return at.astimezone(self.calendar.zone).date()


@dataclass(frozen=True, slots=True)
class PaperHeld:
    """A required paper and how it was handed in.

    `reused_from` is the applicant's earlier dossier that the province has it from, and `reused_result` the
    number of that dossier's result where the paper is one (domain: DuocTaiSuDung).
    """

    name: str
    originals: int
    copies: int
    held: bool = True
    reused_from: UUID | None = None
    reused_result: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What to write. `rows` are (table, values) to insert, `sets` are (table, id, values) to change;
    `recorded` is what the ledger says of it."""

    case: Case
    rows: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    sets: tuple[tuple[str, UUID, Mapping[str, Any]], ...] = ()
    postings: tuple[Posting, ...] = ()
    recorded: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """Changes in the making: one decision collects here and finishes once."""

    before: Case | None
    case: Case
    at: datetime
    terms: Terms
    rows: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    sets: list[tuple[str, UUID, Mapping[str, Any]]] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)

    def now(self, **new: Any) -> None:
        self.case = replace(self.case, **new)

    def row(self, table: str, **values: Any) -> UUID:
        made = {"id": new_id(), "dossier_id": self.case.id, **values}
        self.rows.append((table, made))
        return UUID(str(made["id"]))

    def tick(self, event: ClockEvent, reason: str = "") -> None:
        """Append an event to the clock, settle the dates anew, and when to warn of them."""
        events = (*self.case.clock, event)
        settled = deadline.settle(events, self.terms.calendar, self.terms.policy)
        told = self.case.warned if settled.due_at == self.case.due_at else ""
        begun = warnings.begun_at(events)
        warn = warnings.next_warning(settled, begun, self.terms.calendar, told)
        self.now(clock=events, due_at=settled.due_at, judged_at=settled.judged_at)
        self.now(warned=told, warn_at=warn and warn[1])
        self.row(
            "clock",
            seq=len(events),
            event=deadline.event_to_json(event),
            at=self.at,
            due_at=settled.due_at,
            judged_at=settled.judged_at,
            rule_set=self.terms.policy.id,
            calendar_revision_id=self.terms.calendar_revision,
            reason=reason,
        )

    def close_item(self, item: Item, by: int | None, outcome: str, note: str) -> None:
        self.sets.append(
            (
                "item",
                item.id,
                {"closed_at": self.at, "closed_by_id": by, "outcome": outcome, "note": note},
            )
        )
        self.now(items=tuple(i for i in self.case.items if i.id != item.id))

    def close_all(self, by: int | None, outcome: str) -> None:
        for item in self.case.items:
            self.close_item(item, by, outcome, "")

    def change_item(self, item: Item, **new: Any) -> None:
        self.sets.append(("item", item.id, new))
        changed = replace(item, **new)
        self.now(items=tuple(changed if i.id == item.id else i for i in self.case.items))

    def change_phase(self, phase: Phase, **new: Any) -> None:
        self.sets.append(("phase", phase.id, new))
        changed = replace(phase, **new)
        self.now(phases=tuple(changed if p.id == phase.id else p for p in self.case.phases))

    def end_phases(self) -> None:
        """No agency has anything to do any more."""
        for phase in self.case.phases:
            if phase.is_running:
                self.change_phase(phase, finished_at=self.at)

    def follow(self, moved: flow.Moves) -> None:
        """Open and close items so that they are the marking the process is in."""
        wanted = list(moved.marking.tokens)
        for item in self.case.items:
            token = flow.Token(item.node, item.arrived_via)
            if token in wanted:
                wanted.remove(token)
            elif item.waiting:
                self.close_item(item, None, "", "")
        for token in wanted:
            self.open_item(token)

    def open_item(self, token: flow.Token) -> None:
        node = self.terms.net.node(token.node_id)
        waiting = node.kind is not Kind.USER
        unit_id = None if waiting else self.place(node.unit, node.post)
        item = Item(
            id=new_id(),
            node=token.node_id,
            arrived_via=token.via,
            name=node.name or node.id,
            act=node.act,
            unit_id=unit_id,
            role=node.post,
            assignee_id=None,
            opened_at=self.at,
            due_at=None,
            waiting=waiting,
        )
        item = replace(item, due_at=step_due(item, self.case.clock, self.terms))
        values = {name: getattr(item, name) for name in ITEM_COLUMNS}
        self.rows.append(("item", {"dossier_id": self.case.id, **values}))
        self.now(items=(*self.case.items, item))
        if unit_id is not None:
            self.now(holder_id=unit_id)
            self.arrive(node.unit)

    def arrive(self, word: str) -> None:
        """A step opened with an agency of the phases that is not the one under way: its own limit begins
        now; where it had the dossier before, what it left of it."""
        there = self.terms.places.get((word, ""))
        current = next((p for p in self.case.phases if p.is_running), None)
        its = [p for p in self.case.phases if p.unit_id == there]
        if current is None or not its or current.unit_id == there:
            return
        self.change_phase(current, finished_at=self.at)
        coming = next((p for p in its if p.begun_at is None), None)
        if coming is not None:
            self.change_phase(coming, begun_at=self.at, due_at=self.date_of(coming))
        else:
            self._come_back(its[-1])

    def _come_back(self, before: Phase) -> None:
        calendar = part_of(self.case, self.terms, before).calendar
        limit = phases.remainder(before.limit, before.finished_at, before.due_at, calendar)
        place, unit_id = len(self.case.phases) + 1, before.unit_id
        again = Phase(new_id(), place, unit_id, limit, planned_at=self.at, begun_at=self.at)
        due_at = self.date_of(again)
        again = replace(again, planned_at=due_at or self.at, due_at=due_at)
        names = ("id", "position", "unit_id", "planned_at", "begun_at", "due_at")
        row = {name: getattr(again, name) for name in names}
        row |= {"dossier_id": self.case.id, "limit": limit.to_json()}
        self.rows.append(("phase", row))
        self.now(phases=(*self.case.phases, again))

    def date_of(self, phase: Phase) -> datetime | None:
        """The date of a phase's agency by the clock as it stands."""
        part = part_of(self.case, self.terms, phase)
        return phases.due_at(self.case.clock, phase.begun_at or self.at, part, self.terms.policy)

    def open_again(self, item: Item, **new: Any) -> None:
        """Open a step anew as it was, and where it was; its due time is counted from its opening."""
        again = replace(item, **{"id": new_id(), "opened_at": self.at, "standing": False, **new})
        again = replace(again, due_at=step_due(again, self.case.clock, self.terms))
        values = {name: getattr(again, name) for name in ITEM_COLUMNS}
        self.rows.append(("item", {"dossier_id": self.case.id, **values}))
        self.now(items=(*self.case.items, again))
        if again.unit_id is not None:
            self.now(holder_id=again.unit_id)

    def place(self, word: str, post: str) -> int:
        """The unit that a step of the process lies with: its word for the agency, its post."""
        places = self.terms.places
        return places.get((word, post)) or places.get((word, "")) or places["accountable", ""]

    def home(self, item: Item) -> dict[str, Any]:
        """Where the process has a step, and with which post, for one that went on to another post."""
        node = self.terms.net.node(item.node)
        if item.role == node.post:
            return {}
        unit_id = self.place(node.unit, node.post)
        return {"unit_id": unit_id, "role": node.post, "assignee_id": None}

    def stand(self) -> None:
        for item in self.case.items:
            self.change_item(item, standing=True)

    def go_on(self) -> None:
        """Steps move again, with the dates the clock gives them now."""
        for item in self.case.items:
            due = step_due(item, self.case.clock, self.terms)
            self.change_item(item, standing=False, due_at=due)

    def owed_no_more(self, reason: str) -> None:
        """What was asked and not paid is not asked any more."""
        for charge in self.case.charges:
            gone = {"cancelled_at": self.at, "cancel_reason": reason}
            self.sets.append(("charge", charge.id, gone))
        self.now(charges=())

    def ask(self, asked_at: datetime | None = None) -> None:
        """The desk's turn to answer begins, in the calendar of who will settle; `asked_at` where the
        applicant has been waiting since."""
        asked, terms = asked_at or self.at, self.terms
        due_at = answer_clock.due(terms.answer, asked, self.at, terms.calendar)
        turn_id = self.row(
            "turn",
            desk_id=self.case.received_by_id,
            asked_at=asked,
            came_at=self.at,
            due_at=due_at,
            rule_set=terms.answer.id,
        )
        warn_at = answer_clock.next_warning(due_at, self.at, terms.calendar, "")
        self.now(turn_id=turn_id, answer_asked_at=asked, answer_due_at=due_at)
        self.now(warned="", warn_at=warn_at)
        self.columns |= {
            "calendar_unit_id": terms.calendar_unit_id,
            "calendar_revision_id": terms.calendar_revision,
        }

    def answer(self, outcome: Outcome, finding: Finding | None = None, note: str = "") -> None:
        """The desk's turn ends; where there was none (at the counter), nothing does."""
        if self.case.turn_id is None:
            return
        ended = {"answered_at": self.at, "outcome": str(outcome), "finding": str(finding or "")}
        self.sets.append(("turn", self.case.turn_id, ended | {"note": note}))
        self.now(turn_id=None, warned="", warn_at=None)

    def under(self) -> None:
        """Keep with the dossier which rules its date was set by."""
        terms = self.terms
        self.columns |= {
            "limit": terms.limit.to_json(),
            "rule_set": terms.policy.id,
            "clock_rules": terms.rules.to_json(),
            "calendar_unit_id": terms.calendar_unit_id,
            "calendar_revision_id": terms.calendar_revision,
        }

    def finish(self, **recorded: Any) -> Changes:
        before = self.before
        self.now(version=self.case.version + 1)
        values = _differences(before, self.case) | self.columns
        if before is None:
            self.rows.insert(0, ("dossier", _new_row(self.case) | self.columns))
        else:
            self.sets.append(("dossier", self.case.id, values))
        return Changes(
            case=self.case,
            rows=tuple(self.rows),
            sets=tuple(self.sets),
            postings=tuple(_postings(before, self.case, self.terms.day(self.at))),
            recorded={name: values[name] for name in RECORDED if name in values} | recorded,
        )


ITEM_COLUMNS = (
    *("id", "node", "arrived_via", "name", "act", "unit_id", "role", "assignee_id"),
    *("opened_at", "due_at", "standing", "waiting"),
)
DOSSIER_COLUMNS = (
    *("status", "code", "holder_id", "accountable_id", "received_by_id", "accepted_at", "due_at"),
    *("judged_at", "turn_id", "answer_asked_at", "answer_due_at", "warn_at", "warned"),
    *("finished_at", "version"),
)
NEW_COLUMNS = (
    *DOSSIER_COLUMNS,
    *("id", "submission_code", "channel", "procedure_id", "procedure_version_id", "process_id"),
    *("applicant_id", "received_at", "training"),
)
RECORDED = ("status", "code", "due_at", "judged_at", "finished_at", "holder_id", "accountable_id")


def part_of(case: Case, terms: Terms, phase: Phase) -> Part:
    """The limit of a phase, and the calendar of its agency: of a planned one by its place, of one behind
    them by the agency."""
    place = phase.position
    if place > len(terms.parts):
        before = [p.position for p in case.phases if p.unit_id == phase.unit_id]
        place = min([*before, len(terms.parts)])
    return replace(terms.parts[place - 1], limit=phase.limit)


def step_due(item: Item, clock: Sequence[ClockEvent], terms: Terms) -> datetime | None:
    """When an open step is due by the calendar of `terms` and what the dossier's clock has done since it
    opened; none where the process gives it no time."""
    half_days = None if item.waiting else terms.net.node(item.node).half_days
    if not half_days:
        return None
    return deadline.step_due(clock, item.opened_at, half_days, terms.calendar, terms.policy)


def _differences(before: Case | None, after: Case) -> dict[str, Any]:
    return {
        name: getattr(after, name)
        for name in DOSSIER_COLUMNS
        if before is None or getattr(before, name) != getattr(after, name)
    }


def _new_row(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in NEW_COLUMNS}


def position(case: Case, zone: Any) -> Position:
    """Where the dossier stands in the books."""
    match case.status:
        case Status.SUBMITTED:
            return Position(Account.SUBMITTED)
        case Status.NOT_ACCEPTED:
            return Position(Account.NOT_ACCEPTED)
        case Status.SUPPLEMENT:
            # Asked before acceptance, it has not been taken in: it goes on standing with the submitted.
            return Position(Account.WAITING_SUPPLEMENT if case.accepted_at else Account.SUBMITTED)
        case Status.MONEY:
            return Position(Account.WAITING_MONEY)
        case Status.STOPPED:
            return Position(Account.STOPPED)
        case Status.WITHDRAWN:
            return Position(Account.WITHDRAWN)
        case Status.DONE | Status.HANDED_OVER:
            return Position(_done_account(case, zone))
    return running(case.judged_at.astimezone(zone).date() if case.judged_at else None)


def _done_account(case: Case, zone: Any) -> Account:
    finished = case.finished_at
    if finished is None:
        raise Refusal("dossier.not_finished")
    judged = case.judged_at.astimezone(zone).date() if case.judged_at else None
    return {
        Punctuality.EARLY: Account.DONE_EARLY,
        Punctuality.ON_TIME: Account.DONE_ON_TIME,
        Punctuality.LATE: Account.DONE_LATE,
    }[deadline.classify(finished.astimezone(zone).date(), judged)]


def _postings(before: Case | None, after: Case, on: date) -> Iterable[Posting]:
    if after.training:
        return
    was = position(before, worktime.ZONE) if before else NOWHERE
    will = position(after, worktime.ZONE)
    if before is None or before.accountable_id == after.accountable_id:
        yield from _posted(after, after.accountable_id, moves(was, will, on))
        return
    out = moves(was, Position(Account.TRANSFERRED_OUT), on)
    yield from _posted(after, before.accountable_id, out)
    into = moves(Position(Account.TRANSFERRED_IN), will, on)
    yield from _posted(after, after.accountable_id, into)


def _posted(
    case: Case, unit_id: int, moved: Iterable[tuple[Account, Account, date]]
) -> Iterable[Posting]:
    """Movements in the books of one agency."""
    for from_account, to_account, on in moved:
        yield Posting(
            case.id, from_account, to_account, on, unit_id, case.procedure_id, case.channel
        )


# ---- the acts ------------------------------------------------------------------------------------


def submit(
    case: Case, terms: Terms, at: datetime, *, papers: Sequence[PaperHeld], facts: Mapping[str, Any]
) -> Changes:
    """A dossier arrives online or by mail and waits to be checked (NĐ 61/2018 Đ16, Đ17)."""
    draft = Draft(None, replace(case, status=Status.SUBMITTED, received_at=at), at, terms)
    draft.columns |= facts
    draft.ask()
    add_papers(draft, papers)
    return draft.finish(channel=int(case.channel))


def accept(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    code: str,
    papers: Sequence[PaperHeld] = (),
    new: Mapping[str, Any] | None = None,
) -> Changes:
    """Take a dossier in: its code, its due date, the first step of its process (NĐ 61/2018 Đ17.3).

    `new` at the counter, where submission and acceptance are one act: the row's descriptive columns.
    """
    draft = _intake(case, terms, at, new)
    if new is not None:
        add_papers(draft, papers)
    draft.answer(Outcome.ACCEPTED)
    draft.under()
    draft.now(status=Status.ACCEPTED, code=code, accepted_at=at)
    draft.tick(deadline.Accepted(at, terms.limit))
    _plan(draft)
    draft.follow(flow.start(terms.net))
    return draft.finish(channel=int(case.channel))


def _plan(draft: Draft) -> None:
    """The date at each agency of an interconnected procedure; the first begins now."""
    parts = draft.terms.parts
    dates = phases.planned(draft.at, parts, draft.terms.policy)
    for position, (part, date_there) in enumerate(zip(parts, dates, strict=True), 1):
        begun = {"begun_at": draft.at, "due_at": date_there} if position == 1 else {}
        phase_id = draft.row(
            "phase",
            position=position,
            unit_id=part.unit_id,
            limit=part.limit.to_json(),
            planned_at=date_there,
            **begun,
        )
        phase = Phase(phase_id, position, part.unit_id, part.limit, date_there, **begun)
        draft.now(phases=(*draft.case.phases, phase))


def refuse_intake(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    reason: str,
    new: Mapping[str, Any] | None = None,
    finding: Finding | None = None,
) -> Changes:
    """Do not take a dossier in (Mẫu 03; NĐ 61/2018 Đ17); `finding` is what triage found wrong."""
    reasoned(reason)
    draft = _intake(case, terms, at, new)
    draft.answer(Outcome.REFUSED, finding)
    draft.now(status=Status.NOT_ACCEPTED)
    return draft.finish(**found_wrong(finding))


def found_wrong(finding: Finding | None) -> dict[str, str]:
    """What the record says of a finding, where there is one."""
    return {"finding": str(finding)} if finding else {}


def _intake(case: Case, terms: Terms, at: datetime, new: Mapping[str, Any] | None) -> Draft:
    if new is None and case.status is not Status.SUBMITTED:
        raise Refusal("dossier.not_waiting_for_acceptance", {"status": int(case.status)})
    draft = Draft(case if new is None else None, case, at, terms)
    if new is not None:
        draft.now(received_at=at)
        draft.columns |= new
    return draft


def take(case: Case, terms: Terms, item_id: UUID, at: datetime, by: int) -> Changes:
    """An officer takes a step that lies on his unit's desk."""
    item = step_of(case, item_id)
    if item.assignee_id not in (None, by):
        raise Refusal("dossier.item_taken")
    draft = Draft(case, case, at, terms)
    draft.change_item(item, assignee_id=by)
    return draft.finish(step=item.node)


def assign(case: Case, terms: Terms, item_id: UUID, at: datetime, to: int) -> Changes:
    """The head gives a step that nobody has to an officer of the unit (NĐ 61/2018 Đ19.1)."""
    item = step_of(case, item_id)
    if item.assignee_id not in (None, to):
        raise Refusal("dossier.item_taken")
    draft = Draft(case, case, at, terms)
    draft.change_item(item, assignee_id=to)
    return draft.finish(step=item.node, assignee=to)


def hand_on(
    case: Case,
    terms: Terms,
    item_id: UUID,
    at: datetime,
    by: int | None,
    outcome: str = "",
    note: str = "",
) -> Changes:
    """Complete a step and pass the dossier on as the process says."""
    item = step_of(case, item_id)
    under_way(case)
    if item.act in (CONCLUDE, HAND_OVER):
        raise Refusal("dossier.step_needs_its_act", {"act": item.act, "step": item.name})
    draft = Draft(case, case, at, terms)
    _complete(draft, item, by, outcome, note)
    draft.now(status=Status.PROCESSING)
    return draft.finish(step=item.node, outcome=outcome)


def send_back(
    case: Case, terms: Terms, item_id: UUID, at: datetime, by: int | None, to_node: str, reason: str
) -> Changes:
    """Return a step to one before it, with the reason."""
    reasoned(reason)
    item = step_of(case, item_id)
    under_way(case)
    draft = Draft(case, case, at, terms)
    moved = flow.send_back(terms.net, marking(case), item.node, to_node)
    draft.close_item(item, by, "send_back", reason)
    draft.follow(moved)
    return draft.finish(step=item.node, to=to_node)


def conclude(
    case: Case,
    terms: Terms,
    item_id: UUID,
    at: datetime,
    by: int | None,
    *,
    result: Mapping[str, Any],
    outcome: str = "",
) -> Changes:
    """The result is ready: the dossier is done, early, on time or late (status 9)."""
    item = step_of(case, item_id)
    under_way(case)
    if item.act != CONCLUDE:
        raise Refusal("dossier.not_the_concluding_step", {"step": item.name})
    _nothing_owed(tuple(c for c in case.charges if c.before_result))
    _no_other_step(case, item)
    draft = Draft(case, case, at, terms)
    draft.now(status=Status.DONE, finished_at=at)
    draft.tick(deadline.Closed(at))
    draft.end_phases()
    _complete(draft, item, by, outcome, "")
    draft.columns["result"] = dict(result)
    return draft.finish(step=item.node)


def refuse_in_process(
    case: Case, terms: Terms, item_id: UUID, at: datetime, by: int | None, *, reason: str
) -> Changes:
    """Refuse to settle, with the reason (Mẫu 03; NĐ 61/2018 Đ19.8); the letter is the result."""
    reasoned(reason)
    step_of(case, item_id)
    under_way(case)
    draft = Draft(case, case, at, terms)
    draft.now(status=Status.DONE, finished_at=at)
    draft.tick(deadline.Closed(at))
    draft.end_phases()
    draft.close_all(by, "refused")
    draft.now(holder_id=case.received_by_id)
    draft.columns["result"] = {"kind": "refusal", "reason": reason}
    return draft.finish(result="refusal")


def withdraw(case: Case, terms: Terms, at: datetime, by: int | None, reason: str) -> Changes:
    """The applicant takes the dossier back (status 7)."""
    reasoned(reason)
    if case.status not in OPEN | {Status.SUBMITTED}:
        raise Refusal("dossier.not_open", {"status": int(case.status)})
    draft = Draft(case, case, at, terms)
    draft.answer(Outcome.WITHDRAWN)
    if case.accepted_at:
        draft.tick(deadline.Closed(at), reason)
        draft.end_phases()
    draft.close_all(by, "withdrawn")
    if case.supplement_id:
        draft.now(supplement_id=None)
    draft.owed_no_more(reason)
    draft.now(status=Status.WITHDRAWN, holder_id=case.received_by_id)
    return draft.finish()


def hand_over(
    case: Case,
    terms: Terms,
    at: datetime,
    by: int | None,
    *,
    method: str,
    recipient: str,
    identity: str = "",
    collected: Mapping[str, Any] | None = None,
) -> Changes:
    """Give the result to the person it is for (NĐ 61/2018 Đ20; status 10). `collected` is what is kept of
    who took it (rules.collection)."""
    if case.status is not Status.DONE:
        raise Refusal("dossier.result_not_ready", {"status": int(case.status)})
    if not recipient.strip():
        raise Refusal("dossier.recipient_missing")
    _nothing_owed(case.charges)
    draft = Draft(case, case, at, terms)
    draft.close_all(by, "handed_over")
    kept = {"method": method, "recipient": recipient, "identity": identity, **(collected or {})}
    draft.row("hand_over", at=at, by_id=by, **kept)
    draft.now(status=Status.HANDED_OVER)
    draft.columns["handed_over_at"] = at
    said = {n: kept[n] for n in ("collector", "identity_checked", "identity_digest") if kept.get(n)}
    return draft.finish(method=method, **said)


# ---- what the acts share -------------------------------------------------------------------------


def _complete(draft: Draft, item: Item, by: int | None, outcome: str, note: str) -> None:
    moved = flow.complete(draft.terms.net, marking(draft.case), item.node, outcome or None)
    draft.close_item(item, by, outcome, note)
    draft.follow(moved)


def marking(case: Case) -> flow.Marking:
    """The open items as the marking of the process."""
    return flow.Marking(tuple(flow.Token(i.node, i.arrived_via) for i in case.items))


def step_of(case: Case, item_id: UUID) -> Item:
    """The open step of an id; raises dossier.item_closed."""
    for item in case.items:
        if item.id == item_id and not item.waiting:
            return item
    raise Refusal("dossier.item_closed")


def under_way(case: Case) -> None:
    """Raises dossier.not_under_way unless it is being settled and waits for nobody."""
    if case.status not in UNDER_WAY:
        raise Refusal("dossier.not_under_way", {"status": int(case.status)})


def _nothing_owed(charges: Sequence[OpenCharge]) -> None:
    if charges:
        raise Refusal("dossier.charge_open", {"amount": sum(c.amount for c in charges)})


def _no_other_step(case: Case, concluding: Item) -> None:
    """Raises dossier.steps_open while another step than the concluding one is to be done."""
    others = (i for i in case.items if not i.waiting and i.act != HAND_OVER)
    left = [item.name for item in others if item.id != concluding.id]
    if left:
        raise Refusal("dossier.steps_open", {"steps": ", ".join(left)})


def reasoned(reason: str) -> None:
    """Raises dossier.reason_missing for a reason that says nothing."""
    if not reason.strip():
        raise Refusal("dossier.reason_missing", {"field": "reason"})


def add_papers(draft: Draft, papers: Sequence[PaperHeld], start: int = 0) -> None:
    """Keep with the dossier the papers handed in, after its first `start`."""
    for n, paper in enumerate(papers, start + 1):
        draft.row(
            "paper",
            position=n,
            name=paper.name,
            originals=paper.originals,
            copies=paper.copies,
            held=paper.held,
            reused_from_id=paper.reused_from,
            reused_result=paper.reused_result,
        )
