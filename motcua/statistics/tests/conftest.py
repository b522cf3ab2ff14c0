"""The small world of the dossiers' tests, and dossiers that live random lives in it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import date, timedelta

import psycopg
from django.db import transaction
from hypothesis import strategies as st

from motcua.dossiers import operations, state
from motcua.dossiers.operations import Contact
from motcua.dossiers.tests.conftest import NINE, account, raise_world, world
from motcua.organisations import queries as organisations
from motcua.rules.actor import system
from motcua.rules.books import Channel
from motcua.rules.clock_rules import Ground
from motcua.rules.pauses import open_pauses
from motcua.rules.refusal import Refusal

__all__ = ["account", "raise_world", "world"]

SOMEBODY = system("kiểm thử")
BEGIN = date(2022, 11, 21)

STARTS = ("accept", "submit", "refuse")
ACTS = (
    *("go_on", "go_on", "go_on", "go_on", "supplement", "receive", "charge", "pay", "extend"),
    *("propose", "reappoint", "pause", "stop", "resume", "resume", "transfer"),
    *("withdraw", "refuse", "hand_over", "accept_submitted", "back"),
)
lives = st.lists(
    st.tuples(
        st.sampled_from(STARTS),
        st.integers(0, 10),
        st.lists(st.tuples(st.integers(0, 90), st.sampled_from(ACTS)), max_size=7),
    ),
    min_size=1,
    max_size=4,
)
"""For each dossier: how it begins, on which day, and (hours later, what somebody tries)."""


def live(world, all_of):
    """Let every dossier live; acts that the rules refuse are not done. Returns the ids."""
    ids = []
    for start, day, steps in all_of:
        at = NINE + timedelta(days=day)
        dossier_id = begin(world, start, at)
        ids.append(dossier_id)
        for hours, attempt in steps:
            at += timedelta(hours=hours)
            attempt_act(dossier_id, attempt, at)
    return ids


def begin(world, start, at):
    if start == "submit":
        intake = world.intake(channel=Channel.ONLINE)
        return operations.submit(intake=intake, actor=SOMEBODY, at=at).id
    if start == "refuse":
        return operations.refuse_intake(
            intake=world.intake(),
            dossier_id=None,
            reason="Không đúng nơi nộp",
            actor=SOMEBODY,
            at=at,
        ).id
    return operations.accept(intake=world.intake(), actor=SOMEBODY, at=at).id


def attempt_act(dossier_id, attempt, at):
    case = state.read(dossier_id)
    item = case.items[0].id if case.items else dossier_id
    charge = case.charges[0].id if case.charges else dossier_id
    who = {"dossier_id": dossier_id, "actor": SOMEBODY, "at": at}
    try:
        with transaction.atomic():
            DO[attempt](who, case, item, charge, at)
    except Refusal:
        pass


def other_agency(case):
    agencies = organisations.units_of_kind("department", BEGIN)
    return next(agency.id for agency in agencies if agency.id != case.accountable_id)


def opened_last(case):
    opened = open_pauses(case.clock)
    return Ground(opened[-1].ground) if opened else Ground.STOP


def go_on(who, case, item, charge, at):
    if case.items and case.items[0].act == "conclude":
        operations.conclude(**who, item_id=item, result_name="Giấy phép", result_number="1")
    else:
        operations.hand_on(**who, item_id=item)


DO = {
    "go_on": go_on,
    "supplement": lambda who, *_: operations.request_supplement(
        **who, missing=["Bản vẽ"], reason="Thiếu bản vẽ"
    ),
    "receive": lambda who, *_: operations.receive_supplement(**who, papers=[]),
    "charge": lambda who, *_: operations.request_payment(
        **who, name="Lệ phí", amount=50_000, stops_clock=True, reason="theo quy định"
    ),
    "pay": lambda who, case, item, charge, at: operations.record_payment(
        **who, charge_id=charge, method="cash", receipt_number="7"
    ),
    "propose": lambda who, case, item, charge, at: operations.propose_reappointment(
        **who, until=at + timedelta(days=14), reason="Chờ ý kiến"
    ),
    "reappoint": lambda who, *_: operations.reappoint(**who),
    "extend": lambda who, *_: operations.extend_by_law(
        **who, extension="verification", reason="Xác minh"
    ),
    "pause": lambda who, *_: operations.pause(
        **who, ground=Ground.CONSULTATION, reason="Lấy ý kiến"
    ),
    "stop": lambda who, *_: operations.pause(**who, ground=Ground.STOP, reason="Đề nghị dừng"),
    "transfer": lambda who, case, *_: operations.transfer(
        **who, to=other_agency(case), reason="Sai thẩm quyền", article="NĐ 61/2018/NĐ-CP"
    ),
    "resume": lambda who, case, *_: operations.resume(**who, ground=opened_last(case)),
    "withdraw": lambda who, *_: operations.withdraw(**who, reason="Đổi ý"),
    "refuse": lambda who, case, item, charge, at: (
        operations.refuse_intake(**who, intake=None, reason="Không đủ")
        if case.accepted_at is None
        else operations.refuse_in_process(**who, item_id=item, reason="Không đủ điều kiện")
    ),
    "hand_over": lambda who, *_: operations.hand_over(
        **who, recipient="Nguyễn Thị Lam", identity="", method="counter"
    ),
    "reopen": lambda who, *_: operations.reopen(**who, reason="Kết quả sai"),
    "accept_submitted": lambda who, *_: operations.accept_submitted(**who, contact=Contact()),
    "back": lambda who, case, item, charge, at: operations.send_back(
        **who, item_id=item, to_node="step1", reason="Làm lại"
    ),
}


class Undo(Exception):
    pass


@contextmanager
def undone():
    """Whatever is done within is taken back: one example of a property test."""
    try:
        with transaction.atomic():
            yield
            raise Undo
    except Undo:
        pass


def as_owner(name):
    """A connection as the owner of the tables: who could change what the application cannot."""
    return psycopg.connect(os.environ["DATABASE_OWNER_URL"], dbname=name)
