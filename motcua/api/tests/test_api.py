"""The API as another system meets it: keys, acts, lists, problem documents."""

import json
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.test import Client

from motcua.dossiers import operations
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import NINE, raise_world
from motcua.journeys import reactions
from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.organisations import queries as organisations
from motcua.organisations.models import Post, Unit
from motcua.people import operations as people
from motcua.rules.actor import Role, system

SYSTEM = system("kiểm thử")


@pytest.fixture
def world(db, settings):
    settings.EXAMPLE_TODAY = NINE
    return raise_world()


@pytest.fixture
def key(world):
    """A maker of keys: of an officer with this role in this unit."""

    def make(role: Role, unit_id: int | None = None) -> str:
        unit_id = unit_id or world.department
        with act(Event("post.made", "post"), actor=SYSTEM, at=NINE) as a:
            post = Post.objects.create(
                unit_id=unit_id,
                title=str(role),
                role=role.value,
                valid=Unit.objects.get(id=unit_id).valid,
            )
            a.about("post", post.id, {})
        organisations.forget()
        account = people.open_account(
            username=f"u{uuid4().hex[:12]}", name="Người gọi", kind="officer", password=None,
            actor=SYSTEM, at=NINE,
        )  # fmt: skip
        held = people.assign_post(
            account_id=account, post_id=post.id, since=date(2022, 1, 1), actor=SYSTEM, at=NINE
        )
        return people.issue_token(
            account_id=account, held_id=held, name="kiểm thử", since=date(2022, 1, 1),
            until=date(2030, 1, 1), actor=SYSTEM, at=NINE,
        )[1]  # fmt: skip

    return make


def call(method, path, key=None, body=None, **headers):
    if key:
        headers["Authorization"] = f"Bearer {key}"
    client = Client(headers=headers)
    data = json.dumps(body) if body is not None else None
    return getattr(client, method)(f"/api/v1{path}", data, content_type="application/json")


def intake(world, **changes):
    body = {
        "procedure": world.procedure,
        "unit": "so-a",
        "applicant": {
            "name": "Trần Văn Nam",
            "identity_number": "040090001234",
            "phone": "0912345678",
        },
        "papers": [{"name": "Tờ khai", "originals": 1}],
    }
    return body | changes


def test_a_dossier_goes_through_the_api_from_intake_to_hand_over(world, key):
    clerk, officer, leader = key(Role.CLERK, world.desk), key(Role.OFFICER), key(Role.LEADER)
    made = call("post", "/dossiers", clerk, intake(world))
    assert made.status_code == 201, made.content
    done = made.json()
    assert done["code"] == "000.00.06.H41-221121-0001"
    path = f"/dossiers/{done['id']}"

    def step():
        return next(
            s["id"] for s in call("get", path, officer).json()["steps"] if s["closed_at"] is None
        )

    assert call("post", f"{path}/hand-on", officer, {"item": step()}).status_code == 204
    concluded = call(
        "post", f"{path}/conclude", leader, {"item": step(), "result_name": "Giấy phép"}
    )
    assert concluded.status_code == 204, concluded.content
    assert call("post", f"{path}/hand-over", clerk, {"recipient": "Nam"}).status_code == 204
    assert [t["event"] for t in call("get", path, officer).json()["timeline"]][
        -1
    ] == "dossier.handed_over"
    tracked = call("get", f"/track/{done['code']}")
    assert tracked.json() == {"code": done["code"], "status": 10}


def test_a_request_repeated_under_its_key_answers_the_same_dossier(world, key):
    clerk = key(Role.CLERK, world.desk)
    header = {"Idempotency-Key": "lần-một".encode().hex()}
    first = call("post", "/dossiers", clerk, intake(world), **header).json()
    again = call("post", "/dossiers", clerk, intake(world), **header)
    assert (again.status_code, again.json()["code"]) == (200, first["code"])
    other = call("post", "/dossiers", clerk, intake(world, subject="khác"), **header)
    assert (other.status_code, other.json()["code"]) == (409, "dossier.key_reused")
    assert Dossier.objects.count() == 1


def test_a_stranger_finds_nothing_and_changes_nothing(world, key):
    clerk = key(Role.CLERK, world.desk)
    stranger = key(Role.OFFICER, world.other_department)
    done = call("post", "/dossiers", clerk, intake(world)).json()
    answer = call("get", f"/dossiers/{done['id']}", stranger)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "dossier.not_visible"
    assert "Không tìm thấy" in answer.json()["title"]
    assert call("get", "/dossiers", stranger).json()["dossiers"] == []
    assert call("get", "/inbox", stranger).json()["items"] == []
    act = call("post", f"/dossiers/{done['id']}/withdraw", stranger, {"reason": "x"})
    assert act.status_code == 404


@pytest.mark.parametrize("path", ["/dossiers", "/inbox"])
def test_nobody_reads_without_a_key(world, path):
    answer = call("get", path)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer.json()["code"] == "request.unauthenticated"
    assert call("get", path, "mc_sai").status_code == 401


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"procedure": 999_999}, 422, "dossier.not_offered"),
        ({"procedure": -1}, 422, "request.invalid"),
        ({"unit": "khong-co"}, 404, "unit.unknown"),
        ({"channel": 3}, 422, "dossier.no_such_channel"),
        ({"channel": 9}, 422, "request.invalid"),
        ({"applicant": {"name": "A", "identity_number": "12"}}, 422, "request.invalid"),
        (
            {"applicant": {"name": "A", "identity_number": "12345678901x"}},
            422,
            "identity.malformed",
        ),
        ({"papers": [{"name": "Tờ khai", "held": False}]}, 422, "dossier.paper_missing"),
    ],
)
def test_bad_input_is_told_its_field_and_leaves_nothing(world, key, changes, status, code):
    answer = call("post", "/dossiers", key(Role.CLERK, world.desk), intake(world, **changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.content
    assert answer.json()["title"]
    assert not Dossier.objects.exists()


def test_a_stale_caller_is_told_409(world, key):
    clerk, officer = key(Role.CLERK, world.desk), key(Role.OFFICER)
    done = call("post", "/dossiers", clerk, intake(world)).json()
    item = call("get", "/inbox", officer).json()["items"][0]["item_id"]
    answer = call(
        "post",
        f"/dossiers/{done['id']}/hand-on",
        officer,
        {"item": item, "seen": done["version"] + 1},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "dossier.stale")


def test_pages_of_a_list_follow_each_other_and_a_torn_cursor_is_refused(world, key):
    clerk, officer = key(Role.CLERK, world.desk), key(Role.OFFICER)
    codes = [call("post", "/dossiers", clerk, intake(world)).json()["code"] for _ in range(3)]
    first = call("get", "/dossiers?size=2&status=2&channel=1", officer).json()
    second = call(
        "get", f"/dossiers?size=2&after={first['next'].replace('+', '%2B')}", officer
    ).json()
    found = [d["code"] for page in (first, second) for d in page["dossiers"]]
    assert sorted(found) == sorted(codes)
    assert second["next"] is None
    torn = call("get", "/dossiers?after=abc", officer)
    assert (torn.status_code, torn.json()["code"]) == (400, "list.cursor_malformed")


def test_reading_costs_the_same_statements_however_many_rows(world, key):
    clerk, officer = key(Role.CLERK, world.desk), key(Role.OFFICER)

    def cost(path):
        with sql.counted() as sent:
            assert call("get", path, officer).status_code == 200
        return len(sent)

    call("post", "/dossiers", clerk, intake(world))
    few = {path: cost(path) for path in ("/dossiers", "/inbox")}
    for _ in range(5):
        call("post", "/dossiers", clerk, intake(world))
    assert {path: cost(path) for path in few} == few
    assert max(few.values()) <= 3


def test_a_due_date_explains_itself_to_who_may_see_the_dossier(world, key):
    clerk = key(Role.CLERK, world.desk)
    done = call("post", "/dossiers", clerk, intake(world)).json()
    path = f"/dossiers/{done['id']}/explanation"
    told = call("get", path, clerk).json()
    assert told["sentence"].startswith("Hẹn trả ") and told["rule_set"] == "one_stop:2021"
    assert told["segments"][0]["kind"] == "counted"
    ends = [datetime.fromisoformat(text) for text in (told["segments"][-1]["end"], told["due_at"])]
    assert ends[0] == ends[1]
    assert len(told["lines"]) == len(told["segments"])
    assert call("get", path, key(Role.OFFICER, world.other_department)).status_code == 404


QUESTION = {
    "received_at": "2022-11-18T09:00:00+07:00",
    "limit": {"amount": "2.5", "unit": "working_day"},
}
PAUSE = {"since": "2022-11-21T10:00:00+07:00", "until": "2022-11-23T10:00:00+07:00"}


def test_anybody_may_ask_when_something_would_be_due(world):
    told = call("post", "/deadline", body=QUESTION).json()
    assert told["due_at"] == "2022-11-22T15:00:00+07:00"
    assert told["sentence"].startswith("Hẹn trả 15:00 thứ Ba 22/11/2022: 2,5 ngày làm việc")
    assert [s["kind"] for s in told["segments"]] == ["counted", "skipped", "counted"]
    later = call("post", "/deadline", body=QUESTION | {"pauses": [PAUSE]}).json()
    assert later["due_at"] == "2022-11-24T15:00:00+07:00"
    next_day = call("post", "/deadline", body=QUESTION | {"count_from_next_day": True}).json()
    assert next_day["rule_set"].endswith("+next_day")
    assert call("post", "/deadline", body=QUESTION | {"unit": "so-a"}).status_code == 200


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"received_at": "2022-11-18T09:00:00"}, "time.naive_moment"),
        ({"received_at": "2010-11-18T09:00:00+07:00"}, "rules.none_in_force"),
        ({"received_at": "hôm qua"}, "request.invalid"),
        ({"limit": {"amount": "0", "unit": "working_day"}}, "time.limit_not_positive"),
        ({"limit": {"amount": "10000", "unit": "working_day"}}, "time.limit_too_long"),
        ({"limit": {"amount": "2.3", "unit": "working_day"}}, "time.limit_fraction"),
        ({"limit": {"amount": None, "unit": "month"}}, "time.limit_malformed"),
        ({"limit": {"amount": "2", "unit": "week"}}, "request.invalid"),
        ({"unit": "khong-co"}, "unit.unknown"),
        ({"pauses": [PAUSE | {"until": None}]}, "time.pause_never_closed"),
        ({"pauses": [PAUSE | {"since": "2022-11-01T10:00:00+07:00"}]}, "time.event_out_of_order"),
        ({"pauses": [PAUSE, PAUSE]}, "time.pause_open_twice"),
        ({"pauses": [PAUSE | {"ground": "lười"}]}, "request.invalid"),
    ],
)
def test_a_bad_question_is_refused_by_its_code_with_a_sentence(world, changes, code):
    answer = call("post", "/deadline", body=QUESTION | changes)
    assert answer.status_code in (404, 422) and answer.json()["code"] == code
    assert "…" not in answer.json()["title"]


def test_the_api_describes_itself(world):
    spec = call("get", "/openapi.json").json()
    assert spec["openapi"].startswith("3.1")
    assert "/api/v1/dossiers/{dossier_id}/hand-on" in spec["paths"]


def test_notices_are_read_by_whom_they_are_to(world, key):
    operations.accept(intake=world.intake(), actor=world.clerk, at=NINE)
    operations.warn(actor=SYSTEM, at=NINE.replace(day=28))
    reactions.drain(NINE)
    told = call("get", "/notices?size=1", key(Role.OFFICER)).json()
    assert (told["unread"], told["next"]) == (1, None)
    assert told["notices"][0]["kind"] == "warning.due"
    assert call("get", "/notices", key(Role.CLERK, world.desk)).json()["notices"] == []
    assert call("get", "/notices").status_code == 401
