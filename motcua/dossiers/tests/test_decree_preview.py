"""What a declaration would change is said before it is made, and is what then happens."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from motcua.dossiers import decreed, operations, resettling
from motcua.dossiers.models import Dossier, WorkItem
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.test_resettle import WORKER, declare, off, resettle
from motcua.ledger.models import Entry, Posting
from motcua.organisations import operations as organisations
from motcua.organisations.proposals import Declaration
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE, DayKind

SATURDAY = date(2022, 11, 26)
TUESDAY = date(2022, 11, 22)


def look(*days, unit=None, withdrawn=(), at=None):
    declaration = Declaration(unit, days, tuple(withdrawn))
    return decreed.preview(declaration, actor=WORKER, at=at or NINE)


def a_busy_office(world):
    """Dossiers of many fates, received over some days."""
    for n in range(12):
        at = later(n % 4, hours=n / 3)
        done = world.accepted(at)
        if n % 4 == 1:
            operations.request_supplement(
                dossier_id=done.id, missing=["Tờ khai"], reason="thiếu", actor=world.officer,
                at=at + timedelta(hours=1),
            )  # fmt: skip
        if n % 4 == 2:
            item = WorkItem.objects.get(dossier_id=done.id, closed_at=None).id
            operations.hand_on(dossier_id=done.id, item_id=item, actor=world.officer, at=at)
        if n % 6 == 3:
            operations.withdraw(dossier_id=done.id, reason="thôi", actor=world.clerk, at=at)


def dates():
    rows = Dossier.objects.values_list("id", "due_at", "judged_at")
    steps = WorkItem.objects.filter(closed_at=None).values_list("dossier_id", "id", "due_at")
    return {row[0]: row[1:] for row in rows}, {(row[0], row[1]): row[2] for row in steps}


def late(on) -> set:
    stands: dict = {}
    for p in Posting.objects.filter(effective_on__lte=on).order_by("id"):
        for account, n in ((p.from_account, -1), (p.to_account, 1)):
            stands[p.dossier_id, account] = stands.get((p.dossier_id, account), 0) + n
    return {dossier for (dossier, account), n in stands.items() if account == 3 and n}


DECLARATIONS = {
    "a day off": ((off(TUESDAY),), ()),
    "a made-up Saturday": ((off(SATURDAY, DayKind.MAKEUP_WORK),), ()),
    "two days off and one made up": (
        (off(TUESDAY), off(date(2022, 11, 24)), off(SATURDAY, DayKind.MAKEUP_WORK)),
        (),
    ),
    "a day moved": ((off(date(2022, 11, 25)),), (date(2022, 11, 23),)),
    "a day withdrawn": ((), (date(2022, 11, 23),)),
    "a day long ago": ((off(date(2022, 3, 1)),), ()),
}


@pytest.mark.parametrize("name", DECLARATIONS)
@pytest.mark.parametrize("after", [4, 8])
def test_the_preview_is_what_then_happens(world, monkeypatch, name, after):
    monkeypatch.setattr(resettling, "CHUNK", 5)
    monkeypatch.setattr(decreed, "CHUNK", 4)
    declare(off(date(2022, 11, 23)))
    a_busy_office(world)
    at = later(after)
    days, withdrawn = DECLARATIONS[name]
    said = look(*days, withdrawn=withdrawn, at=at)
    (before, steps), were_late = dates(), late(at.date())
    declare(*days, withdrawn=withdrawn)
    moved = sum(done.moved for done in resettle(at))
    after_, steps_after = dates()
    own = {d for d in before if before[d] != after_[d]}
    any_date = own | {key[0] for key in steps if steps[key] != steps_after[key]}
    are_late = late(at.date())
    assert said.moved == moved == len(any_date)
    assert said.own == len(own)
    assert said.become_late == len(are_late - were_late)
    assert said.no_longer_late == len(were_late - are_late)
    assert sum(said.by_unit.values()) == sum(said.by_procedure.values()) == len(own)
    assert {m.id: (m.was, m.due_at) for m in said.named} == {
        d: (before[d][0], after_[d][0]) for d in own
    }
    shifts = [after_[d][0] - before[d][0] for d in own]
    assert said.shifts == ((min(shifts), max(shifts)) if shifts else None)


def test_a_preview_writes_nothing(world):
    world.accepted()
    before = dates(), Entry.objects.count(), resettling.oldest(10**9)
    said = look(off(TUESDAY))
    assert (said.open, said.moved, said.own) == (1, 1, 1)
    assert said.shifts == (timedelta(days=1), timedelta(days=1))
    assert said.by_day == {(date(2022, 11, 28), date(2022, 11, 29)): 1}
    assert (dates(), Entry.objects.count(), resettling.oldest(10**9)) == before


def test_what_becomes_late_is_named_first(world):
    first = world.accepted()
    world.accepted(later(1))
    said = look(off(SATURDAY, DayKind.MAKEUP_WORK), at=later(7))
    assert (said.own, said.become_late) == (2, 1)
    assert said.named[0].id == first.id
    assert said.named[0].due_at.astimezone(ZONE).date() == SATURDAY


@pytest.mark.parametrize(
    ("days", "withdrawn", "code"),
    [
        ((), (), "calendar.nothing_proposed"),
        ((off(TUESDAY), off(TUESDAY, DayKind.MAKEUP_WORK)), (), "calendar.day_twice"),
        ((off(TUESDAY),), (TUESDAY,), "calendar.day_twice"),
        ((off(date(1999, 12, 31)),), (), "calendar.day_out_of_range"),
        ((off(date(2022, 11, 23)),), (), "calendar.day_declared"),
        ((), (TUESDAY,), "calendar.day_not_declared"),
        ((off(TUESDAY, DayKind.MAKEUP_WORK),), (), "calendar.makeup_needless"),
    ],
)
def test_what_cannot_be_declared_is_refused_before(world, days, withdrawn, code):
    declare(off(date(2022, 11, 23)))
    with pytest.raises(Refusal) as refused:
        look(*days, withdrawn=withdrawn)
    assert refused.value.code == code


def test_only_who_manages_the_calendar_may_look(world):
    with pytest.raises(Refusal, match=r"unit\.may_not"):
        decreed.preview(Declaration(None, (off(TUESDAY),)), actor=world.leader, at=NINE)


def test_a_calendar_changed_since_the_preview_is_not_declared_upon(world):
    said = look(off(TUESDAY))
    declare(off(date(2022, 12, 1)))
    with pytest.raises(Refusal, match=r"calendar\.stale"):
        organisations.declare_days(
            None, [off(TUESDAY)], reason="kiểm thử", seen=said.revision, actor=WORKER, at=NINE
        )
