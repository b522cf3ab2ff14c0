"""Rating through the pages: the slip, the kiosk, the owner, the list and the verdict."""

from __future__ import annotations

import itertools
import re

import pytest

from motcua.dossiers.models import Rating
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_ratings import finish
from motcua.rules.actor import ANONYMOUS, Actor, Role, Scope

ADDRESSES = itertools.count(1)


@pytest.fixture
def ended(desk):
    made = desk.world.accepted()
    finish(desk.world, made.id)
    desk.client.defaults["REMOTE_ADDR"] = f"10.2.1.{next(ADDRESSES)}"
    desk.made = made
    return desk


def link_of(ended) -> str:
    page = ended.standing(ended.officer(Role.CLERK), later(3)).get(
        f"ho-so/{ended.made.id}/moi-danh-gia/"
    )
    found = re.search(r"(/danh-gia/phieu/[^<\s]+/)", page.content.decode())
    assert found and "<svg" in page.content.decode()
    return found[1]


def test_the_slip_of_the_hand_over_opens_the_rating_once(ended):
    link = link_of(ended)
    client = ended.standing(ANONYMOUS, later(3)).client
    page = client.get(link).content.decode()
    assert ended.made.code in page and "Lam" not in page
    assert client.post(link, {}).status_code == 422
    assert client.post(link, {"level": "very", "reasons": ["quick"]}).status_code == 302
    assert Rating.objects.get().way == "link"
    again = client.get(link)
    assert (again.status_code, "đã dùng" in again.content.decode()) == (422, True)


def test_who_does_not_see_the_dossier_gets_no_slip(ended):
    ended.standing(ended.officer(Role.OFFICER, unit=ended.world.other_department), later(3))
    assert ended.get(f"ho-so/{ended.made.id}/moi-danh-gia/").status_code == 404


def test_at_the_kiosk_a_code_alone_opens_nothing_and_guessing_ends(ended):
    client = ended.standing(ANONYMOUS, later(3)).client
    code = ended.made.code
    answers = [
        client.post("/danh-gia/mot-cua/", {"code": code, "ending": f"{n:04d}"}) for n in range(2, 8)
    ]
    assert [a.status_code for a in answers] == [422] * 5 + [429]
    assert "không khớp" in answers[0].content.decode()
    assert Rating.objects.count() == 0


def test_at_the_kiosk_the_receipt_and_four_digits_lead_to_the_rating(ended):
    client = ended.standing(ANONYMOUS, later(3)).client
    made = ended.world.accepted(later(3))
    finish_later(ended, made.id)
    scanned = f"http://127.0.0.1:8000/tra-cuu/?ma={made.code}"
    found = client.post("/danh-gia/mot-cua/", {"code": scanned, "ending": "0001"})
    assert found.status_code == 302
    done = client.post(found["Location"], {"level": "satisfied", "may": "mot-cua"})
    assert done["Location"].endswith("?may=mot-cua")
    assert "/danh-gia/mot-cua/" in client.get(done["Location"]).content.decode()
    assert Rating.objects.get().way == "kiosk"


def finish_later(ended, dossier_id):
    from motcua.dossiers import operations
    from motcua.dossiers.tests.test_walk import item_of

    operations.refuse_in_process(
        dossier_id=dossier_id, item_id=item_of(dossier_id), reason="thiếu căn cứ",
        actor=ended.world.officer, at=later(3),
    )  # fmt: skip


def test_the_owner_rates_his_own_dossier_and_no_other(ended):
    owner = Actor(1, "citizen", "công dân", sees=Scope(person_id=ended.world.citizen))
    client = ended.standing(owner, later(3)).client
    where = f"/danh-gia/ho-so/{ended.made.id}/"
    assert client.get(where).status_code == 200
    sent = {"level": "dissatisfied", "reasons": ["many_trips"], "text": "Phải đi ba lần."}
    assert client.post(where, sent).status_code == 302
    assert "đã đánh giá" in client.get(where).content.decode()
    stranger = Actor(2, "citizen", "công dân", sees=Scope(person_id=ended.world.citizen + 1))
    assert ended.standing(stranger, later(3)).client.get(where).status_code == 404


def test_the_director_reads_and_judges_and_others_read_their_own_only(ended):
    owner = Actor(None, "citizen", "công dân", sees=Scope(person_id=ended.world.citizen))
    from motcua.dossiers import operations
    from motcua.rules.casework_ratings import Satisfaction

    operations.rate(
        dossier_id=ended.made.id, level=Satisfaction.DISSATISFIED, text="Phải đi ba lần.",
        actor=owner, at=later(3),
    )  # fmt: skip
    ended.standing(ended.officer(Role.DIRECTOR), later(4))
    page = ended.get("danh-gia/", cho="1").content.decode()
    assert "Phải đi ba lần." in page and "Phản ánh đúng" in page
    verdict = {"justified": "1", "reason": "đúng là hướng dẫn thiếu"}
    ended.post(f"ho-so/{ended.made.id}/ket-luan/", **verdict)
    assert Rating.objects.get().justified is True
    assert "Phải đi ba lần." not in ended.get("danh-gia/", cho="1").content.decode()
    ended.standing(ended.officer(Role.OFFICER, unit=ended.world.other_department), later(4))
    assert "Phải đi ba lần." not in ended.get("danh-gia/").content.decode()
    assert ended.post(f"ho-so/{ended.made.id}/ket-luan/", **verdict).status_code == 404
    ended.standing(ended.officer(Role.CLERK), later(4))
    assert ended.post(f"ho-so/{ended.made.id}/ket-luan/", **verdict).status_code == 403
