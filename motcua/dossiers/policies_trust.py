"""Whom one does not trust alone: who corrects what, and which two acts need two people (statutory.duties)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from motcua.dossiers.policies import is_desk
from motcua.ledger import sql
from motcua.rules.actor import Actor, May, Role
from motcua.rules.casework import Case
from motcua.rules.refusal import Refusal
from motcua.statutory import duties


def may_propose_correction(actor: Actor, case: Case) -> bool:
    """Whether the actor takes in at the dossier's desk, or settles in its agency: who may say that it is
    written wrong."""
    at_desk = May.ACCEPT in actor.may and is_desk(actor, case)
    return at_desk or (May.PROCESS in actor.may and actor.agency_id == case.accountable_id)


def to_propose_correction(actor: Actor, case: Case) -> None:
    """Raises dossier.may_not unless `may_propose_correction`."""
    if not may_propose_correction(actor, case):
        raise Refusal("dossier.may_not", {"capability": str(May.ACCEPT)})


def may_decide_correction(actor: Actor, received_by_id: int, accountable_id: int) -> bool:
    """Whether the actor is one of those who confirm corrections: at the dossier's desk, or who heads or leads
    its agency."""
    at_its_desk = received_by_id in actor.units or received_by_id in actor.sees.received_by
    leads = not actor.may.isdisjoint({May.APPROVE, May.ASSIGN})
    return actor.kind == "officer" and (
        (at_its_desk and not actor.may.isdisjoint({May.ACCEPT, May.ASSIGN}))
        or (leads and actor.agency_id == accountable_id)
    )


def to_decide_correction(actor: Actor, case: Case) -> None:
    """Raises dossier.may_not unless `may_decide_correction`."""
    if not may_decide_correction(actor, case.received_by_id, case.accountable_id):
        raise Refusal("dossier.may_not", {"capability": str(May.ACCEPT)})


def to_see_signals(actor: Actor) -> None:
    """Who sees figures sees how many signals there are; whose dossiers, as far as his scope goes. Raises
    dossier.may_not."""
    if actor.kind != "system" and May.SEE_FIGURES not in actor.may:
        raise Refusal("dossier.may_not", {"capability": str(May.SEE_FIGURES)})


def may_review_signals(actor: Actor) -> bool:
    """Whether the actor's post is to look into signals: inspection, and control of procedures."""
    return actor.role in (Role.INSPECTOR, Role.CONTROL_OFFICER)


def to_review_signal(actor: Actor) -> None:
    """Raises dossier.may_not unless `may_review_signals`."""
    if not may_review_signals(actor):
        raise Refusal("dossier.may_not", {"capability": str(May.SEE_FIGURES)})


def apart(actor: Actor, first: Collection[int | None], did: str, on: date) -> None:
    """Separation of duties: raises duty.same_person where the actor, or whom he stands in for, is one of
    those who did the act named `did` of the same thing, and a duty in force on the day keeps them apart."""
    mine = {actor.account_id, actor.on_behalf_of} - {None}
    if mine & set(first):
        for duty in duties.in_force(on):
            if duty.first == did:
                raise Refusal("duty.same_person", {"duty": duty.title, "source": duty.source})


def to_sign(actor: Actor, case: Case, on: date) -> None:
    """Who prepared a result does not sign it (the hard rule), nor, where the province chose so, who took the
    dossier in or the money; raises duty.same_person."""
    if actor.account_id is None:
        return
    for duty in duties.in_force(on):
        if duty.second == "conclude" and duty.first in DOERS:
            rows = sql.fetch(DOERS[duty.first], [case.id])
            apart(actor, {row["account_id"] for row in rows}, duty.first, on)


def nothing_open(case: Case) -> None:
    """No result while an agency asked has not answered, or a part settled elsewhere is not done; the database
    refuses it too. Raises dossier.opinions_open, dossier.children_open."""
    found = sql.fetch(OPEN_ELSEWHERE, [case.id, case.id])[0]
    if found["opinions"]:
        raise Refusal("dossier.opinions_open", {"n": found["opinions"]})
    if found["children"]:
        raise Refusal("dossier.children_open", {"n": found["children"]})


OPEN_ELSEWHERE = """
SELECT (SELECT count(*) FROM dossiers_opinion
        WHERE dossier_id = %s AND answered_at IS NULL AND cancelled_at IS NULL) AS opinions,
       (SELECT count(*) FROM dossiers_dossier
        WHERE parent_id = %s AND status NOT IN (3, 7, 9, 10)) AS children
"""
_ENTRY = "SELECT account_id FROM ledger_entry WHERE subject_kind = 'dossier' AND subject_id = %s"
DOERS = {
    "prepare": """
SELECT closed_by_id AS account_id FROM dossiers_workitem
WHERE dossier_id = %s AND closed_at IS NOT NULL AND (role = 'officer' OR act = 'process')
""",
    "accept": f"{_ENTRY} AND event = 'dossier.accepted'",
    "record_payment": f"{_ENTRY} AND event = 'dossier.payment_recorded'",
}
"""Who did an act of a dossier, by the name a duty gives it."""
