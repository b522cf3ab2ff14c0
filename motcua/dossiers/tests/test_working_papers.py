"""Notes of the officers, and minutes of inspections."""

import io

import pypdf
import pytest

from motcua.dossiers import operations, queries, working_papers
from motcua.dossiers.models import Inspection, Note
from motcua.dossiers.operations import Member, Minutes
from motcua.dossiers.tests.conftest import NINE, later
from motcua.dossiers.tests.test_acts import dossier, refused
from motcua.dossiers.tests.test_opinions import ask, asked
from motcua.files import operations as files
from motcua.files import shelves
from motcua.files.tests import samples
from motcua.ledger.models import Entry
from motcua.rules.actor import Actor, Role, Scope

__all__ = ["dossier"]


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.BLOBS, settings.PROVINCE = tmp_path, "Nghệ An"


def note(world, dossier, **kw):
    values = {"text": "Đã gọi điện cho chủ hồ sơ.", "actor": world.officer, "at": later(1)}
    return operations.add_note(dossier_id=dossier, **(values | kw))


def test_officers_on_duty_read_a_note_and_nobody_else(world, dossier):
    note(world, dossier)
    assert [n["text"] for n in working_papers.notes(world.clerk, dossier)] == [
        "Đã gọi điện cho chủ hồ sơ."
    ]
    citizen = Actor(
        account_id=None, kind="citizen", name="Cá nhân", sees=Scope(person_id=world.citizen)
    )
    assert working_papers.notes(citizen, dossier) == []
    refused("dossier.may_not", lambda: note(world, dossier, actor=citizen))
    ask(world, dossier)
    consulted = asked(world)
    assert working_papers.notes(consulted, dossier) == []
    refused("dossier.may_not", lambda: note(world, dossier, actor=consulted))
    for reader in (citizen, consulted):
        told = [row["event"] for row in queries.detail(reader, dossier).timeline]
        assert "dossier.note_added" not in told


def test_its_text_is_not_in_the_record(world, dossier):
    note(world, dossier)
    fields = Entry.objects.get(event="dossier.note_added").fields
    assert "gọi điện" not in str(fields)
    assert set(fields) <= {"note", "text"}


def test_who_wrote_it_strikes_it_out_and_it_stays_to_be_read(world, dossier, account):
    officer = world.actor(Role.OFFICER, account=account("chuyen-vien"))
    note_id = note(world, dossier, actor=officer)
    strike = {"dossier_id": dossier, "note_id": note_id, "at": later(2)}
    refused(
        "dossier.reason_missing",
        lambda: operations.strike_note(**strike, reason=" ", actor=officer),
    )
    other = world.actor(Role.OFFICER, account=account("dong-nghiep"))
    refused("note.not_yours", lambda: operations.strike_note(**strike, reason="x", actor=other))
    operations.strike_note(**strike, reason="Nhầm hồ sơ", actor=officer)
    struck = Note.objects.get()
    assert (struck.text, struck.strike_reason) == ("Đã gọi điện cho chủ hồ sơ.", "Nhầm hồ sơ")
    refused(
        "note.struck_already", lambda: operations.strike_note(**strike, reason="x", actor=officer)
    )


def test_what_a_note_refuses(world, dossier):
    refused("note.empty", lambda: note(world, dossier, text=" "))
    refused("note.too_long", lambda: note(world, dossier, text="x" * 4001))
    refused("dossier.not_visible", lambda: note(world, dossier, actor=world.stranger))


# ---- inspections ---------------------------------------------------------------------------------

MINUTES = Minutes(
    place="thửa đất số 12, phường Hưng Dũng",
    begun_at=NINE,
    members=(Member("Phạm Văn Sơn", "chuyên viên Sở Xây dựng"), Member("Nguyễn Thị Lam")),
    findings="Nhà đã xây tầng 1.\nLối đi rộng 3 m.",
    conclusion="Đúng hiện trạng trong hồ sơ.",
)


def inspect(world, dossier, minutes=MINUTES, **kw):
    values = {"actor": world.officer, "at": later(1)}
    return operations.record_inspection(dossier_id=dossier, minutes=minutes, **(values | kw))


def test_the_minutes_are_kept_with_their_pictures_and_printed(world, dossier, account):
    kept = shelves.keep([samples.PDF], "hien-truong.pdf")
    ids = files.store_kept(
        [kept], actor=world.actor(Role.OFFICER, account=account("chuyen-vien")), at=NINE
    )
    made = inspect(world, dossier, files=[(ids[kept.sha256], kept.name)])
    (row,) = working_papers.inspections(world.officer, dossier)
    assert (row["number"], [f["name"] for f in row["files"]]) == (1, ["hien-truong.pdf"])
    pdf = working_papers.minutes_pdf(world.officer, dossier, made)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    for part in ("BIÊN BẢN", "09 giờ 00 phút", "Phạm Văn Sơn", "Lối đi rộng 3 m.", "01/BB"):
        assert part in text, part
    assert "DỰ THẢO" not in text
    assert pdf == working_papers.minutes_pdf(world.officer, dossier, made)
    fields = Entry.objects.get(event="dossier.inspection_recorded").fields
    assert "tầng" not in str(fields)
    assert (fields["minutes"], fields["files"]) == (1, 1)


def test_a_second_visit_has_the_next_number(world, dossier):
    inspect(world, dossier)
    inspect(world, dossier)
    assert list(Inspection.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_what_an_inspection_refuses(world, dossier):
    from dataclasses import replace

    future = replace(MINUTES, begun_at=later(9))
    refused("inspection.in_the_future", lambda: inspect(world, dossier, future))
    nobody = replace(MINUTES, members=())
    refused("inspection.nobody_there", lambda: inspect(world, dossier, nobody))
    for part in ("place", "findings", "conclusion"):
        lacking = replace(MINUTES, **{part: " "})
        refused("inspection.part_missing", lambda lacking=lacking: inspect(world, dossier, lacking))
    refused("dossier.not_your_step", lambda: inspect(world, dossier, actor=world.clerk))
    refused("dossier.not_visible", lambda: inspect(world, dossier, actor=world.stranger))
    operations.withdraw(dossier_id=dossier, reason="Đổi ý", actor=world.clerk, at=later(1))
    refused("dossier.not_your_step", lambda: inspect(world, dossier))
