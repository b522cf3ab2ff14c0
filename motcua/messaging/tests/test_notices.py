"""Notices: to one recipient, once, read by whom they are addressed to, guarded like any record."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from string import Formatter

import psycopg
import pytest
from django.db import connection, transaction

from motcua.ledger import sql, verify
from motcua.ledger.acts import Event, act
from motcua.ledger.models import Entry
from motcua.ledger.paging import Cursor
from motcua.messaging import errors, operations, policies, queries, texts
from motcua.messaging.models import Notice
from motcua.messaging.operations import Message, notices
from motcua.rules.actor import ANONYMOUS, Actor, Scope, system
from motcua.rules.refusal import Refusal

SYSTEM = system("Thông báo")
NOON = datetime(2022, 11, 21, 5, tzinfo=UTC)


def message(**changes) -> Message:
    values = {
        "entry_id": uuid.uuid4(), "at": NOON, "kind": "dossier.accepted", "subject_kind": "dossier",
        "subject_id": uuid.uuid4(), "title": "Hồ sơ đã được tiếp nhận", "text": "Hẹn trả sau.",
    }  # fmt: skip
    return Message(**{**values, **changes})


def tell(*messages: Message) -> int:
    return operations.tell(messages, actor=SYSTEM, at=NOON)


def citizen(person_id: int, account_id: int = 7) -> Actor:
    return Actor(account_id, "citizen", "Bà Lam", sees=Scope(person_id=person_id))


def refused(code: str, call) -> None:
    with pytest.raises(Refusal) as refusal:
        call()
    assert refusal.value.code == code
    assert code in errors.SENTENCES


def test_of_one_event_a_recipient_is_told_a_kind_once(world):
    one = message(person_id=world.citizen)
    assert tell(one, replace(one, text="khác")) == 1
    assert tell(one, replace(one, kind="dossier.processing")) == 1
    assert tell() == 0
    assert Notice.objects.count() == 2


def test_the_text_as_sent_is_kept_and_its_digest_recorded(world):
    tell(message(person_id=world.citizen))
    sent = Notice.objects.get()
    entry = Entry.objects.get(subject_id=sent.id)
    assert (sent.title, sent.text) == ("Hồ sơ đã được tiếp nhận", "Hẹn trả sau.")
    assert (entry.event, len(entry.fields["text"])) == ("notice.told", 64)
    assert sent.text not in str(entry.fields)


def test_only_the_system_tells(officer, world):
    one = message(person_id=world.citizen)
    refused("notice.may_not", lambda: operations.tell([one], actor=officer, at=NOON))


def test_an_officer_sees_what_is_to_him_and_to_the_post_he_sits_in(officer, world):
    own = message(account_id=officer.account_id)
    post = message(unit_id=world.department, role="officer")
    others = (
        message(unit_id=world.department, role="head"),
        message(unit_id=world.other_department, role="officer"),
        message(person_id=world.citizen),
    )
    tell(own, post, *others)
    seen = {row["subject_id"] for row in queries.notices(officer).rows}
    assert seen == {own.subject_id, post.subject_id}
    assert queries.unread(officer) == 2
    assert queries.unread(replace(officer, units=frozenset(), role=None)) == 1
    assert queries.unread(replace(officer, training=True)) == 0
    assert queries.unread(ANONYMOUS) == 0
    assert list(queries.notices(ANONYMOUS).rows) == []


def test_a_citizen_sees_his_own_and_nobody_elses(world, officer):
    tell(message(person_id=world.citizen))
    assert queries.unread(citizen(world.citizen)) == 1
    assert queries.unread(citizen(world.citizen + 1)) == 0
    assert queries.unread(officer) == 0


def test_one_notice_or_all_are_read_and_the_first_reading_stays(officer):
    tell(*(message(account_id=officer.account_id) for _ in range(3)))
    first = queries.notices(officer).rows[0]["id"]
    assert operations.read(actor=officer, at=NOON, notice_id=first) == 1
    assert operations.read(actor=officer, at=NOON + timedelta(hours=1), notice_id=first) == 0
    assert queries.unread(officer) == 2
    assert operations.read(actor=officer, at=NOON + timedelta(hours=1)) == 2
    assert queries.unread(officer) == 0
    read = Notice.objects.get(id=first)
    assert (read.read_at, read.read_by_id) == (NOON, officer.account_id)
    assert list(verify.breaks()) == []


def test_nobody_reads_what_is_not_his(officer, world):
    tell(message(person_id=world.citizen))
    one = Notice.objects.get().id
    refused("notice.not_visible", lambda: operations.read(actor=officer, at=NOON, notice_id=one))
    refused("notice.not_visible", lambda: operations.read(actor=ANONYMOUS, at=NOON))
    assert operations.read(actor=officer, at=NOON) == 0
    assert Notice.objects.get().read_at is None


def test_pages_of_notices_follow_one_another(officer):
    tell(
        *(message(account_id=officer.account_id, at=NOON + timedelta(minutes=n)) for n in range(5))
    )
    seen, after = [], None
    while True:
        page = queries.notices(officer, after=after, size=2)
        seen += [row["at"] for row in page.rows]
        if page.next is None:
            break
        after = Cursor.parse(str(page.next))
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == 5
    with pytest.raises(Refusal):
        Cursor.parse("hôm qua")


@pytest.mark.parametrize(
    "to",
    [{}, {"person_id": 1, "account_id": 1}, {"unit_id": 1}, {"role": "head"}],
    ids=["nobody", "two", "a unit without a post", "a post without a unit"],
)
def test_a_notice_has_one_recipient(world, to):
    with pytest.raises(psycopg.errors.CheckViolation), transaction.atomic():
        tell(message(**to))


def test_the_database_refuses_a_notice_outside_an_act_and_a_second_one(world):
    one = message(person_id=world.citizen)
    with pytest.raises(psycopg.DatabaseError, match="nghiệp vụ đang mở"), transaction.atomic():
        sql.insert(Notice, [notices._row(one)])
    changed = Event("world.changed", "world")
    twice = [notices._row(one), notices._row(one)]
    with (
        pytest.raises(psycopg.errors.UniqueViolation),
        act(changed, actor=SYSTEM, at=NOON) as a,
    ):
        a.insert(Notice, twice)
        a.about("world", 2, {})


@pytest.mark.parametrize("query", ["LIST", "UNREAD"])
def test_a_box_is_read_by_its_partial_indexes(officer, query):
    where, params = policies.addressed_to(officer)
    asked = (
        f"{queries.LIST} WHERE {where}" if query == "LIST" else f"{queries.UNREAD} AND {where}) x"
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    kind = "at" if query == "LIST" else "unread"
    assert f"notice_account_{kind}" in plan
    assert f"notice_post_{kind}" in plan


def test_every_text_can_be_written_and_names_only_what_it_may():
    named = ("code", "procedure", "agency", "desk", "due", "child", "asker", "asked", "channel")
    said = dict.fromkeys(named, "ABC " * 300)
    said |= {"code": "000.00.06.H41-221121-0001"}
    for kind, words in texts.TEXTS.items():
        used = {name for text in words for _, name, _, _ in Formatter().parse(text) if name}
        assert used <= set(named), kind
        title, text = texts.written(kind, said)
        assert said["code"] in title or kind == "carrier.ill"
        assert len(title) <= texts.TITLE
        assert len(text) <= texts.TEXT
