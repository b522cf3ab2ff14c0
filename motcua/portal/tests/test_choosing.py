"""How a citizen says he wants to be told."""

from __future__ import annotations

import pytest
from django.test import Client

from motcua.journeys.choosing import choose_how_told
from motcua.ledger import verify
from motcua.messaging import ports, queries
from motcua.messaging.tests.test_sending import Fake
from motcua.people.models import Person
from motcua.portal.tests.conftest import NINE
from motcua.rules.actor import Actor, Scope
from motcua.rules.refusal import Refusal

PATH = "/thong-bao/cach-nhan/"


@pytest.fixture(autouse=True)
def lines():
    for port in (ports.EMAIL, ports.SMS):
        port.plug(Fake(port.key))
    yield
    for port in (ports.EMAIL, ports.SMS):
        port.plug(None)


def own() -> Person:
    return Person.objects.get(name="Nguyễn Thị Lam")


def test_he_chooses_channels_and_language_and_corrects_where_he_is_reached(lam):
    page = lam.get(PATH)
    assert page.status_code == 200
    assert "Zalo" not in page.content.decode(), "no such line is connected"
    sent = {
        "phone": "0912 345 678",
        "email": "lam@vidu.vn",
        "channels": ["email"],
        "language": "en",
    }
    assert lam.post(PATH, sent).status_code == 302
    person = own()
    assert (person.phone, person.email) == ("0912345678", "lam@vidu.vn")
    assert queries.choice(person.id) == (frozenset({"email"}), "en")
    assert 'value="en"' in lam.get(PATH).content.decode()
    assert list(verify.breaks()) == []


@pytest.mark.parametrize(
    "changed",
    [{"phone": "12"}, {"email": "lam"}, {"phone": ""}, {"email": ""}, {"language": "fr"}],
    ids=[
        "no number",
        "no address",
        "a text without a number",
        "a letter without an address",
        "no language",
    ],
)
def test_what_cannot_reach_him_is_told_and_nothing_is_kept(lam, changed):
    before = (own().phone, own().email)
    sent = {
        "phone": "0912345678",
        "email": "lam@vidu.vn",
        "channels": ["email", "sms"],
        "language": "vi",
    }
    assert lam.post(PATH, sent | changed).status_code == 422
    assert (own().phone, own().email) == before


def test_a_channel_without_an_address_is_not_ticked_for_him(lam):
    ticked = lam.get(PATH).context["form"]["channels"].value()
    assert ("email" in ticked, "sms" in ticked) == (bool(own().email), bool(own().phone))


def test_nobody_chooses_for_another(lam, db):
    hung = Actor(9, "citizen", "Ông Hùng", sees=Scope(person_id=own().id + 1))
    with pytest.raises(Refusal):
        choose_how_told(
            person_id=own().id, phone="", email="", channels=(), language="vi", actor=hung, at=NINE
        )


def test_a_stranger_is_asked_to_sign_in(lam):
    assert Client().get(PATH).status_code == 302
