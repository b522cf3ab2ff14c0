"""Results signed by a person, numbered and sealed: what stays valid, what is seen, what is refused."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pypdf
import pypdfium2
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from motcua.files import documents, fields, keys, pades, places, signing
from motcua.files.errors import SENTENCES
from motcua.files.tests import samples
from motcua.files.tests.authority import Authority
from motcua.files.tests.test_documents import DAY, document
from motcua.rules.refusal import Refusal

AT = datetime(2022, 11, 21, 2, 5, 9, tzinfo=UTC)
URL = "https://motcua.example/xac-minh/AbCdEf/"
NUMBER = "12/QĐ-SXD"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    made = Authority()
    made.folder = tmp_path_factory.mktemp("chung-thu")
    made.issue(made.folder, "lanh-dao", "Trần Quốc Việt")
    made.issue(made.folder, "so-xay-dung", "Sở Xây dựng tỉnh Nghệ An")
    return made


@pytest.fixture(autouse=True)
def folder(settings, authority):
    settings.CERTIFICATES = authority.folder


@pytest.fixture(scope="module")
def ready():
    return documents.prepared(document(draft=False), DAY, verify_url=URL)


def signed(pdf):
    return signing.sign_person(pdf, keys.find(["lanh-dao"], AT), at=AT, title="Giám đốc")


def sealed(pdf):
    key = keys.find(["nobody", "so-xay-dung"], AT)
    return signing.seal(pdf, key, number=NUMBER, on=date(2022, 2, 5), at=AT)


def judged(pdf, authority):
    """(field, intact and by the root, covers, what changed afterwards) of each signature."""
    context = ValidationContext(trust_roots=[authority.root])
    found = []
    for one in PdfFileReader(io.BytesIO(pdf)).embedded_signatures:
        status = pades.alone(partial(validate_pdf_signature, one, context))
        found.append(
            (one.field_name, status.bottom_line, status.coverage.name,
             status.modification_level.name)
        )  # fmt: skip
    return found


def refusal(call):
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


BOTH = [
    (places.PERSON, True, "ENTIRE_REVISION", "FORM_FILLING"),
    (places.SEAL, True, "ENTIRE_FILE", "NONE"),
]


def test_number_day_and_seal_after_the_persons_signature_leave_both_valid(ready, authority):
    """Người có thẩm quyền ký trước, văn thư vào số rồi đóng dấu (NĐ 30/2020 Đ5, Đ15, Đ17)."""
    person = signed(ready)
    whole = sealed(person)
    assert person.startswith(ready)
    assert whole.startswith(person)
    assert judged(person, authority) == [(places.PERSON, True, "ENTIRE_FILE", "NONE")]
    assert judged(whole, authority) == BOTH
    values = pypdf.PdfReader(io.BytesIO(whole)).get_form_text_fields()
    assert values == {places.NUMBER: NUMBER, places.DAY: "ngày 05 tháng 02 năm 2022"}


@pytest.mark.skipif(not shutil.which("pdfsig"), reason="pdfsig (poppler-utils) is not installed")
def test_another_program_finds_both_signatures_valid_and_a_change_to_the_text(ready, tmp_path):
    file = tmp_path / "ket-qua.pdf"
    whole = sealed(signed(ready))
    file.write_bytes(whole)
    look = lambda: subprocess.run(["pdfsig", file], capture_output=True, text=True).stdout  # noqa: E731
    told = look()
    assert told.count("Signature is Valid") == 2
    assert "Total document signed" in told
    place = whole.index(b"/MediaBox")
    file.write_bytes(whole[:place] + bytes([whole[place + 1] ^ 1]) + whole[place + 1 :])
    assert look().count("Digest Mismatch") == 2


def test_the_page_shows_signature_time_number_day_and_that_it_is_worth_nothing(ready):
    whole = sealed(signed(ready))
    pdf = pypdfium2.PdfDocument(whole)
    pdf.init_forms()
    drawn = pdf[0].render(scale=2).to_pil().convert("RGB")
    colours = {c for _, c in drawn.getcolors(1_000_000) or ()}
    assert any(blue > 140 and red < 60 for red, _, blue in colours)
    assert any(red > 180 and blue < 70 and green < 70 for red, green, blue in colours)
    shown = _appearances(whole)
    assert "21/11/2022 09:05:09 +07:00" in shown
    assert keys.WORTHLESS in shown


def _appearances(pdf):
    """The text of the appearances, each flattened onto a page."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    writer = pypdf.PdfWriter(clone_from=reader)
    said = []
    for one in writer.pages[0]["/Annots"]:
        form = one.get_object()["/AP"]["/N"].get_object()
        page = writer.add_blank_page(200, 200)
        page[pypdf.generic.NameObject("/Contents")] = form
        page[pypdf.generic.NameObject("/Resources")] = form["/Resources"]
        said += [_text_of(page, form)]
    return " ".join(said)


def _text_of(page, form):
    inner = form["/Resources"].get("/XObject", {})
    said = [page.extract_text()]
    for one in inner.values():
        page[pypdf.generic.NameObject("/Contents")] = one.get_object()
        page[pypdf.generic.NameObject("/Resources")] = one.get_object()["/Resources"]
        said.append(page.extract_text())
    return " ".join(said)


def test_the_picture_of_a_signature_is_shown_where_there_is_one(ready, authority, tmp_path):
    picture = authority.folder / "lanh-dao.png"
    picture.write_bytes(samples.picture("PNG", (200, 80)))
    try:
        assert len(signed(ready)) > len(ready)
        assert keys.find(["lanh-dao"], AT).picture == picture
        picture.write_bytes(b"not a picture")
        assert refusal(lambda: signed(ready)) == "sign.picture_unreadable"
    finally:
        picture.unlink()


def test_a_word_file_gets_its_places_from_what_it_prints(authority):
    printed = documents.pdf(document(draft=False, number="....../QĐ-SXD"), DAY)
    made = documents.with_fields(printed, verify_url=URL)
    assert made.startswith(printed)
    assert judged(sealed(signed(made)), authority) == BOTH


def test_a_word_file_without_number_or_already_signed_is_refused_in_words(ready):
    without = documents.pdf(document(draft=False, number=""), DAY)
    again = lambda pdf: documents.with_fields(pdf, verify_url=URL)  # noqa: E731
    assert refusal(lambda: again(without)) == "sign.no_place"
    key = keys.find(["lanh-dao"], AT)
    printed = documents.pdf(document(draft=False), DAY)
    assert refusal(lambda: again(signing.sign(printed, key, reason="a"))) == "sign.signed_before"


def test_the_signature_of_many_pages_stands_on_the_last(authority):
    long = document(draft=False, body="\n\n".join(f"Đoạn {n}. " + "chữ " * 60 for n in range(40)))
    whole = sealed(signed(documents.prepared(long, DAY, verify_url=URL)))
    assert judged(whole, authority) == BOTH
    pages = pypdf.PdfReader(io.BytesIO(whole)).pages
    places_of = [[a.get_object()["/T"] for a in page.get("/Annots", ())] for page in pages]
    assert places_of[0] == [places.NUMBER, places.DAY]
    assert places_of[-1] == [places.PERSON, places.SEAL]


def test_the_seal_comes_after_the_person_and_each_once(ready):
    assert refusal(lambda: sealed(ready)) == "sign.not_signed"
    assert refusal(lambda: signed(signed(ready))) == "sign.signed_already"
    assert refusal(lambda: sealed(sealed(signed(ready)))) == "sign.signed_already"
    plain = documents.pdf(document(draft=False), DAY)
    assert refusal(lambda: signed(plain)) == "sign.no_place"


def test_a_certificate_signs_only_while_it_is_valid(authority):
    authority.issue(authority.folder, "cu", "Hết hạn", until=AT - timedelta(days=1))
    assert refusal(lambda: keys.find(["cu"], AT)) == "file.certificate_not_valid"
    early = datetime(2019, 12, 31, tzinfo=UTC)
    assert refusal(lambda: keys.find(["lanh-dao"], early)) == "file.certificate_not_valid"


# ---- what others' programs wrote ---------------------------------------------------------------------

ANYWHERE = [
    places.Place(places.NUMBER, 0, (100, 700, 200, 716)),
    places.Place(places.DAY, 0, (300, 700, 460, 716)),
    places.Place(places.PERSON, 0, (300, 300, 465, 374)),
    places.Place(places.SEAL, 0, (250, 290, 352, 392)),
]


def test_strange_and_broken_files_are_signed_soundly_or_refused_in_words(shared_data, authority):
    """Never a crash, a hang or a damaged file."""
    refused, sound = {}, 0
    for file in sorted((shared_data / "11_oracles" / "pdf_robustness").glob("*.pdf")):
        pdf = file.read_bytes()
        try:
            made = signed(fields.opened(pdf, ANYWHERE))
        except (Refusal, fields.NotSignable) as why:
            refused[file.name] = why.code if isinstance(why, Refusal) else why.args[0]
            continue
        assert made.startswith(pdf), file.name
        found = judged(made, authority)[-1]
        assert found == (places.PERSON, True, "ENTIRE_FILE", "NONE"), file.name
        assert len(pypdfium2.PdfDocument(made)) >= 1, file.name
        sound += 1
    assert sound >= 30
    assert set(refused.values()) == {"sign.unreadable", "sign.encrypted"}
    assert all(code in SENTENCES for code in refused.values())


def test_hostile_word_files_are_opened_apart_and_refused(shared_data):
    folder = shared_data / "11_oracles" / "pdf_robustness"
    for name, code in (
        ("pyhanko__form-tree-circular-ref-input.pdf", "sign.unreadable"),
        ("pyhanko__minimal-aes256.pdf", "sign.encrypted"),
    ):
        pdf = (folder / name).read_bytes()
        assert refusal(lambda pdf=pdf: documents.with_fields(pdf, verify_url=URL)) == code, name


@pytest.mark.parametrize(
    ("allowed", "code"),
    [(MDPPerm.NO_CHANGES, "sign.certified"), (MDPPerm.FILL_FORMS, "sign.signed_before")],
)
def test_what_its_author_certified_is_left_as_it_is(allowed, code):
    key = keys.find(["lanh-dao"], AT)
    meta = PdfSignatureMetadata(field_name="A", certify=True, docmdp_permissions=allowed)
    update = IncrementalPdfFileWriter(io.BytesIO(documents.pdf(document(draft=False), DAY)))
    certified = pades.alone(lambda: sign_pdf(update, meta, signer=key.signer)).getvalue()
    assert refusal(lambda: documents.with_fields(certified, verify_url=URL)) == code
    if allowed is MDPPerm.NO_CHANGES:
        assert refusal(lambda: signing.sign(certified, key, reason="a")) == code
