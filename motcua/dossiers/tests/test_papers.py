"""Papers that are projections of the record, and papers that are printed again as they were issued."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pypdf
import pytest

from motcua.dossiers import control, operations, prints, queries, register
from motcua.dossiers.models import Slip, WorkItem
from motcua.dossiers.tests.conftest import NINE, later
from motcua.files import rendering
from motcua.rules.actor import Role, Scope
from motcua.rules.books import Channel
from motcua.rules.clock_rules import Ground
from motcua.rules.refusal import Refusal
from motcua.statutory.paper_forms import Kind, Outcome, paper_form

pytestmark = pytest.mark.django_db


def item(dossier_id):
    return WorkItem.objects.get(dossier_id=dossier_id, closed_at=None, waiting=False).id


def walked(world, account):
    """A dossier taken, passed on and concluded, day by day."""
    done = world.accepted()
    officer = world.actor(Role.OFFICER, account=account("chuyen-vien"))
    doing = {"dossier_id": done.id, "actor": officer}
    operations.take(item_id=item(done.id), at=later(1), **doing)
    operations.hand_on(item_id=item(done.id), at=later(2), **doing)
    operations.conclude(
        dossier_id=done.id, item_id=item(done.id), result_name="Giấy phép", result_number="1/GP",
        actor=world.actor(Role.LEADER, account=account("lanh-dao")), at=later(3),
    )  # fmt: skip
    return done


def test_a_reprint_has_the_same_bytes(world):
    done = world.accepted()
    slip = Slip.objects.get(dossier_id=done.id)
    assert prints.issued(slip) == prints.issued(Slip.objects.get(id=slip.id))
    assert slip.sheet["template"] == "v1/receipt.typ"
    assert slip.sheet["number"] == "01"


def test_a_paper_whose_template_was_changed_is_not_passed_off_as_the_one_issued(world):
    slip = Slip.objects.get(dossier_id=world.accepted().id)
    slip.sheet = slip.sheet | {"fingerprint": "0" * 64}
    with pytest.raises(Refusal) as refused:
        prints.issued(slip)
    assert refused.value.code == "paper.template_changed"
    slip.sheet = slip.sheet | {"template": "v1/no-such.typ"}
    with pytest.raises(Refusal, match="template_changed"):
        prints.issued(slip)


def test_a_receipt_says_where_it_stands_in_the_register(world):
    done = world.accepted()
    data = Slip.objects.get(dossier_id=done.id).data
    assert (data["book"], data["book_no"]) == ("2022", done.code.split("-", 1)[1])


def test_both_copies_of_a_receipt_are_one_file_of_two_sheets(world):
    slip = Slip.objects.get(dossier_id=world.accepted().id)
    pages = pypdf.PdfReader(io.BytesIO(prints.issued(slip, both=True))).pages
    said = [page.extract_text() for page in pages]
    assert len(said) == 2
    assert [name for name, text in zip(prints.COPIES, said, strict=True) if name in text] == list(
        prints.COPIES
    )


# ---- the control slip ------------------------------------------------------------------------------


def test_the_control_slip_has_a_row_for_each_unit_the_dossier_came_to(world, account):
    done = walked(world, account)
    slip = control.control_slip(queries.detail(world.clerk, done.id))
    first = slip.transfers[0]
    assert first.received_at == later(1)
    assert first.received_by == "Công chức officer"
    assert first.handed_at == NINE
    assert [t.agency for t in slip.transfers] == ["Cơ quan so-a", "Cơ quan mot-cua"]
    assert first.outcome is Outcome.ON_TIME
    assert slip.transfers[-1].handed_by == "Công chức lanh-dao"
    assert slip.transfers[-1].received_at is None, "nobody has taken the hand-over step yet"
    assert slip.due_at is not None
    assert slip.number == done.code[-4:]


def test_the_control_slip_follows_the_record_and_is_otherwise_the_same_bytes(world, account):
    done = world.accepted()

    def printed():
        paper = control.control_slip(queries.detail(world.clerk, done.id))
        return rendering.render(paper_form(Kind.CONTROL, paper.issued_on), paper)

    before = printed()
    assert printed() == before
    officer = world.actor(Role.OFFICER, account=account("chuyen-vien"))
    operations.take(dossier_id=done.id, item_id=item(done.id), actor=officer, at=later(1))
    assert printed() != before


def test_a_dossier_not_accepted_has_no_control_slip(world):
    online = world.intake(channel=Channel.ONLINE)
    done = operations.submit(intake=online, actor=world.clerk, at=NINE)
    with pytest.raises(Refusal) as refused:
        control.control_slip(queries.detail(world.clerk, done.id))
    assert refused.value.code == "dossier.not_accepted_yet"


# ---- the register ------------------------------------------------------------------------------------


def test_the_register_holds_what_the_desk_accepted_in_the_period_and_nothing_else(world):
    done = world.accepted()
    other = world.accepted(at=NINE + timedelta(days=3))
    day = date(2022, 11, 21)
    paper = register.printed(world.clerk, world.desk, day, day)
    assert [line.code for line in paper.lines] == [done.code]
    whole = register.printed(world.clerk, world.desk, day, day + timedelta(days=3))
    assert [line.code for line in whole.lines] == [done.code, other.code]
    assert whole.lines[0].applicant == "Nguyễn Thị Lam"
    assert rendering.render(paper_form(Kind.REGISTER, day), paper).startswith(b"%PDF")


def test_the_register_is_read_whole_or_not_at_all(world):
    world.accepted()
    day = date(2022, 11, 21)
    for reader in (world.officer, world.leader, world.stranger):
        with pytest.raises(Refusal) as refused:
            register.lines(reader, world.desk, day, day, after=None)
        assert refused.value.code == "dossier.not_your_register"
    everything = replace(world.stranger, sees=Scope(everything=True))
    assert register.lines(everything, world.desk, day, day, after=None).rows


def test_pages_of_the_register_follow_one_another(world):
    codes = [world.accepted(at=NINE + timedelta(minutes=n)).code for n in range(3)]
    day = date(2022, 11, 21)
    first = register.lines(world.clerk, world.desk, day, day, after=None, size=2)
    second = register.lines(world.clerk, world.desk, day, day, after=first.next, size=2)
    assert [row["code"] for row in (*first.rows, *second.rows)] == codes
    assert second.next is None


def test_a_register_too_long_for_one_print_says_so(world, monkeypatch):
    monkeypatch.setattr(register, "MOST", 1)
    for n in range(2):
        world.accepted(at=NINE + timedelta(minutes=n))
    day = date(2022, 11, 21)
    with pytest.raises(Refusal) as refused:
        register.printed(world.clerk, world.desk, day, day)
    assert refused.value.code == "register.too_long"


# ---- a stop ------------------------------------------------------------------------------------------


def test_a_stop_prints_its_notice_only_where_the_set_of_the_day_has_one(world):
    done = world.accepted()
    operations.pause(
        dossier_id=done.id,
        ground=Ground.STOP,
        reason="đi nước ngoài",
        actor=world.clerk,
        at=later(1),
    )
    assert not Slip.objects.filter(dossier_id=done.id, form="stop").exists()


def test_a_stop_at_the_applicants_request_prints_its_notice_from_1_july_2025(world):
    at = NINE.replace(year=2025, month=9, day=22)
    done = world.accepted(at=at)
    operations.pause(
        dossier_id=done.id, ground=Ground.STOP, reason="đi nước ngoài", actor=world.clerk,
        at=at + timedelta(hours=3),
    )  # fmt: skip
    slip = Slip.objects.get(dossier_id=done.id, form="stop")
    assert (slip.data["reason"], slip.data["at_request"]) == ("đi nước ngoài", True)
    assert slip.sheet["number"] == "05"
    assert prints.issued(slip).startswith(b"%PDF")
