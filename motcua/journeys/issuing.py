"""The saga of a result (decision 0025): prepare, the leader signs, the registry clerk numbers and seals.

Each stage is an act of its own and finds in the database how far the one before it came; what is rendered,
signed and sealed lies between them. Cut off anywhere, it is gone on with by the same click: what was done is
not done again, and a number given is used, not given anew.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import drafting, issuing, operations, policies_issuing, queries
from motcua.files import operations as files
from motcua.journeys import hands
from motcua.organisations import queries as organisations
from motcua.rules import casework_issuing
from motcua.rules.actor import Actor
from motcua.rules.casework import Case
from motcua.rules.casework_drafts import State
from motcua.rules.casework_issuing import Issuing, Made, Stage
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

MOST = 20
"""Results signed or sealed by one click: each takes a moment of a key."""


@dataclass(frozen=True, slots=True)
class Left:
    """One that could not be done, and why."""

    issue_id: UUID
    code: str
    params: dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """What came of doing the same with several: each for itself."""

    done: list[UUID] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def prepare(*, dossier_id: UUID, draft_id: UUID, actor: Actor, at: datetime) -> UUID:
    """Render the approved draft with its open fields, and have it wait for the approver's signature.

    Raises dossier.not_visible, dossier.may_not, draft.own_work, draft.not_approved, issue.training,
    issue.not_configured and what operations.prepare_issue raises.
    """
    found = drafting.one(actor, dossier_id, draft_id)
    drafting.to_decide(actor, found)
    if actor.training:
        raise Refusal("issue.training")
    agency_id = actor.agency_id or found.draft["accountable_id"]
    if not hands.configured(agency_id, at):
        raise Refusal("issue.not_configured")
    if found.draft["state"] != State.APPROVED:
        raise Refusal("draft.not_approved")
    number, token = found.draft["version"], secrets.token_urlsafe(16)
    pdf = hands.prepared(found, number, actor, hands.address(token))
    declared = drafting.symbol_of(found)
    agency = drafting.issuer_name(organisations.unit(agency_id))
    return operations.prepare_issue(
        dossier_id=dossier_id,
        draft_id=draft_id,
        token=token,
        blob_id=_store(pdf, "trinh-ky.pdf", actor, at),
        symbol=casework_issuing.symbol(declared, agency),
        actor=actor,
        at=at,
    )


def sign(*, issue_id: UUID, actor: Actor, at: datetime) -> None:
    """The leader signs with his own key. Nothing is signed by who may not; signed already, nothing is done
    again. Raises what operations.sign_issue and hands.of_person raise, and the refusals of the key."""
    row = issuing.one(actor, issue_id)
    _at(row, Stage.PREPARED)
    named = {"dossier_id": row["dossier_id"], "issue_id": issue_id, "actor": actor, "at": at}
    held, case = _read(row, actor)
    casework_issuing.named(held, operations.hand(actor))
    policies_issuing.to_sign(actor, case, held, _day(at))
    key = hands.of_person(actor, at)
    pdf = hands.signed(row["prepared"], key, title=actor.title, at=at)
    made = Made(_store(pdf, "da-ky.pdf", actor, at), key.fingerprint)
    operations.sign_issue(**named, made=made)


def number_and_seal(*, issue_id: UUID, actor: Actor, at: datetime) -> None:
    """The registry clerk gives the number, seals, and the result is issued: from whichever stage it stands.

    The seal is looked for before the number is taken. A key or a time stamp that goes away in the middle
    leaves the number with the result, and the same click goes on. Raises what the operations and
    hands.of_agency raise.
    """
    row = issuing.one(actor, issue_id)
    if row["stage"] not in issuing.TO_SEAL:
        raise Refusal("issue.passed", {"stage": row["stage"]})
    held, case = _read(row, actor)
    policies_issuing.to_seal(actor, case, held, _day(at))
    named = {"dossier_id": row["dossier_id"], "issue_id": issue_id, "actor": actor, "at": at}
    if row["stage"] != Stage.SEALED:
        key = hands.of_agency(row["agency_id"], at)
        if row["stage"] == Stage.SIGNED:
            operations.number_issue(**named)
            row = issuing.one(actor, issue_id)
        pdf = hands.sealed(
            row["signed"], key, number=row["number"], on=row["issued_on"], at=at,
            by=row["signed_with"],
        )  # fmt: skip
        name = f"{row['number'].replace('/', '-')}.pdf"
        made = Made(_store(pdf, name, actor, at), key.fingerprint)
        operations.seal_issue(**named, number=row["number"], made=made)
    operations.conclude(
        **named,
        item_id=issuing.last_step(row["dossier_id"]),
        result_name=row["title"],
        result_number=issuing.one(actor, issue_id)["number"],
    )


def sign_many(*, ids: Sequence[UUID], actor: Actor, at: datetime) -> Outcome:
    """Sign several, each for itself. Raises bulk.nothing_chosen, bulk.too_many."""
    return _each(ids, lambda one: sign(issue_id=one, actor=actor, at=at))


def number_and_seal_many(*, ids: Sequence[UUID], actor: Actor, at: datetime) -> Outcome:
    """Number and seal several, each for itself, in the order they were chosen."""
    return _each(ids, lambda one: number_and_seal(issue_id=one, actor=actor, at=at))


def _each(ids: Sequence[UUID], do: Callable[[UUID], None]) -> Outcome:
    if not ids:
        raise Refusal("bulk.nothing_chosen")
    if len(ids) > MOST:
        raise Refusal("bulk.too_many", {"most": MOST})
    outcome = Outcome()
    for issue_id in dict.fromkeys(ids):
        try:
            do(issue_id)
        except Refusal as refusal:
            outcome.left.append(Left(issue_id, refusal.code, dict(refusal.params)))
        else:
            outcome.done.append(issue_id)
    return outcome


def _at(row: dict[str, Any], stage: Stage) -> None:
    if row["stage"] != stage:
        raise Refusal("issue.passed", {"stage": row["stage"]})


def _read(row: dict[str, Any], actor: Actor) -> tuple[Issuing, Case]:
    """What is asked before a key is used; the act asks it again, under the lock."""
    case = queries.detail(actor, row["dossier_id"]).case
    return issuing.held(row["dossier_id"], row["id"]), case


def _day(at: datetime) -> date:
    return at.astimezone(ZONE).date()


def _store(pdf: bytes, name: str, actor: Actor, at: datetime) -> int:
    kept = files.keep([pdf], name, actor=actor, at=at)
    return files.store_kept([kept], actor=actor, at=at)[kept.sha256]
