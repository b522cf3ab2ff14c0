"""Hand-over lists and results that wait, through the desk's pages."""

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import Trip, TripLine
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_collecting import finished
from motcua.ledger import sql
from motcua.people.models import Person
from motcua.rules.actor import Role

LISTS = "/ban-lam-viec/ban-giao/"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def counter(desk):
    return desk.standing(desk.officer(Role.CLERK))


def sent(desk, world, *ids, **changes):
    page = desk.get("ban-giao/")
    said = {
        "key": str(page.context["key"]), "tu": world.desk, "den": world.department,
        "carrier": "Lê Văn Chuyển", "ho-so": [str(i) for i in ids],
    }  # fmt: skip
    return desk.client.post(LISTS, {**said, **changes}, follow=True)


def test_what_was_scanned_is_ticked_and_what_is_not_here_is_told(counter, world):
    done = world.accepted()
    url = f"https://dichvucong.example/tra-cuu/?ma={done.code}"
    page = counter.get("ban-giao/", quet=[url, "000.00.99"])
    assert [row["ticked"] for row in page.context["loads"][0]["rows"]] == [True]
    assert "Mã 000.00.99 không có trong danh sách này" in text_of(page)
    assert "Phải chuyển trước" in text_of(page)


def test_a_list_is_sent_printed_and_confirmed(desk, counter, world):
    one, other = world.accepted().id, world.accepted().id
    page = sent(counter, world, one, other)
    assert "Đã lập danh sách bàn giao số 1" in text_of(page)
    trip = Trip.objects.get()
    printed = text_of(desk.get(f"ban-giao/{trip.id}/in/"))
    assert "Lê Văn Chuyển" in printed and "Người nhận" in printed
    assert "Đang trên đường" in text_of(desk.get("ban-giao/"))
    desk.standing(desk.officer(Role.OFFICER), later(hours=1))
    at = f"{LISTS}{trip.id}/"
    taken = desk.client.post(at, {"ho-so": [str(one)], f"thieu-{one}": "thiếu bản vẽ"}, follow=True)
    assert "Đã xác nhận 1 hồ sơ" in text_of(taken)
    assert "thiếu bản vẽ" in text_of(taken)
    assert TripLine.objects.filter(received_at=None).count() == 1
    past = text_of(desk.get(desk.page_of(one)))
    assert "Danh sách số 1 tới so-a" in past and "Bên nhận ghi còn thiếu" in past
    assert "03 ngày làm việc" not in past.split("Quá trình")[1]
    nothing = desk.client.post(at, {"ho-so": ["x"]}, follow=True)
    assert "Chưa xác nhận hồ sơ nào" in text_of(nothing)


def test_a_page_sent_twice_is_one_list_and_wrong_ones_are_told(counter, world):
    one = world.accepted().id
    key = str(counter.get("ban-giao/").context["key"])
    sent(counter, world, one, key=key)
    again = sent(counter, world, one, key=key)
    assert Trip.objects.count() == 1
    assert "Danh sách bàn giao số 1" in text_of(again)
    other = sent(counter, world, one, key=key, carrier="Người khác")
    assert "đã dùng cho một danh sách khác" in text_of(other)
    assert "Chưa chọn hồ sơ nào" in text_of(sent(counter, world))
    assert "thiếu thông tin" in text_of(sent(counter, world, one, den="x"))


def test_strangers_see_no_list_and_confirm_nothing(desk, counter, world):
    one = world.accepted().id
    sent(counter, world, one)
    trip = Trip.objects.get()
    desk.standing(desk.officer(Role.OFFICER, unit=world.other_department))
    assert desk.get(f"ban-giao/{trip.id}/").status_code == 404
    assert desk.get(f"ban-giao/{trip.id}/in/").status_code == 404
    assert desk.client.post(f"{LISTS}{trip.id}/", {"ho-so": [str(one)]}).status_code == 404
    assert text_of(desk.get("ban-giao/")).count(str(one)) == 0


@pytest.fixture
def waiting(desk, world):
    ids = [finished(world, later(n)) for n in (1, 2)]
    desk.standing(desk.officer(Role.CLERK), later(40))
    return ids


def test_what_waits_is_listed_with_masked_telephones_and_called_for(desk, waiting, world):
    phone = Person.objects.get().phone
    page = desk.get("cho-tra/")
    assert [row["id"] for row in page.context["rows"]] == waiting
    assert "Chờ quá lâu" in text_of(page)
    assert not phone or phone not in text_of(page)
    told = desk.client.post(f"/ban-lam-viec/cho-tra/{waiting[0]}/nhac/", follow=True)
    assert "Đã nhắc người nộp" in text_of(told)
    again = desk.client.post(f"/ban-lam-viec/cho-tra/{waiting[0]}/nhac/", follow=True)
    assert "Hôm nay đã nhắc" in text_of(again)
    file = desk.get("cho-tra/", dang="csv").content.decode("utf-8-sig")
    assert file.splitlines()[0].startswith("Mã hồ sơ,Chủ hồ sơ")
    assert len(file.splitlines()) == 3


def test_the_list_is_narrowed_and_paged(desk, waiting, world):
    desk.standing(desk.officer(Role.CLERK), later(31.5))
    late = desk.get("cho-tra/", overdue="on")
    assert [row["id"] for row in late.context["rows"]] == waiting[:1]
    assert desk.get("cho-tra/", told="roi").context["rows"] == []
    assert desk.get("cho-tra/", procedure="999999").status_code == 422
    assert desk.get("cho-tra/", after="x").status_code == 400


def test_only_who_hands_over_sees_what_waits(desk, waiting):
    desk.standing(desk.officer(Role.OFFICER), later(40))
    assert desk.get("cho-tra/").status_code == 403


def test_the_pages_cost_few_statements(desk, waiting, world):
    for path in ("cho-tra/", "ban-giao/"):
        desk.get(path)
        with sql.counted() as asked:
            desk.get(path)
        assert len(asked) <= 10, path
    operations.remind_to_collect(
        dossier_id=waiting[0], actor=desk.officer(Role.CLERK), at=later(40)
    )
