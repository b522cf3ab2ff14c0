"""A province prints a statutory paper its own way: a folder and a list, no code."""

import hashlib
import io
import shutil
from datetime import date
from pathlib import Path

import pypdf
import pytest

from motcua.files import province_papers, rendering
from motcua.files.province_papers import WrongList
from motcua.rules.refusal import Refusal
from motcua.statutory import paper_forms
from motcua.statutory.paper_forms import FONTS, PAPERS, Kind, paper_form, print_own
from motcua.statutory.paper_samples import sample_of

OWN = """#import "../v1/common.typ": *
#show: sheet
#title-block()
Bản in của tỉnh: #paper.code
"""
LIST = """
[[form]]
kind = "receipt"
file = "giay.typ"
from = 2026-01-01
"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "cua-tinh"
    made.mkdir()
    (made / "giay.typ").write_text(OWN, encoding="utf-8")
    (made / "forms.toml").write_text(LIST, encoding="utf-8")
    yield made
    print_own(())
    rendering.use_templates(PAPERS)


def words(kind: Kind, on: date) -> str:
    pdf = rendering.render(paper_form(kind, on), sample_of(kind, on))
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_its_form_is_printed_from_its_day_on_and_ours_before_and_beside(folder, tmp_path):
    province_papers.install(folder, tmp_path / "root")
    assert "Bản in của tỉnh" in words(Kind.RECEIPT, date(2026, 1, 1))
    assert "Bản in của tỉnh" not in words(Kind.RECEIPT, date(2025, 12, 31))
    assert "Bản in của tỉnh" not in words(Kind.SUPPLEMENT, date(2026, 1, 1))


def test_number_law_and_title_stay_the_circulars(folder, tmp_path):
    ours = paper_form(Kind.RECEIPT, date(2026, 1, 1))
    province_papers.install(folder, tmp_path / "root")
    own = paper_form(Kind.RECEIPT, date(2026, 1, 1))
    assert (own.number, own.law, own.title) == (ours.number, ours.law, ours.title)
    assert own.template == "own/giay.typ"


def test_a_paper_of_ours_is_still_printed_as_issued_beside_the_provinces_own(folder, tmp_path):
    on = date(2025, 9, 22)
    form = paper_form(Kind.RECEIPT, on)
    sheet, before = rendering.sheet_of(form), rendering.render(form, sample_of(form.kind, on))
    province_papers.install(folder, tmp_path / "root")
    form = rendering.as_issued(sheet, paper_form(Kind.RECEIPT, on))
    assert rendering.render(form, sample_of(form.kind, on)) == before


def test_a_template_changed_after_a_paper_was_issued_by_it_is_noticed(folder, tmp_path):
    on = date(2026, 2, 2)
    province_papers.install(folder, tmp_path / "root")
    sheet = rendering.sheet_of(paper_form(Kind.RECEIPT, on))
    (folder / "giay.typ").write_text(OWN + "Thêm một dòng", encoding="utf-8")
    province_papers.install(folder, tmp_path / "root")
    with pytest.raises(Refusal) as refused:
        rendering.as_issued(sheet, paper_form(Kind.RECEIPT, on))
    assert refused.value.code == "paper.template_changed"


def test_what_a_template_imports_belongs_to_its_fingerprint(folder, tmp_path):
    (folder / "chung.typ").write_text("#let a = 1", encoding="utf-8")
    (folder / "giay.typ").write_text('#import "chung.typ": *\n' + OWN, encoding="utf-8")
    province_papers.install(folder, tmp_path / "root")
    before = rendering.fingerprint("own/giay.typ")
    (folder / "chung.typ").write_text("#let a = 2", encoding="utf-8")
    province_papers.install(folder, tmp_path / "root")
    assert rendering.fingerprint("own/giay.typ") != before


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ("[[form]\n", "cú pháp TOML"),
        (LIST.replace("receipt", "receit"), "kind phải là"),
        (LIST.replace("giay.typ", "khong-co.typ"), "file phải là"),
        (LIST.replace("giay.typ", "../giay.typ"), "file phải là"),
        (LIST.replace("2026-01-01", '"2026-01-01"'), "phải là ngày"),
        (LIST.replace("2026-01-01", "2018-01-01"), "chưa có mẫu receipt"),
        (LIST + 'sheet = "a3"\n', "sheet phải là"),
    ],
)
def test_a_list_that_cannot_be_used_says_where_and_why(folder, tmp_path, listed, said):
    (folder / "forms.toml").write_text(listed, encoding="utf-8")
    with pytest.raises(WrongList, match=said):
        province_papers.install(folder, tmp_path / "root")
    assert paper_form(Kind.RECEIPT, date(2026, 1, 1)).template == "v1/receipt.typ"


def test_a_folder_that_is_not_there_names_the_setting(tmp_path):
    with pytest.raises(WrongList, match="MOTCUA_PAPERS"):
        province_papers.install(tmp_path / "khong-co", tmp_path / "root")


@pytest.mark.parametrize("damage", ["gone", "one gone", "broken"])
def test_without_its_fonts_no_paper_is_printed_in_boxes(tmp_path, monkeypatch, damage):
    fonts = tmp_path / "fonts"
    shutil.copytree(FONTS, fonts)
    for path in sorted(fonts.glob("*.ttf"))[: None if damage == "gone" else 1]:
        path.unlink() if damage != "broken" else path.write_bytes(b"\0" * 40)
    monkeypatch.setattr(rendering, "FONTS", fonts)
    with pytest.raises(Refusal) as refused:
        words(Kind.RECEIPT, date(2022, 11, 21))
    assert refused.value.code == "paper.fonts_missing"


def test_templates_papers_were_issued_by_never_change():
    """A released version's files are what SHA256SUMS says; mend a paper by a new version beside it."""
    for listed in PAPERS.glob("*/SHA256SUMS"):
        lines = listed.read_text(encoding="utf-8").splitlines()
        said = {name: digest for digest, name in (line.split("  ") for line in lines)}
        found = {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in listed.parent.glob("*.typ")
        }
        assert found == said
    assert {Path(form.template).parts[0] for form in paper_forms.FORMS} <= {
        listed.parent.name for listed in PAPERS.glob("*/SHA256SUMS")
    }
