"""The certification lane through its pages: few keys, the leader's list, fee and delivery, the books."""

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import BoundMonth, Certification, CertificationBook, Charge, Dossier
from motcua.dossiers.tests.certifying import raise_certifying, seated
from motcua.dossiers.tests.conftest import NINE, later
from motcua.ledger import sql
from motcua.rules.actor import Role
from motcua.rules.casework import Status

LANE = "chung-thuc/"
CARD = "040190000002|187654321|Trần Thị Hoà|02031990|Nữ|Xã Nghĩa Thọ, Nghệ An|01012021"
NEXT_YEAR = later(60)


@pytest.fixture
def world(db):
    return raise_certifying()


@pytest.fixture
def chairman(world):
    return seated(world.department, Role.LEADER, "trần văn ký")


@pytest.fixture
def counter(desk, chairman):
    return desk.standing(desk.officer(Role.CLERK))


def text_of(response):
    return response.content.decode()


def entry(desk, **said):
    page = desk.get(LANE)
    assert page.status_code == 200, text_of(page)
    sent = {f.html_name: f.value() for f in page.context["form"] if f.value() not in (None, "")}
    return {**sent, "procedure": page.context["form"].fields["procedure"].choices[0][0], **said}


def enter(desk, **said):
    told = {"name": "Trần Thị Hoà", "title_0": "Bằng tốt nghiệp", "copies_0": "3", "pages_0": "2"}
    return desk.post(LANE, **entry(desk, **{**told, **said}))


def test_a_card_and_enter_fill_in_who_it_is_and_ask_for_the_paper(counter):
    page = counter.post(LANE, **entry(counter, identity=CARD))
    form = page.context["form"]
    assert (form["identity"].value(), form["name"].value()) == ("040190000002", "Trần Thị Hòa")
    assert form.fields["title_0"].widget.attrs["autofocus"]
    assert not Dossier.objects.exists()
    known = counter.post(LANE, **entry(counter, identity="040190000001"))
    assert known.context["form"]["name"].value() == "Nguyễn Thị Lam"
    wrong = counter.post(LANE, **entry(counter, identity="04019"))
    assert "Số giấy tờ" in text_of(wrong)


def test_a_few_keys_lay_papers_before_the_leader(counter):
    answer = enter(counter, title_1="Giấy khai sinh")
    assert answer.status_code == 302
    assert "thu-tuc=" in answer["Location"]
    rows = Certification.objects.order_by("position")
    assert [(r.title, r.originals, r.copies, r.pages, r.fee) for r in rows] == [
        ("Bằng tốt nghiệp", 1, 3, 2, 12_000), ("Giấy khai sinh", 1, 1, 1, 2_000),
    ]  # fmt: skip
    page = text_of(counter.client.get(answer["Location"]))
    assert "Đã trình ký hồ sơ" in page and "14.000 đồng" in page
    assert "Thu phí, trả" not in page


def test_the_same_entry_sent_twice_is_one_and_a_used_page_asks(counter):
    sent = entry(counter, name="Trần Thị Hoà", title_0="Bằng")
    assert counter.post(LANE, **sent).status_code == 302
    assert counter.post(LANE, **sent).status_code == 302
    assert Dossier.objects.count() == 1
    other = counter.post(LANE, **{**sent, "title_0": "Học bạ"})
    assert (other.status_code, "yêu cầu khác" in text_of(other)) == (409, True)
    again = {**sent, "title_0": "Học bạ", "key": other.context["form"]["key"].value()}
    assert counter.post(LANE, **again).status_code == 302


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"name": ""}, "Hãy ghi họ và tên người yêu cầu"),
        ({"title_0": ""}, "Hãy ghi tên giấy tờ cần chứng thực"),
        ({"copies_0": "0"}, "Hãy ghi số từ 1 đến 999"),
        ({"pages_0": "nhiều"}, "Hãy ghi số từ 1 đến 999"),
        ({"procedure": "1"}, "không nhận loại chứng thực"),
        ({"signer": "999999"}, "không còn chức vụ"),
        ({"identity": "12", "title_0": "Bằng"}, "Số giấy tờ chưa đúng"),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_written(counter, said, told):
    if said.get("procedure"):
        said = {"procedure": "999999"}
    answer = enter(counter, **said)
    assert (answer.status_code, told in text_of(answer)) == (422, True)
    assert not Dossier.objects.exists()


def test_what_is_signed_already_is_entered_paid_and_given_out(counter, chairman):
    answer = enter(counter, signer=str(chairman), receipt_number="0012")
    page = text_of(counter.client.get(answer["Location"]))
    assert "Đã vào sổ số 1; thu 12.000 đồng" in page
    assert Dossier.objects.get().status == Status.HANDED_OVER
    assert Charge.objects.get().receipt_number == "0012"
    assert f'value="{chairman}" selected' in page


def test_the_leader_signs_many_and_is_told_what_did_not_go(desk, counter):
    for _ in range(3):
        enter(counter)
    ids = list(Dossier.objects.order_by("id").values_list("id", flat=True))
    leader = desk.officer(Role.LEADER)
    desk.standing(leader)
    operations.certify(dossier_ids=ids[:1], actor=leader, at=NINE)
    page = desk.get(f"{LANE}cho-ky/")
    assert [row["dossier_id"] for row in page.context["dossiers"]] == ids[1:]
    done = desk.client.post("/ban-lam-viec/chung-thuc/cho-ky/", {"ho-so": [str(i) for i in ids]})
    assert "các số 2, 3" in text_of(done)
    assert "Có hồ sơ chưa ký được" in text_of(done)
    empty = desk.client.post("/ban-lam-viec/chung-thuc/cho-ky/", {"ho-so": ["x"]}, follow=True)
    assert "Chưa chọn hồ sơ nào" in text_of(empty)
    assert "Không có hồ sơ nào chờ ký" in text_of(empty)


def test_the_fee_is_taken_where_the_copies_are_given(desk, counter):
    enter(counter)
    dossier = Dossier.objects.get()
    leader = desk.officer(Role.LEADER)
    operations.certify(dossier_ids=[dossier.id], actor=leader, at=NINE)
    desk.standing(desk.officer(Role.CLERK))
    assert "Thu phí, trả" in text_of(desk.get(LANE))
    dossier.refresh_from_db()
    sent = {"seen": dossier.version, "recipient": dossier.applicant_name}
    answer = desk.client.post(f"/ban-lam-viec/chung-thuc/tra/{dossier.id}/", sent, follow=True)
    assert "Đã thu phí và trả" in text_of(answer)
    again = desk.client.post(f"/ban-lam-viec/chung-thuc/tra/{dossier.id}/", sent, follow=True)
    assert "Hồ sơ đã thay đổi" in text_of(again)
    bad = desk.client.post(f"/ban-lam-viec/chung-thuc/tra/{dossier.id}/", {}, follow=True)
    assert "Chưa trả được" in text_of(bad)
    page = text_of(desk.get(desk.page_of(dossier.id)))
    assert "Số 1/2022" in page
    assert "Vào sổ số 1" in page


@pytest.fixture
def book(counter, chairman):
    for _ in range(3):
        enter(counter, signer=str(chairman))
    return CertificationBook.objects.get()


def test_a_month_is_read_printed_and_bound(desk, counter, book):
    at = f"{LANE}so/{book.id}/"
    page = desk.get(at)
    assert [row["number"] for row in page.context["rows"]] == [1, 2, 3]
    assert "Ghi nhận đã in" not in text_of(page)
    assert "Chứng thực" in text_of(desk.get(f"{LANE}so/"))
    desk.standing(desk.officer(Role.CLERK), NEXT_YEAR)
    page = desk.get(at, thang=11)
    assert "Ghi nhận đã in" in text_of(page)
    printed = text_of(desk.get(f"{at}in/", thang=11))
    sha256 = page.context["shown"].sha256
    assert sha256 in printed and "Trang 1/1" in printed
    bound = desk.client.post(
        f"/ban-lam-viec/{at}?thang=11", {"viec": "dong", "sha256": sha256}, follow=True
    )
    assert "Đã ghi nhận đóng sổ tháng 11/2022" in text_of(bound)
    assert "Khớp sổ hiện nay" in text_of(bound)
    assert BoundMonth.objects.get().sha256 == sha256
    old = desk.client.post(
        f"/ban-lam-viec/{at}?thang=11", {"viec": "dong", "sha256": "0"}, follow=True
    )
    assert "Hãy in lại" in text_of(old)


def test_a_year_is_locked_and_shows_what_it_ended_with(desk, counter, book):
    at = f"/ban-lam-viec/{LANE}so/{book.id}/"
    desk.standing(desk.officer(Role.LEADER), NEXT_YEAR)
    page = desk.client.post(at, {"viec": "khoa"}, follow=True)
    assert "số cuối cùng là 3" in text_of(page)
    assert "Đã khóa" in text_of(desk.get(f"{LANE}so/"))
    row = Certification.objects.get(number=1)
    assert "không đính chính được nữa" in text_of(desk.get(f"{LANE}sua/{row.id}/"))


def test_an_entry_is_corrected_on_its_page(desk, counter, book):
    row = Certification.objects.get(number=2)
    at = f"/ban-lam-viec/{LANE}sua/{row.id}/"
    said = {"title": "Học bạ", "originals": 1, "copies": 3, "pages": 2, "reason": "Ghi nhầm tên"}
    assert desk.client.post(at, {**said, "reason": ""}).status_code == 422
    page = desk.client.post(at, said, follow=True)
    assert "Đã đính chính số 2" in text_of(page)
    assert "tên giấy tờ: Bằng tốt nghiệp → Học bạ" in text_of(page)
    assert desk.client.post(at, said).status_code in (409, 422)
    desk.client.post(at, {**said, "voided": "on", "reason": "Bỏ"})
    assert "Đã hủy" in text_of(desk.get(f"{LANE}so/{book.id}/"))


def test_strangers_find_no_book_no_entry_and_nothing_to_do(desk, counter, book, world):
    row = Certification.objects.get(number=1)
    stranger = desk.officer(Role.CLERK, unit=world.other_department)
    desk.standing(stranger)
    assert "không được giao tiếp nhận" in text_of(desk.get(LANE))
    for path in (f"so/{book.id}/", f"so/{book.id}/in/", f"sua/{row.id}/"):
        assert desk.get(LANE + path).status_code == 404, path
    assert "Chưa có sổ nào" in text_of(desk.get(f"{LANE}so/"))
    desk.standing(desk.officer(Role.OFFICER))
    assert desk.get(LANE).status_code == 403
    assert desk.get(f"{LANE}cho-ky/").status_code == 403


def test_the_lane_takes_few_statements_however_full_the_day_is(desk, counter, chairman):
    enter(counter, signer=str(chairman))
    desk.get(LANE)
    with sql.counted() as one:
        desk.get(LANE)
    for _ in range(4):
        enter(counter, signer=str(chairman))
    with sql.counted() as five:
        desk.get(LANE)
    assert len(five) == len(one) <= 10
