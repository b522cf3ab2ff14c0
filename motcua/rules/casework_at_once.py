"""Work done while the applicant waits: taken in, settled and handed over as one act.

A procedure whose result is given at once needs no receipt unless the person asks for it, but the case is
recorded like every other (NĐ 61/2018 Đ17; TT 01/2018 Đ6: one officer may take in and settle). In the books
it is received and done on that day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.rules import deadline
from motcua.rules.casework import Case, Changes, Draft, PaperHeld, Status, Terms, add_papers
from motcua.rules.deadline import Limit, LimitUnit
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold

AT_ONCE = frozenset({LimitUnit.SAME_DAY, LimitUnit.NONE})
"""Limits under which a dossier may be settled while the applicant waits."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed the result; `account_id` where he has an account here."""

    name: str
    title: str = ""
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A result handed over at once: what it is, who signed it, who took it and how."""

    result_name: str
    result_number: str
    signer: Signer
    recipient: str
    identity: str = ""
    method: str = "counter"


def settle(
    case: Case,
    terms: Terms,
    at: datetime,
    *,
    code: str,
    given: Given,
    clerk: Signer,
    papers: Sequence[PaperHeld] = (),
    new: Mapping[str, Any],
    extra: Iterable[tuple[str, Mapping[str, Any]]] = (),
) -> Changes:
    """Take in, settle and hand over in one act (status 10). `extra` are rows the act writes besides.

    Raises dossier.not_at_once, dossier.result_missing, dossier.recipient_missing,
    dossier.signer_missing, dossier.signer_prepared_it.
    """
    allowed(terms.limit)
    _whole(given, clerk)
    taken = _taken(case, terms, at, code, papers, new)
    before = replace(taken.case, version=case.version)
    draft = Draft(before, before, at, terms)
    draft.now(status=Status.HANDED_OVER, finished_at=at)
    draft.tick(deadline.Closed(at))
    draft.columns |= {"result": _result(given), "handed_over_at": at}
    draft.row(
        "hand_over",
        at=at,
        method=given.method,
        recipient=given.recipient,
        identity=given.identity,
        by_id=clerk.account_id,
    )
    for table, values in extra:
        draft.row(table, **values)
    given_now = draft.finish(method=given.method, signer=given.signer.name)
    return replace(
        given_now,
        rows=(*taken.rows, *given_now.rows),
        postings=(*taken.postings, *given_now.postings),
        recorded={**taken.recorded, **given_now.recorded},
    )


def allowed(limit: Limit) -> None:
    """Raises dossier.not_at_once for a procedure that has days."""
    if limit.unit not in AT_ONCE:
        raise Refusal("dossier.not_at_once")


def signed_by_another(signer: Signer, clerk: Signer) -> None:
    """Who prepares does not sign. Raises dossier.signer_missing, dossier.signer_prepared_it."""
    if not signer.name.strip():
        raise Refusal("dossier.signer_missing", {"field": "signer"})
    known = signer.account_id is not None and clerk.account_id is not None
    same = signer.account_id == clerk.account_id if known else fold(signer.name) == fold(clerk.name)
    if same:
        raise Refusal("dossier.signer_prepared_it", {"field": "signer"})


def _taken(
    case: Case,
    terms: Terms,
    at: datetime,
    code: str,
    papers: Sequence[PaperHeld],
    new: Mapping[str, Any],
) -> Changes:
    """As accepted, with no step opened: nobody else has anything to do."""
    draft = Draft(None, case, at, terms)
    draft.columns |= new
    add_papers(draft, papers)
    draft.under()
    draft.now(status=Status.ACCEPTED, code=code, received_at=at, accepted_at=at)
    draft.tick(deadline.Accepted(at, terms.limit))
    return draft.finish(channel=int(case.channel))


def _whole(given: Given, clerk: Signer) -> None:
    if not given.result_name.strip():
        raise Refusal("dossier.result_missing", {"field": "result_name"})
    if not given.recipient.strip():
        raise Refusal("dossier.recipient_missing", {"field": "recipient"})
    signed_by_another(given.signer, clerk)


def _result(given: Given) -> dict[str, Any]:
    return {
        "kind": "granted",
        "name": given.result_name,
        "number": given.result_number,
        "signer": given.signer.name,
        "signer_title": given.signer.title,
    }
