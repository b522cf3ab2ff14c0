"""Other agencies are asked, side by side, each with its own time (NĐ 61/2018 Đ19.5)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.dossiers import consulting, operations, policies, queries
from motcua.dossiers.models import Dossier, Opinion
from motcua.dossiers.operations import Agency
from motcua.dossiers.tests.conftest import NINE, later, raise_world
from motcua.dossiers.tests.test_acts import dossier, refused
from motcua.ledger.models import Entry
from motcua.people import ports
from motcua.rules.actor import Role, system
from motcua.rules.casework import Status
from motcua.rules.casework_opinions import Stance
from motcua.rules.clock_rules import NOTHING_DECLARED

__all__ = ["dossier"]


@pytest.fixture
def unpaused(db):
    """A world whose procedure declares nothing of its clock."""
    return raise_world(NOTHING_DECLARED)


def asked(world, role=Role.OFFICER):
    """An officer of the agency that is asked, as the doors build him."""
    actor = world.actor(role, unit=world.other_department)
    consulted = (
        {world.other_department} if ports.is_consulted(world.other_department) else frozenset()
    )
    return replace(actor, sees=replace(actor.sees, consulted=frozenset(consulted)))


def ask(world, dossier, **kw):
    values = {"question": "Đất có thuộc quy hoạch không?", "actor": world.officer, "at": later(1)}
    values |= {"agencies": [Agency(world.other_department, days=2)]}
    operations.ask_opinions(dossier_id=dossier, **(values | kw))
    return Opinion.objects.filter(dossier_id=dossier).order_by("asked_at").last()


def answer(world, opinion, **kw):
    values = {"stance": Stance.AGREES_IF, "answer": "Thuộc quy hoạch.", "actor": asked(world)}
    values |= {"at": later(2)}
    operations.answer_opinion(opinion_id=opinion.id, dossier_id=opinion.dossier_id, **(values | kw))


def test_each_agency_has_its_date_by_its_own_calendar(world, dossier):
    opinion = ask(world, dossier)
    assert opinion.due_at == later(3)
    assert (opinion.unit_id, opinion.asked_in_id) == (world.other_department, world.department)
    until = Agency(world.desk, until=date(2022, 11, 25))
    refused("dossier.no_such_agency", lambda: ask(world, dossier, agencies=[until]))


def test_a_day_given_ends_with_the_office(world, dossier):
    until = Agency(world.other_department, until=date(2022, 11, 25))
    opinion = ask(world, dossier, agencies=[until])
    assert opinion.due_at == later(4, 8.5)
    sunday = Agency(world.other_department, until=date(2022, 11, 27))
    operations.cancel_opinion(
        dossier_id=dossier, opinion_id=opinion.id, reason="Nhầm", actor=world.officer, at=later(1)
    )
    refused("opinion.due_not_working", lambda: ask(world, dossier, agencies=[sunday]))


def test_where_the_procedure_declares_it_the_clock_stands_until_the_last_answer(world, dossier):
    before = Dossier.objects.get(id=dossier).due_at
    opinion = ask(world, dossier)
    assert Dossier.objects.get(id=dossier).status == Status.STOPPED
    answer(world, opinion)
    after = Dossier.objects.get(id=dossier)
    assert after.status == Status.PROCESSING
    assert after.due_at == before + timedelta(days=1)
    said = Entry.objects.get(event="dossier.opinions_asked").fields
    assert said["article"] == "Điều 4 quy định thử"
    assert "hand_on" in queries.detail(world.officer, dossier).acts


def test_where_it_does_not_the_clock_runs_on(unpaused):
    dossier = unpaused.accepted().id
    before = Dossier.objects.get(id=dossier)
    opinion = ask(unpaused, dossier)
    answer(unpaused, opinion)
    after = Dossier.objects.get(id=dossier)
    assert (after.status, after.due_at) == (before.status, before.due_at)


def test_taking_the_last_question_back_lets_the_clock_go_on(world, dossier):
    opinion = ask(world, dossier)
    refused(
        "dossier.reason_missing",
        lambda: operations.cancel_opinion(
            dossier_id=dossier, opinion_id=opinion.id, reason=" ", actor=world.officer, at=later(2)
        ),
    )
    operations.cancel_opinion(
        dossier_id=dossier, opinion_id=opinion.id, reason="Đã rõ", actor=world.officer, at=later(2)
    )
    assert Dossier.objects.get(id=dossier).status == Status.PROCESSING
    refused("dossier.not_visible", lambda: answer(world, opinion, actor=asked(world)))


def test_who_is_asked_sees_the_dossier_and_no_other_and_may_only_answer(world, dossier):
    other = world.accepted().id
    assert not policies.sees(asked(world), dossier)
    opinion = ask(world, dossier)
    officer = asked(world)
    assert policies.sees(officer, dossier)
    assert not policies.sees(officer, other)
    assert queries.detail(officer, dossier).acts == frozenset()
    assert [row["id"] for row in consulting.asked_of(officer).rows] == [opinion.id]
    answer(world, opinion)
    assert policies.sees(asked(world), dossier)
    assert consulting.asked_of(officer).rows == []
    assert len(consulting.asked_of(officer, answered=True).rows) == 1


def test_an_agency_that_was_only_asked_sees_only_what_it_was_asked(world, dossier):
    ask(world, dossier)
    third = replace(asked(world), agency_id=world.desk)
    assert consulting.of_dossier(third, dossier) == []
    assert len(consulting.of_dossier(asked(world), dossier)) == 1
    assert len(consulting.of_dossier(world.officer, dossier)) == 1


def test_what_asking_refuses(world, dossier):
    two = Agency(world.other_department, days=2)
    refused("opinion.question_missing", lambda: ask(world, dossier, question=" "))
    refused("opinion.nobody_asked", lambda: ask(world, dossier, agencies=[]))
    refused("opinion.too_many", lambda: ask(world, dossier, agencies=[two] * 11))
    refused("opinion.asked_already", lambda: ask(world, dossier, agencies=[two, two]))
    own = Agency(world.department, days=2)
    refused("opinion.own_agency", lambda: ask(world, dossier, agencies=[own]))
    none = Agency(world.other_department)
    refused("opinion.due_missing", lambda: ask(world, dossier, agencies=[none]))
    past = Agency(world.other_department, until=date(2022, 11, 21))
    refused("opinion.due_passed", lambda: ask(world, dossier, agencies=[past]))
    for actor in (world.leader, world.clerk):
        refused("dossier.not_your_step", lambda actor=actor: ask(world, dossier, actor=actor))
    refused("dossier.not_visible", lambda: ask(world, dossier, actor=world.stranger))
    ask(world, dossier)
    refused("opinion.asked_already", lambda: ask(world, dossier))


def test_what_answering_refuses(world, dossier):
    opinion = ask(world, dossier)
    refused("opinion.text_missing", lambda: answer(world, opinion, answer=" "))
    refused("dossier.may_not", lambda: answer(world, opinion, actor=world.officer))
    refused("dossier.may_not", lambda: answer(world, opinion, actor=asked(world, Role.INSPECTOR)))
    answer(world, opinion, stance=Stance.AGREES, answer="")
    refused("opinion.not_open", lambda: answer(world, opinion))


def test_an_opinion_lapses_with_its_dossier(world, dossier):
    opinion = ask(world, dossier)
    operations.withdraw(dossier_id=dossier, reason="Đổi ý", actor=world.clerk, at=later(1))
    refused("dossier.not_under_way", lambda: answer(world, opinion))
    assert consulting.asked_of(asked(world)).rows == []
    assert operations.tell_late_opinions(actor=system("nhắc"), at=later(30)) == 0


def test_neither_question_nor_answer_stands_in_the_record(world, dossier):
    opinion = ask(world, dossier)
    answer(world, opinion)
    fields = str(list(Entry.objects.values_list("fields", flat=True)))
    assert "quy hoạch" not in fields
    answered = Entry.objects.get(event="dossier.opinion_answered").fields
    assert (answered["stance"], answered["left"]) == ("agrees_if", 0)


def test_what_is_late_is_told_once(world, dossier):
    opinion = ask(world, dossier)
    nightly = system("nhắc")
    assert operations.tell_late_opinions(actor=nightly, at=later(2)) == 0
    assert operations.tell_late_opinions(actor=nightly, at=later(7)) == 1
    assert operations.tell_late_opinions(actor=nightly, at=later(8)) == 0
    said = Entry.objects.get(event="dossier.opinion_late", subject_kind="dossier").fields
    assert said["opinion"] == str(opinion.id)
    refused(
        "dossier.may_not",
        lambda: operations.tell_late_opinions(actor=world.officer, at=later(8)),
    )
    answer(world, opinion, at=later(9))
    assert Entry.objects.get(event="dossier.opinion_answered").fields["answered_late"] is True


def test_asked_twice_as_many_dossiers_cost_the_lists_no_more_statements(world):
    from motcua.ledger import sql

    def cost():
        with sql.counted() as sent:
            consulting.asked_of(asked(world))
        return len(sent)

    ask(world, world.accepted(NINE).id)
    one = cost()
    for n in range(3):
        ask(world, world.accepted(later(hours=n)).id)
    assert cost() == one
