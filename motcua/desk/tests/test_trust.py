"""Signals, corrections and separated duties on the desk's pages."""

from dataclasses import replace

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import Correction, Dossier, SignalReview
from motcua.dossiers.tests.conftest import later
from motcua.ledger import sql
from motcua.rules.actor import Role, Scope


def text(response):
    return response.content.decode()


@pytest.fixture
def signalled(desk):
    """A dossier of which a supplement was asked late."""
    dossier = desk.world.accepted()
    operations.request_supplement(
        dossier_id=dossier.id,
        missing=["Tờ khai"],
        reason="thiếu",
        actor=desk.world.officer,
        at=later(4),
    )
    return dossier


def inspector(desk):
    actor = desk.officer(Role.INSPECTOR, unit=desk.world.other_department)
    return desk.standing(replace(actor, sees=Scope(everything=True)), later(5))


def test_an_inspector_looks_into_a_signal(desk, signalled):
    said = text(inspector(desk).get("dau-hieu/"))
    assert signalled.code in said and "không phải kết luận" in said
    sent = {"dossier": signalled.id, "signal": "late-supplement", "finding": "follow_up"}
    assert "Chưa nêu lý do" in text(desk.client.post("/ban-lam-viec/dau-hieu/", sent, follow=True))
    desk.post("dau-hieu/", **sent, note="Hỏi lại Sở")
    assert SignalReview.objects.get().finding == "follow_up"
    assert "Hỏi lại Sở" in text(desk.get("dau-hieu/"))
    assert signalled.code not in text(
        desk.get("dau-hieu/", chua_xem="on", dau_hieu="late-supplement")
    )


def test_who_sees_figures_alone_sees_numbers_and_no_code(desk, signalled):
    actor = desk.officer(Role.CONTROL_OFFICER, unit=desk.world.other_department)
    said = text(desk.standing(replace(actor, sees=Scope()), later(5)).get("dau-hieu/"))
    assert signalled.code not in said and "Theo cơ quan" in said
    assert desk.standing(desk.officer(Role.OFFICER), later(5)).get("dau-hieu/").status_code == 403


def test_the_list_of_signals_costs_the_same_however_many_there_are(desk, signalled):
    inspector(desk).get("dau-hieu/")
    with sql.counted() as sent:
        desk.get("dau-hieu/")
    assert len(sent) <= 4


def test_one_proposes_a_correction_and_another_confirms_it(desk):
    dossier = desk.world.accepted().id
    one, other = desk.officer(Role.CLERK, name="clerk-a"), desk.officer(Role.CLERK, name="clerk-b")
    address = f"ho-so/{dossier}/dinh-chinh/"
    desk.standing(one, later(1))
    form = desk.get(address).context["form"]
    sent = {f.name: f.value() if f.value() is not None else "" for f in form}
    refused = desk.post(address, **{**sent, "de-nghi": "1"})
    assert refused.status_code == 422 and "Hãy ghi lý do" in text(refused)
    sent |= {"de-nghi": "1", "applicant_name": "Nguyễn Thị Lâm", "reason": "Sai dấu"}
    assert desk.post(address, **sent).status_code == 302
    correction = Correction.objects.get()
    assert "Nguyễn Thị Lam → " in text(desk.get(address))
    assert "của tôi, chờ người khác" in text(desk.get("dinh-chinh/"))
    own = desk.post(address, **{"xac-nhan": str(correction.id)})
    assert own.status_code == 403
    desk.standing(other, later(2))
    assert str(dossier) in text(desk.get("dinh-chinh/"))
    assert desk.post(address, **{"xac-nhan": str(correction.id)}).status_code == 302
    assert Dossier.objects.get(id=dossier).applicant_name == "Nguyễn Thị Lâm"
    assert "Đính chính thông tin hồ sơ" in text(desk.get(desk.page_of(dossier)))


def test_another_rejects_it_with_a_reason(desk):
    dossier = desk.world.accepted().id
    one, other = desk.officer(Role.CLERK, name="clerk-a"), desk.officer(Role.CLERK, name="clerk-b")
    correction = operations.propose_correction(
        dossier_id=dossier, facts={"subject": "Khác"}, reason="Sai", actor=one, at=later(1)
    )
    address = f"ho-so/{dossier}/dinh-chinh/"
    desk.standing(other, later(2))
    assert desk.post(address, **{"tra-lai": str(correction), "answer": ""}).status_code == 422
    assert desk.post(address, **{"tra-lai": "x"}).status_code == 302
    assert (
        desk.post(address, **{"tra-lai": str(correction), "answer": "Đúng rồi"}).status_code == 302
    )
    assert "Đã trả lại" in text(desk.get(address))


def test_which_acts_need_two_people_is_there_to_be_read(desk):
    desk.standing(desk.officer(Role.CLERK))
    said = text(desk.get("tach-nhiem/"))
    assert "Người thụ lý không ký, duyệt kết quả" in said and "Bắt buộc" in said


def test_who_took_in_for_whom_is_counted_for_who_sees_figures(desk):
    desk.world.accepted()
    desk.standing(desk.officer(Role.CONTROL_OFFICER, unit=desk.world.other_department), later(1))
    said = text(desk.get("nhan-ho/"))
    assert "mot-cua" in said and "so-a" in said
    assert desk.get("nhan-ho/", tu="32/13/2022").status_code == 422
    assert desk.standing(desk.officer(Role.OFFICER), later(1)).get("nhan-ho/").status_code == 403
