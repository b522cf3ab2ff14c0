"""Warnings of dates: each once, never early, one after an outage, silent while the clock stands still."""

from datetime import UTC, date, datetime
from threading import Barrier

import pytest
from django.db import connection

from motcua.dossiers import operations, queries
from motcua.dossiers.models import Dossier
from motcua.dossiers.operations import warning
from motcua.dossiers.tests.conftest import later, raise_world
from motcua.dossiers.tests.test_races import together
from motcua.ledger import sql, verify
from motcua.ledger.acts import Event, act
from motcua.ledger.models import Entry
from motcua.rules.actor import system
from motcua.rules.refusal import Refusal

SYSTEM = system("nhắc hạn")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def told(dossier_id) -> list[str]:
    entries = Entry.objects.filter(subject_id=dossier_id, event="dossier.warned")
    return [entry.fields["warning"] for entry in entries.order_by("subject_seq")]


def warn(text: str) -> int:
    return operations.warn(actor=SYSTEM, at=at(text))


@pytest.fixture
def dossier(world):
    """Accepted Monday 2022-11-21 09:00 for five working days: due Monday 2022-11-28 09:00."""
    return world.accepted().id


def test_each_warning_comes_when_its_moment_has_come_and_once(dossier):
    for moment, expected in (
        ("2022-11-25 07:29", []),
        ("2022-11-25 07:30", ["eve"]),
        ("2022-11-25 07:31", ["eve"]),
        ("2022-11-28 07:29", ["eve"]),
        ("2022-11-28 07:30", ["eve", "due"]),
        ("2022-11-29 07:30", ["eve", "due", "late"]),
        ("2022-12-29 07:30", ["eve", "due", "late"]),
    ):
        warn(moment)
        warn(moment)
        assert told(dossier) == expected, moment
    assert list(verify.breaks()) == []


def test_when_four_fifths_of_a_long_limit_are_gone_that_is_told_first(dossier):
    with act(Event("world.changed", "world"), actor=SYSTEM, at=later()) as a:
        moment = at("2022-12-13 09:00")
        Dossier.objects.update(due_at=at("2022-12-19 09:00"), warn_at=moment)
        a.about("world", 2, {})
    warn("2022-12-13 08:59")
    assert told(dossier) == []
    warn("2022-12-13 09:00")
    assert told(dossier) == ["used"]
    assert Dossier.objects.get(id=dossier).warn_at == at("2022-12-16 07:30")


def test_after_three_days_of_outage_one_warning_is_given_not_all_that_were_missed(dossier):
    warn("2022-11-30 08:00")
    assert told(dossier) == ["late"]
    assert Dossier.objects.get(id=dossier).warn_at is None
    assert warn("2022-12-01 08:00") == 0


def test_a_clock_that_stands_still_is_silent_and_a_new_date_is_warned_of_anew(world, dossier):
    warn("2022-11-25 07:30")
    operations.request_supplement(
        dossier_id=dossier, missing=["Bản vẽ"], reason="Thiếu", actor=world.officer,
        at=at("2022-11-25 08:00"),
    )  # fmt: skip
    assert warn("2022-12-20 08:00") == 0
    operations.receive_supplement(
        dossier_id=dossier, papers=[], actor=world.clerk, at=at("2022-12-20 09:00")
    )
    again = Dossier.objects.get(id=dossier)
    assert (again.warned, again.warn_at) == ("", at("2022-12-26 07:30"))
    warn("2022-12-27 08:00")
    assert told(dossier) == ["eve", "due"]


def test_a_finished_dossier_is_not_warned_of(world, dossier):
    operations.withdraw(
        dossier_id=dossier, reason="Không cần nữa", actor=world.clerk, at=later(hours=1)
    )
    assert Dossier.objects.get(id=dossier).warn_at is None
    assert warn("2022-12-30 08:00") == 0


def test_a_warning_makes_no_page_stale_and_nobody_but_the_system_gives_it(world, dossier):
    before = Dossier.objects.get(id=dossier).version
    warn("2022-11-28 08:00")
    assert Dossier.objects.get(id=dossier).version == before
    with pytest.raises(Refusal) as refusal:
        operations.warn(actor=world.officer, at=later(9))
    assert refusal.value.code == "dossier.may_not"


def test_a_chunk_is_one_act_with_an_entry_for_each_dossier(world):
    ids = {world.accepted().id for _ in range(5)}
    assert operations.warn(actor=SYSTEM, at=at("2022-11-28 08:00"), many=3) == 3
    assert operations.warn(actor=SYSTEM, at=at("2022-11-28 08:00"), many=3) == 2
    acts = Entry.objects.filter(event="dossier.warned", subject_kind="act")
    assert sorted(a.fields["rows"] for a in acts) == [2, 3]
    children = Entry.objects.filter(parent_id__in=[a.id for a in acts]).exclude(subject_kind="act")
    assert {c.subject_id for c in children} == ids


def test_a_chunk_costs_the_same_number_of_statements_however_many_it_has(world):
    sent = []
    for many in (2, 5):
        several(world, many)
        with sql.counted() as statements:
            assert warn("2022-11-28 08:00") == many
        sent.append(len(statements))
    assert sent[0] == sent[1]


def several(world, many=40):
    return [world.accepted().id for _ in range(many)]


def two_workers():
    def work():
        return warning.warn(actor=SYSTEM, at=at("2022-11-28 08:00"), many=7)

    return lambda: list(iter(work, 0))


def test_two_workers_at_once_give_each_warning_once(own_database):
    world = raise_world()
    ids = several(world)
    results = together(two_workers(), two_workers())
    assert not [r for r in results if isinstance(r, BaseException)]
    assert [told(one) for one in ids] == [["due"]] * len(ids)
    assert list(verify.breaks()) == []


def test_without_the_lock_two_workers_would_meet(own_database, monkeypatch):
    """The control: what the lock is there for. The chain of a subject does not let them both through."""
    world = raise_world()
    several(world, 7)
    unlocked = warning.TO_WARN.partition("FOR NO KEY UPDATE")[0]
    monkeypatch.setattr(warning, "TO_WARN", unlocked)
    met, applicable = Barrier(2, timeout=10), warning._applicable

    def meet(row, moment):
        if not met.broken:
            met.wait()
            met.abort()
        return applicable(row, moment)

    monkeypatch.setattr(warning, "_applicable", meet)
    assert any(isinstance(r, BaseException) for r in together(two_workers(), two_workers()))


# ---- asked of the index, never counted -----------------------------------------------------------


def plan(query, params) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {query}", params)
        return "\n".join(row[0] for row in cursor.fetchall())


def test_what_is_to_be_warned_of_is_asked_of_the_partial_index(dossier):
    assert "dossier_to_warn" in plan(warning.TO_WARN, [later(9), 500])


def test_what_is_late_is_a_comparison_under_the_partial_index(world, dossier):
    with sql.counted() as sent:
        queries.dossiers(SYSTEM, queries.Filters(late_on=later(9).date()))
        queries.count(SYSTEM, queries.Filters(late_on=later(9).date()))
    assert all(queries.LATE in query for query in sent)
    assert "dossier_running" in plan(f"SELECT 1 FROM {queries.LATE}", [later(9)])  # noqa: S608


def test_a_dossier_becomes_late_by_the_day_alone_without_anybody_writing(world, dossier):
    def late(on):
        return queries.count(SYSTEM, queries.Filters(late_on=on))

    assert late(date(2022, 11, 28)) == 0
    assert late(date(2022, 11, 29)) == 1
