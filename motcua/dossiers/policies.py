"""Who may see and do what: fetching a dossier is asking permission.

`scope` is the one predicate of visibility; lists, counts, search, files, figures' drill-downs and every act
use it. A dossier out of scope does not exist for the actor.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from motcua.catalogue.fees import listed
from motcua.catalogue.offered import Offered, net_of
from motcua.dossiers import rating_tokens, state
from motcua.dossiers.models import Dossier, SavedView
from motcua.ledger import sql
from motcua.ledger.acts import Act, heads
from motcua.organisations import queries as organisations
from motcua.people import at_desk as officers_at_desk
from motcua.rules import casework, casework_clock, flow
from motcua.rules.actor import Actor, May, Role, Scope
from motcua.rules.casework import Case, Item, Status, Terms
from motcua.rules.casework_desk import ClosedItem
from motcua.rules.clock_rules import ClockRules, Ground
from motcua.rules.pauses import open_grounds
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE


def scope(actor: Actor) -> tuple[str, list[Any]]:
    """SQL over the columns of dossiers_dossier that is true for what `actor` may see, and its parameters.

    One unit becomes "=", several one array parameter, so that the indexes by unit keep their order.
    """
    return _scope(actor, actor.sees.consulted)


def _scope(actor: Actor, consulted: frozenset[int]) -> tuple[str, list[Any]]:
    sees = actor.sees
    kept = "dossiers_dossier.training" if actor.training else "NOT dossiers_dossier.training"
    if sees.everything:
        return kept, []
    parts: list[str] = []
    params: list[Any] = []
    for column, units in (
        ("accountable_id", sees.accountable),
        ("received_by_id", sees.received_by),
    ):
        if len(units) == 1:
            parts.append(f"dossiers_dossier.{column} = %s")
            params.append(next(iter(units)))
        elif units:
            parts.append(f"dossiers_dossier.{column} = ANY(%s)")
            params.append(sorted(units))
    if sees.person_id is not None:
        # A part that another agency settles is the agencies' affair; he has the dossier he filed.
        parts.append("(dossiers_dossier.applicant_id = %s AND dossiers_dossier.parent_id IS NULL)")
        params.append(sees.person_id)
    if consulted:
        parts.append(CONSULTED)
        params.append(sorted(consulted))
    if sees.decides:
        parts.append(DECIDED)
        params.append(sorted(sees.decides))
    if not parts:
        return "FALSE", []
    return f"({' OR '.join(parts)}) AND {kept}", params


CONSULTED = """dossiers_dossier.id IN (
    SELECT o.dossier_id FROM dossiers_opinion o WHERE o.unit_id = ANY(%s) AND o.cancelled_at IS NULL)"""
"""Asked only where the actor's agency was ever consulted (people.queries builds `sees.consulted` so)."""


DECIDED = """dossiers_dossier.id IN (
    SELECT p.dossier_id FROM dossiers_phase p WHERE p.unit_id = ANY(%s) AND p.begun_at IS NOT NULL)"""
"""From the moment a dossier has come before the Committee it stays visible there, also when it goes back."""


def visible_to(actor: Actor) -> QuerySet[Dossier]:
    """The dossiers the actor may see."""
    where, params = scope(actor)
    return Dossier.objects.extra(where=[where], params=params)  # noqa: S610 — fixed words only


def to_see(actor: Actor, dossier_id: UUID) -> Dossier:
    """One dossier the actor may see; raises dossier.not_visible."""
    found = visible_to(actor).filter(id=dossier_id).first()
    if found is None:
        raise Refusal("dossier.not_visible")
    return found


def sees(actor: Actor, dossier_id: UUID) -> bool:
    """Whether the actor may see a dossier."""
    return visible_to(actor).filter(id=dossier_id).exists()


def on_duty(actor: Actor, row: Mapping[str, Any]) -> bool:
    """Whether a dossier (its row, which the actor sees) is his duty as an officer: not its applicant's, nor
    an agency's that was only asked about it."""
    sees = actor.sees
    return (
        sees.everything
        or row["accountable_id"] in sees.accountable
        or row["received_by_id"] in sees.received_by
        or (bool(sees.decides and row["process_id"]) and net_of(row["process_id"]).is_committees)
    )


def has_duty(actor: Actor, dossier_id: UUID) -> bool:
    """Whether the actor sees a dossier by more than his agency's having been asked about it."""
    where, params = _scope(actor, frozenset())
    return bool(
        sql.fetch(
            f"SELECT 1 FROM dossiers_dossier WHERE id = %s AND {where}",  # noqa: S608
            [dossier_id, *params],
        )
    )


def to_change(
    actor: Actor, dossier_id: UUID, act: Act, *, seen: int | None = None
) -> tuple[Case, Terms]:
    """Lock a dossier and everything a decision on it looks at; the act's time follows its last entry.

    `seen` is the version the person was looking at; an older one is refused as stale.
    Raises dossier.not_visible, dossier.stale, dossier.mirrored (another system settles it).
    """
    where, params = scope(actor)
    *rows, entries = sql.fetch_all(
        [*state.locked(dossier_id, where, params), heads("dossier", dossier_id)]
    )
    if not rows[0]:
        raise Refusal("dossier.not_visible")
    row = rows[0][0]
    if row["mirrored"] and actor.kind != "system":
        raise Refusal("dossier.mirrored")
    if seen is not None and seen != row["version"]:
        raise Refusal("dossier.stale", {"seen": seen, "now": row["version"]})
    act.held("dossier", entries)
    return state.case_of(*rows), state.terms_of(row, act.at.astimezone(ZONE).date())


def to_change_many(actor: Actor, ids: Sequence[UUID], act: Act) -> dict[UUID, tuple[Case, Terms]]:
    """Lock those of many dossiers that the actor may see, as `to_change` does; the others are not in it.

    Each keeps a moment of its own (`act.heads`); the act's own follows the latest of them.
    """
    where, params = scope(actor)
    if actor.kind != "system":
        where = f"({where}) AND NOT dossiers_dossier.mirrored"
    on = act.at.astimezone(ZONE).date()
    found = state.locked_many(ids, where, params)
    act.hold("dossier", *found)
    return {key: (one.case, state.terms_of(one.row, on)) for key, one in found.items()}


def to_attach(actor: Actor, dossier_id: UUID, act: Act) -> Case:
    """Lock an unfinished dossier to give it files: its applicant, its desk, or whose step it is.

    Raises dossier.not_visible, dossier.takes_no_files, dossier.not_your_step, dossier.may_not.
    """
    case, _ = to_change(actor, dossier_id, act)
    if case.status not in casework.OPEN | {Status.SUBMITTED}:
        raise Refusal("dossier.takes_no_files")
    if not (actor.is_citizen or is_desk(actor, case)):
        working_on(actor, case)
    return case


def to_capture(actor: Actor, unit_id: int, dossier_id: UUID | None, act: Act) -> None:
    """Whoever may attach to the dossier takes pictures in for it; into a tray, who works at its unit, and
    the system for its scanner. Raises capture.not_your_tray and what `to_attach` raises."""
    if dossier_id is not None:
        to_attach(actor, dossier_id, act)
    elif actor.kind != "system" and unit_id not in trays_of(actor):
        raise Refusal("capture.not_your_tray")


def trays_of(actor: Actor) -> frozenset[int]:
    """The units whose trays of scans an officer sees: those he takes in or settles for."""
    if actor.is_officer and not actor.may.isdisjoint({May.ACCEPT, May.PROCESS}):
        return actor.units
    return frozenset()


def to_pair(actor: Actor) -> tuple[int, int]:
    """The account and unit a phone is paired for; raises phone.only_officers."""
    if not actor.is_officer or actor.account_id is None or actor.unit_id is None:
        raise Refusal("phone.only_officers")
    return actor.account_id, actor.unit_id


def may(actor: Actor, capability: May) -> None:
    """Raises dossier.may_not unless the actor's post has the capability."""
    if capability not in actor.may:
        raise Refusal("dossier.may_not", {"capability": str(capability)})


def to_resettle(actor: Actor) -> None:
    """Who may count dates anew by a new calendar: the system itself, nobody by hand; raises
    dossier.may_not."""
    if actor.kind != "system":
        raise Refusal("dossier.may_not")


def may_plan_moves(actor: Actor) -> bool:
    """Whether the actor's post says which unit settles what: plans of moves are filled and checked there."""
    return May.MANAGE_CATALOGUE in actor.may


def to_plan_moves(actor: Actor) -> None:
    """Raises dossier.may_not unless `may_plan_moves`."""
    may(actor, May.MANAGE_CATALOGUE)


def to_approve_moves(actor: Actor) -> None:
    """Who approves a plan of a move has the same post as who fills it, and is somebody else (the act asks);
    raises dossier.may_not."""
    may(actor, May.MANAGE_CATALOGUE)


def to_see_moves(actor: Actor) -> None:
    """Who fills plans of moves or carries them out may rehearse them; raises dossier.may_not."""
    if actor.kind != "system" and May.MANAGE_UNITS not in actor.may:
        may(actor, May.MANAGE_CATALOGUE)


def to_run_moves(actor: Actor) -> None:
    """Who carries out approved plans: the system, or who manages units; raises dossier.may_not."""
    if actor.kind != "system":
        may(actor, May.MANAGE_UNITS)


def to_rate(actor: Actor, dossier_id: UUID | None, token: str, act: Act) -> tuple[Case, Terms]:
    """Lock a dossier for whoever holds its signed token unused, or for its owner.

    Raises rating.link_invalid, rating.link_used, rating.may_not, dossier.not_visible.
    """
    if not token:
        if dossier_id is None or not actor.is_citizen:
            raise Refusal("rating.may_not")
        return to_change(actor, dossier_id, act)
    named, given = rating_tokens.read_token(token)
    holder = Actor(actor.account_id, actor.kind, actor.name, sees=Scope(everything=True))
    found = to_change(holder, named, act)
    said = rating_tokens.standing(named)
    if given != (said.round if said else 0):
        raise Refusal("rating.link_used")
    return found


def may_judge(actor: Actor, received_by_id: int) -> bool:
    """Whether the actor says if a complaint is justified: who directs the desk that took the dossier in,
    or leads the agency of that desk."""
    directs = May.ASSIGN in actor.may and (
        received_by_id in actor.units or received_by_id in actor.sees.received_by
    )
    leads = actor.role is Role.LEADER and (
        actor.agency_id == organisations.agency_of(received_by_id)
    )
    return directs or leads


def to_judge(actor: Actor, case: Case) -> None:
    """Raises rating.may_not_judge unless `may_judge`."""
    if not may_judge(actor, case.received_by_id):
        raise Refusal("rating.may_not_judge")


def to_submit(actor: Actor) -> None:
    """Who may send a dossier in: any citizen signed in, or a desk on his behalf; raises dossier.may_not."""
    if not actor.is_citizen:
        may(actor, May.ACCEPT)


def to_warn(actor: Actor) -> None:
    """Only the system warns of dates; raises dossier.may_not."""
    if actor.kind != "system":
        raise Refusal("dossier.may_not", {"capability": "warn"})


def own_item(actor: Actor, case: Case, item_id: UUID) -> Item:
    """The open step `item_id`, if it is this actor's to do; raises dossier.not_your_step otherwise."""
    for item in case.items:
        if item.id == item_id and not item.waiting:
            if not is_own(actor, item):
                raise Refusal("dossier.not_your_step", {"step": item.name})
            return item
    raise Refusal("dossier.item_closed")


def is_own(actor: Actor, item: Item) -> bool:
    """Whether a step lies on the actor's desk: his unit, his post, and nobody else's name on it but of the
    one he stands in for."""
    if actor.kind == "system":
        return True
    return (
        item.unit_id in actor.units
        and item.role == actor.role
        and item.assignee_id in (None, actor.account_id, actor.on_behalf_of)
    )


def own_items(actor: Actor, items: Iterable[Item]) -> list[Item]:
    return [item for item in items if not item.waiting and is_own(actor, item)]


def is_desk(actor: Actor, case: Case) -> bool:
    """Whether the actor stands at the desk that received the dossier (or works for its agency)."""
    return (
        actor.kind == "system"
        or case.received_by_id in actor.units
        or case.received_by_id in actor.sees.received_by
    )


def at_desk(actor: Actor, case: Case, capability: May) -> None:
    """Raises unless the actor may do this at the dossier's desk."""
    may(actor, capability)
    if not is_desk(actor, case):
        raise Refusal("dossier.may_not", {"capability": str(capability)})


def of_own_unit(actor: Actor, case: Case, item_id: UUID) -> Item:
    """The open step, on whoever's desk in the actor's unit; raises dossier.item_closed,
    dossier.not_your_step."""
    item = casework.step_of(case, item_id)
    if item.unit_id not in actor.units:
        raise Refusal("dossier.not_your_step", {"step": item.name})
    return item


def to_recall(actor: Actor, handed: ClosedItem | None) -> None:
    """Raises dossier.nothing_to_recall unless the actor handed the step on, in the post that has it."""
    if handed is None or not may_recall(actor, handed):
        raise Refusal("dossier.nothing_to_recall")


def may_recall(actor: Actor, handed: ClosedItem) -> bool:
    """Whether a step was handed on by the actor, and lies in a post that he still acts in."""
    item = handed.item
    return (
        handed.closed_by_id is not None
        and handed.closed_by_id == actor.account_id
        and item.unit_id in actor.units
        and item.role == actor.role
    )


def fits_step(item: Item, account_id: int, on: date) -> None:
    """Raises dossier.not_an_officer_of_the_step unless the account holds a post that does such a step."""
    officers = officers_at_desk.officers(item.unit_id, item.role, on) if item.unit_id else []
    if account_id not in dict(officers):
        raise Refusal("dossier.not_an_officer_of_the_step", {"step": item.name, "field": "to"})


def own_views(actor: Actor) -> list[SavedView]:
    """The lists an officer keeps, locked; raises view.not_found for one without an account."""
    if actor.account_id is None:
        raise Refusal("view.not_found")
    kept = SavedView.objects.select_for_update().filter(account_id=actor.account_id)
    return list(kept.order_by("id"))


def own_view(actor: Actor, view_id: int) -> SavedView:
    """A list the actor's account keeps, locked; raises view.not_found."""
    found = next((view for view in own_views(actor) if view.id == view_id), None)
    if found is None:
        raise Refusal("view.not_found")
    return found


def working_on(actor: Actor, case: Case) -> None:
    """Raises unless a step of the dossier is the actor's now, or it waits for acceptance at his desk."""
    if case.status is Status.SUBMITTED:
        at_desk(actor, case, May.ACCEPT)
    elif actor.kind != "system" and not own_items(actor, case.items):
        raise Refusal("dossier.not_your_step")


def to_consult(actor: Actor, case: Case) -> int:
    """The unit in which the actor has an open step of the dossier, to ask others from; raises
    dossier.not_your_step."""
    if actor.kind == "system":
        return case.accountable_id
    own = own_items(actor, case.items)
    if not own:
        raise Refusal("dossier.not_your_step")
    return own[0].unit_id or case.accountable_id


def may_open_child(actor: Actor, case: Case, *, called: bool) -> bool:
    """Whether the actor works on the dossier now, or (a step waits for a child: `called`) in its agency."""
    if own_items(actor, case.items):
        return True
    return called and May.PROCESS in actor.may and actor.agency_id == case.accountable_id


def to_open_child(actor: Actor, case: Case, *, called: bool) -> None:
    """Raises dossier.not_your_step unless `may_open_child`."""
    if actor.kind != "system" and not may_open_child(actor, case, called=called):
        raise Refusal("dossier.not_your_step")


def to_receive_child(actor: Actor) -> None:
    """Only the system gives a child back to its parent; raises dossier.may_not."""
    if actor.kind != "system":
        raise Refusal("dossier.may_not")


def to_note(actor: Actor, dossier_id: UUID) -> None:
    """Raises dossier.may_not unless the actor is an officer whose duty the dossier is."""
    if not (actor.is_officer and has_duty(actor, dossier_id)):
        raise Refusal("dossier.may_not")


def may_decide_draft(actor: Actor, accountable_id: int, process_id: int | None) -> bool:
    """Whether the actor signs for the agency that answers for the dossier, or for the Committee where it is
    the one that concludes."""
    if May.SIGN not in actor.may or actor.kind == "system":
        return May.SIGN in actor.may
    body = state.concluding_kind(net_of(process_id)) if process_id else None
    if body is None or actor.agency_id is None:
        return actor.agency_id == accountable_id
    return organisations.unit(actor.agency_id).kind == body


def to_decide_draft(actor: Actor, case: Case) -> None:
    """Raises dossier.may_not unless `may_decide_draft`."""
    if not may_decide_draft(actor, case.accountable_id, case.process_id):
        raise Refusal("dossier.may_not", {"capability": str(May.SIGN)})


def may_answer(actor: Actor, unit_id: int) -> bool:
    """Whether the actor works in the agency that was asked."""
    return May.PROCESS in actor.may and (actor.kind == "system" or actor.agency_id == unit_id)


def to_answer(actor: Actor, unit_id: int) -> None:
    """Raises dossier.may_not unless the actor works in the agency that was asked."""
    if not may_answer(actor, unit_id):
        raise Refusal("dossier.may_not", {"capability": str(May.PROCESS)})


def to_pause(actor: Actor, case: Case, ground: Ground) -> None:
    """Raises unless the actor may stop the clock on this ground, or let it go on: a stop the applicant
    asked for is the desk's (domain: its own act), the others whose step it is."""
    if ground is Ground.STOP:
        at_desk(actor, case, May.ACCEPT)
    else:
        working_on(actor, case)


def to_reopen(actor: Actor, case: Case) -> None:
    """Raises dossier.may_not unless the actor heads or leads the agency that answers for the dossier."""
    to_transfer(actor, case)


def to_transfer(actor: Actor, case: Case) -> None:
    """Raises dossier.may_not unless the actor heads or leads the agency that answers for the dossier."""
    if actor.kind != "system" and not _leads(actor, case):
        raise Refusal("dossier.may_not", {"capability": str(May.APPROVE)})


def _leads(actor: Actor, case: Case) -> bool:
    return May.APPROVE in actor.may and actor.agency_id == case.accountable_id


def to_carry(actor: Actor, unit_id: int) -> None:
    """Raises trip.not_your_unit unless the actor gives and takes paper for this unit: his own, or one of
    his agency."""
    if actor.kind == "system" or unit_id in actor.units:
        return
    works = May.ACCEPT in actor.may or May.PROCESS in actor.may or May.HAND_OVER in actor.may
    if not (works and organisations.agency_of(unit_id) == actor.agency_id):
        raise Refusal("trip.not_your_unit")


def to_certify(actor: Actor, case: Case) -> Item:
    """The open step that signs, where it is this actor's; raises dossier.not_your_step."""
    for item in own_items(actor, case.items):
        if item.act == casework.CONCLUDE:
            return item
    raise Refusal("dossier.not_your_step")


def to_keep_book(actor: Actor, unit_id: int) -> None:
    """Raises dossier.may_not unless the actor binds and locks this agency's books: its leaders, and the
    clerks who write in them."""
    keeps = May.SIGN in actor.may or May.ACCEPT in actor.may
    if actor.kind != "system" and not (keeps and unit_id in actor.sees.accountable):
        raise Refusal("dossier.may_not", {"capability": str(May.SIGN)})


def books_of(actor: Actor) -> tuple[str, list[Any]]:
    """SQL over `b.unit_id` that is true for the books of agencies whose dossiers the actor sees."""
    if actor.sees.everything:
        return "TRUE", []
    return "b.unit_id = ANY(%s)", [sorted(actor.sees.accountable)]


def desk_of(actor: Actor, found: Offered) -> int:
    """The desk this actor takes dossiers of an offer in at: the agency's own, or, where the offer may be
    received anywhere, the one he stands at (NĐ 107/2021). Raises dossier.not_your_desk."""
    if actor.kind == "system" or not actor.units.isdisjoint({found.desk_id, found.unit_id}):
        return found.desk_id
    desk_id = own_desk(actor) if found.anywhere else None
    if desk_id is None:
        raise Refusal("dossier.not_your_desk")
    return desk_id


def own_desk(actor: Actor) -> int | None:
    """The one-stop desk the actor stands at; none where he stands at none."""
    ordered = sorted(actor.units, key=lambda unit_id: (unit_id != actor.unit_id, unit_id))
    return next((u for u in ordered if organisations.unit(u).kind == organisations.Kind.DESK), None)


def to_reuse(actor: Actor, applicant_id: int, dossier_ids: Collection[UUID]) -> None:
    """Whoever takes in may use what the province holds of the same applicant, without seeing it.

    Raises dossier.may_not, dossier.nothing_to_reuse.
    """
    may(actor, May.ACCEPT)
    asked = set(dossier_ids)
    found = Dossier.objects.filter(id__in=asked, applicant_id=applicant_id, training=actor.training)
    if found.count() != len(asked):
        raise Refusal("dossier.nothing_to_reuse", {"field": "papers"})


def to_park(actor: Actor) -> tuple[int, int]:
    """Who keeps unfinished intakes: (his account, his unit). Raises dossier.may_not."""
    may(actor, May.ACCEPT)
    if actor.account_id is None or actor.unit_id is None:
        raise Refusal("dossier.may_not", {"capability": str(May.ACCEPT)})
    return actor.account_id, actor.unit_id


def to_purge(actor: Actor) -> None:
    """Only the system throws away what others have forgotten; raises dossier.may_not."""
    if actor.kind != "system":
        raise Refusal("dossier.may_not", {"capability": "purge"})


def may_read_register(actor: Actor, desk_id: int) -> bool:
    """Whether the register of a desk is the actor's to read: who works there, or sees all it received."""
    sees = actor.sees
    return sees.everything or desk_id in actor.units or desk_id in sees.received_by


def to_read_register(actor: Actor, desk_id: int) -> None:
    """Raises dossier.not_your_register unless `may_read_register`: it is read whole or not at all."""
    if not may_read_register(actor, desk_id):
        raise Refusal("dossier.not_your_register")


def grounds_open_to(
    actor: Actor, case: Case, rules: ClockRules
) -> tuple[tuple[Ground, ...], tuple[Ground, ...]]:
    """The grounds the actor could stop the clock on now, and those of open pauses he could end."""
    if case.accepted_at is None or case.status not in casework.OPEN:
        return (), ()
    running = open_grounds(case.clock)
    his = [g for g in Ground if g in casework_clock.BY_ITS_OWN_ACT and _may_pause(actor, case, g)]
    known = {declared.ground for declared in rules.grounds}
    return (
        tuple(g for g in his if g in known and g not in running),
        tuple(g for g in his if g in running),
    )


def _may_pause(actor: Actor, case: Case, ground: Ground) -> bool:
    if ground is Ground.STOP:
        return is_desk(actor, case) and May.ACCEPT in actor.may
    return bool(own_items(actor, case.items))


def acts_open_to(actor: Actor, case: Case, rules: ClockRules) -> frozenset[str]:
    """The names of the acts this actor could do now: what a page offers as buttons."""
    acts: set[str] = set()
    pausable, resumable = grounds_open_to(actor, case, rules)
    acts |= {"pause"} if pausable else set()
    acts |= {"resume"} if resumable else set()
    own = [item for item in own_items(actor, case.items) if not _sealing(case, item)]
    if case.status is Status.SUBMITTED and May.ACCEPT in actor.may and is_desk(actor, case):
        acts |= {"accept", "refuse_intake", "request_supplement", "withdraw", "reroute"}
    if case.status in (Status.ACCEPTED, Status.PROCESSING) and own:
        acts |= _acts_on_steps(case, own)
        if May.APPROVE in actor.may or May.PROCESS in actor.may:
            acts |= {"request_supplement", "request_payment", *_longer(case, rules)}
    if case.accepted_at and case.status in casework.OPEN and own:
        acts.add("ask_opinions")
    if case.accepted_at and case.status in casework.OPEN and _leads(actor, case):
        acts.add("transfer")
    if case.status is Status.DONE and _leads(actor, case):
        acts.add("reopen")
    if May.ASSIGN in actor.may:
        of_unit = [i for i in case.items if i.unit_id in actor.units and not i.waiting]
        acts |= {"reassign" if i.assignee_id else "assign" for i in of_unit}
    if is_desk(actor, case):
        acts |= _acts_at_desk(actor, case)
    return frozenset(acts | _acts_on_fees(actor, case, own))


def may_charge(actor: Actor, case: Case) -> bool:
    """Whether the actor has a step of the dossier, or takes money at its desk."""
    at_its_desk = May.COLLECT in actor.may and is_desk(actor, case)
    return at_its_desk or bool(own_items(actor, case.items))


def to_charge(actor: Actor, case: Case) -> None:
    """Raises dossier.may_not unless `may_charge`."""
    if not may_charge(actor, case):
        raise Refusal("dossier.may_not", {"capability": str(May.COLLECT)})


def _acts_on_fees(actor: Actor, case: Case, own: list[Item]) -> set[str]:
    if case.status not in casework.OPEN or not (own or may_charge(actor, case)):
        return set()
    acts = {"cancel_charge"} if case.charges else set()
    lines = listed(case.procedure_version_id, case.channel)
    if case.status in casework.UNDER_WAY and any(x.position not in case.charged for x in lines):
        acts.add("charge_fee")
    return acts


def _sealing(case: Case, item: Item) -> bool:
    """Whether the last step went on to the registry to be numbered and sealed: that is done at its page."""
    if item.act != casework.CONCLUDE or item.role != Role.REGISTRY:
        return False
    return net_of(case.process_id or 0).node(item.node).post != Role.REGISTRY


def _longer(case: Case, rules: ClockRules) -> set[str]:
    """What gives a dossier that has a date more time."""
    if case.due_at is None:
        return set()
    acts: set[str] = set()
    if rules.extensions and not casework_clock.extended_by_law(case.clock):
        acts.add("extend_by_law")
    if case.proposal is None and not casework_clock.reappointed(case.clock):
        acts.add("propose_reappointment")
    return acts


def _acts_on_steps(case: Case, own: list[Item]) -> set[str]:
    acts = {"refuse_in_process"}
    net = net_of(case.process_id or 0)
    acts |= {"send_back" for item in own if flow.returns(net, item.node)}
    acts |= {"conclude" if item.act == "conclude" else "hand_on" for item in own}
    acts |= {"take" for item in own if item.assignee_id is None}
    return acts


def _acts_at_desk(actor: Actor, case: Case) -> set[str]:
    acts: set[str] = set()
    if case.status is Status.SUPPLEMENT and May.ACCEPT in actor.may:
        acts.add("receive_supplement")
    if case.proposal and case.status in casework.UNDER_WAY and May.ACCEPT in actor.may:
        acts.add("reappoint")
    if case.status is Status.DONE and May.HAND_OVER in actor.may:
        acts.add("hand_over")
    if case.charges and May.COLLECT in actor.may:
        acts.add("record_payment")
    if int(case.status) in (2, 4, 5, 6, 8) and May.ACCEPT in actor.may:
        acts.add("withdraw")
    return acts
