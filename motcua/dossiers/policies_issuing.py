"""Who signs, numbers, seals, stops and revokes a result: two different people at every turn."""

from __future__ import annotations

from datetime import date

from motcua.dossiers import issuing, policies, policies_trust
from motcua.rules.actor import Actor, May
from motcua.rules.casework import CONCLUDE, Case, Item
from motcua.rules.casework_issuing import Issuing
from motcua.rules.refusal import Refusal


def to_sign(actor: Actor, case: Case, found: Issuing, on: date) -> Item:
    """The last step, on the actor's desk, who may sign and did not prepare what he signs.

    Raises dossier.may_not, dossier.not_your_step, duty.same_person, issue.agency_changed.
    """
    policies.may(actor, May.SIGN)
    item = policies.to_certify(actor, case)
    if issuing.agency_of(item.unit_id, case.accountable_id) != found.agency_id:
        raise Refusal("issue.agency_changed")
    policies_trust.to_sign(actor, case, on)
    return item


def may_seal(actor: Actor, agency_id: int) -> bool:
    """Whether the actor keeps the seal and the books of numbers of this agency."""
    return May.REGISTER in actor.may and (actor.kind == "system" or actor.agency_id == agency_id)


def to_seal(actor: Actor, case: Case, found: Issuing, on: date) -> Item:
    """The last step, on the desk of the agency's registry, which is not the one who signed.

    Raises dossier.may_not, dossier.not_your_step, duty.same_person, issue.agency_changed.
    """
    if not may_seal(actor, found.agency_id):
        raise Refusal("dossier.may_not", {"capability": str(May.REGISTER)})
    policies_trust.apart(actor, {found.signer_id}, "sign_issue", on)
    item = next((one for one in case.items if one.act == CONCLUDE and not one.waiting), None)
    if item is None or not policies.is_own(actor, item):
        raise Refusal("dossier.not_your_step")
    if issuing.agency_of(item.unit_id, case.accountable_id) != found.agency_id:
        raise Refusal("issue.agency_changed")
    return item


def may_cancel(actor: Actor, agency_id: int, accountable_id: int) -> bool:
    """Whether the actor signs or seals for the agency that issues, or the one that answers now."""
    works = not actor.may.isdisjoint({May.SIGN, May.REGISTER})
    return works and (actor.kind == "system" or actor.agency_id in (agency_id, accountable_id))


def to_cancel(actor: Actor, case: Case, found: Issuing) -> None:
    """Raises dossier.may_not unless `may_cancel`."""
    if not may_cancel(actor, found.agency_id, case.accountable_id):
        raise Refusal("dossier.may_not", {"capability": str(May.REGISTER)})


def may_propose_revocation(actor: Actor, agency_id: int, accountable_id: int) -> bool:
    """Whether the actor settles, leads or seals in the agency that issued the result or settled it."""
    return May.PROCESS in actor.may and actor.agency_id in (agency_id, accountable_id)


def to_propose_revocation(actor: Actor, case: Case, found: Issuing) -> None:
    """Raises dossier.may_not unless `may_propose_revocation`."""
    if not may_propose_revocation(actor, found.agency_id, case.accountable_id):
        raise Refusal("dossier.may_not", {"capability": str(May.PROCESS)})


def may_revoke(actor: Actor, agency_id: int) -> bool:
    """Whether the actor signs for the agency that issued the result."""
    return May.SIGN in actor.may and (actor.kind == "system" or actor.agency_id == agency_id)


def to_revoke(actor: Actor, found: Issuing, proposer: int | None, on: date) -> None:
    """Raises dossier.may_not unless `may_revoke`, and duty.same_person where he proposed it himself."""
    if not may_revoke(actor, found.agency_id):
        raise Refusal("dossier.may_not", {"capability": str(May.SIGN)})
    policies_trust.apart(actor, {proposer}, "propose_revocation", on)
