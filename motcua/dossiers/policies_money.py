"""Who asks for money, takes it, gives it back and counts it."""

from __future__ import annotations

from datetime import date

from motcua.dossiers import policies, policies_trust
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Case
from motcua.rules.refusal import Refusal


def to_order_refund(actor: Actor, case: Case) -> None:
    """Who takes money at the dossier's desk, or directs the desk; raises dossier.may_not."""
    directs = May.ASSIGN in actor.may or May.COLLECT in actor.may
    if not (directs and policies.is_desk(actor, case)):
        raise Refusal("dossier.may_not", {"capability": str(May.COLLECT)})


def pays_apart(actor: Actor, ordered_by: int | None, on: date) -> None:
    """Who ordered a refund does not pay it out; raises duty.same_person."""
    policies_trust.apart(actor, {ordered_by} - {None}, "order_refund", on)


def desks_of(actor: Actor) -> tuple[int, ...]:
    """The desks whose money the actor takes."""
    if May.COLLECT not in actor.may:
        return ()
    return tuple(sorted(actor.units | actor.sees.received_by))


def to_count(actor: Actor, unit_id: int) -> None:
    """Raises drawer.not_your_desk unless the actor takes money there."""
    if actor.kind != "system" and unit_id not in desks_of(actor):
        raise Refusal("drawer.not_your_desk")


def may_see_book(actor: Actor, unit_id: int) -> bool:
    """Whether the actor reads the receipts of a desk: who takes money there, or sees all it received."""
    sees = actor.sees
    return sees.everything or unit_id in sees.received_by or unit_id in desks_of(actor)


def to_see_book(actor: Actor, unit_id: int) -> None:
    """Raises receipt.not_your_desk unless `may_see_book`."""
    if not may_see_book(actor, unit_id):
        raise Refusal("receipt.not_your_desk")


def to_speak_for_service(actor: Actor) -> None:
    """Only the system says what the payment service said; raises dossier.may_not."""
    if actor.kind != "system":
        raise Refusal("dossier.may_not", {"capability": str(May.COLLECT)})


def to_reconcile(actor: Actor) -> None:
    """The system each night, who takes money, or who operates the system; raises dossier.may_not."""
    if actor.kind != "system" and actor.may.isdisjoint({May.COLLECT, May.OPERATE}):
        raise Refusal("dossier.may_not", {"capability": str(May.COLLECT)})


def to_pay_online(actor: Actor, case: Case) -> None:
    """The applicant himself (whose dossier he sees), or who takes money at its desk, asks the service;
    raises dossier.may_not."""
    if not actor.is_citizen:
        policies.at_desk(actor, case, May.COLLECT)
