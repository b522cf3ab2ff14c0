"""Who is told of consultations."""

import pytest

from motcua.dossiers import operations
from motcua.dossiers.tests.conftest import EVER, NINE, later
from motcua.dossiers.tests.conftest import world as world
from motcua.dossiers.tests.test_opinions import answer, ask, asked
from motcua.dossiers.tests.test_opinions import dossier as dossier
from motcua.journeys import reactions
from motcua.ledger.acts import Event, act
from motcua.messaging.models import Notice
from motcua.organisations.models import Post
from motcua.organisations.queries import forget
from motcua.rules.actor import Role, system


@pytest.fixture
def posts(world):
    with act(Event("post.created", "post"), actor=system("kiểm thử"), at=NINE) as a:
        for unit, role in (
            (world.other_department, Role.HEAD),
            (world.desk, Role.DIRECTOR),
        ):
            post = Post.objects.create(unit_id=unit, title=str(role), role=role, valid=EVER)
            a.about("post", post.id, {})
    forget()


def told(kind):
    return Notice.objects.filter(kind=kind)


def drain():
    while reactions.drain(later(40)):
        pass


def test_the_agency_asked_is_told_and_who_asked_hears_of_the_answer(world, dossier, posts, account):
    officer = world.actor(Role.OFFICER, account=account("chuyen-vien"))
    opinion = ask(world, dossier, actor=officer)
    drain()
    notice = told("opinion.asked").get()
    assert (notice.unit_id, notice.role) == (world.other_department, "head")
    assert "09:00 ngày 24/11/2022" in notice.text
    answer(world, opinion)
    drain()
    assert told("opinion.answered").get().account_id == officer.account_id


def test_of_a_late_answer_the_asker_and_the_head_of_the_one_stop_desk_are_told(
    world, dossier, posts, account
):
    """NĐ 61/2018 Đ19.5."""
    officer = world.actor(Role.OFFICER, account=account("chuyen-vien"))
    ask(world, dossier, actor=officer)
    operations.tell_late_opinions(actor=system("nhắc"), at=later(7))
    drain()
    drain()
    notices = told("opinion.late")
    assert {(n.account_id, n.unit_id, n.role) for n in notices} == {
        (officer.account_id, None, ""),
        (None, world.desk, "director"),
    }


def test_a_question_taken_back_is_told_to_whom_it_was_asked(world, dossier, posts):
    opinion = ask(world, dossier)
    operations.cancel_opinion(
        dossier_id=dossier, opinion_id=opinion.id, reason="Đã rõ", actor=world.officer, at=later(2)
    )
    drain()
    assert told("opinion.cancelled").get().unit_id == world.other_department
    assert asked(world).sees.consulted == frozenset()
