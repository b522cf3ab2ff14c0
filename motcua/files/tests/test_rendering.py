import io
import os
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest

from motcua import statutory
from motcua.files import letters
from motcua.files.rendering import render
from motcua.statutory import wording
from motcua.statutory.paper_forms import (
    FONTS,
    Apology,
    Kind,
    Paper,
    PaperForm,
    PaperLine,
    Receipt,
    Register,
    Stage,
    forms_in_force,
    paper_form,
)
from motcua.statutory.paper_samples import SAMPLES, at

GOLDEN = Path(statutory.__file__).parent / "tests" / "golden"
DAYS = {"2018": date(2022, 11, 21), "2025": date(2025, 9, 22)}
MM = 72 / 25.4
CASES = [
    pytest.param(form, replace(SAMPLES[form.kind], issued_on=on), f"{name}-{form.number}", id=title)
    for name, on in DAYS.items()
    for form in forms_in_force(on)
    for title in [f"{name}-{form.number}-{form.kind}"]
]


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    return "\n".join(pages(pdf))


def strings(value: object) -> Iterator[str]:
    if is_dataclass(value):
        for field in fields(value):
            if (
                field.name == "tracking_url"
            ):  # in the QR; in words only where the applicant reads it
                continue
            yield from strings(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from strings(item)
    elif isinstance(value, datetime):
        yield f"{value.hour:02}"
    elif isinstance(value, str):
        yield value


def receipt() -> Receipt:
    made = SAMPLES[Kind.RECEIPT]
    assert isinstance(made, Receipt)
    return made


def printed(paper: Paper, kind: Kind = Kind.RECEIPT) -> bytes:
    return render(paper_form(kind, paper.issued_on), paper)


@pytest.mark.parametrize(("form", "paper", "name"), CASES)
def test_the_printed_text_is_the_golden_one(form: PaperForm, paper: Paper, name: str) -> None:
    kept = GOLDEN / f"{name}.txt"
    found = text_of(render(form, paper)) + "\n"
    if os.environ.get("MOTCUA_WRITE_GOLDEN"):
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text(encoding="utf-8")


@pytest.mark.parametrize(("form", "paper", "name"), CASES)
def test_each_form_has_the_sheet_the_circular_names(
    form: PaperForm, paper: Paper, name: str
) -> None:
    box = pypdf.PdfReader(io.BytesIO(render(form, paper))).pages[0].mediabox
    expected = (297, 210) if form.kind is Kind.REGISTER else (148, 210)
    assert (round(box.width / MM), round(box.height / MM)) == expected


@pytest.mark.parametrize(("form", "paper", "name"), CASES)
def test_a_reprint_is_the_same_bytes(form: PaperForm, paper: Paper, name: str) -> None:
    made: list[bytes] = []
    other = threading.Thread(target=lambda: made.append(render(form, paper)))
    other.start()
    other.join()
    assert made == [render(form, paper)]


def test_the_paper_says_it_is_pdf_a_2b_and_dated_by_its_data() -> None:
    reader = pypdf.PdfReader(io.BytesIO(printed(receipt())))
    metadata = reader.xmp_metadata
    assert metadata is not None
    xml = metadata.stream.get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xml
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xml
    assert reader.metadata is not None
    assert reader.metadata.creation_date == datetime(2022, 11, 21, tzinfo=wording.LOCAL)
    assert reader.metadata.title == "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"


def test_every_font_is_carried_in_the_file() -> None:
    page = pypdf.PdfReader(io.BytesIO(printed(receipt()))).pages[0]
    fonts = page["/Resources"]["/Font"]
    names = {str(fonts[key]["/BaseFont"]) for key in fonts}
    assert names
    assert all("+LiberationSerif" in name for name in names)


def test_markup_in_the_data_is_printed_as_it_was_typed() -> None:
    hostile = (
        '#import "common.typ": * *đậm* $x^2$ @ref <nhãn> = tiêu đề // chú thích `mã` \\u{41} "'
    )
    found = text_of(printed(replace(receipt(), procedure=hostile, desk=hostile)))
    assert hostile in " ".join(found.split())


def test_a_file_can_not_be_read_through_the_data() -> None:
    found = text_of(printed(replace(receipt(), applicant='#read("/etc/passwd")')))
    assert '#read("/etc/passwd")' in found
    assert "root:" not in found


@pytest.mark.parametrize("length", [60, 400])
def test_a_very_long_unbroken_name_stays_on_the_sheet(length: int) -> None:
    paper = replace(receipt(), applicant="Ư" * length, papers=(PaperLine(name="Ơ" * length),))
    reader = pypdf.PdfReader(io.BytesIO(printed(paper)))
    rights: list[float] = []

    def note(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if text.strip():
            rights.append(cm[0] * tm[4] + cm[4])

    for page in reader.pages:
        page.extract_text(visitor_text=note)
    assert max(rights) < reader.pages[0].mediabox.width
    assert text_of(printed(paper)).replace("\n", "").count("Ư") >= length


def test_line_breaks_and_control_marks_do_no_harm() -> None:
    found = text_of(printed(replace(receipt(), address="Xóm 3\nxã Nghi Phong\x00\x07\u202etxt")))
    assert "Xóm 3\nxã Nghi Phong" in found
    assert "txt" in found


@pytest.mark.parametrize("name", ["王小明", "😀", "ស្រី", "\ufffd", "\ue000", "\u0378"])
def test_letters_the_font_lacks_become_boxes_and_the_paper_is_still_made(name: str) -> None:
    found = text_of(printed(replace(receipt(), applicant=f"Lê {name} Anh")))
    assert "Tiếp nhận hồ sơ của: Lê" in found
    assert name not in found


def test_every_vietnamese_letter_is_printable() -> None:
    vowels = "aăâeêioôơuưy"
    marks = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    small = "đ" + "".join(unicodedata.normalize("NFC", v + m) for v in vowels for m in marks)
    assert {ord(c) for c in small + small.upper()} <= letters.printable(FONTS)


def test_a_register_of_many_lines_repeats_its_head_on_every_sheet() -> None:
    register = SAMPLES[Kind.REGISTER]
    assert isinstance(register, Register)
    many = replace(register, lines=register.lines * 6)
    sheets = pages(printed(many, Kind.REGISTER))
    assert len(sheets) > 12
    assert all("Mã hồ sơ" in sheet for sheet in sheets[:-1])
    assert f"Tổng số: {len(many.lines)} hồ sơ." in sheets[-1] + sheets[-2]


def test_many_threads_print_at_once() -> None:
    alone = printed(receipt())
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(lambda _: printed(receipt()), range(24))) == {alone}


@pytest.mark.parametrize(("form", "paper", "name"), CASES)
def test_every_value_given_is_printed(form: PaperForm, paper: Paper, name: str) -> None:
    found = "".join(text_of(render(form, paper)).split()).upper()
    for value in strings(paper):
        assert "".join(value.split()).upper() in found, value


def test_a_list_of_papers_longer_than_a_sheet_goes_on_with_its_head_repeated() -> None:
    many = tuple(PaperLine(name=f"Giấy tờ số {n}", originals=1) for n in range(1, 91))
    sheets = pages(printed(replace(receipt(), papers=many)))
    assert len(sheets) >= 3
    assert all("Tên giấy tờ" in sheet for sheet in sheets[:3])
    assert all(f"Giấy tờ số {n}" in "\n".join(sheets) for n in range(1, 91))
    assert sheets[1].split()[0] == "2"


def test_data_of_another_form_is_refused() -> None:
    with pytest.raises(TypeError, match="Receipt"):
        render(paper_form(Kind.REFUSAL, date(2022, 11, 21)), receipt())


def test_a_second_stage_prints_its_agency_and_both_its_times() -> None:
    stage = Stage(agency="Cục Thuế tỉnh Nghệ An", received_at=at(2022, 11, 24, 14), due_at=None)
    found = text_of(printed(replace(receipt(), second_stage=stage)))
    assert "6. Thời gian nhận hồ sơ giai đoạn 2 (Cục Thuế tỉnh Nghệ An): 14 giờ 00 phút" in found
    assert "7. Thời gian trả kết quả giai đoạn 2:" in found


def test_an_apology_of_the_desk_itself_says_that_the_desk_took_the_dossier_in() -> None:
    paper = SAMPLES[Kind.APOLOGY]
    assert isinstance(paper, Apology)
    found = text_of(printed(replace(paper, desk="Tổ Một cửa", received_by=""), Kind.APOLOGY))
    assert "được Tổ Một cửa tiếp nhận lúc" in " ".join(found.split())


def test_another_process_on_another_day_prints_the_same_bytes() -> None:
    script = (
        "import sys; from motcua.files.tests.test_rendering import printed, receipt;"
        "sys.stdout.buffer.write(printed(receipt()))"
    )
    env = {**os.environ, "SOURCE_DATE_EPOCH": "0", "TZ": "America/New_York"}
    other = subprocess.run([sys.executable, "-c", script], env=env, stdout=-1, check=True)
    assert other.stdout == printed(receipt())


def test_the_example_mark_is_printed_only_on_example_papers() -> None:
    assert "Dữ liệu minh họa" in text_of(printed(receipt()))
    assert "minh họa" not in text_of(printed(replace(receipt(), example=False)))


def test_a_receipt_without_a_due_time_says_why() -> None:
    found = text_of(printed(replace(receipt(), due_at=None, due_reason="Trả kết quả ngay")))
    assert "Trả kết quả ngay" in found
