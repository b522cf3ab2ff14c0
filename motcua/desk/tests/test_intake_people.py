"""The intake screen and who stands before it: another name, another person, what is there already."""

from dataclasses import replace
from uuid import uuid4

import pytest

from motcua.catalogue import offered
from motcua.catalogue.models import ChannelRule, PaperRule, ProcedureVersion
from motcua.desk.tests.conftest import seated
from motcua.desk.tests.test_intake import CARD, form, text_of
from motcua.dossiers.models import Consignment, Dossier, Paper, ParkedIntake, Party
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.test_walk import walk
from motcua.ledger.acts import Event, act
from motcua.people.models import Person
from motcua.rules.actor import Role, system

LAM = {"identity": "040190000001", "name": "Nguyễn Thị Lam"}
LAM_S_CARD = "040190000001||Nguyễn Thị Lan|02031990|Nữ|Xã Nghĩa Thọ, Nghệ An|01012021"


@pytest.fixture
def at_desk(desk):
    return desk.standing(desk.officer(Role.CLERK))


def sent(desk, world, **data):
    return desk.post("tiep-nhan/", **form(desk, world, **data))


def test_a_card_of_another_name_is_never_taken_silently(at_desk, world):
    looked = sent(at_desk, world, viec="xem", identity=LAM_S_CARD, name="")
    text = text_of(looked)
    assert "Tên trên thẻ khác tên đã ghi" in text
    assert "Nguyễn Thị Lan" in text and "Nguyễn Thị Lam" in text
    assert looked.context["form"]["born_on"].value().year == 1990
    told = {"identity": "040190000001", "name": "Nguyễn Thị Lan", "born_on": "02/03/1990"}
    refused = sent(at_desk, world, **told)
    assert refused.status_code == 422
    assert "Hãy chọn giữ tên đã ghi hay sửa theo thẻ" in text_of(refused)
    assert sent(at_desk, world, **told, name_choice="keep").status_code == 302
    assert Dossier.objects.get().applicant_name == "Nguyễn Thị Lam"
    assert sent(at_desk, world, **told, name_choice="correct", despite="on").status_code == 302
    person = Person.objects.get(identity_number="040190000001")
    assert (person.name, person.born_on.year) == ("Nguyễn Thị Lan", 1990)
    assert Dossier.objects.filter(applicant_name="Nguyễn Thị Lan").count() == 1


def test_the_card_may_be_sent_as_it_was_read(at_desk, world):
    assert sent(at_desk, world, identity=CARD).status_code == 302
    assert Dossier.objects.get().applicant.identity_number == "040190000002"


def test_a_dossier_open_already_is_shown_and_taken_in_only_on_purpose(at_desk, world):
    first = world.accepted()
    page = sent(at_desk, world, viec="xem", **LAM)
    assert "Đang có hồ sơ cùng thủ tục chưa xong" in text_of(page)
    assert first.code in text_of(page)
    page = sent(at_desk, world, **LAM)
    assert page.status_code == 422
    assert "Vẫn tiếp nhận" in text_of(page)
    assert sent(at_desk, world, **LAM, despite="on").status_code == 302
    assert Dossier.objects.count() == 2


OTHERS = [
    ({"submitter_name": "Lê Văn Thay"}, "Hãy chọn người nộp là gì"),
    ({"submitter_name": "Lê Văn Thay", "basis": "authorised"}, "phải ghi số và ngày"),
    (
        {"submitter_name": "Lê Văn Thay", "basis": "authorised", "authority_number": "1",
         "authority_on": "22/11/2022"},
        "sau ngày hôm nay",
    ),
    ({"submitter_name": "Lê Văn Thay", "basis": "officer", "submitter_identity": "12"}, "12 chữ số"),
    ({"kind": "newborn", "identity": ""}, "cha, mẹ hoặc người giám hộ đứng khai"),
    ({"kind": "foreigner", "identity": "C1234567"}, "Chưa ghi quốc tịch"),
    ({"co_owners": "Trần Thị Vợ; 12"}, "12 chữ số"),
    ({"identity": ""}, "Hãy ghi số định danh"),
    ({"born_on": "31/31/1990"}, "Ngày chưa đúng"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "said"), OTHERS)
def test_who_hands_in_is_asked_for_what_his_ground_needs(at_desk, world, data, said):
    page = sent(at_desk, world, **data)
    assert page.status_code == 422
    assert said in text_of(page)
    assert not Dossier.objects.exists()


def test_a_submitter_several_owners_and_a_newborn_are_taken_in(at_desk, world):
    answer = sent(
        at_desk, world, submitter_name="Lê Văn Thay", submitter_identity="040190000008",
        basis="authorised", authority_number="12/GUQ", authority_on="20/11/2022",
        co_owners="Trần Thị Vợ; 040190000007",
    )  # fmt: skip
    assert answer.status_code == 302
    roles = {p.role: p.name for p in Party.objects.all()}
    assert roles == {
        "owner": "Trần Thị Hoà", "co_owner": "Trần Thị Vợ", "submitter": "Lê Văn Thay",
    }  # fmt: skip
    shown = text_of(at_desk.get(f"ho-so/{Dossier.objects.get().id}/"))
    assert "Lê Văn Thay, căn cước *********008, được ủy quyền" in shown
    assert "giấy ủy quyền số 12/GUQ ngày 20/11/2022" in shown
    child = {"kind": "newborn", "identity": "", "name": "Bé Na", "submitter_name": "Trần Thị Hoà"}
    assert sent(at_desk, world, **child).status_code == 302
    newborn = Dossier.objects.get(applicant_name="Bé Na")
    assert newborn.applicant.identity_number is None
    assert newborn.parties.get(role="submitter").basis == "parent"


def test_what_came_by_mail_asks_for_its_number(desk, world):
    version = ProcedureVersion.objects.get(procedure_id=world.procedure)
    with act(Event("catalogue.changed", "decision"), actor=system("kiểm thử"), at=NINE) as a:
        ChannelRule.objects.create(
            version=version, channel=3, limit_amount=5, limit_unit="working_day", limit_text="05"
        )
        a.about("decision", 1, {})
    offered.forget()
    desk.standing(desk.officer(Role.CLERK))
    page = sent(desk, world, channel="3", sender="Xã Nghĩa Thọ")
    assert page.status_code == 422
    assert "Chưa ghi số hiệu bưu gửi" in text_of(page)
    mailed = {"channel": "3", "sender": "Hòa", "tracking_number": "EH1VN", "carrier": "BCCI"}
    assert sent(desk, world, **mailed).status_code == 302
    assert Consignment.objects.get().tracking_number == "EH1VN"
    offered.forget()


# ---- once only -------------------------------------------------------------------------------------


def test_what_the_province_has_is_offered_and_used_again(at_desk, world):
    earlier = walk(world)
    version = ProcedureVersion.objects.get(procedure_id=world.procedure)
    with act(Event("catalogue.changed", "decision"), actor=system("kiểm thử"), at=NINE) as a:
        PaperRule.objects.create(version=version, position=2, name="Giấy phép đã cấp", copies=1)
        a.about("decision", 1, {})
    offered.forget()
    at_desk.standing(at_desk.officer(Role.CLERK), later(5))
    page = sent(at_desk, world, viec="xem", **LAM)
    assert "Dùng lại bản tỉnh đã có: Giấy phép số 12/GP" in text_of(page)
    again = {"chinh-1": "0", "sao-1": "1", "dung-lai-1": str(earlier)}
    assert sent(at_desk, world, **LAM, **again).status_code == 302
    paper = Paper.objects.get(name="Giấy phép đã cấp")
    assert (paper.reused_from_id, paper.reused_result) == (earlier, "12/GP")
    forged = {"chinh-1": "0", "sao-1": "1", "dung-lai-1": str(uuid4())}
    assert sent(at_desk, world, **LAM, despite="on", **forged).status_code == 422
    offered.forget()


# ---- put aside -------------------------------------------------------------------------------------


def test_what_is_being_written_is_kept_and_gone_on_with(at_desk, world):
    filled = form(at_desk, world, name="Trần Thị Hoà", **{"sao-0": "2"})
    filled["parked"] = str(uuid4())
    said = at_desk.post("tiep-nhan/tam/", **filled)
    assert "Đã để tạm lúc" in text_of(said)
    at_desk.post("tiep-nhan/tam/", **filled | {"address": "Khối 9"})
    (kept,) = ParkedIntake.objects.all()
    assert "csrfmiddlewaretoken" not in kept.typed
    page = at_desk.get("tiep-nhan/")
    assert "Hồ sơ để tạm (1)" in text_of(page)
    page = at_desk.get("tiep-nhan/", tam=str(kept.id))
    shown = page.context["form"]
    assert (shown["name"].value(), shown["address"].value()) == ("Trần Thị Hoà", "Khối 9")
    (line,) = page.context["lines"]
    assert (line.held, line.copies) == (True, 2)
    assert at_desk.post("tiep-nhan/", **filled).status_code == 302
    assert not ParkedIntake.objects.exists()


def test_without_script_a_button_puts_it_aside_and_it_can_be_thrown_away(at_desk, world):
    filled = form(at_desk, world, viec="de-tam") | {"parked": str(uuid4())}
    assert at_desk.post("tiep-nhan/", **filled)["Location"].endswith("/tiep-nhan/")
    kept = ParkedIntake.objects.get()
    assert kept.label == "Trần Thị Hoà"
    assert at_desk.post(f"tiep-nhan/tam/{kept.id}/bo/").status_code == 302
    assert not ParkedIntake.objects.exists()


def test_an_empty_form_is_not_kept(at_desk, world):
    filled = form(at_desk, world, name="", identity="") | {"parked": str(uuid4())}
    assert "Đã để tạm" not in text_of(at_desk.post("tiep-nhan/tam/", **filled))
    assert not ParkedIntake.objects.exists()


def test_anothers_scrap_is_not_shown(desk, world):
    desk.standing(desk.officer(Role.CLERK))
    filled = form(desk, world) | {"parked": str(uuid4())}
    desk.post("tiep-nhan/tam/", **filled)
    kept = ParkedIntake.objects.get()
    other = replace(desk.officer(Role.CLERK), account_id=seated(Role.CLERK, world.desk, "khac"))
    desk.standing(other)
    assert "Hồ sơ để tạm" not in text_of(desk.get("tiep-nhan/"))
    assert "Trần Thị Hoà" not in text_of(desk.get("tiep-nhan/", tam=str(kept.id)))
    desk.post(f"tiep-nhan/tam/{kept.id}/bo/")
    assert ParkedIntake.objects.count() == 1
    desk.standing(desk.officer(Role.OFFICER))
    assert desk.post("tiep-nhan/tam/", **filled).status_code == 403


def test_enter_opens_the_only_procedure_found(at_desk, world):
    answer = at_desk.get("tiep-nhan/", q="giay phep", mo="1")
    assert answer["Location"].endswith(f"?procedure={world.procedure}")


def test_a_receipts_code_scanned_here_leads_to_its_dossier(at_desk, world):
    done = world.accepted()
    for text in (done.code, f"http://127.0.0.1:8000/tra-cuu/?ma={done.code}"):
        page = at_desk.client.get("/ban-lam-viec/tiep-nhan/", {"q": text, "mo": "1"}, follow=True)
        assert page.redirect_chain[-1][0] == f"/ban-lam-viec/ho-so/{done.id}/"
        assert f"/ho-so/{done.id}/rut/" in text_of(page)
