"""Giving a result to the person it is for: who collects, what he shows, what goes back."""

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import HandOver, Paper
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_walk import item_of
from motcua.ledger.models import Entry
from motcua.rules.actor import Role

OWN = "040190000001"
CARD = f"{OWN}|187654321|Nguyễn Thị Lam|02031990|Nữ|Xã Nghĩa Thọ, Nghệ An|01012021"


@pytest.fixture
def finished(desk, world):
    """A dossier whose result waits at the desk, a clerk standing there."""
    done = world.accepted()
    operations.hand_on(
        dossier_id=done.id, item_id=item_of(done.id), actor=world.officer, at=later(1)
    )
    operations.conclude(
        dossier_id=done.id, item_id=item_of(done.id), result_name="Giấy phép", result_number="1",
        actor=world.leader, at=later(2),
    )  # fmt: skip
    desk.standing(desk.officer(Role.CLERK), later(3))
    return done.id


def give(desk, dossier_id, **said):
    return desk.act(dossier_id, "tra-ket-qua", **said)


@pytest.mark.parametrize("shown", [OWN, CARD, "040 190 000 001"])
def test_the_owner_shows_his_card_and_only_its_last_digits_are_kept(desk, finished, shown):
    paper = Paper.objects.get(name="Tờ khai")
    assert give(desk, finished, shown=shown, returned=[str(paper.id)]).status_code == 302
    kept = HandOver.objects.get()
    assert (kept.collector, kept.identity_checked, kept.identity) == ("owner", True, "*********001")
    assert (kept.method, kept.returned) == ("counter", [str(paper.id)])
    fields = Entry.objects.get(event="dossier.handed_over").fields
    assert fields["identity_checked"] and fields["identity_digest"].startswith("~")
    assert OWN not in str(fields)
    page = desk.get(desk.page_of(finished)).content.decode()
    assert "Đã đối chiếu giấy tờ" in page
    assert "*********001" in page and OWN not in page
    assert "Tờ khai" in page


def test_nobody_has_to_show_a_card_and_then_nothing_was_checked(desk, finished):
    assert give(desk, finished).status_code == 302
    assert not HandOver.objects.get().identity_checked
    assert "Đã đối chiếu" not in desk.get(desk.page_of(finished)).content.decode()


def test_another_card_is_refused_unless_somebody_collects_for_the_owner(desk, finished):
    other = "040190000009"
    answer = give(desk, finished, shown=other)
    assert answer.status_code == 422
    assert "không phải của chủ hồ sơ" in answer.content.decode()
    assert not HandOver.objects.exists()
    bare = give(desk, finished, shown=other, collector="authorised", recipient="Trần Văn Bảy")
    assert "Chưa ghi giấy ủy quyền" in bare.content.decode()
    said = {"authorisation": "12/GUQ", "authorised_on": "20/11/2022", "recipient": "Trần Văn Bảy"}
    assert give(desk, finished, shown=other, collector="authorised", **said).status_code == 302
    kept = HandOver.objects.get()
    assert (kept.recipient, kept.collector, kept.identity) == (
        "Trần Văn Bảy", "authorised", "*********009",
    )  # fmt: skip
    assert (kept.authorisation, str(kept.authorised_on)) == ("12/GUQ", "2022-11-20")


def test_what_goes_by_mail_has_a_number(desk, finished):
    assert "Chưa ghi số hiệu bưu gửi" in give(desk, finished, collector="mail").content.decode()
    assert give(desk, finished, collector="mail", tracking="EB1VN").status_code == 302
    kept = HandOver.objects.get()
    assert (kept.method, kept.tracking) == ("mail", "EB1VN")


def test_an_electronic_copy_goes_by_itself(desk, finished):
    assert give(desk, finished, collector="online").status_code == 302
    kept = HandOver.objects.get()
    assert (kept.method, kept.collector) == ("online", "")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"shown": "04019"}, "Số giấy tờ chưa đúng"),
        ({"shown": "04019|x"}, "Chưa đọc được mã trên thẻ"),
        ({"collector": "ai đó"}, "chỗ cần sửa"),
        ({"returned": ["khác"]}, "chỗ cần sửa"),
        ({"authorised_on": "31/02/2022"}, "chỗ cần sửa"),
    ],
)
def test_what_cannot_be_read_is_told(desk, finished, said, told):
    answer = give(desk, finished, **said)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
