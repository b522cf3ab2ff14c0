"""The page of the exchange, what it mends, and what a dossier's page says of other systems."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import Dossier, Held, Reconciliation, Sync
from motcua.dossiers.operations import Answered, Compared, Found, Outcome
from motcua.dossiers.ports import EXCHANGES, NATIONAL
from motcua.dossiers.tests.conftest import NINE
from motcua.journeys import exchanging, reactions
from motcua.ledger import sql
from motcua.ledger.ports import Check
from motcua.rules import national
from motcua.rules.actor import Role, Scope
from motcua.rules.casework import Status

SYSTEM = exchanging.SYSTEM
PAGE = "trao-doi/"


class Silent:
    """A portal that knows nothing."""

    mirrors = False

    def check(self):
        return Check(True, "")

    def send(self, service, record, *, updating, key):
        raise AssertionError("no page sends")

    def find(self, code):
        return None

    def listed(self, since, until):
        return {"G-9": Status.SUBMITTED}

    def arrived(self, after, many):
        return []


@pytest.fixture
def connected():
    EXCHANGES[NATIONAL].plug(Silent())
    yield
    EXCHANGES[NATIONAL].plug(None)


def text(response):
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def operator(desk):
    from dataclasses import replace

    who = desk.officer(Role.ADMINISTRATOR)
    return desk.standing(replace(who, sees=Scope(everything=True)), NINE + timedelta(hours=2))


@pytest.fixture
def stuck(desk, connected):
    """A dossier whose first message the portal refuses for good, with another behind it."""
    done = desk.world.accepted()
    operations.request_supplement(
        dossier_id=done.id, missing=("Bản vẽ",), reason="Thiếu", actor=desk.world.officer, at=NINE
    )
    reactions.drain(NINE)
    at = NINE
    for _ in range(5):
        at += timedelta(hours=2)
        batch = operations.claim_syncs(system=NATIONAL, actor=SYSTEM, at=at)
        refused = [Answered(one, Outcome.REFUSED, "21: Thiếu mã lĩnh vực") for one in batch]
        operations.answer_syncs(answered=refused, actor=SYSTEM, at=at)
    return done


def test_who_sees_figures_reads_the_page_and_only_who_operates_mends(desk):
    for role in (Role.CLERK, Role.OFFICER):
        assert desk.standing(desk.officer(role)).get(PAGE).status_code == 403
    for role in (Role.HEAD, Role.CONTROL_OFFICER):
        desk.standing(desk.officer(role))
        assert "Bản tin bị từ chối" not in text(desk.get(PAGE))
        assert desk.post(PAGE, viec="doi-soat").status_code == 403


def test_what_is_refused_is_shown_with_what_the_other_side_said_and_sent_again(desk, stuck):
    said = text(operator(desk).get(PAGE))
    assert "21: Thiếu mã lĩnh vực" in said and stuck.code in said
    desk.post(PAGE, viec="gui-lai", id=str(Sync.objects.get(number=1).id))
    assert Sync.objects.get(number=1).state == "waiting"
    assert "Hãy tải lại trang" in text(
        desk.client.post(
            f"/ban-lam-viec/{PAGE}",
            {"viec": "gui-lai", "id": str(Sync.objects.get(number=1).id)},
            follow=True,
        )
    )


def test_a_message_is_passed_over_only_with_a_reason(desk, stuck):
    first = Sync.objects.get(number=1)
    operator(desk).post(PAGE, viec="bo-qua", id=str(first.id))
    first.refresh_from_db()
    assert first.state == "dead"
    desk.post(PAGE, viec="bo-qua", id=str(first.id), **{"ly-do": "Bên nhận không nhận mốc này"})
    first.refresh_from_db()
    assert first.state == "skipped"


def test_the_dossiers_page_says_what_was_told(desk, stuck):
    said = text(desk.standing(desk.officer(Role.CLERK)).get(desk.page_of(stuck.id)))
    assert "Trao đổi với hệ thống khác" in said and "bị từ chối" in said and "chờ gửi" in said


def test_a_record_kept_back_says_what_to_do_and_is_tried_or_left(desk, connected):
    exchanging.receive(NATIONAL, 1, {"MaHoSo": "G-1"}, mirrors=False, at=NINE)
    said = text(operator(desk).get(PAGE))
    assert "G-1" in said and "Bản ghi thiếu trường MaTTHC" in said
    held = str(Held.objects.get().id)
    desk.post(PAGE, viec="thu-lai", id=held)
    assert Held.objects.get().state == "open"
    desk.post(PAGE, viec="bo", id=held, **{"ly-do": "Bản ghi thử"})
    assert Held.objects.get().state == "dropped"


def test_a_difference_opens_into_its_dossier_and_is_told_again(desk, connected):
    done = desk.world.accepted()
    operator(desk).post(PAGE, viec="doi-soat", **{"he-thong": NATIONAL})
    made = Reconciliation.objects.get()
    assert (made.here, made.there, made.differences) == (1, 1, 2)
    said = text(desk.get(PAGE, lan=str(made.id)))
    assert f"/ban-lam-viec/ho-so/{done.id}/" in said and "Ở đây chưa có" in said
    head = text(desk.standing(desk.officer(Role.HEAD)).get(PAGE))
    assert f"/ban-lam-viec/ho-so/{done.id}/" in head and "Còn 1 chênh lệch" in head
    stranger = desk.standing(desk.officer(Role.HEAD, unit=desk.world.other_department))
    assert done.code not in text(stranger.get(PAGE))
    operator(desk).post(PAGE, viec="gui-lech", id=str(made.id))
    assert Sync.objects.get().code == done.code


def test_nonsense_is_answered_in_words(desk, connected):
    operator(desk)
    for sent in ({"viec": "x"}, {"viec": "gui-lai", "id": "x"}, {"viec": "doi-soat"}, {}):
        answer = desk.client.post(f"/ban-lam-viec/{PAGE}", sent, follow=True)
        assert "Không hiểu yêu cầu" in text(answer)


def test_the_page_costs_the_same_however_much_waits(desk, connected):
    def cost():
        with sql.counted() as sent:
            text(desk.get(PAGE))
        return len(sent)

    operator(desk)
    costs = []
    for n in range(2):
        exchanging.receive(NATIONAL, n, {"MaHoSo": f"G-{n}"}, mirrors=False, at=NINE)
        done = desk.world.accepted()
        difference = national.compare({done.code: Status.ACCEPTED}, {})
        found = [Found(one, done.id, False) for one in difference]
        operations.reconcile(
            compared=Compared(NATIONAL, NINE.date(), NINE.date(), 1, 0, found),
            actor=SYSTEM,
            at=NINE,
        )
        costs.append(cost())
    assert costs[0] == costs[1] <= 10


def test_a_mirrored_dossier_is_shown_and_offers_nothing(desk, connected):
    from motcua.gateways.tests.test_taking_in_from_systems import done_there

    for given in (
        done_there(desk.world, TrangThaiHoSo="4", NgayKetThucXuLy=""),
        done_there(desk.world, "BTP-2"),
    ):
        became = exchanging.receive(NATIONAL, 1, given, mirrors=True, at=NINE + timedelta(days=3))
        assert became == "mirrored"
    for one in Dossier.objects.all():
        for role in (Role.CLERK, Role.OFFICER, Role.LEADER):
            said = text(desk.standing(desk.officer(role)).get(desk.page_of(one.id)))
            assert (
                "Chỉ xem" in said and "Hệ thống khác giải quyết hồ sơ này; ở đây chỉ xem." in said
            )
    listed = text(desk.standing(desk.officer(Role.CLERK)).get("ho-so/"))
    assert "BTP-1" in listed and "BTP-2" in listed
