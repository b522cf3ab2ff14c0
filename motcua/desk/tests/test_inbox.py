import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from motcua.desk.tests import doors
from motcua.desk.tests.conftest import seated
from motcua.dossiers import operations
from motcua.dossiers.models import Dossier, WorkItem
from motcua.dossiers.tests.conftest import EVER, later
from motcua.ledger.acts import Event, act
from motcua.organisations.models import Post
from motcua.people.models import Account, PostHeld
from motcua.rules.actor import ANONYMOUS, Actor, Role, Scope, system
from motcua.rules.books import Channel


def rows(response):
    return [row["shown"] for group in response.context["groups"] for row in group["rows"]]


def statements(desk, path=""):
    desk.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(path).status_code == 200
    return len(asked)


def test_an_officer_sees_the_step_that_lies_on_his_desk_with_its_due_time(desk, world):
    code = world.accepted().code
    page = desk.standing(desk.officer(Role.OFFICER)).get()
    assert page.status_code == 200
    assert rows(page) == [code]
    text = page.content.decode()
    assert "Thụ lý hồ sơ" in text
    assert "Còn 1 ngày làm việc" in text


def test_what_is_at_risk_stands_first_under_its_own_title_with_its_count(desk, world):
    codes = [world.accepted(at=later(days)).code for days in (0, 0.1, 1, 3)]
    page = desk.standing(desk.officer(Role.OFFICER), later(3)).get()
    titles = [group["title"] for group in page.context["groups"]]
    assert titles == ["Quá hạn", "Đến hạn ngày làm việc tới, hoặc đã dùng 80% thời hạn"]
    assert rows(page) == codes
    late = page.context["groups"][0]
    assert (late["count"], len(late["rows"])) == (3, 3)
    assert rows(desk.client.get(late["address"])) == codes[:3]


def test_a_dossier_that_used_four_fifths_of_its_limit_stands_with_what_is_due_soon(desk, world):
    done = world.accepted()
    with act(Event("step.changed", "step"), actor=system("kiểm thử"), at=later()) as a:
        WorkItem.objects.filter(dossier=done.id).update(due_at=None)
        a.about("step", 1, {})
    officer = desk.officer(Role.OFFICER)
    (rest,) = desk.standing(officer, later(0.1)).get().context["groups"]
    assert rest["title"] == "Còn hạn"
    with act(Event("dossier.changed", "step"), actor=system("kiểm thử"), at=later()) as a:
        Dossier.objects.filter(id=done.id).update(warned="used")
        a.about("step", 2, {})
    page = desk.get()
    assert page.context["groups"][0]["title"].startswith("Đến hạn ngày làm việc tới")
    assert "Đã dùng 80% thời hạn" in page.content.decode()


def test_a_leader_whose_step_has_not_come_has_an_empty_inbox_that_says_so(desk, world):
    world.accepted()
    page = desk.standing(desk.officer(Role.LEADER)).get()
    assert rows(page) == []
    assert "Không có bước nào chờ xử lý" in page.content.decode()


def test_a_dossier_waiting_for_the_applicant_lies_apart(desk, world):
    done = world.accepted()
    officer = desk.officer(Role.OFFICER)
    operations.request_supplement(
        dossier_id=done.id, missing=["Bản vẽ"], reason="Thiếu", actor=officer, at=later(1)
    )
    assert rows(desk.standing(officer, later(1)).get()) == []
    page = desk.get(muc="dung")
    assert rows(page) == [done.code]
    assert "Yêu cầu bổ sung giấy tờ" in page.content.decode()


def test_the_desk_sees_how_many_wait_for_acceptance_and_what_waits_for_hand_over(desk, world):
    operations.submit(intake=world.intake(channel=Channel.ONLINE), actor=world.clerk, at=later())
    desk.standing(desk.officer(Role.CLERK))
    assert rows(desk.get(muc="tra")) == []
    assert [(tab[0], tab[2]) for tab in desk.get().context["tabs"]][3:] == [
        ("Chờ bổ sung", None), ("Chờ trả", None), ("Chờ tiếp nhận", 1),
    ]  # fmt: skip
    desk.standing(desk.officer(Role.OFFICER))
    assert [tab[0] for tab in desk.get().context["tabs"]][3:] == ["Xin ý kiến"]


def test_what_was_filed_online_and_not_answered_in_time_is_said_on_the_first_page(desk, world):
    operations.submit(intake=world.intake(channel=Channel.ONLINE), actor=world.clerk, at=later())
    clerk = desk.officer(Role.CLERK)
    assert desk.standing(clerk, later()).get().context["unanswered"] == 0
    said = desk.standing(clerk, later(1, hours=1)).get().content.decode()
    assert "1 hồ sơ nộp trực tuyến đã quá giờ" in said
    assert "cho-tiep-nhan/?loai=late" in said


def test_the_filter_by_procedure_keeps_the_tab(desk, world):
    code = world.accepted().code
    desk.standing(desk.officer(Role.OFFICER))
    assert rows(desk.get(procedure=world.procedure)) == [code]
    assert rows(desk.get(procedure=999_999)) == [code]


def test_pages_follow_each_other_by_keyset(desk, world, monkeypatch):
    monkeypatch.setattr("motcua.desk.views_inbox.MANY", 2)
    codes = {world.accepted(at=later(hours=n / 10)).code for n in range(5)}
    desk.standing(desk.officer(Role.OFFICER))
    seen, after = [], ""
    for _ in range(3):
        page = desk.get(after=after) if after else desk.get()
        seen += rows(page)
        after = page.context["next"]
    assert set(seen) == codes and len(seen) == 5 and after is None


def test_a_broken_page_mark_is_refused_with_its_sentence(desk, world):
    desk.standing(desk.officer(Role.OFFICER))
    page = desk.get(after="vớ vẩn")
    assert page.status_code == 400
    assert "Dấu trang không đúng" in page.content.decode()


def test_the_inbox_costs_the_same_number_of_statements_however_full(desk, world):
    desk.standing(desk.officer(Role.OFFICER))
    world.accepted()
    few = statements(desk)
    for n in range(6):
        world.accepted(at=later(hours=n / 10))
    assert statements(desk) == few <= 4


@pytest.mark.parametrize(
    "path",
    ["", "tiep-nhan/", "ho-so/", "tim/", "don-vi/", "ho-so/01937a8e-0000-7000-8000-000000000000/"],
)
def test_every_page_asks_for_an_officer(desk, path, settings):
    settings.LOGIN_URL = "/dang-nhap/"
    asked = desk.standing(ANONYMOUS).get(path)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/dang-nhap/?next=/ban-lam-viec/")
    citizen = Actor(account_id=7, kind="citizen", name="Công dân", sees=Scope(person_id=1))
    refused = desk.standing(citizen).get(path)
    assert refused.status_code == 403
    assert "Trang này dành cho cán bộ" in refused.content.decode()


def test_an_officer_without_a_post_is_told_whom_to_ask(desk):
    nobody = Actor(account_id=7, kind="officer", name="Trần Văn Đức")
    page = desk.standing(nobody).get()
    assert page.status_code == 403
    assert "không giữ vị trí nào" in page.content.decode()


def test_steps_without_a_due_time_come_last_and_pages_go_on_through_them(desk, world, monkeypatch):
    monkeypatch.setattr("motcua.desk.views_inbox.MANY", 1)
    codes = [world.accepted(at=later(hours=n / 10)).code for n in range(3)]
    with act(Event("step.changed", "step"), actor=system("kiểm thử"), at=later()) as a:
        WorkItem.objects.filter(dossier__code__in=codes[:2]).update(due_at=None)
        a.about("step", 1, {})
    desk.standing(desk.officer(Role.OFFICER))
    seen, after = [], ""
    for _ in range(3):
        page = desk.get(after=after) if after else desk.get()
        seen += rows(page)
        after = page.context["next"]
    assert seen[0] == codes[2] and set(seen) == set(codes) and after is None


def test_an_officer_of_two_posts_acts_in_the_one_chosen_in_the_header(desk, world, settings):
    world.accepted()
    settings.MIDDLEWARE = [
        name for name in settings.MIDDLEWARE if name != "motcua.desk.tests.doors.Standing"
    ]
    at = settings.MIDDLEWARE.index("motcua.look.refusals.RefusalMiddleware")
    settings.MIDDLEWARE[at:at] = [doors.CLOCK, doors.ACTING]
    account = seated(Role.OFFICER, world.department, "hai-vi-tri")
    with act(Event("post.assigned", "post"), actor=system("kiểm thử"), at=later()) as a:
        post = Post.objects.create(unit_id=world.desk, title="Quầy 3", role=Role.CLERK, valid=EVER)
        second = PostHeld.objects.create(account_id=account, post=post, valid=EVER)
        a.about("post", post.id, {})
    desk.client.force_login(
        Account.objects.get(id=account), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = desk.get()
    assert len(rows(page)) == 1
    assert "Quầy 3" in page.content.decode()
    assert desk.get("tiep-nhan/").status_code == 403
    switched = desk.client.post(
        "/chuyen-vi-tri/", {"post": second.id, "next": "/ban-lam-viec/tiep-nhan/"}, follow=True
    )
    assert switched.status_code == 200
    assert switched.context["actor"].role is Role.CLERK


def test_as_many_rows_as_one_act_takes_can_stand_on_one_page(desk, world, monkeypatch):
    monkeypatch.setattr("motcua.desk.views_inbox.MANY", 2)
    for n in range(3):
        world.accepted(at=later(hours=n / 10))
    desk.standing(desk.officer(Role.OFFICER))
    page = desk.get()
    assert page.context["more_rows"] == "?dong=200"
    longer = desk.client.get(f"/ban-lam-viec/{page.context['more_rows']}")
    assert len(longer.context["rows"]) == 3 and longer.context["more_rows"] == ""
