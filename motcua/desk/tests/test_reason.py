"""A dossier outside one's own work is shown once the reason is given; nobody at his own work is asked."""

from dataclasses import replace

from motcua.dossiers import looking
from motcua.dossiers.tests.conftest import NINE
from motcua.ledger import sql
from motcua.people.models import LookUp
from motcua.rules.actor import Role, Scope

ON = NINE.date()


def inspector(desk):
    actor = desk.officer(Role.INSPECTOR, unit=desk.world.other_department)
    desk.standing(replace(actor, sees=Scope(everything=True)))


def test_an_inspector_says_why_once_a_day(desk):
    dossier = desk.world.accepted().id
    inspector(desk)
    page = desk.page_of(dossier)
    asked = desk.get(page)
    assert asked.status_code == 302 and f"/ly-do/{dossier}/" in asked["Location"]
    assert "Nguyễn Thị Lam" not in desk.client.get(asked["Location"]).content.decode()
    refused = desk.client.post(asked["Location"], {"purpose": "", "note": ""})
    assert refused.status_code == 422 and LookUp.objects.count() == 0
    noted = desk.client.post(asked["Location"], {"purpose": "other", "note": " "})
    assert noted.status_code == 422
    given = desk.client.post(asked["Location"], {"purpose": "inspection"})
    assert given.status_code == 302 and given["Location"].endswith(page)
    assert desk.get(page).status_code == 200
    assert LookUp.objects.get().dossier_id == dossier


def test_every_address_of_the_dossier_asks(desk):
    dossier = desk.world.accepted()
    inspector(desk)
    slip = next(iter(sql.fetch("SELECT id FROM dossiers_slip")))["id"]
    for path in (f"ho-so/{dossier.id}/phieu/{slip}/", f"ho-so/{dossier.id}/rut/"):
        assert "/ly-do/" in desk.get(path)["Location"]


def test_what_is_lent_by_a_grant_asks_and_what_is_ones_own_does_not(desk):
    dossier = desk.world.accepted().id
    actor = desk.officer(Role.OFFICER)
    assert looking.unreasoned(actor, dossier, ON) is None
    with sql.counted() as sent:
        looking.unreasoned(actor, dossier, ON)
    assert sent == []
    world = desk.world
    lent = Scope(
        accountable=frozenset({world.other_department, world.department}),
        lent=frozenset({world.department}),
    )
    other = replace(desk.officer(Role.OFFICER, unit=world.other_department), sees=lent)
    assert looking.unreasoned(other, dossier, ON) is not None
    home = Scope(
        accountable=frozenset({world.other_department, world.department}),
        lent=frozenset({world.other_department}),
    )
    assert looking.unreasoned(replace(actor, sees=home), dossier, ON) is None


def test_a_stranger_is_told_nothing(desk):
    dossier = desk.world.accepted().id
    desk.standing(desk.officer(Role.OFFICER, unit=desk.world.other_department))
    assert desk.get(f"ly-do/{dossier}/").status_code == 404


def test_the_way_on_stays_within_the_site(desk):
    dossier = desk.world.accepted().id
    inspector(desk)
    sent = {"purpose": "inspection", "tiep": "https://kẻ-lừa.example/"}
    assert desk.post(f"ly-do/{dossier}/", **sent)["Location"].endswith(desk.page_of(dossier))
