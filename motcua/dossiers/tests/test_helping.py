"""Received at, answered by, and helped at are three units."""

from dataclasses import replace
from datetime import date

from motcua.dossiers import helping, operations
from motcua.dossiers.helping import Helped
from motcua.dossiers.tests.conftest import EVER, NINE
from motcua.dossiers.tests.test_acts import refused
from motcua.ledger.acts import Event, act
from motcua.organisations.models import Post
from motcua.people.models import PostHeld
from motcua.rules.actor import Role, system

DAYS = date(2022, 11, 1), date(2022, 11, 30)
EVERYBODY = system("kiểm thử")


def seconded(world, account_id, home):
    with act(Event("post.assigned", "account"), actor=EVERYBODY, at=NINE) as a:
        a.hold("account", account_id)
        post = Post.objects.create(
            unit_id=world.desk, title="Cán bộ quầy", role=Role.CLERK, valid=EVER
        )
        PostHeld.objects.create(account_id=account_id, post=post, home_unit_id=home, valid=EVER)
        a.about("account", account_id, {})
    return replace(world.clerk, account_id=account_id, post_id=post.id)


def test_a_dossier_is_counted_by_its_desk_its_agency_and_the_home_of_who_took_it_in(world, account):
    sent = seconded(world, account("cua-so"), world.department)
    lent = seconded(world, account("cua-so-khac"), world.other_department)
    for actor in (sent, sent, lent):
        operations.accept(intake=world.intake(), actor=actor, at=NINE)
    found = helping.helped(EVERYBODY, *DAYS)
    desk, agency = world.desk, world.department
    assert found == [
        Helped(desk, agency, agency, 2),
        Helped(desk, agency, world.other_department, 1),
    ]
    assert [one.for_another for one in found] == [False, True]
    assert helping.helped(EVERYBODY, date(2022, 10, 1), date(2022, 10, 31)) == []
    refused("dossier.may_not", lambda: helping.helped(world.officer, *DAYS))
