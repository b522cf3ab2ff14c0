"""Who is told what: applicants of each change of the public status, officers and heads of warnings."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import Dossier, WorkItem
from motcua.dossiers.tests.conftest import NINE, later, raise_world
from motcua.dossiers.tests.test_races import together
from motcua.dossiers.tests.test_walk import item_of
from motcua.journeys import reactions
from motcua.journeys.telling import tell_applicant
from motcua.ledger import sql, verify
from motcua.messaging.models import Notice
from motcua.organisations import operations as organisations
from motcua.organisations.operations import DayDeclared
from motcua.rules.actor import Role, system
from motcua.rules.casework import PaperHeld
from motcua.rules.worktime import DayKind

SYSTEM = system("nhắc hạn")
EVE = datetime(2022, 11, 25, 1, 0, tzinfo=UTC)
LATE = datetime(2022, 11, 30, 1, 0, tzinfo=UTC)


def drain() -> int:
    total = 0
    while done := reactions.drain(datetime.now(UTC)):
        total += done
    return total


def told(**which) -> list[str]:
    return list(Notice.objects.filter(**which).order_by("at", "id").values_list("kind", flat=True))


def ask(world, dossier, at):
    operations.request_supplement(
        dossier_id=dossier, missing=["Bản vẽ"], reason="Thiếu", actor=world.officer, at=at
    )


def test_an_applicant_is_told_of_each_change_of_the_public_status_and_of_nothing_else(
    world, account
):
    done = world.accepted()
    item = item_of(done.id)
    officer = world.actor(Role.OFFICER, account=account("can-bo"))
    operations.take(dossier_id=done.id, item_id=item, actor=officer, at=later(hours=1))
    operations.request_supplement(
        dossier_id=done.id, missing=["Bản vẽ"], reason="Thiếu", actor=officer, at=later(1)
    )
    operations.receive_supplement(
        dossier_id=done.id, papers=[PaperHeld("Bản vẽ", 1, 0)], actor=world.clerk, at=later(2)
    )
    operations.hand_on(dossier_id=done.id, item_id=item, actor=officer, at=later(2, 1))
    drain()
    assert told(person=world.citizen) == [
        "dossier.accepted",
        "dossier.supplement",
        "dossier.processing",
    ]
    first = Notice.objects.get(kind="dossier.accepted")
    assert first.text == (
        f"Cơ quan mot-cua đã tiếp nhận hồ sơ {done.code} (Cấp giấy phép). "
        "Hẹn trả kết quả lúc 09:00 ngày 28/11/2022."
    )
    assert (first.subject_kind, first.subject_id, first.at) == ("dossier", done.id, NINE)


def test_a_notice_tells_the_date_of_its_event_however_late_it_is_written(world):
    done = world.accepted()
    with sql.counted():
        ask(world, done.id, later(1))
        operations.receive_supplement(
            dossier_id=done.id, papers=[], actor=world.clerk, at=later(21)
        )
    drain()
    assert "28/11/2022" in Notice.objects.get(kind="dossier.accepted").text
    assert "28/11/2022" not in Notice.objects.get(kind="dossier.processing").text


def test_a_refused_dossier_is_told_as_refused_not_as_done(world):
    done = world.accepted()
    operations.refuse_in_process(
        dossier_id=done.id, item_id=item_of(done.id), reason="Không đủ điều kiện",
        actor=world.officer, at=later(1),
    )  # fmt: skip
    drain()
    assert told() == ["dossier.accepted", "dossier.refused"]


def test_a_text_holds_nothing_of_the_person(world):
    done = world.accepted(subject="Nhà của bà Lam ở ngõ 3")
    ask(world, done.id, later(1))
    drain()
    for notice in Notice.objects.all():
        for personal in ("Lam", "040190000001", "ngõ 3", "Bản vẽ"):
            assert personal not in notice.title + notice.text


def test_draining_twice_or_being_asked_twice_tells_once(world):
    world.accepted()
    rows = sql.fetch(reactions.OPEN, [500])
    drain()
    drain()
    tell_applicant([row for row in rows if row["event"] == "dossier.accepted"] * 2)
    assert told() == ["dossier.accepted"]
    assert list(verify.breaks()) == []


def test_what_an_example_constructs_is_told_to_nobody(world):
    world.accepted()
    rows = [{**row, "within": "example.loaded"} for row in sql.fetch(reactions.OPEN, [500])]
    tell_applicant([row for row in rows if row["event"] == "dossier.accepted"])
    assert told() == []


def test_a_dossier_of_training_is_told_to_nobody(world):
    operations.accept(intake=world.intake(), actor=replace(world.clerk, training=True), at=later())
    drain()
    assert told() == []


def test_a_warning_is_told_to_the_post_a_step_lies_with_or_to_who_took_it(world, account):
    waiting, taken = world.accepted().id, world.accepted().id
    officer = world.actor(Role.OFFICER, account=account("can-bo"))
    operations.take(dossier_id=taken, item_id=item_of(taken), actor=officer, at=later(hours=1))
    operations.warn(actor=SYSTEM, at=EVE)
    drain()
    to_post = Notice.objects.get(subject_id=waiting, kind="warning.eve", role="officer")
    assert (to_post.unit_id, to_post.account_id) == (world.department, None)
    to_officer = Notice.objects.get(subject_id=taken, kind="warning.eve", account__isnull=False)
    assert to_officer.account_id == officer.account_id
    assert "Hẹn trả lúc 09:00 ngày 28/11/2022" in to_post.text
    assert "Lam" not in to_post.title + to_post.text


def test_after_an_outage_a_box_holds_one_warning_of_a_dossier(world):
    done = world.accepted()
    operations.warn(actor=SYSTEM, at=LATE)
    operations.warn(actor=SYSTEM, at=LATE)
    drain()
    assert told(subject_id=done.id, role="officer") == ["warning.late"]


def test_telling_costs_the_same_number_of_statements_however_many_are_told(world):
    sent = []
    for many in (3, 8):
        for _ in range(many):
            world.accepted()
        with sql.counted() as statements:
            reactions.drain(datetime.now(UTC))
        sent.append(len(statements))
        drain()
    assert sent[0] == sent[1]
    assert Notice.objects.count() == 11


def test_two_drainers_at_once_tell_once(own_database):
    here = raise_world()
    ids = [here.accepted().id for _ in range(20)]
    together(drain, drain)
    drain()
    assert sorted(Notice.objects.values_list("subject_id", flat=True)) == sorted(ids)


def test_accepting_and_handing_on_write_no_notice_themselves(world):
    with sql.counted() as sent:
        done = world.accepted()
        operations.hand_on(
            dossier_id=done.id, item_id=item_of(done.id), actor=world.officer, at=later(1)
        )
    assert not [query for query in sent if "messaging" in query]
    assert Dossier.objects.get(id=done.id).warn_at is not None
    assert WorkItem.objects.filter(dossier=done.id).count() == 2


@pytest.mark.parametrize(
    "kind", ["dossier.resettled", "dossier.reappointed", "dossier.extended_by_law"]
)
def test_a_date_that_moved_is_told_with_the_new_date(world, kind):
    done = world.accepted()
    row = sql.fetch(reactions.OPEN, [500])[-1]
    moved = {**row, "event": kind, "fields": {"due_at": "2022-11-29T02:00:00.000000Z"}}
    tell_applicant([moved])
    found = Notice.objects.get(kind=kind, subject_id=done.id)
    assert "Hẹn trả kết quả lúc 09:00 ngày 29/11/2022." in found.text


def test_a_decree_tells_the_applicants_whose_date_moved_and_no_others(world):
    first, second = world.accepted(), world.accepted(later(4))
    tuesday = DayDeclared(date(2022, 11, 22), DayKind.HOLIDAY, "Nghỉ", "NĐ kiểm thử")
    organisations.declare_days(None, [tuesday], reason="nghị định", actor=SYSTEM, at=later(hours=1))
    list(operations.resettle(actor=SYSTEM, at=later(4, hours=1)))
    drain()
    notice = Notice.objects.get(kind="dossier.resettled")
    assert notice.subject_id == first.id != second.id
    assert "Hẹn trả kết quả lúc 09:00 ngày 29/11/2022." in notice.text
    assert "Trước đó hẹn lúc 09:00 ngày 28/11/2022." in notice.text


def test_the_desk_is_told_that_a_new_date_is_asked_for(world):
    done = world.accepted()
    operations.propose_reappointment(
        dossier_id=done.id, until=datetime(2022, 12, 5, 2, tzinfo=UTC), reason="Phải xác minh",
        actor=world.officer, at=later(1),
    )  # fmt: skip
    drain()
    found = Notice.objects.get(kind="desk.reappointment")
    assert (found.unit_id, found.role) == (world.desk, "clerk")
    assert "hẹn lại lúc 09:00 ngày 05/12/2022" in found.text
    assert "Phải xác minh" not in found.text
