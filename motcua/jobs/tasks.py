"""Periodic duties. Each is safe to run twice, and to be cut off in the middle."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import sleep

from procrastinate.contrib.django import app

from motcua.dossiers import operations as dossiers
from motcua.dossiers import reading, scan_folder
from motcua.files import asking
from motcua.files import operations as files
from motcua.journeys import exchanging, paying, reactions
from motcua.look import clock
from motcua.messaging import sender
from motcua.rules.actor import system
from motcua.statistics import operations as statistics

SENDING = 20.0
"""Seconds a minute that a worker with other duties sends messages: it is stopped within so long."""


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="drain_outbox", pass_context=False)
def drain_outbox(timestamp: int) -> None:
    """Do what follows from new entries, in the order of each subject."""
    drain_all()


def drain_all() -> int:
    """Drain the outbox until it is empty; returns how many rows were done."""
    total = 0
    while done := reactions.drain(datetime.now(UTC)):
        total += done
    return total


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="warn_of_dates", pass_context=False)
def warn_of_dates(timestamp: int) -> None:
    """Warn of the dates whose moment has come; after an outage, of each only what applies now."""
    warn_all()


def warn_all() -> int:
    """Warn until no date is left to be warned of, and tell of late opinions; returns how many dossiers
    were looked at."""
    total, worker = 0, system("nhắc hạn trả kết quả")
    while done := dossiers.warn(actor=worker, at=clock.door_now()):
        total += done
    while dossiers.tell_late_opinions(actor=worker, at=clock.door_now()):
        pass
    return total


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send_notices", pass_context=False)
def send_notices(timestamp: int) -> None:
    """Hand over the messages that wait, for who does not run `motcua send-notices` (every second)."""
    sender.send_all(clock.door_now, seconds=SENDING)


@app.periodic(cron="10 0 * * *")
@app.task(queueing_lock="warn_of_certificates", pass_context=False)
def warn_of_certificates(timestamp: int) -> None:
    """Each morning (07:10 in Việt Nam; cron is UTC) tell of the certificates that end soon."""
    while files.warn_of_certificates(actor=system("nhắc hạn chứng thư số"), at=clock.door_now()):
        pass


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="fold_figures", pass_context=False)
def fold_figures(timestamp: int) -> None:
    """Fold finished postings into the roll-ups; figures are right without it, only slower."""
    statistics.fold()


@app.periodic(cron="20 19 * * *")
@app.task(queueing_lock="prove_figures", pass_context=False)
def prove_figures(timestamp: int) -> None:
    """Each night (02:20 in Việt Nam; cron is UTC) prove the books of the day before against the ledger."""
    yesterday = clock.door_now().date() - timedelta(days=1)
    statistics.prove(on=yesterday, actor=system("đối chiếu hằng đêm"), at=datetime.now(UTC))


@app.periodic(cron="40 19 * * *")
@app.task(queueing_lock="purge_parked", pass_context=False)
def purge_parked(timestamp: int) -> None:
    """Each night throw away the unfinished intakes that nobody has touched for some days."""
    dossiers.purge_parked(actor=system("dọn hồ sơ để tạm"), at=clock.door_now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="resettle_dossiers", pass_context=False)
def resettle_dossiers(timestamp: int) -> None:
    """Count the open dossiers anew that keep an older calendar than the one in force; what a worker that
    was killed left is done by the next."""
    resettle_all()


def resettle_all() -> int:
    """Count anew every open dossier that keeps an older calendar; returns how many there were."""
    worker = system("Tính lại ngày hẹn trả")
    return sum(done.dossiers for done in dossiers.resettle(actor=worker, at=clock.door_now()))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="move_units", pass_context=False)
def move_units(timestamp: int) -> None:
    """Carry out the approved plans of units that have ended, once their day has come; what a worker that was
    killed left is done by the next."""
    move_all()


@app.periodic(cron="40 18 * * *")
@app.task(queueing_lock="move_units_again", pass_context=False)
def move_units_again(timestamp: int) -> None:
    """Each night, what has come to units whose dossiers have followed already."""
    move_all(again=True)


def move_all(*, again: bool = False) -> int:
    """Carry out every approved plan whose day has come; returns how many dossiers moved."""
    worker = system("Sắp xếp đơn vị")
    moved = dossiers.run_moves(actor=worker, at=clock.door_now(), again=again)
    return sum(done.dossiers for done in moved)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_in_scans", pass_context=False)
def take_in_scans(timestamp: int) -> None:
    """Take in what scanners have written, for who does not run `motcua watch-scans` (every two seconds)."""
    first = scan_folder.sweep(scan_folder.Swept(), at=clock.door_now())
    if first.seen:
        sleep(scan_folder.STILL_SECONDS)
        scan_folder.sweep(first, at=clock.door_now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="read_papers", pass_context=False)
def read_papers(timestamp: int) -> None:
    """Read the words of new files, for search; where no reader is installed nothing happens."""
    reading.read_new(at=clock.door_now())


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ask_of_certificates", pass_context=False)
def ask_of_certificates(timestamp: int) -> None:
    """Ask authorities whether the certificates of files that came in were revoked; where no host may be
    asked nothing happens."""
    asking.ask_due(at=clock.door_now(), now=datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="ask_payments", pass_context=False)
def ask_payments(timestamp: int) -> None:
    """Ask the payment service about bills and refunds it has not said the last word of."""
    paying.ask_all(clock.door_now())


@app.periodic(cron="30 19 * * *")
@app.task(queueing_lock="reconcile_payments", pass_context=False)
def reconcile_payments(timestamp: int) -> None:
    """Each night (02:30 in Việt Nam) hold the payment service's statement of the day before against ours."""
    paying.reconcile_last(clock.door_now())


@app.task(queueing_lock="tell_systems", pass_context=False)
def tell_systems(timestamp: int) -> None:
    """Tell other systems what has changed; what a worker that was killed left is done by the next."""
    tell_all()


def tell_all() -> int:
    """Tell every connected system what waits for it; returns how many messages arrived."""
    return exchanging.tell_systems(lambda: datetime.now(UTC))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_in_from_systems", pass_context=False)
def take_in_from_systems(timestamp: int) -> None:
    """Take in what other systems have for us."""
    exchanging.take_in(clock.door_now)


@app.periodic(cron="0 20 * * *")
@app.task(queueing_lock="reconcile_systems", pass_context=False)
def reconcile_systems(timestamp: int) -> None:
    """Each night (03:00 in Việt Nam) try once more what was kept back, and compare both sides."""
    exchanging.release_all(clock.door_now)
    exchanging.reconcile_all(clock.door_now().date(), clock.door_now)
