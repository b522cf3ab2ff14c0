"""A look at somebody's data is kept: who, in which post, what for; the person is told, without a name."""

import pytest
from django.db import connection

from motcua.ledger.acts import refused_by_guard
from motcua.ledger.models import Entry
from motcua.people import operations, queries
from motcua.people.models import LookUp, Person
from motcua.people.tests.conftest import NINE
from motcua.rules.actor import ANONYMOUS, Actor, Role, Scope
from motcua.rules.refusal import Refusal


@pytest.fixture
def looker(province):
    return province.actor(Role.INSPECTOR, "so-b")


@pytest.fixture
def person(province):
    return operations.register_person(
        name="Nguyễn Thị Lam", identity_number="040190000001", kind=Person.Kind.CITIZEN,
        born_on=None, phone="", email="", address="", actor=province.actor(Role.CLERK, "xa-x-mot-cua"),
        at=NINE,
    ).id  # fmt: skip


def look(person, actor, **more):
    values = {"purpose": "inspection", "code": "H41.1", "fields": ["phone"]} | more
    operations.look_up(person_id=person, actor=actor, at=NINE, **values)


def test_a_look_is_kept_and_the_person_is_told_the_post_and_not_the_name(looker, person):
    look(person, looker, note="Vụ ông Nguyễn Văn A")
    row = LookUp.objects.get()
    assert (row.account_id, row.person_id, row.purpose) == (looker.account_id, person, "inspection")
    entry = Entry.objects.get(event="person.looked_up")
    assert entry.fields["fields"] == ["phone"] and "Nguyễn" not in str(entry.fields)
    himself = Actor(account_id=None, kind="citizen", name="", sees=Scope(person_id=person))
    (told,) = queries.looks_at_me(himself)
    assert (told.title, told.purpose, told.code) == (looker.title, "inspection", "H41.1")
    assert not hasattr(told, "name")
    assert queries.looks_at_me(looker) == []


def test_what_a_look_refuses(looker, person):
    for code, actor, more in (
        ("lookup.purpose_missing", looker, {"purpose": "tò mò"}),
        ("lookup.note_missing", looker, {"purpose": "other"}),
        ("lookup.may_not", ANONYMOUS, {}),
    ):
        with pytest.raises(Refusal) as refusal:
            look(person, actor, **more)
        assert refusal.value.code == code
    with pytest.raises(Refusal, match=r"person\.not_visible"):
        look(person + 1000, looker)


def test_a_look_is_never_changed_or_deleted(looker, person):
    look(person, looker)
    for statement in ("UPDATE people_lookup SET note = 'x'", "DELETE FROM people_lookup"):
        with pytest.raises(Exception) as refusal, connection.cursor() as cursor:
            from django.db import transaction

            with transaction.atomic():
                cursor.execute(statement)
        assert refused_by_guard(refusal.value)


def test_a_reason_given_holds_for_the_day_and_the_dossier(looker, person):
    from datetime import timedelta
    from uuid import UUID

    one, other = UUID(int=1), UUID(int=2)
    look(person, looker, dossier_id=one)
    day = NINE.date()
    assert queries.has_looked(looker.account_id, one, day)
    assert not queries.has_looked(looker.account_id, other, day)
    assert not queries.has_looked(looker.account_id, one, day + timedelta(days=1))


def test_a_search_at_a_counter_is_kept_once_a_day_for_who_searches(province, person):
    from datetime import timedelta

    clerk = province.actor(Role.CLERK, "xa-x-mot-cua")
    for at in (NINE, NINE + timedelta(hours=1), NINE + timedelta(days=1)):
        operations.look_up_at_counter(person_id=person, actor=clerk, at=at)
    assert [row.purpose for row in LookUp.objects.all()] == ["intake", "intake"]
