"""A step changes hands, is taken back, a finished dossier is settled again: acts of desks and their heads."""

from datetime import date

import pytest

from motcua.dossiers import operations, queries
from motcua.dossiers.models import Dossier, Phase, Reassignment, Reopening, SavedView, WorkItem
from motcua.dossiers.tests.conftest import NINE, later, raise_world, seated
from motcua.dossiers.tests.test_acts import dossier, local_day, refused
from motcua.dossiers.tests.test_races import together
from motcua.dossiers.tests.test_transfer import INTERCONNECTED
from motcua.dossiers.tests.test_walk import books, item_of
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import Role, system
from motcua.rules.books import Account as Book
from motcua.rules.casework import Status
from motcua.rules.refusal import Refusal

__all__ = ["dossier"]


def hand_on(world, dossier, at=None, by=None):
    operations.hand_on(
        dossier_id=dossier, item_id=item_of(dossier), actor=by or world.officer, at=at or later(1)
    )


def conclude(world, dossier, at=None):
    operations.conclude(
        dossier_id=dossier, item_id=item_of(dossier), result_name="Giấy phép", result_number="1",
        actor=world.leader, at=at or later(2),
    )  # fmt: skip


# ---- reassign ------------------------------------------------------------------------------------


def reassign(world, dossier, to, **kw):
    values = {"actor": world.actor(Role.HEAD), "at": later(1), "reason": "Nghỉ ốm"} | kw
    operations.reassign(dossier_id=dossier, item_id=item_of(dossier), to=to, **values)


def test_a_step_goes_from_one_officer_to_another_directly_and_its_time_stays(world, dossier):
    an, binh = seated(world, "an"), seated(world, "binh")
    before = WorkItem.objects.get(closed_at=None)
    operations.take(
        dossier_id=dossier, item_id=before.id, actor=world.actor(Role.OFFICER, account=an), at=NINE
    )
    reassign(world, dossier, binh)
    item = WorkItem.objects.get(closed_at=None)
    assert (item.id, item.due_at, item.assignee_id) == (before.id, before.due_at, binh)
    had = Reassignment.objects.get()
    assert (had.from_account_id, had.to_account_id, had.reason) == (an, binh, "Nghỉ ốm")
    said = Entry.objects.get(event="dossier.reassigned").fields
    assert (said["was_with"], said["assignee"]) == (an, binh)
    assert "Nghỉ ốm" not in str(said)
    hand_on(world, dossier, by=world.actor(Role.OFFICER, account=binh))


def test_a_step_changes_hands_only_with_a_reason_from_somebody_to_another_of_the_step(
    world, dossier
):
    an, binh = seated(world, "an"), seated(world, "binh")
    stranger = seated(world, "la", unit=world.other_department)
    refused("dossier.item_not_taken", lambda: reassign(world, dossier, an))
    operations.assign(
        dossier_id=dossier, item_id=item_of(dossier), to=an, actor=world.actor(Role.HEAD), at=NINE
    )
    refused("dossier.reason_missing", lambda: reassign(world, dossier, binh, reason=" "))
    refused("dossier.item_his_already", lambda: reassign(world, dossier, an))
    refused("dossier.not_an_officer_of_the_step", lambda: reassign(world, dossier, stranger))
    refused("dossier.may_not", lambda: reassign(world, dossier, binh, actor=world.officer))
    refused("dossier.not_visible", lambda: reassign(
        world, dossier, binh, actor=world.actor(Role.HEAD, unit=world.other_department)))  # fmt: skip
    assert WorkItem.objects.get(closed_at=None).assignee_id == an


def two_heads_at_once(world, seen):
    done = world.accepted()
    officers = [seated(world, name) for name in ("an", "binh")]
    item = item_of(done.id)

    def assign(to):
        def give():
            operations.assign(
                dossier_id=done.id, item_id=item, to=to, actor=world.actor(Role.HEAD), at=later(1),
                seen=seen(done),
            )  # fmt: skip
            return "done"

        return give

    return together(*map(assign, officers)), done.id


@pytest.fixture
def own_world(own_database):
    return raise_world()


def test_of_two_heads_who_give_one_step_at_once_the_second_is_told(own_world):
    results, dossier_id = two_heads_at_once(own_world, lambda done: done.version)
    assert results.count("done") == 1
    refusal = next(r for r in results if r != "done")
    assert isinstance(refusal, Refusal) and refusal.code == "dossier.stale"
    assert Entry.objects.filter(subject_id=dossier_id, event="dossier.assigned").count() == 1
    assert list(verify.breaks()) == []


def test_without_the_version_looked_at_the_second_head_is_told_less(own_world):
    results, _ = two_heads_at_once(own_world, lambda done: None)
    refusal = next(r for r in results if r != "done")
    assert isinstance(refusal, Refusal) and refusal.code == "dossier.item_taken"


# ---- recall --------------------------------------------------------------------------------------


def officer(world, name="an"):
    return world.actor(Role.OFFICER, account=seated(world, name))


def recall(dossier, actor, at=None, **kw):
    operations.recall(dossier_id=dossier, actor=actor, at=at or later(1, hours=1), **kw)


def test_what_was_handed_on_is_taken_back_with_its_old_due_time(world, dossier):
    an = officer(world)
    before = WorkItem.objects.get(closed_at=None)
    hand_on(world, dossier, by=an)
    assert "recall" in queries.detail(an, dossier).acts
    recall(dossier, an)
    item = WorkItem.objects.get(closed_at=None)
    assert (item.node, item.due_at, item.opened_at) == (
        before.node,
        before.due_at,
        before.opened_at,
    )
    assert item.assignee_id == an.account_id
    assert "recall" not in queries.detail(an, dossier).acts
    hand_on(world, dossier, at=later(2), by=an)
    conclude(world, dossier, at=later(3))
    assert list(verify.breaks()) == []


def test_a_step_somebody_took_or_touched_is_not_taken_back(world, dossier):
    an = officer(world)
    hand_on(world, dossier, by=an)
    leader = world.actor(Role.LEADER, account=seated(world, "lanh-dao", Role.LEADER))
    refused("dossier.nothing_to_recall", lambda: recall(dossier, officer(world, "binh")))
    operations.take(dossier_id=dossier, item_id=item_of(dossier), actor=leader, at=later(1))
    assert "recall" not in queries.detail(an, dossier).acts
    refused("dossier.nothing_to_recall", lambda: recall(dossier, an))


def test_a_warning_does_not_keep_a_step_from_being_taken_back(world, dossier):
    an = officer(world)
    hand_on(world, dossier, by=an)
    assert operations.warn(actor=system("nhắc hạn"), at=later(7)) == 1
    recall(dossier, an, at=later(7, hours=1))
    assert WorkItem.objects.get(closed_at=None).assignee_id == an.account_id


def test_nothing_handed_on_is_nothing_to_take_back(world, dossier):
    refused("dossier.nothing_to_recall", lambda: recall(dossier, world.officer))
    an = officer(world)
    hand_on(world, dossier, by=an)
    conclude(world, dossier)
    refused("dossier.nothing_to_recall", lambda: recall(dossier, an, at=later(3)))


# ---- reopen --------------------------------------------------------------------------------------


def reopen(world, dossier, at=None, **kw):
    values = {"actor": world.leader, "reason": "Kết quả ghi sai diện tích"} | kw
    operations.reopen(dossier_id=dossier, at=at or later(3), **values)


@pytest.fixture
def finished(world, dossier):
    hand_on(world, dossier)
    conclude(world, dossier)
    return dossier


def test_a_finished_dossier_is_settled_again_under_its_old_date(world, finished):
    before = Dossier.objects.get(id=finished)
    reopen(world, finished)
    after = Dossier.objects.get(id=finished)
    assert (after.status, after.finished_at, after.result) == (Status.PROCESSING, None, None)
    assert (after.due_at, after.judged_at) == (before.due_at, before.judged_at)
    void = Reopening.objects.get()
    assert (void.result["name"], void.finished_at) == ("Giấy phép", before.finished_at)
    item = WorkItem.objects.get(closed_at=None)
    assert (item.act, item.unit_id) == ("conclude", world.department)
    assert "diện tích" not in str(Entry.objects.get(event="dossier.reopened").fields)
    conclude(world, finished, at=later(4))
    assert list(verify.breaks()) == []


def test_the_books_move_it_back_and_no_lateness_is_hidden(world, finished):
    monday, friday = local_day(NINE), local_day(later(4))
    assert books(friday) == {Book.DONE_EARLY: 1}
    reopen(world, finished)
    assert books(local_day(later(2))) == {Book.DONE_EARLY: 1}
    assert books(friday) == {Book.OPEN_IN_TIME: 1}
    assert books(date(2022, 11, 29)) == {Book.OPEN_LATE: 1}
    conclude(world, finished, at=later(9))
    assert books(date(2022, 11, 30)) == {Book.DONE_LATE: 1}
    assert books(monday) == {Book.OPEN_IN_TIME: 1}


def test_a_refusal_is_taken_back_to_the_step_it_was_given_at(world, dossier):
    operations.refuse_in_process(
        dossier_id=dossier, item_id=item_of(dossier), reason="Không đủ điều kiện",
        actor=world.officer, at=later(1),
    )  # fmt: skip
    reopen(world, dossier, at=later(2), actor=world.actor(Role.HEAD))
    assert WorkItem.objects.get(closed_at=None).act == "process"
    hand_on(world, dossier, at=later(3))
    conclude(world, dossier, at=later(4))


def test_only_heads_and_leaders_of_the_agency_reopen_and_only_before_the_hand_over(world, finished):
    refused("dossier.may_not", lambda: reopen(world, finished, actor=world.officer))
    refused("dossier.may_not", lambda: reopen(world, finished, actor=world.clerk))
    refused("dossier.reason_missing", lambda: reopen(world, finished, reason=" "))
    assert "reopen" in queries.detail(world.leader, finished).acts
    operations.hand_over(
        dossier_id=finished, recipient="Nguyễn Thị Lam", identity="", method="counter",
        actor=world.clerk, at=later(3),
    )  # fmt: skip
    refused("dossier.reopened_after_hand_over", lambda: reopen(world, finished, at=later(4)))
    assert "reopen" not in queries.detail(world.leader, finished).acts


def test_what_is_not_finished_is_not_reopened(world, dossier):
    refused("dossier.not_finished", lambda: reopen(world, dossier))


@pytest.mark.django_db
def test_the_last_agency_s_part_runs_again_too():
    world = raise_world(INTERCONNECTED)
    done = world.accepted()
    hand_on(world, done.id)
    conclude(world, done.id)
    running = Phase.objects.get(position=1)
    assert running.finished_at is not None
    reopen(world, done.id)
    running.refresh_from_db()
    assert running.finished_at is None


# ---- lists kept ----------------------------------------------------------------------------------


def save(actor, name, query="status=4"):
    return operations.save_view(page="dossiers", name=name, query=query, actor=actor, at=later())


def test_a_list_is_kept_under_its_name_and_the_same_name_keeps_the_new_one(world):
    an = officer(world)
    first = save(an, " Đang  xử lý ")
    assert save(an, "Đang xử lý", "status=5") == first
    kept = SavedView.objects.get()
    assert (kept.name, kept.query) == ("Đang xử lý", "status=5")
    assert "Đang xử lý" not in str(list(Entry.objects.filter(event="view.saved").values()))


def test_lists_are_one_s_own_named_and_not_too_many(world):
    an, binh = officer(world), officer(world, "binh")
    refused("view.name_missing", lambda: save(an, " "))
    refused("view.page_unknown", lambda: operations.save_view(
        page="lạ", name="a", query="", actor=an, at=later()))  # fmt: skip
    ids = [save(an, f"Bộ lọc {n}") for n in range(20)]
    refused("view.too_many", lambda: save(an, "Một bộ nữa"))
    refused("view.not_found", lambda: operations.remove_view(
        view_id=ids[0], actor=binh, at=later()))  # fmt: skip
    operations.remove_view(view_id=ids[0], actor=an, at=later())
    save(an, "Một bộ nữa")


def test_one_list_of_a_page_is_first(world):
    an = officer(world)
    one, two = save(an, "Một"), save(an, "Hai")
    operations.put_view_first(view_id=one, actor=an, at=later())
    operations.put_view_first(view_id=two, actor=an, at=later())
    assert list(SavedView.objects.filter(first=True).values_list("id", flat=True)) == [two]
    operations.put_view_first(view_id=two, actor=an, at=later(), first=False)
    assert not SavedView.objects.filter(first=True).exists()
