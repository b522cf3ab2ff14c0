"""Work done while the applicant waits: one act from taking in to handing over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from motcua.dossiers import events, policies, slips, writer
from motcua.dossiers.operations import intake as intakes
from motcua.dossiers.operations.intake import Accepted, Intake
from motcua.ledger.acts import Act, Key, act
from motcua.rules import casework_at_once, casework_parties
from motcua.rules.actor import Actor, May
from motcua.rules.casework import Changes
from motcua.rules.casework_at_once import Given, Signer


def settle_at_once(
    *,
    intake: Intake,
    result_name: str,
    result_number: str,
    recipient: str,
    identity: str,
    method: str,
    signer: Signer,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
    with_receipt: bool = False,
) -> Accepted:
    """Take in, settle and hand over while the applicant waits (NĐ 61/2018 Đ17; TT 01/2018 Đ6).

    No receipt unless he asks for one. Raises dossier.may_not, dossier.not_offered,
    dossier.not_your_desk, dossier.paper_missing, dossier.limit_unknown, dossier.no_such_channel,
    dossier.not_at_once, dossier.result_missing, dossier.recipient_missing, dossier.signer_missing,
    dossier.signer_prepared_it.
    """
    given = Given(result_name, result_number, signer, recipient, identity, method)
    may_settle_at_once(actor)
    with act(events.SETTLED_AT_ONCE, actor=actor, at=at, key=key) as a:
        changes = decide_at_once(a, intake, given, with_receipt=with_receipt)
        writer.apply(changes, a, intakes.personal(intake))
        done = intakes.answered(changes.case)
        a.outcome |= done.to_json()
    return done


def may_settle_at_once(actor: Actor) -> None:
    """Raises dossier.may_not unless the actor both takes in and hands over."""
    policies.may(actor, May.ACCEPT)
    policies.may(actor, May.HAND_OVER)


def decide_at_once(
    a: Act,
    intake: Intake,
    given: Given,
    *,
    extra: Iterable[tuple[str, Mapping[str, Any]]] = (),
    with_receipt: bool = False,
) -> Changes:
    """The changes of such a case within an open act, with rows of the caller's own beside its own."""
    found, terms, case = intakes.taken_by(a.actor, intake, a.at)
    intakes.complete(found, intake)
    intakes.admit(a.actor, intake, terms.day(a.at))
    clerk = Signer(a.actor.name, a.actor.title, a.actor.account_id)
    changes = casework_at_once.settle(
        case,
        terms,
        a.at,
        code=intakes.next_code(intake.unit_id, terms.day(a.at)),
        given=given,
        clerk=clerk,
        papers=intake.papers,
        new=intakes.facts(found, intake),
        extra=extra,
    )
    changes = casework_parties.beside(changes, intake.parties, intake.consignment)
    if with_receipt:
        return slips.receipt(changes, terms, intake, found, a.actor, a.at)
    return changes
