"""Signing in and out, signing up, switching posts, the second step: through the pages."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from motcua.people import operations
from motcua.people.acting import citizens, officers
from motcua.people.models import Account, Person
from motcua.people.tests.conftest import NINE, PASSWORD, entries
from motcua.people.views import switch_post
from motcua.rules.actor import Role

LOGIN, SIGNUP, HOME = "/tai-khoan/dang-nhap/", "/tai-khoan/dang-ky/", "/tai-khoan/"
SWITCH, CHANGE = "/chuyen-vi-tri/", "/tai-khoan/mat-khau/"
LAM = {
    "name": "Nguyễn  Thị Lam",
    "username": "040 190 000 001",
    "phone": "+84 912 345 678",
    "password1": "hoa-sen-trang-9",
    "password2": "hoa-sen-trang-9",
}


@officers
def desk_page(request):
    return HttpResponse(f"{request.actor.role} {request.actor.post_id}")


@citizens
def citizen_page(request):
    return HttpResponse(f"person {request.actor.sees.person_id}")


urlpatterns = [
    path("tai-khoan/", include("motcua.people.urls")),
    path("chuyen-vi-tri/", switch_post, name="switch_post"),
    path("ban/", desk_page),
    path("cong/", citizen_page),
]


@pytest.fixture
def client(province, settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.fixture
def officer(province):
    account = province.officer("chuyen-vien", "Phạm Văn Sơn")
    province.seat(account, Role.OFFICER, "so-a-phong")
    return account


def sign_in(client, username, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": username, "password": password, **more})


def test_an_officer_signs_in_works_and_signs_out(client, officer):
    assert client.get("/ban/").headers["Location"] == f"{LOGIN}?next=/ban/"
    page = sign_in(client, "Chuyen-Vien", next="/ban/")
    assert page.headers["Location"] == "/ban/"
    assert client.get("/ban/").text.startswith("officer ")
    assert "Phạm Văn Sơn" in client.get(HOME).text
    assert client.get("/tai-khoan/dang-xuat/").status_code == 200
    assert client.post("/tai-khoan/dang-xuat/").status_code == 302
    assert client.get("/ban/").status_code == 302


def test_officers_land_at_their_desk_and_citizens_on_the_portal(client, officer, settings):
    assert sign_in(client, "chuyen-vien").headers["Location"] == settings.OFFICER_HOME
    client.post("/tai-khoan/dang-xuat/")
    assert client.post(SIGNUP, LAM).headers["Location"] == "/"


def test_a_wrong_password_is_refused_without_saying_which_was_wrong(client, officer):
    said = [
        re.findall(r"không đúng[^<]*", sign_in(client, name, "sai-mat-khau").text)
        for name in ("chuyen-vien", "khong-co-ai")
    ]
    assert said[0] == said[1] != []


def test_after_five_wrong_passwords_even_the_right_one_must_wait(client, officer):
    for _ in range(5):
        assert "không đúng" in sign_in(client, "chuyen-vien", "sai-mat-khau").text
    page = sign_in(client, "chuyen-vien")
    assert page.status_code == 200 and "Quá nhiều lần thử" in page.text


def test_a_closed_account_cannot_sign_in_and_is_signed_out(client, officer, admin):
    sign_in(client, "chuyen-vien")
    operations.close_account(account_id=officer, reason="nghỉ hưu", actor=admin, at=NINE)
    assert client.get("/ban/").status_code == 302
    sign_in(client, "chuyen-vien")
    assert client.get("/ban/").status_code == 302


def test_a_citizen_signs_up_with_his_personal_number(client):
    assert client.post(SIGNUP, LAM).status_code == 302
    account = Account.objects.get(username="040190000001")
    assert (account.kind, account.name) == ("citizen", "Nguyễn Thị Lam")
    person = account.person
    assert (person.identity_number, person.phone) == ("040190000001", "0912345678")
    assert not person.confirmed
    assert client.get("/cong/").text == f"person {person.id}"
    client.post("/tai-khoan/dang-xuat/")
    assert sign_in(client, "040190000001", LAM["password1"]).status_code == 302


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Chưa ghi họ và tên."),
        ({"username": "123"}, "Hãy ghi đủ 12 chữ số"),
        ({"phone": "12"}, "Số điện thoại không đúng dạng"),
        ({"password2": "khac-di-9"}, "Hai lần ghi mật khẩu khác nhau"),
        ({"password1": "12345678", "password2": "12345678"}, "Mật khẩu này quá phổ biến"),
    ],
)
def test_what_is_wrong_at_sign_up_is_said_at_its_field(client, wrong, said):
    page = client.post(SIGNUP, LAM | wrong)
    assert page.status_code == 200 and said in page.text
    assert not Account.objects.filter(kind="citizen").exists()


def test_a_citizen_cannot_become_an_officer(client):
    client.post(SIGNUP, LAM | {"kind": "officer", "is_staff": "1", "role": "administrator"})
    assert Account.objects.get(username="040190000001").kind == "citizen"
    page = client.get("/ban/")
    assert page.status_code == 403 and "dành cho cán bộ" in page.text


def test_an_officer_is_no_citizen(client, officer):
    sign_in(client, "chuyen-vien")
    assert client.get("/cong/").status_code == 403
    assert client.get(SIGNUP).status_code == 302


def test_a_number_signed_up_before_is_refused_and_says_what_to_do(client):
    client.post(SIGNUP, LAM)
    client.post("/tai-khoan/dang-xuat/")
    page = client.post(SIGNUP, LAM)
    assert "hãy mang căn cước tới bộ phận một cửa" in page.text
    assert Person.objects.count() == 1


def test_typing_somebodys_number_does_not_open_his_dossiers(client, clerk):
    real_one = operations.register_person(
        name="Nguyễn Thị Lam", identity_number="040190000001", actor=clerk, at=NINE
    )
    client.post(SIGNUP, LAM)
    assert client.get("/cong/").text != f"person {real_one.id}"


def test_an_officer_with_two_posts_acts_in_the_one_chosen_in_the_header(client, province, officer):
    second = province.seat(officer, Role.CLERK, "xa-x-mot-cua")
    sign_in(client, "chuyen-vien")
    assert client.get("/ban/").text.startswith("officer ")
    assert client.get(SWITCH).status_code == 405
    page = client.post(SWITCH, {"post": second, "next": "/ban/?a=1"})
    assert page.headers["Location"] == "/ban/?a=1"
    assert client.get("/ban/").text.startswith("clerk ")
    shown = client.get(HOME).text
    assert f'<option value="{second}" selected>' in shown


@pytest.mark.parametrize("post", ["", "x", "-1", "99999999"])
def test_a_post_that_is_not_ones_own_cannot_be_switched_to(client, province, officer, post):
    sign_in(client, "chuyen-vien")
    page = client.post(SWITCH, {"post": post})
    assert page.status_code == 403 and "không giữ vị trí này" in page.text
    other = province.seat(province.officer("khac"), Role.LEADER, "so-a")
    assert client.post(SWITCH, {"post": other}).status_code == 403
    assert client.get("/ban/").text.startswith("officer ")


def test_switching_never_leads_off_the_site(client, province, officer):
    second = province.seat(officer, Role.CLERK, "xa-x-mot-cua")
    sign_in(client, "chuyen-vien")
    page = client.post(SWITCH, {"post": second, "next": "https://vi-du.example/"})
    assert page.headers["Location"] == "/"


def test_a_new_password_is_an_act_and_ends_other_sessions(client, officer):
    other = Client()
    sign_in(client, "chuyen-vien")
    sign_in(other, "chuyen-vien")
    new = {"oldpassword": PASSWORD, "password1": "hoa-cuc-vang-7", "password2": "hoa-cuc-vang-7"}
    wrong = client.post(CHANGE, new | {"oldpassword": "sai"})
    assert "Mật khẩu đang dùng không đúng" in wrong.text
    assert client.post(CHANGE, new).status_code == 302
    assert client.get("/ban/").status_code == 200
    assert other.get("/ban/").status_code == 302
    assert [e.account_id for e in entries("account.password_changed")] == [officer]


def test_with_the_second_step_on_a_password_is_not_enough(client, officer):
    sign_in(client, "chuyen-vien")
    again = client.get("/tai-khoan/hai-lop/bat/").headers["Location"]
    assert client.post(again, {"password": "sai"}).status_code == 200
    assert client.post(again, {"password": PASSWORD}).status_code == 302
    page = client.get("/tai-khoan/hai-lop/bat/").text
    assert "<svg" in page and "style=" not in page
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    wrong = client.post("/tai-khoan/hai-lop/bat/", {"code": "000000"})
    assert "Mã không đúng" in wrong.text
    secret = re.search(r"<code>([A-Z2-7]+)</code>", wrong.text)[1]
    assert client.post("/tai-khoan/hai-lop/bat/", {"code": now_code(secret)}).status_code == 302
    codes = re.findall(r"<li><code>(\w+)</code>", client.get("/tai-khoan/hai-lop/du-phong/").text)
    assert len(codes) == 10
    assert "Đang bật" in client.get("/tai-khoan/hai-lop/").text
    client.post("/tai-khoan/dang-xuat/")

    assert sign_in(client, "chuyen-vien").headers["Location"] == "/tai-khoan/hai-lop/ma/"
    assert client.get("/ban/").status_code == 302
    assert "Mã không đúng" in client.post("/tai-khoan/hai-lop/ma/", {"code": "1"}).text
    assert client.post("/tai-khoan/hai-lop/ma/", {"code": codes[0]}).status_code == 302
    assert client.get("/ban/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        LOGIN, SIGNUP, "/tai-khoan/da-khoa/",
    ],
)  # fmt: skip
def test_pages_before_signing_in_stand(client, address):
    page = client.get(address)
    assert page.status_code == 200 and 'lang="vi"' in page.text


@pytest.mark.parametrize(
    "address",
    [
        HOME, CHANGE, "/tai-khoan/dang-xuat/", "/tai-khoan/hai-lop/", "/tai-khoan/xac-nhan-lai/",
    ],
)  # fmt: skip
def test_pages_of_ones_own_account_stand_and_are_ones_own(client, officer, address):
    assert client.get(address).status_code == 302
    sign_in(client, "chuyen-vien")
    page = client.get(address)
    assert page.status_code == 200
    assert not re.search(r"\b(Password|Sign|Username|Code)\b", page.text.partition("<main")[2])


def now_code(secret):
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))
