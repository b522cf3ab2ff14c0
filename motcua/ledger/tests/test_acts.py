from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest
from django.db import InternalError, connection, transaction

from motcua.ledger import acts, sql, verify
from motcua.ledger.acts import Event, Key, act
from motcua.ledger.models import Counter, Entry, IdempotencyKey, Outbox
from motcua.rules.actor import system

TRIED = Event("thing.tried", "thing")
AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
ACTOR = system("kiểm thử")


def try_thing(thing, at=AT, key=None, **fields):
    with act(TRIED, actor=ACTOR, at=at, key=key) as a:
        a.hold("thing", thing)
        a.about("thing", thing, fields)
        a.outcome["thing"] = str(thing)
    return a


@pytest.mark.django_db
def test_an_act_leaves_one_entry_and_one_outbox_row():
    thing = uuid4()
    a = try_thing(thing, colour="đỏ")
    entry = Entry.objects.get(subject_id=thing)
    assert (entry.id, entry.subject_seq, entry.prev, entry.fields) == (
        a.id,
        1,
        None,
        {"colour": "đỏ"},
    )
    assert Outbox.objects.get(subject_id=thing).entry_id == entry.id
    assert sql.fetch("SELECT * FROM ledger_openact") == []


@pytest.mark.django_db
def test_entries_of_one_subject_are_chained_and_verify_whole():
    thing = uuid4()
    for n in range(3):
        try_thing(thing, n=n)
    first, second, third = Entry.objects.filter(subject_id=thing).order_by("subject_seq")
    assert (bytes(second.prev), bytes(third.prev)) == (bytes(first.hash), bytes(second.hash))
    assert list(verify.breaks()) == []


@pytest.mark.django_db
def test_an_act_never_counts_before_the_last_entry_of_its_subject():
    thing = uuid4()
    try_thing(thing)
    assert try_thing(thing, at=AT.replace(year=2021)).at == AT


@pytest.mark.django_db
def test_a_bulk_act_is_a_parent_and_an_entry_a_row():
    with act(TRIED, actor=ACTOR, at=AT) as a:
        for n in range(100):
            a.about("thing", n + 1, {"n": n})
    assert Entry.objects.filter(parent_id=a.id).count() == 100
    assert Entry.objects.get(id=a.id).fields == {"rows": 100}
    assert list(verify.breaks()) == []


@pytest.mark.django_db
def test_a_failed_act_leaves_nothing():
    thing = uuid4()
    with pytest.raises(ZeroDivisionError), act(TRIED, actor=ACTOR, at=AT) as a:
        a.about("thing", thing, {})
        raise ZeroDivisionError
    assert not Entry.objects.filter(subject_id=thing).exists()
    assert sql.fetch("SELECT * FROM ledger_openact") == []


@pytest.mark.django_db
def test_an_act_about_nothing_is_a_fault():
    with pytest.raises(acts.NothingRecorded), act(TRIED, actor=ACTOR, at=AT):
        pass


@pytest.mark.django_db
def test_the_same_key_is_done_once_and_another_request_under_it_is_refused():
    thing, key = uuid4(), Key.of("k1", {"a": 1})
    try_thing(thing, key=key)
    with pytest.raises(acts.AlreadyDone) as done:
        try_thing(thing, key=key)
    assert done.value.outcome == {"thing": str(thing)}
    with pytest.raises(acts.KeyReused):
        try_thing(thing, key=Key.of("k1", {"a": 2}))
    assert Entry.objects.filter(subject_id=thing).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO ledger_counter (series, \"on\", last) VALUES ('x', '2022-01-01', 9)",
        "UPDATE ledger_entry SET actor_name = 'ai đó'",
        "DELETE FROM ledger_entry",
        "DELETE FROM ledger_posting",
        "TRUNCATE ledger_entry",
    ],
)
def test_the_database_refuses_what_is_not_an_act(statement):
    with pytest.raises((InternalError, psycopg.Error, Exception)) as refused, transaction.atomic():
        connection.cursor().execute(statement)
    code = getattr(refused.value.__cause__, "sqlstate", "")
    assert code in {"MC001", "MC003", "42501"}


def test_an_act_closed_without_its_entry_fails_at_commit(own_database):
    with psycopg.connect(own_database) as app:
        app.execute("INSERT INTO ledger_openact (id) VALUES (gen_random_uuid())")
        app.execute("INSERT INTO ledger_counter (series, \"on\", last) VALUES ('x', now(), 1)")
        app.execute("DELETE FROM ledger_openact")
        with pytest.raises(psycopg.Error) as refused:
            app.commit()
    assert refused.value.sqlstate == "MC002"


def test_an_act_left_open_fails_at_commit(own_database):
    with psycopg.connect(own_database) as app:
        app.execute("INSERT INTO ledger_openact (id) VALUES (gen_random_uuid())")
        with pytest.raises(psycopg.Error) as refused:
            app.commit()
    assert refused.value.sqlstate == "MC002"


@pytest.mark.django_db
def test_numbers_of_a_series_follow_each_other():
    with act(TRIED, actor=ACTOR, at=AT) as a:
        a.about("thing", 1, {})
        assert [acts.next_number("s", AT.date()) for _ in range(3)] == [1, 2, 3]
        assert list(acts.next_numbers("s", AT.date(), 3)) == [4, 5, 6]
    assert Counter.objects.get().last == 6


@pytest.mark.django_db
def test_a_changed_entry_is_found():
    try_thing(uuid4(), n=1)
    row = Entry.objects.values().get()
    assert verify._fault(row, 1, b"") == ""
    assert verify._fault(row | {"fields": {"n": 2}}, 1, b"") == "hash"
    assert verify._fault(row | {"prev": b"x"}, 1, b"") == "prev"
    assert verify._fault(row, 2, b"") == "gap"
    assert IdempotencyKey.objects.count() == 0
