from datetime import date

import pytest

from motcua.dossiers import operations, policies, queries
from motcua.dossiers.models import Dossier, WorkItem
from motcua.dossiers.queries import Filters
from motcua.dossiers.tests.conftest import later
from motcua.ledger import verify
from motcua.ledger.models import Entry, Posting
from motcua.rules.books import Account, balance
from motcua.rules.casework import Status
from motcua.rules.refusal import Refusal


def item_of(dossier_id):
    return WorkItem.objects.get(dossier_id=dossier_id, closed_at=None).id


def books(on):
    rows = list(Posting.objects.all())
    return {a: n for a, n in balance(rows, on).items() if a != Account.OUTSIDE}


def walk(world):
    """One dossier from the counter to the hand-over; returns its id."""
    done = world.accepted()
    operations.hand_on(
        dossier_id=done.id,
        item_id=item_of(done.id),
        actor=world.officer,
        at=later(1),
        note="Đủ điều kiện",
    )
    operations.conclude(
        dossier_id=done.id, item_id=item_of(done.id), result_name="Giấy phép", result_number="12/GP",
        actor=world.leader, at=later(2),
    )  # fmt: skip
    operations.hand_over(
        dossier_id=done.id, recipient="Nguyễn Thị Lam", identity="", method="counter",
        actor=world.clerk, at=later(3),
    )  # fmt: skip
    return done.id


def test_a_dossier_walks_from_the_counter_to_the_hand_over(world):
    dossier = Dossier.objects.get(id=walk(world))
    assert dossier.code == "000.00.06.H41-221121-0001"
    assert (dossier.status, dossier.version) == (Status.HANDED_OVER, 4)
    assert dossier.due_at.date() == date(2022, 11, 28)
    events = list(
        Entry.objects.filter(subject_id=dossier.id).order_by("subject_seq").values_list("event")
    )
    assert [e for (e,) in events] == [
        "dossier.accepted", "dossier.handed_on", "dossier.concluded", "dossier.handed_over",
    ]  # fmt: skip
    assert not WorkItem.objects.filter(closed_at=None).exists()
    assert books(date(2022, 11, 22)) == {Account.OPEN_IN_TIME: 1}
    assert books(date(2022, 12, 30)) == {Account.DONE_EARLY: 1}
    assert list(verify.breaks()) == []


def test_the_page_of_a_dossier_shows_its_acts_and_what_may_be_done(world):
    done = world.accepted()
    seen_by_officer = queries.detail(world.officer, done.id)
    assert "hand_on" in seen_by_officer.acts
    assert "conclude" not in seen_by_officer.acts
    assert [t["event"] for t in seen_by_officer.timeline] == ["dossier.accepted"]
    assert [p["name"] for p in seen_by_officer.papers] == ["Tờ khai", "Bản sao căn cước"]
    assert [s["form"] for s in seen_by_officer.slips] == ["receipt"]
    assert "hand_on" not in queries.detail(world.clerk, done.id).acts


def test_an_officer_of_another_agency_sees_nothing_and_may_do_nothing(world):
    done = world.accepted()
    assert queries.dossiers(world.stranger, Filters()).rows == []
    assert queries.inbox(world.stranger).rows == []
    assert not policies.visible_to(world.stranger).exists()
    for attempt in (
        lambda: queries.detail(world.stranger, done.id),
        lambda: operations.hand_on(
            dossier_id=done.id, item_id=item_of(done.id), actor=world.stranger, at=later(1)
        ),
    ):
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == "dossier.not_visible"


def test_inbox_and_list_find_the_dossier_where_it_lies(world):
    done = world.accepted()
    assert [r["id"] for r in queries.inbox(world.officer).rows] == [done.id]
    assert queries.inbox(world.leader).rows == []
    filters = Filters(status=2, procedure_id=world.procedure, channel=1)
    assert [r["code"] for r in queries.dossiers(world.officer, filters).rows] == [done.code]
    assert queries.count(world.officer, filters) == 1
    assert [r["id"] for r in queries.search(world.officer, "nguyen thi")] == [done.id]
    assert [r["id"] for r in queries.search(world.officer, "040190000001")] == [done.id]
    assert queries.track(done.code).status == 2


def test_every_page_of_a_list_follows_the_one_before(world):
    codes = [world.accepted(at=later(hours=n / 10)).code for n in range(5)]
    first = queries.dossiers(world.officer, Filters(), size=2)
    second = queries.dossiers(world.officer, Filters(), size=2, after=first.next)
    third = queries.dossiers(world.officer, Filters(), size=2, after=second.next)
    assert [r["code"] for p in (first, second, third) for r in p.rows] == codes[::-1]
    assert third.next is None


def test_a_stale_page_is_refused_and_the_dossier_stays(world):
    done = world.accepted()
    operations.hand_on(
        dossier_id=done.id, item_id=item_of(done.id), actor=world.officer, at=later(1), seen=1
    )
    with pytest.raises(Refusal) as refused:
        operations.conclude(
            dossier_id=done.id, item_id=item_of(done.id), result_name="x", result_number="1",
            actor=world.leader, at=later(2), seen=1,
        )  # fmt: skip
    assert refused.value.code == "dossier.stale"
    assert Dossier.objects.get(id=done.id).status == Status.PROCESSING
