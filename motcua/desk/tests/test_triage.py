"""The desk's list of what is filed online, how desks answered, and the acts of triage on the page."""

from dataclasses import replace

import pytest

from motcua.desk.tests.test_intake import form
from motcua.dossiers import operations
from motcua.dossiers.models import Dossier, Turn
from motcua.dossiers.tests.test_triage import SYSTEM, at, elsewhere, filed  # noqa: F401
from motcua.ledger import sql
from motcua.rules.actor import Role, Scope


def text(response):
    return response.content.decode()


@pytest.fixture
def waiting(desk):
    """Three filed online on Monday, half an hour apart from 09:00."""
    return [filed(desk.world, at(f"2022-11-21 {hour}")) for hour in ("09:00", "09:30", "10:00")]


def clerk(desk, moment):
    return desk.standing(desk.officer(Role.CLERK), at(moment))


def test_what_waits_is_listed_soonest_due_first_with_what_is_at_risk(desk, waiting):
    operations.warn(actor=SYSTEM, at=at("2022-11-22 08:00"))
    said = text(clerk(desk, "2022-11-22 09:15").get("cho-tiep-nhan/"))
    codes = dict(Dossier.objects.values_list("id", "submission_code"))
    places = [said.index(codes[one]) for one in waiting]
    assert places == sorted(places)
    assert (
        "Quá giờ trả lời 09:00 22/11/2022" in said
        and "Có thể trùng" in said
        and "Không có tệp" in said
    )
    assert 'href="?loai=late">Quá giờ trả lời <span class="mc-count">1</span>' in said
    late = text(desk.get("cho-tiep-nhan/", loai="late"))
    assert codes[waiting[0]] in late and codes[waiting[2]] not in late


def test_the_list_costs_the_same_however_many_wait(desk, waiting):
    clerk(desk, "2022-11-21 11:00").get("cho-tiep-nhan/")
    sent = []
    for _ in range(2):
        with sql.counted() as statements:
            desk.get("cho-tiep-nhan/")
        sent.append(len(statements))
        filed(desk.world, at("2022-11-21 10:30"))
    assert sent[0] == sent[1] <= 5


def test_who_does_not_take_in_has_no_such_list(desk, waiting):
    officer = desk.standing(desk.officer(Role.OFFICER), at("2022-11-21 11:00"))
    assert officer.get("cho-tiep-nhan/").status_code == 403


def test_a_finding_writes_the_usual_reason_where_the_clerk_writes_none(desk, waiting):
    address = f"ho-so/{waiting[0]}/tu-choi-tiep-nhan/"
    sent = clerk(desk, "2022-11-21 11:00").form_of(waiting[0], "tu-choi-tiep-nhan")
    assert "Hãy chọn một mục" in text(desk.client.post(f"/ban-lam-viec/{address}", sent))
    desk.post(address, **(sent | {"finding": "duplicate"}))
    turn = Turn.objects.get(dossier_id=waiting[0])
    assert (turn.outcome, turn.finding) == ("refused", "duplicate")


def test_a_dossier_is_re_routed_from_its_page_by_the_code_of_the_right_procedure(
    desk, waiting, elsewhere  # noqa: F811
):  # fmt: skip
    address = f"ho-so/{waiting[0]}/chuyen-noi-khac/"
    sent = clerk(desk, "2022-11-21 11:00").form_of(waiting[0], "chuyen-noi-khac")
    sent |= {"to": desk.world.other_department, "reason": "Nhầm"}
    wrong = desk.client.post(f"/ban-lam-viec/{address}", sent | {"procedure": "không có"})
    assert "không giải quyết thủ tục nào như vậy" in text(wrong)
    several = desk.client.post(f"/ban-lam-viec/{address}", sent | {"procedure": "giấy phép"})
    assert "Có 2 thủ tục như vậy" in text(several)
    desk.post(address, **(sent | {"procedure": "gia hạn"}))
    row = Dossier.objects.get(id=waiting[0])
    assert (row.procedure_id, row.accountable_id) == (elsewhere, desk.world.other_department)
    there = desk.officer(Role.CLERK, unit=desk.world.other_department)
    said = text(desk.standing(there, at("2022-11-21 11:10")).get(f"ho-so/{waiting[0]}/"))
    assert "Chuyển nơi khác, chọn nhầm thủ tục" in said and "Lý do: Nhầm" in said


@pytest.fixture
def answered(desk, waiting):
    """One accepted in time, one late, one open; the last was filed by an officer."""
    contact = operations.Contact()
    for one, moment in zip(waiting, ("2022-11-21 10:30", "2022-11-22 15:00"), strict=False):
        operations.accept_submitted(
            dossier_id=one, actor=desk.world.clerk, at=at(moment), contact=contact
        )
    filed(desk.world, at("2022-11-22 10:00"), actor=desk.world.clerk)


def test_every_figure_opens_the_dossiers_it_counted(desk, answered):
    found = clerk(desk, "2022-11-22 16:00").get("tra-loi-truc-tuyen/").context
    assert [value for value, *_ in found["figures"]] == [1, 1, 1, 1, 0]
    assert [(label, value) for label, value, _ in found["parts"]] == [
        ("Tự nộp", 3),
        ("Được giúp nộp", 1),
    ]
    with sql.counted() as sent:
        desk.get("tra-loi-truc-tuyen/")
    assert len(sent) <= 3
    shown = [*((v, h) for v, _, h, _ in found["figures"]), *((v, h) for _, v, h in found["parts"])]
    shown += [(value, href) for value, _, href in found["rows"][0]["cells"]]
    for value, href in shown:
        opened = desk.client.get(href).context
        assert (len(opened["rows"]), opened["hidden"]) == (value, 0), href


def test_who_sees_figures_alone_sees_numbers_and_no_dossier(desk, answered):
    actor = desk.officer(Role.CONTROL_OFFICER, unit=desk.world.other_department)
    desk.standing(replace(actor, sees=Scope()), at("2022-11-22 16:00"))
    assert desk.get("tra-loi-truc-tuyen/").context["figures"][0][0] == 1
    opened = desk.get("tra-loi-truc-tuyen/ho-so/", loai="in_time").context
    assert (opened["rows"], opened["hidden"]) == ([], 1)
    other = desk.standing(desk.officer(Role.OFFICER), at("2022-11-22 16:00"))
    assert other.get("tra-loi-truc-tuyen/").status_code == 403


def test_a_computer_at_the_desk_is_marked_and_unmarked(desk, waiting):
    clerk(desk, "2022-11-21 11:00").post("cho-tiep-nhan/may-tai-quay/")
    assert "Bỏ dấu máy dùng chung" in text(desk.get("cho-tiep-nhan/"))
    desk.post("cho-tiep-nhan/may-tai-quay/", bo="1")
    assert "Bỏ dấu máy dùng chung" not in text(desk.get("cho-tiep-nhan/"))


def test_an_officer_files_online_for_a_citizen_and_it_waits_in_the_list(desk):
    clerk(desk, "2022-11-21 11:00")
    said = text(desk.get("tiep-nhan/", procedure=desk.world.procedure))
    assert "Nộp trực tuyến giúp" in said
    made = desk.post("tiep-nhan/", **form(desk, desk.world, viec="nop-giup"))
    row = Dossier.objects.get()
    assert made["Location"] == f"/ban-lam-viec/ho-so/{row.id}/"
    assert (row.status, row.channel, row.assisted, row.code) == (1, 2, "officer", None)
    assert row.submission_code in text(desk.get("cho-tiep-nhan/"))


def test_since_the_door_is_closed_nobody_is_offered_to_file_for_another(desk):
    clerk(desk, "2025-07-01 08:00")
    said = text(desk.get("tiep-nhan/", procedure=desk.world.procedure))
    assert "Nộp trực tuyến giúp" not in said


def test_an_address_that_asks_for_nonsense_is_answered_with_a_page(desk, answered):
    clerk(desk, "2022-11-22 16:00")
    for query in ({"noi": "999999"}, {"noi": "x"}, {"tu": "mai"}, {"loai": "gì"}, {"nguoi": "ai"}):
        for path in ("tra-loi-truc-tuyen/", "tra-loi-truc-tuyen/ho-so/", "cho-tiep-nhan/"):
            assert desk.get(path, **query).status_code in (200, 404, 422), (path, query)
    assert desk.get("cho-tiep-nhan/", after="x").status_code == 400
