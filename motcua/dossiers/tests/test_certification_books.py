"""The books: printed and bound by the month, locked with the year (NĐ 23/2015 Đ13)."""

from datetime import UTC, datetime

import pytest

from motcua.dossiers import operations, registers
from motcua.dossiers.models import BoundMonth, Certification, CertificationBook
from motcua.dossiers.registers import Month
from motcua.dossiers.tests.certifying import DEGREE, certified, code_of, prepared, raise_certifying
from motcua.dossiers.tests.conftest import NINE
from motcua.ledger.models import Entry
from motcua.rules.certification import Line
from motcua.rules.identity import new_id

NOVEMBER = Month(2022, 11)
IN_DECEMBER = datetime(2022, 12, 1, 2, 0, tzinfo=UTC)
NEXT_YEAR = datetime(2023, 1, 3, 2, 0, tzinfo=UTC)


@pytest.fixture
def world(db):
    return raise_certifying()


@pytest.fixture
def book(world):
    for _ in range(27):
        certified(world)
    return CertificationBook.objects.get()


def bind(world, book, sha256, at=IN_DECEMBER, month=11, actor=None):
    return operations.bind_book_month(
        book_id=book.id, month=month, sha256=sha256, actor=actor or world.clerk, at=at
    )


def test_a_month_is_printed_in_pages_and_bound_as_printed(world, book):
    printed = registers.register(world.clerk, book.id, NOVEMBER)
    assert [len(page) for page in printed.pages] == [25, 2]
    assert (printed.copies, printed.fee) == (81, 27 * 12_000)
    assert bind(world, book, printed.sha256) == printed.sha256
    kept = BoundMonth.objects.get()
    assert (kept.first_number, kept.last_number, kept.entries, kept.pages) == (1, 27, 27, 2)
    entry = Entry.objects.get(event="certification_book.month_bound")
    assert (entry.fields["sha256"], entry.fields["month"]) == (printed.sha256, 11)
    assert [row["sha256"] for row in registers.bound(world.leader, book.id)] == [printed.sha256]


def test_what_was_printed_before_a_correction_is_not_bound(world, book):
    old = registers.register(world.clerk, book.id, NOVEMBER).sha256
    row = Certification.objects.get(number=3)
    operations.correct_certification(
        certification_id=row.id, line=Line("Bằng khác"), voided=False, reason="Sai tên",
        actor=world.clerk, at=IN_DECEMBER,
    )  # fmt: skip
    assert code_of(lambda: bind(world, book, old)) == "certification.print_is_old"
    assert bind(world, book, registers.register(world.clerk, book.id, NOVEMBER).sha256) != old


def test_a_month_that_is_not_over_is_not_bound_nor_by_everybody(world, book):
    sha256 = registers.register(world.clerk, book.id, NOVEMBER).sha256
    assert code_of(lambda: bind(world, book, sha256, at=NINE)) == "certification.month_not_over"
    for actor in (world.officer, world.stranger):
        assert code_of(lambda a=actor: bind(world, book, sha256, actor=a)) == "dossier.may_not"
    assert code_of(lambda: registers.register(world.stranger, book.id, NOVEMBER)) == (
        "certification_book.not_found"
    )
    assert registers.books(world.stranger) == []


def test_an_empty_month_has_one_page(world, book):
    printed = registers.register(world.clerk, book.id, Month(2022, 12))
    assert printed.pages == [[]]
    assert bind(world, book, printed.sha256, at=NEXT_YEAR, month=12) == printed.sha256


def lock(world, book, at=NEXT_YEAR, actor=None):
    return operations.lock_book(book_id=book.id, actor=actor or world.leader, at=at)


def test_a_locked_year_takes_no_number_and_no_correction(world, book):
    waiting = prepared(world)
    assert lock(world, book) == 27
    book.refresh_from_db()
    assert (book.last_number, book.entries, book.locked_at) == (27, 27, NEXT_YEAR)
    report = operations.certify(dossier_ids=[waiting.id], actor=world.leader, at=NINE)
    assert [no.code for no in report.refused] == ["certification.book_locked"]
    row = Certification.objects.get(number=1)

    def change():
        operations.correct_certification(
            certification_id=row.id, line=Line("Khác"), voided=False, reason="Sai",
            actor=world.clerk, at=NEXT_YEAR,
        )  # fmt: skip

    assert code_of(change) == "certification.book_locked"
    assert code_of(lambda: lock(world, book)) == "certification.book_locked"
    done = operations.certify(dossier_ids=[waiting.id], actor=world.leader, at=NEXT_YEAR)
    assert done.done == {waiting.id: (1,)}
    assert [b["year"] for b in registers.books(world.clerk)] == [2023, 2022]


def test_a_year_that_is_not_over_is_not_locked_nor_by_everybody(world, book):
    assert code_of(lambda: lock(world, book, at=NINE)) == "certification.year_not_over"
    assert code_of(lambda: lock(world, book, actor=world.officer)) == "dossier.may_not"
    other = CertificationBook(id=new_id())
    assert code_of(lambda: lock(world, other)) == "certification_book.not_found"


def test_a_book_is_of_one_kind(world):
    certified(world, DEGREE)
    assert [b.kind for b in CertificationBook.objects.all()] == ["copy"]
