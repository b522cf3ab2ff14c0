"""Entry from the paper book after an outage: backdated by its own act, with its reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from motcua.dossiers import events, policies, slips, writer
from motcua.dossiers.models import BookLine
from motcua.dossiers.operations import intake as intakes
from motcua.dossiers.operations.intake import Accepted, Intake
from motcua.dossiers.writer import Done
from motcua.ledger.acts import Key, act
from motcua.rules import casework, casework_book, casework_parties
from motcua.rules.actor import Actor, May
from motcua.rules.casework_book import Line
from motcua.rules.refusal import Refusal


def accept_from_book(
    *,
    intake: Intake,
    line: Line,
    received_at: datetime,
    actor: Actor,
    at: datetime,
    key: Key | None = None,
) -> Accepted:
    """Take in what was written in the paper book while the system was away (TT 01/2018 Đ10).

    Code, clock and books are of `received_at`; the record keeps when it was entered. Raises what `accept`
    raises, and dossier.reason_missing, dossier.book_missing, dossier.book_in_future,
    dossier.book_too_old, dossier.book_outside_office, dossier.book_entered_already.
    """
    policies.may(actor, May.ACCEPT)
    with act(events.ACCEPTED_FROM_BOOK, actor=actor, at=at, key=key) as a:
        found, terms, case = intakes.taken_by(actor, intake, received_at)
        casework_book.check(line, received_at, at, terms.calendar, settings.PAPER_BOOK_DAYS)
        _not_entered(line, case.received_by_id)
        intakes.complete(found, intake)
        intakes.admit(actor, intake, terms.day(received_at))
        code = intakes.next_code(intake.unit_id, terms.day(received_at))
        new = intakes.facts(found, intake)
        changes = casework.accept(
            case, terms, received_at, code=code, papers=intake.papers, new=new
        )
        changes = casework_parties.beside(changes, intake.parties, intake.consignment)
        changes = casework_book.entered(changes, line, case.received_by_id)
        changes = slips.receipt(changes, terms, intake, found, actor, received_at)
        done = Done(changes, at=received_at, personal=intakes.personal(intake))
        writer.apply_all([done], a)
        accepted = intakes.answered(changes.case)
        a.outcome |= accepted.to_json()
    return accepted


def _not_entered(line: Line, desk_id: int) -> None:
    there = BookLine.objects.filter(
        desk_id=desk_id, book=line.book.strip(), number=line.number.strip()
    )
    if there.exists():
        raise Refusal("dossier.book_entered_already", {"number": line.number, "field": "number"})
