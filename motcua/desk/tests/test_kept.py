"""Lists kept under names: chips over the list, one that opens first, each one's own."""

from motcua.dossiers.models import SavedView
from motcua.rules.actor import Role


def keep(desk, name="Đang xử lý", query="status=4&after=x", page="dossiers"):
    return desk.post("bo-loc/", trang=page, loc=query, ten=name)


def test_the_list_shown_is_kept_and_stands_over_it_by_its_name(desk):
    desk.standing(desk.officer(Role.OFFICER))
    assert keep(desk)["Location"] == "/ban-lam-viec/ho-so/?status=4"
    page = desk.client.get("/ban-lam-viec/ho-so/?status=4")
    text = page.content.decode()
    assert (
        "Đang xử lý" in text and 'href="/ban-lam-viec/ho-so/?status=4" aria-current="true"' in text
    )


def test_a_page_opens_with_the_one_put_first_and_the_whole_is_one_press_away(desk):
    desk.standing(desk.officer(Role.OFFICER))
    keep(desk, page="inbox", query="muc=toi")
    view = SavedView.objects.get()
    desk.post(f"bo-loc/{view.id}/", trang="inbox", viec="mac-dinh")
    assert desk.get()["Location"] == "/ban-lam-viec/?muc=toi"
    whole = desk.client.get("/ban-lam-viec/?tat-ca=1")
    assert whole.status_code == 200 and whole.context["tab"] == "cho"
    desk.post(f"bo-loc/{view.id}/", trang="inbox", viec="thoi")
    assert desk.get().status_code == 200


def test_it_is_dropped_by_its_owner_alone(desk):
    desk.standing(desk.officer(Role.OFFICER, name="an"))
    keep(desk)
    view = SavedView.objects.get()
    desk.standing(desk.officer(Role.OFFICER, name="binh"))
    assert "Đang xử lý" not in desk.get("ho-so/").context["kept"]
    assert desk.post(f"bo-loc/{view.id}/", viec="xoa").status_code == 404
    desk.standing(desk.officer(Role.OFFICER, name="an"))
    assert desk.post(f"bo-loc/{view.id}/", trang="dossiers", viec="xoa").status_code == 302
    assert not SavedView.objects.exists()


def test_what_cannot_be_kept_is_said(desk):
    desk.standing(desk.officer(Role.OFFICER))
    nameless = desk.client.post(
        "/ban-lam-viec/bo-loc/", {"trang": "dossiers", "loc": "", "ten": " "}, follow=True
    )
    assert "Chưa đặt tên cho bộ lọc" in nameless.content.decode()
    strange = desk.client.post(
        "/ban-lam-viec/bo-loc/", {"trang": "la", "loc": "", "ten": "a"}, follow=True
    )
    assert "Không lưu được bộ lọc của trang này" in strange.content.decode()
