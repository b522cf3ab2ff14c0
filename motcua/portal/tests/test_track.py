"""What anybody may know of a code."""

from __future__ import annotations

import re

import pytest

from motcua.dossiers import operations
from motcua.dossiers.operations import Intake
from motcua.people.models import Person
from motcua.portal.tests.conftest import NINE
from motcua.portal.views_track import code_in
from motcua.rules.actor import Role
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld

CODE = "000.00.06.H41-221121-0001"


@pytest.fixture
def accepted(town, lam):
    person = Person.objects.get(identity_number="040190000001")
    return operations.accept(
        intake=Intake(
            procedure_id=town.permit, unit_id=town.department, channel=Channel.COUNTER,
            applicant_id=person.id, applicant_name=person.name,
            papers=(PaperHeld("Đơn đề nghị", 1, 0),), digest_key=b"k" * 32, subject="Nhà ở phố Huế",
        ),
        actor=town.officer(Role.CLERK), at=NINE,
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        f"  {CODE.lower()} ",
        "000.00.06.H41–221121–0001",
        f"http://127.0.0.1:8000/tra-cuu/?ma={CODE}",
        "000.00.06.H41 - 221121 - 0001",
    ],
)
def test_a_code_is_read_however_it_comes(typed):
    assert code_in(typed) == CODE


def test_an_anonymous_reader_sees_the_code_and_how_far_it_is(client, accepted):
    page = client.get("/tra-cuu/", {"ma": accepted.code}).content.decode()
    assert "Hồ sơ đã được tiếp nhận." in page
    for personal in (
        "Lam",
        "Nguyễn Thị",
        "phố Huế",
        "Cấp giấy phép",
        "040190000001",
        "Trần Văn Sơn",
    ):
        assert personal not in page
    assert "2022 16:30" not in page


def test_its_owner_is_led_to_the_dossier_and_others_are_not(lam, hung, accepted):
    assert lam.get("/tra-cuu/", {"ma": accepted.code}).context["own"] == accepted.id
    assert hung.get("/tra-cuu/", {"ma": accepted.code}).context["own"] is None


def test_an_unknown_code_has_the_same_page_and_costs_the_same(client, accepted, statements):
    def page(code):
        with statements(1):
            response = client.get("/tra-cuu/", {"ma": code})
        assert response.status_code == 200
        return response.content.decode()

    unknown = page("000.00.06.H41-221121-9999")
    assert "Chưa thấy hồ sơ nào mang mã này." in unknown
    shapes = [re.findall(r"<(?:section|ol|h2)\b", text) for text in (unknown, page(accepted.code))]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("code", ["", "   ", "' OR 1=1 --", "%", "x" * 5000, "\x00"])
def test_nonsense_is_only_unknown(client, town, code):
    assert client.get("/tra-cuu/", {"ma": code}).status_code == 200


def test_too_many_look_ups_from_one_address_are_held_back(client, town):
    statuses = [client.get("/tra-cuu/", {"ma": CODE}).status_code for _ in range(31)]
    assert statuses == [200] * 30 + [429]
    assert client.get("/tra-cuu/", {"ma": CODE}, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert client.get("/tra-cuu/").status_code == 200
