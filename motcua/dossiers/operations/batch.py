"""Many applicants of one procedure taken in together: one act, an entry for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.dossiers import events, policies, same, slips, writer
from motcua.dossiers.operations import intake as intakes
from motcua.dossiers.operations.intake import Accepted, Intake
from motcua.dossiers.writer import Done
from motcua.ledger.acts import Act, Key, act
from motcua.rules import casework, casework_parties
from motcua.rules.actor import Actor, May
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

CHUNK = 50
"""So many in one act: a batch is cut, so that no desk waits long for the next number."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one row: taken in, or refused with the code of the reason."""

    accepted: Accepted | None
    refused: str = ""

    def to_json(self) -> dict[str, Any]:
        return {"accepted": self.accepted and self.accepted.to_json(), "refused": self.refused}


def accept_together(
    *, intakes_given: Sequence[Intake], actor: Actor, at: datetime, key: Key | None = None
) -> list[Row]:
    """Take many dossiers of one procedure and agency in, up to CHUNK; what is refused is left out and
    told by its code, in the order given. Raises dossier.may_not, dossier.not_offered,
    dossier.not_your_desk, dossier.limit_unknown for all of them."""
    policies.may(actor, May.ACCEPT)
    with act(events.ACCEPTED, actor=actor, at=at, key=key) as a:
        refused = _refused(actor, intakes_given, a)
        good = [one for n, one in enumerate(intakes_given) if n not in refused]
        done = iter(_taken(a, good))
        rows = [
            Row(None, refused[n]) if n in refused else Row(next(done))
            for n in range(len(intakes_given))
        ]
        a.says({"refused": len(refused)})
        a.outcome["rows"] = [row.to_json() for row in rows]
    return rows


def _refused(actor: Actor, given: Sequence[Intake], a: Act) -> dict[int, str]:
    """The rows that cannot be taken in, with why; what is wrong with all of them is raised."""
    found, terms, _ = intakes.taken_by(actor, given[0], a.at)
    applicants = {one.applicant_id for one in given if one.unless_open}
    there = {one.applicant_id for one in same.of(actor, found.procedure_id, applicants)}
    refused: dict[int, str] = {}
    for n, one in enumerate(given):
        try:
            intakes.complete(found, one)
            intakes.admit(actor, replace(one, unless_open=False), terms.day(a.at))
            if one.unless_open and one.applicant_id in there:
                raise Refusal("dossier.same_open")
        except Refusal as refusal:
            refused[n] = refusal.code
        else:
            there.add(one.applicant_id)
    return refused


def _taken(a: Act, given: Sequence[Intake]) -> list[Accepted]:
    if not given:
        return []
    found, terms, case = intakes.taken_by(a.actor, given[0], a.at)
    codes = intakes.next_codes(given[0].unit_id, terms.day(a.at), len(given))
    done: list[Done] = []
    for one, code in zip(given, codes, strict=True):
        own = replace(
            intakes.new_case(found, one, a.at, training=a.actor.training, dossier_id=new_id()),
            received_by_id=case.received_by_id,
            holder_id=case.holder_id,
        )
        changes = casework.accept(
            own, terms, a.at, code=code, papers=one.papers, new=intakes.facts(found, one)
        )
        changes = casework_parties.beside(changes, one.parties, one.consignment)
        changes = slips.receipt(changes, terms, one, found, a.actor, a.at)
        done.append(Done(changes, personal=intakes.personal(one)))
    writer.apply_all(done, a)
    return [intakes.answered(one.changes.case) for one in done]
