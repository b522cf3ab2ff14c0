import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.dossiers import operations
from motcua.dossiers.models import Charge, Dossier, Slip, WorkItem
from motcua.dossiers.tests.conftest import later
from motcua.ledger.models import Entry
from motcua.rules.actor import Role
from motcua.rules.books import Channel
from motcua.rules.casework import Status


def text_of(response):
    return response.content.decode()


def buttons(response):
    return [offer.label for offer in response.context["offers"]]


def status(dossier_id):
    return Status(Dossier.objects.get(id=dossier_id).status)


def test_the_page_says_what_each_button_will_do(desk, world):
    done = world.accepted()
    page = desk.standing(desk.officer(Role.OFFICER)).get(desk.page_of(done.id))
    assert page.status_code == 200
    assert "Chuyển Phê duyệt kết quả – Lãnh đạo so-a" in buttons(page)
    text = text_of(page)
    for said in (
        done.code,
        "Nguyễn Thị Lam",
        "*********001",
        "Tờ khai",
        "Tiếp nhận hồ sơ",
        "Mẫu 02",
    ):
        assert said in text
    assert "040190000001" not in text


def test_the_clock_explains_itself(desk, world):
    done = world.accepted()
    page = desk.standing(desk.officer(Role.OFFICER)).get(desk.page_of(done.id))
    why = " ".join(page.context["why"].lines)
    assert "nghỉ hằng tuần (BLLĐ 2019 Đ111)" in why
    assert "ngày làm việc" in why


def test_a_dossier_walks_through_the_pages_to_the_hand_over(desk, world):
    done = world.accepted()
    officer, leader, clerk = (desk.officer(r) for r in (Role.OFFICER, Role.LEADER, Role.CLERK))
    desk.standing(officer, later(1))
    taken = desk.post(
        f"ho-so/{done.id}/nhan-xu-ly/", seen=1, key=done.id, item=desk.item(done.id).id
    )
    assert taken.status_code == 302
    assert desk.act(done.id, "chuyen", note="Đủ điều kiện").status_code == 302
    desk.standing(leader, later(2))
    assert buttons(desk.get(desk.page_of(done.id)))[0] == "Nhận xử lý"
    sent = desk.act(done.id, "ghi-ket-qua", result_name="Giấy phép", result_number="12/GP")
    assert sent.status_code == 302
    desk.standing(clerk, later(3))
    assert buttons(desk.get(desk.page_of(done.id)))[-1] == "Trả kết quả cho người nộp"
    assert desk.act(done.id, "tra-ket-qua").status_code == 302
    assert status(done.id) is Status.HANDED_OVER
    page = desk.get(desk.page_of(done.id))
    assert buttons(page) == []
    assert [e["title"] for e in page.context["timeline"]] == [
        "Trả kết quả", "Có kết quả giải quyết", "Chuyển bước", "Nhận xử lý", "Tiếp nhận hồ sơ",
    ]  # fmt: skip


def test_an_officer_of_another_agency_finds_nothing_at_any_address(desk, world):
    done = world.accepted()
    slip = Slip.objects.get(dossier_id=done.id)
    stranger = desk.officer(Role.OFFICER, unit=world.other_department)
    desk.standing(stranger)
    addresses = ("", "chuyen/", "hen-lai/", f"phieu/{slip.id}/")
    for address in addresses:
        page = desk.get(f"ho-so/{done.id}/{address}")
        assert page.status_code == 404, address
        assert "Nguyễn Thị Lam" not in text_of(page)
    sent = desk.post(f"ho-so/{done.id}/chuyen/", seen=1, key=done.id, item=desk.item(done.id).id)
    assert sent.status_code == 404
    assert status(done.id) is Status.ACCEPTED


def test_a_stale_page_is_told_what_happened_since_and_keeps_what_was_written(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    form = desk.form_of(done.id, "chuyen", note="Ý kiến viết rất lâu")
    operations.request_payment(
        dossier_id=done.id, name="Lệ phí", amount=1, stops_clock=False, reason="theo quy định",
        actor=desk.officer(Role.OFFICER), at=later(1),
    )  # fmt: skip
    page = desk.post(f"ho-so/{done.id}/chuyen/", **form)
    assert page.status_code == 409
    text = text_of(page)
    assert "Hồ sơ đã thay đổi sau khi ông/bà mở trang" in text
    assert "Yêu cầu nộp phí, lệ phí" in text
    assert "Ý kiến viết rất lâu" in text
    assert f'href="/ban-lam-viec/ho-so/{done.id}/"' in text
    assert WorkItem.objects.get(dossier_id=done.id).closed_at is None


@pytest.mark.parametrize("slug", ["chuyen", "yeu-cau-nop-tien"])
def test_a_form_sent_twice_is_done_once(desk, world, slug):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    extra = {"name": "Lệ phí", "amount": "50.000", "reason": "Nghị quyết"}
    extra = {} if slug == "chuyen" else extra
    form = desk.form_of(done.id, slug, **extra)
    first = desk.post(f"ho-so/{done.id}/{slug}/", **form)
    again = desk.post(f"ho-so/{done.id}/{slug}/", **form)
    assert first.status_code == 302
    assert again.status_code == (302 if slug == "chuyen" else 409)
    assert Entry.objects.filter(subject_id=done.id).count() == 2


def test_an_act_that_is_not_open_is_refused_before_its_form(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER))
    for slug in ("ghi-ket-qua", "tra-ket-qua", "tiep-nhan"):
        page = desk.get(f"ho-so/{done.id}/{slug}/")
        assert page.status_code == 409
        assert "Được tiếp nhận" in text_of(page)
    assert desk.get(f"ho-so/{done.id}/khong-co/").status_code == 404


BAD = [
    ("yeu-cau-bo-sung", {"reason": "Thiếu"}, "ít nhất một giấy tờ"),
    ("yeu-cau-bo-sung", {"others": "Bản vẽ"}, "Chưa nêu lý do"),
    ("yeu-cau-nop-tien", {"name": "Lệ phí", "amount": "0"}, "lớn hơn 0 đồng"),
    ("yeu-cau-nop-tien", {"name": "Lệ phí", "amount": "1.000"}, "phải có căn cứ"),
    ("yeu-cau-nop-tien", {"name": "Lệ phí", "amount": "năm chục"}, "Số tiền chưa đúng"),
    ("yeu-cau-nop-tien", {"amount": "5.000"}, "Hãy ghi tên phí"),
    ("de-nghi-hen-lai", {"until": "31/02/2023", "reason": "Chậm"}, "Ngày chưa đúng"),
    ("de-nghi-hen-lai", {"until": "22/11/2022", "reason": "Chậm"}, "phải sau ngày hẹn cũ"),
    ("de-nghi-hen-lai", {"until": "03/12/2022", "reason": "Chậm"}, "giờ làm việc"),
    (
        "de-nghi-hen-lai",
        {"until": "05/12/2022", "hour": "25:00", "reason": "Chậm"},
        "Giờ chưa đúng",
    ),
    ("tu-choi", {"reason": " "}, "Chưa nêu lý do"),
    ("chuyen", {"note": "x" * 1001}, "1000"),
    ("chuyen", {"outcome": "bịa"}, "không có ở bước này"),
]


@pytest.mark.parametrize(("slug", "data", "said"), BAD)
def test_a_form_filled_in_wrongly_comes_back_with_what_was_written(desk, world, slug, data, said):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    page = desk.act(done.id, slug, **data)
    assert page.status_code == 422
    text = text_of(page)
    assert said in text
    assert "chỗ cần sửa" in text
    assert Entry.objects.filter(subject_id=done.id).count() == 1


def test_supplement_asked_and_received_moves_the_due_date(desk, world):
    done = world.accepted()
    officer, clerk = desk.officer(Role.OFFICER), desk.officer(Role.CLERK)
    desk.standing(officer, later(1))
    asked = desk.act(
        done.id, "yeu-cau-bo-sung", papers="Tờ khai", others="Bản vẽ\n\n  Ảnh 3x4 ", reason="Mờ"
    )
    assert asked.status_code == 302
    assert status(done.id) is Status.SUPPLEMENT
    page = desk.standing(clerk, later(2)).get(desk.page_of(done.id))
    assert "Ảnh 3x4" in text_of(page)
    short = desk.act(done.id, "nhan-bo-sung", items=["0", "1"])
    assert short.status_code == 422
    assert "Còn thiếu: Ảnh 3x4" in text_of(short)
    assert desk.act(done.id, "nhan-bo-sung", items=["0", "1", "2"]).status_code == 302
    page = desk.get(desk.page_of(done.id))
    why = " ".join(page.context["why"].lines)
    assert "tạm dừng, chờ người nộp bổ sung hồ sơ" in why
    assert "tính lại từ đầu (NĐ 61/2018/NĐ-CP Đ19.4)" in why


def test_money_is_asked_for_and_recorded_at_the_desk(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    desk.act(
        done.id,
        "yeu-cau-nop-tien",
        name="Thuế",
        amount="1.250.000 đ",
        stops_clock="on",
        reason="Thông báo thuế",
    )
    charge = Charge.objects.get(dossier_id=done.id)
    assert (charge.amount, status(done.id)) == (1_250_000, Status.MONEY)
    desk.standing(desk.officer(Role.CLERK), later(2))
    wrong = desk.act(done.id, "ghi-nhan-nop-tien", charge_id=done.id)
    assert wrong.status_code == 422
    form = {"charge_id": charge.id, "method": "bank", "receipt_number": "BL 7"}
    assert desk.act(done.id, "ghi-nhan-nop-tien", **form).status_code == 302
    assert "biên lai BL 7" in text_of(desk.get(desk.page_of(done.id)))


def test_a_new_date_is_asked_for_by_the_agency_and_given_by_the_desk_once(desk, world):
    done = world.accepted()
    officer, clerk = desk.officer(Role.OFFICER), desk.officer(Role.CLERK)
    desk.standing(officer, later(1))
    asked = desk.act(done.id, "de-nghi-hen-lai", until="05/12/2022", reason="Chờ ý kiến")
    assert asked.status_code == 302
    assert desk.get(f"ho-so/{done.id}/de-nghi-hen-lai/").status_code == 409
    desk.standing(clerk, later(2))
    form = desk.get(f"ho-so/{done.id}/hen-lai/")
    assert "Chờ ý kiến" in text_of(form)
    assert "05/12/2022" in text_of(form)
    assert desk.act(done.id, "hen-lai", until="06/12/2022").status_code == 302
    page = desk.get(desk.page_of(done.id))
    assert "06/12/2022" in text_of(page)
    assert "hen-lai" not in [offer.page.slug for offer in page.context["offers"]]


def test_the_clock_stops_and_goes_on_from_the_page(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    form = desk.get(f"ho-so/{done.id}/tam-dung/")
    assert "Chờ ý kiến của cơ quan liên quan (Điều 4 quy định thử)" in text_of(form)
    assert "Dừng theo đề nghị" not in text_of(form)  # that is the desk's
    sent = desk.act(done.id, "tam-dung", ground="consultation", reason="Công văn 12/CV")
    assert sent.status_code == 302
    assert status(done.id) is Status.STOPPED
    page = text_of(desk.get(desk.page_of(done.id)))
    assert "Chờ ý kiến của cơ quan liên quan" in page
    assert "Công văn 12/CV" in page
    assert "Điều 4 quy định thử" in page
    desk.standing(desk.officer(Role.OFFICER), later(2))
    assert desk.act(done.id, "tinh-tiep").status_code == 302
    assert status(done.id) is Status.PROCESSING
    desk.standing(desk.officer(Role.CLERK), later(2))
    assert desk.act(done.id, "tam-dung", ground="stop", reason="Đơn đề nghị").status_code == 302


def test_more_time_by_law_asks_for_no_date(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    form = desk.get(f"ho-so/{done.id}/gia-han/")
    assert "Xác minh: thêm 3 ngày làm việc (Điều 5 quy định thử)" in text_of(form)
    assert desk.act(done.id, "gia-han", reason="Xác minh nơi ở").status_code == 302
    page = desk.get(desk.page_of(done.id))
    assert "01/12/2022" in text_of(page)
    assert "gia-han" not in [offer.page.slug for offer in page.context["offers"]]


def test_a_dossier_handed_to_another_agency_leaves_the_sender_at_his_inbox(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.LEADER), later(1))
    short = desk.act(done.id, "chuyen-co-quan", to=world.other_department, reason="Sai thẩm quyền")
    assert short.status_code == 422
    assert "Chưa nêu căn cứ chuyển" in text_of(short)
    form = {"to": world.other_department, "reason": "Sai thẩm quyền", "article": "QĐ 12"}
    sent = desk.act(done.id, "chuyen-co-quan", **form)
    assert (sent.status_code, sent["Location"]) == (302, "/ban-lam-viec/")
    desk.standing(desk.officer(Role.OFFICER, unit=world.other_department), later(2))
    page = text_of(desk.get(desk.page_of(done.id)))
    assert "Từ so-a sang so-b. Căn cứ: QĐ 12." in page


def test_a_step_goes_back_with_its_reason(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1)).act(done.id, "chuyen")
    desk.standing(desk.officer(Role.LEADER), later(2))
    form = desk.form_of(done.id, "tra-lai", reason="Thiếu chữ ký")
    nodes = [
        node
        for node, _ in desk.get(f"ho-so/{done.id}/tra-lai/")
        .context["form"]
        .fields["to_node"]
        .choices
    ]
    assert desk.post(f"ho-so/{done.id}/tra-lai/", **form, to_node=nodes[0]).status_code == 302
    assert desk.item(done.id).name == "Thụ lý hồ sơ"
    assert "Thiếu chữ ký" in text_of(desk.get(desk.page_of(done.id)))


def test_an_online_dossier_is_accepted_or_refused_by_the_desk(desk, world):
    sent = [
        operations.submit(
            intake=world.intake(channel=Channel.ONLINE), actor=world.clerk, at=later()
        ).id
        for _ in range(2)
    ]
    desk.standing(desk.officer(Role.CLERK), later(1))
    page = desk.get(desk.page_of(sent[0]))
    assert buttons(page)[0] == "Tiếp nhận hồ sơ"
    taken = desk.post(f"ho-so/{sent[0]}/tiep-nhan/", seen=1, key=sent[0])
    assert taken.status_code == 302
    assert status(sent[0]) is Status.ACCEPTED
    assert (
        desk.act(sent[1], "tu-choi-tiep-nhan", reason="Không thuộc thẩm quyền").status_code == 302
    )
    assert status(sent[1]) is Status.NOT_ACCEPTED


def test_every_paper_opens_as_pdf_through_its_dossier(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))
    desk.act(done.id, "de-nghi-hen-lai", until="05/12/2022", reason="Chờ ý kiến")
    desk.standing(desk.officer(Role.CLERK), later(1)).act(done.id, "hen-lai")
    desk.standing(desk.officer(Role.OFFICER), later(1))
    desk.act(done.id, "yeu-cau-bo-sung", others="Bản vẽ", reason="Thiếu")
    desk.standing(desk.officer(Role.CLERK), later(2)).act(done.id, "nhan-bo-sung", items=["0"])
    desk.standing(desk.officer(Role.OFFICER), later(3)).act(
        done.id, "tu-choi", reason="Trái quy hoạch"
    )
    slips = Slip.objects.filter(dossier_id=done.id)
    assert {slip.form for slip in slips} == {"receipt", "supplement", "refusal", "apology"}
    for slip in slips:
        made = desk.get(f"ho-so/{done.id}/phieu/{slip.id}/")
        assert made["Content-Type"] == "application/pdf"
        assert made["Content-Disposition"].startswith("inline")
        assert made.content.startswith(b"%PDF")
    other = world.accepted(at=later(4))
    assert desk.get(f"ho-so/{other.id}/phieu/{slips[0].id}/").status_code == 404


def test_the_page_costs_the_same_number_of_statements_however_long_its_story(desk, world):
    done = world.accepted()
    desk.standing(desk.officer(Role.OFFICER), later(1))

    def asked():
        with CaptureQueriesContext(connection) as statements:
            desk.get(desk.page_of(done.id))
        return len(statements)

    asked()
    short = asked()
    for n in range(3):
        desk.act(done.id, "yeu-cau-nop-tien", name=f"Khoản {n}", amount="1000", reason="NQ")
    assert asked() == short <= 12
