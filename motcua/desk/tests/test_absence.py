"""Absence: the holder or the head enters who stands in; the substitute acts in the post and says whose."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.desk.tests import doors
from motcua.dossiers import operations
from motcua.dossiers.tests.conftest import NINE, later
from motcua.people import absence
from motcua.people import operations as people
from motcua.people.models import Account, Delegation, PostHeld
from motcua.rules.actor import Role, system
from motcua.rules.refusal import Refusal

MONDAY = date(2022, 11, 21)


def held_of(actor):
    return PostHeld.objects.get(account_id=actor.account_id).id


def enter(desk, actor, to, **said):
    values = {
        "held": held_of(actor), "to": to.account_id, "since": "21/11/2022", "last": "23/11/2022",
        "reason": "Nghỉ phép",
    } | said  # fmt: skip
    return desk.post("vang-mat/", **values)


def test_the_holder_enters_who_stands_in_to_the_end_of_a_day(desk):
    an, binh = desk.officer(Role.OFFICER, name="an"), desk.officer(Role.OFFICER, name="binh")
    desk.standing(an)
    assert enter(desk, an, binh).status_code == 302
    made = Delegation.objects.get()
    assert (made.to_id, made.valid.lower, made.valid.upper) == (
        binh.account_id, MONDAY, date(2022, 11, 24),
    )  # fmt: skip
    text = desk.get("vang-mat/").content.decode()
    assert "Công chức binh" in text and "đến hết 23/11/2022" in text and "Đang thay" in text


def test_it_is_ended_early_and_what_was_to_come_is_dropped(desk):
    an, binh = desk.officer(Role.OFFICER, name="an"), desk.officer(Role.OFFICER, name="binh")
    desk.standing(an)
    enter(desk, an, binh)
    desk.standing(an, later(1))
    assert desk.post(f"vang-mat/{Delegation.objects.get().id}/ket-thuc/").status_code == 302
    assert Delegation.objects.get().valid.upper == MONDAY + timedelta(days=1)
    enter(desk, an, binh, since="25/11/2022", last="26/11/2022")
    coming = Delegation.objects.latest("id")
    desk.post(f"vang-mat/{coming.id}/ket-thuc/")
    coming.refresh_from_db()
    assert coming.valid.isempty
    assert "Chưa ghi lần vắng mặt nào" in desk.get("vang-mat/").content.decode()


def test_a_head_enters_it_for_his_unit_and_for_no_other(desk, world):
    an, binh = desk.officer(Role.OFFICER, name="an"), desk.officer(Role.OFFICER, name="binh")
    head = desk.officer(Role.HEAD)
    desk.standing(head)
    assert enter(desk, an, binh).status_code == 302
    clerk = desk.officer(Role.CLERK)
    assert enter(desk, clerk, binh).status_code == 422
    with pytest.raises(Refusal) as found:
        people.delegate(
            held_id=held_of(clerk), to_account_id=binh.account_id, since=MONDAY,
            until=MONDAY + timedelta(days=1), reason="Ốm", actor=head, at=NINE,
        )  # fmt: skip
    assert found.value.code == "delegation.may_not"


def test_what_is_wrong_is_said_at_its_field(desk):
    an = desk.officer(Role.OFFICER, name="an")
    binh = desk.officer(Role.OFFICER, name="binh")
    desk.standing(an)
    backwards = enter(desk, an, binh, last="20/11/2022")
    assert backwards.status_code == 422
    assert "Ngày này trước ngày bắt đầu" in backwards.content.decode()
    enter(desk, an, binh)
    again = enter(desk, an, binh)
    assert again.status_code == 422
    assert "Đã ủy quyền cho người này" in again.content.decode()
    assert enter(desk, an, an).status_code == 422


def test_who_stands_in_enters_nobody_further(desk):
    an, binh = desk.officer(Role.OFFICER, name="an"), desk.officer(Role.OFFICER, name="binh")
    desk.standing(replace(binh, on_behalf_of=an.account_id))
    assert "Đang làm thay người khác" in desk.get("vang-mat/").content.decode()
    assert absence.posts(replace(binh, on_behalf_of=an.account_id), MONDAY) == []


def test_the_substitute_sees_both_posts_and_the_banner_says_whose_he_acts_in(desk, world, settings):
    an, binh = desk.officer(Role.OFFICER, name="an"), desk.officer(Role.CLERK, name="binh")
    people.delegate(
        held_id=held_of(an), to_account_id=binh.account_id, since=MONDAY,
        until=MONDAY + timedelta(days=400 * 10), reason="Nghỉ phép", actor=system("kiểm thử"), at=NINE,
    )  # fmt: skip
    done = world.accepted()
    operations.take(dossier_id=done.id, item_id=desk.item(done.id).id, actor=an, at=later())
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if name != "motcua.desk.tests.doors.Standing"
    ]
    at = settings.MIDDLEWARE.index("motcua.look.refusals.RefusalMiddleware")
    settings.MIDDLEWARE[at:at] = [doors.CLOCK, doors.ACTING]
    desk.client.force_login(
        Account.objects.get(id=binh.account_id),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    page = desk.get()
    assert [(s["label"].partition(" ")[0], s["open"]) for s in page.context["seats"]] == [
        ("clerk", 0), ("officer", 1),
    ]  # fmt: skip
    assert "Đang làm thay" not in page.content.decode()
    switched = desk.client.post(
        "/chuyen-vi-tri/", {"post": held_of(an), "next": "/ban-lam-viec/"}, follow=True
    )
    assert "Đang làm thay Công chức an" in switched.content.decode()
    assert len(desk.get(muc="toi").context["rows"]) == 1
