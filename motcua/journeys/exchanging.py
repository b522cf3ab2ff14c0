"""Exchanging dossiers with other systems: what waits is told them, what they have for us is taken in, and
both sides are compared.

Nothing here is asked of the outside while a transaction is open: a message is taken in hand by one act, sent,
and what came of it is another act. Whoever is cut off between loses his claim in time, and the next asks the
other side whether it arrived before sending it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import orjson
import psycopg
from django.db import DatabaseError, transaction

from motcua.catalogue import queries as catalogue
from motcua.dossiers import exchanged, operations, ports, telling_systems
from motcua.dossiers.exchanged import ForeignFacts
from motcua.dossiers.operations import Answered, Compared, Found, InHand, Outcome
from motcua.dossiers.ports import Exchange
from motcua.journeys import intake as intakes
from motcua.journeys.intake import Applicant, Application
from motcua.organisations import queries as organisations
from motcua.rules import national, numbering
from motcua.rules.actor import Actor, system
from motcua.rules.casework import PaperHeld, Status
from motcua.rules.national import Seen
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

Clock = Callable[[], datetime]
Row = Mapping[str, Any]
SYSTEM = system("Trao đổi hồ sơ")
MANY = 20
WINDOW = timedelta(days=31)
"""So many days of filing are compared each night."""


def queue_syncs(rows: Sequence[Row]) -> None:
    """A reaction to every entry: what other systems are to be told of it is queued."""
    if rows:
        operations.queue_syncs(rows=rows, actor=SYSTEM, at=max(row["at"] for row in rows))


# ---- telling -------------------------------------------------------------------------------------


def tell_systems(now: Clock) -> int:
    """Tell every connected system what waits for it; returns how many messages arrived. A system that gives
    no answer is left for this time."""
    return sum(tell_system(key, portal, now) for key, portal in ports.connected().items())


def tell_system(key: str, portal: Exchange, now: Clock) -> int:
    """Tell one system what waits for it, until nothing does or it gives no answer."""
    arrived = 0
    while batch := operations.claim_syncs(system=key, actor=SYSTEM, at=now(), many=MANY):
        answered = list(_sent(portal, batch))
        operations.answer_syncs(answered=answered, actor=SYSTEM, at=now())
        outcomes = [one.outcome for one in answered]
        arrived += outcomes.count(Outcome.SENT)
        if Outcome.UNKNOWN in outcomes:
            break
    return arrived


def _sent(portal: Exchange, batch: Sequence[InHand]) -> Iterator[Answered]:
    whose = telling_systems.applicants(SYSTEM, [one.dossier_id for one in batch])
    silent = False
    for one in batch:
        if silent:
            yield Answered(one, Outcome.NOT_TRIED)
            continue
        record = one.record
        if one.service == national.SYNC:
            record = national.with_applicant(record, whose[one.dossier_id])
        answer = _send(portal, one, record)
        silent = answer.outcome is Outcome.UNKNOWN
        yield answer


def _send(portal: Exchange, one: InHand, record: Row) -> Answered:
    """Send a message; one of which nobody knows whether it arrived is asked for first."""
    known = one.known
    try:
        if one.uncertain:
            there = portal.find(one.code)
            if there is not None and national.arrived(one.service, record, there):
                return Answered(one, Outcome.SENT, "đã có ở nơi nhận khi hỏi lại")
            known = there is not None
        key = f"{one.code}/{one.number}"
        portal.send(one.service, record, updating=known, key=key)
    except Refusal as refused:
        if refused.code == "port.refused":
            return Answered(one, Outcome.REFUSED, str(refused.params["said"]))
        return Answered(one, Outcome.UNKNOWN, refused.code)
    return Answered(one, Outcome.SENT)


# ---- taking in -----------------------------------------------------------------------------------


def take_in(now: Clock) -> int:
    """Take in what every connected system has for us; returns how many records were dealt with. A system
    that gives no answer is asked again the next time."""
    total = 0
    for key, portal in ports.connected().items():
        try:
            total += take_in_from(key, portal, now)
        except Refusal:
            continue
    return total


def take_in_from(key: str, portal: Exchange, now: Clock, many: int = 100) -> int:
    """Take in what one system has for us, in its order, until there is no more."""
    total = 0
    after = exchanged.taken_up_to(key)
    while arrived := portal.arrived(after, many):
        for number, record in arrived:
            receive(key, number, record, mirrors=portal.mirrors, at=now())
            after = max(after, number)
        operations.move_feed(system=key, number=after, actor=SYSTEM, at=now())
        total += len(arrived)
    return total


def receive(key: str, number: int, record: object, *, mirrors: bool, at: datetime) -> str:
    """Take a record in, or keep it back as it came, with why; returns what became of it."""
    digest = hashlib.sha256(orjson.dumps(record, option=orjson.OPT_SORT_KEYS)).hexdigest()
    try:
        return _tried(key, record, digest, mirrors, at)
    except Refusal as refused:
        reason, params = refused.code, refused.params
    over = reason == "exchange.record_older"
    operations.hold_record(
        system=key, number=number, record=record, digest=digest, reason=reason,
        params=_plain(params), actor=SYSTEM, at=at, over=over,
    )  # fmt: skip
    return "older" if over else "held"


def release(held_id: UUID, *, actor: Actor, at: datetime) -> None:
    """Take in a record that was kept back, now that what it lacked is mended; else say what it still lacks.

    Raises dossier.may_not, exchange.not_held, and why it cannot be taken in.
    """
    with transaction.atomic():
        operations.close_held(held_id=held_id, actor=actor, at=at)
        kept = exchanged.kept(held_id)
        port = ports.EXCHANGES.get(kept.system)
        mirrors = bool(port and port.plugged and port.plugged.mirrors)
        _tried(kept.system, kept.record, kept.digest, mirrors, at)


def release_all(now: Clock) -> int:
    """Try every record that was kept back once more; returns how many could be taken in."""
    done = 0
    for held_id in exchanged.held_to_try(SYSTEM):
        try:
            release(held_id, actor=SYSTEM, at=now())
        except Refusal:
            continue
        done += 1
    return done


def _tried(key: str, record: object, digest: str, mirrors: bool, at: datetime) -> str:
    try:
        with transaction.atomic():
            return _taken(key, record, digest, mirrors, at)
    except (DatabaseError, psycopg.Error) as error:
        if not _of_its_values(error):
            raise
        raise Refusal("exchange.record_unreadable") from None


def _of_its_values(error: Exception) -> bool:
    """Whether the database minds what the record says (SQLSTATE 22, 23), not how it is itself."""
    cause = error if isinstance(error, psycopg.Error) else error.__cause__
    return (getattr(cause, "sqlstate", None) or "")[:2] in ("22", "23")


def _taken(key: str, record: object, digest: str, mirrors: bool, at: datetime) -> str:
    seen = national.read(record)
    known = exchanged.foreign(key, seen.code)
    if known is not None:
        return _again(known, seen, digest, at)
    if exchanged.is_ours(seen.code):
        raise Refusal("exchange.code_taken", {"code": seen.code})
    if not mirrors and seen.status is not Status.SUBMITTED:
        raise Refusal("exchange.begins_in_the_middle", {"status": int(seen.status)})
    given = intakes.intake_of(_application(seen, at), actor=SYSTEM, at=at)
    if mirrors:
        operations.mirror(system=key, seen=seen, intake=given, digest=digest, actor=SYSTEM, at=at)
        return "mirrored"
    operations.receive(system=key, seen=seen, intake=given, digest=digest, actor=SYSTEM, at=at)
    return "received"


def _again(known: ForeignFacts, seen: Seen, digest: str, at: datetime) -> str:
    """A record of a dossier that is here already."""
    if digest == known.digest:
        return "same"
    if national.is_older(seen, (known.seen_at, known.seen_rank)):
        raise Refusal("exchange.record_older", {"code": seen.code})
    if known.mirrored:
        operations.mirror_again(
            dossier_id=known.dossier_id, seen=seen, digest=digest, actor=SYSTEM, at=at
        )
        return "mirrored again"
    _settled_here(known, seen, at)
    operations.note_seen(dossier_id=known.dossier_id, seen=seen, digest=digest, actor=SYSTEM, at=at)
    return "noted"


def _settled_here(known: ForeignFacts, seen: Seen, at: datetime) -> None:
    """What the applicant did at the other system with a dossier that is settled here."""
    if seen.status is Status.WITHDRAWN:
        operations.withdraw(
            dossier_id=known.dossier_id,
            reason=f"Người nộp rút tại {known.owner}",
            actor=SYSTEM,
            at=at,
        )
        return
    there = set(exchanged.papers_of(known.dossier_id))
    added = [PaperHeld(name, 1, 0) for name in seen.papers if name not in there]
    if not added:
        raise Refusal("exchange.settled_here", {"code": seen.code, "status": int(seen.status)})
    operations.receive_supplement(
        dossier_id=known.dossier_id, papers=tuple(added), actor=SYSTEM, at=at
    )


def _application(seen: Seen, at: datetime) -> Application:
    """What a record asks for, at the agency it names. Raises exchange.unit_unknown,
    exchange.procedure_unknown."""
    on = at.astimezone(ZONE).date()
    unit_id = _unit(seen.unit_code, on)
    procedure_id = catalogue.offered_by_code(seen.procedure_code, unit_id, on)
    if procedure_id is None:
        raise Refusal(
            "exchange.procedure_unknown", {"procedure": seen.procedure_code, "unit": seen.unit_code}
        )
    who = seen.applicant
    return Application(
        applicant=Applicant(who.name, who.number, who.kind, who.phone, who.email),
        procedure_id=procedure_id,
        unit_id=unit_id,
        channel=seen.channel,
        papers=tuple(PaperHeld(name, 1, 0) for name in seen.papers),
        subject=who.subject,
    )


def _unit(code: str, on: date) -> int:
    for form in numbering.Form:
        found = organisations.unit_by_code(form, code, on)
        if found is not None:
            return found.id
    raise Refusal("exchange.unit_unknown", {"unit": code})


def _plain(params: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in params.items()}


# ---- comparing -----------------------------------------------------------------------------------


def reconcile_all(today: date, now: Clock) -> int:
    """Compare the last days with every connected system; returns how many dossiers differ."""
    differing = 0
    for key, portal in ports.connected().items():
        try:
            differing += reconcile(key, portal, today - WINDOW, today, now)
        except Refusal:
            continue
    return differing


def reconcile(
    key: str, portal: Exchange, since: date, until: date, now: Clock, actor: Actor = SYSTEM
) -> int:
    """Compare the dossiers filed on some days, here and there; returns how many differ that no message on
    its way will mend. Raises dossier.may_not, port.no_answer, port.answer_unreadable, port.refused."""
    begin, end = (
        datetime.combine(day, time.min, ZONE) for day in (since, until + timedelta(days=1))
    )
    there = portal.listed(begin, end)
    here = exchanged.here(key, begin, end)
    found = []
    for one in national.compare({code: d.status for code, d in here.items()}, there):
        ours = here.get(one.code)
        found.append(Found(one, ours.id if ours else None, bool(ours and ours.waiting)))
    compared = Compared(key, since, until, len(here), len(there), found)
    operations.reconcile(compared=compared, actor=actor, at=now())
    return sum(not one.waiting for one in found)


def tell_differing(reconciliation_id: UUID, *, actor: Actor, at: datetime) -> int:
    """Tell the other side again of what a comparison found missing or otherwise there; returns how many
    messages were queued. Raises dossier.may_not."""
    ids = exchanged.differing(reconciliation_id)
    return operations.tell_again(dossier_ids=ids, actor=actor, at=at)
