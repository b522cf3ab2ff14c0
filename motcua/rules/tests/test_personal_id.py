"""Numbers of persons and enterprises (TT 07/2016/TT-BCA Đ7; TT 105/2020/TT-BTC Đ5)."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules import personal_id
from motcua.rules.personal_id import Doubt, Kind
from motcua.rules.refusal import Refusal


@pytest.mark.parametrize(
    ("number", "place", "year", "male"),
    [
        ("040093001656", "Nghệ An", 1993, True),
        ("001123456789", "Hà Nội", 1923, False),
        ("079203012345", "Hồ Chí Minh", 2003, True),
        ("038305000001", "Thanh Hóa", 2005, False),
        ("040401000001", "Nghệ An", 2101, True),
        ("040999000001", "Nghệ An", 2399, False),
        ("043093001656", None, 1993, True),
    ],
)
def test_a_number_says_place_year_and_sex_of_birth(number, place, year, male):
    said = personal_id.born(number)
    assert (said.place, said.year, said.male) == (place, year, male)


@pytest.mark.parametrize(
    "text", ["", "02009316561", "0011234567890", "001123456-78", "٠٠١١٢٣٤٥٦٧٨٩"]
)
def test_anything_but_twelve_digits_is_refused(text):
    with pytest.raises(Refusal, match=r"identity\.personal_malformed"):
        personal_id.personal(text)


def test_a_number_that_fits_the_person_raises_no_doubt():
    found = personal_id.personal("040 093 001 656", born_on=date(1993, 2, 1), male=True)
    assert (found.text, found.kind, found.doubts) == ("040093001656", Kind.PERSONAL, ())


def test_a_number_that_does_not_fit_is_doubted_but_taken():
    found = personal_id.personal("043093001656", born_on=date(1994, 2, 1), male=False)
    assert found.doubts == (Doubt.PLACE_UNKNOWN, Doubt.BIRTH_YEAR_DIFFERS, Doubt.SEX_DIFFERS)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("186 123 456", Kind.OLD_CARD),
        ("c1234567", Kind.PASSPORT),
        ("B12345678", Kind.PASSPORT),
        ("040093001656", Kind.PERSONAL),
    ],
)
def test_what_a_citizen_shows_is_told_by_its_shape(text, kind):
    assert personal_id.of_citizen(text).kind is kind


@pytest.mark.parametrize("text", ["12345678", "PASSPORT", "A12", "1861234567", "040093001656x"])
def test_what_has_no_known_shape_is_refused(text):
    with pytest.raises(Refusal, match=r"identity\.malformed"):
        personal_id.of_citizen(text)


def test_a_tax_code_has_one_spelling():
    assert personal_id.tax_code("01.00.112.437").text == "0100112437"
    assert personal_id.tax_code("0312 68 78 78 - 001").text == "0312687878-001"


@pytest.mark.parametrize("text", ["0100233480", "0100000008", "0314409058-000"])
def test_a_tax_code_with_a_wrong_check_digit_or_nothing_in_it_is_refused(text):
    with pytest.raises(Refusal, match=r"identity\.tax_code_wrong"):
        personal_id.tax_code(text)


@pytest.mark.parametrize("text", ["12345", "VV34567890", "01002334881", ""])
def test_what_is_no_tax_code_is_refused(text):
    with pytest.raises(Refusal, match=r"identity\.tax_code_malformed"):
        personal_id.tax_code(text)


def test_of_ten_check_digits_at_most_one_fits():
    fitting = [d for d in range(10) if _is_tax_code(f"010011243{d}")]
    assert fitting == [7]


def test_real_tax_codes_are_accepted(shared_data):
    lines = (shared_data / "11_oracles" / "mst_valid.txt").read_text().split()
    assert len(lines) > 50
    for line in lines:
        assert personal_id.tax_code(line).kind is Kind.TAX_CODE


def test_tax_codes_are_judged_as_another_implementation_judges_them(shared_data):
    calls = json.loads((shared_data / "11_oracles" / "mst_doctest_calls.json").read_text())
    for call in calls:
        assert _is_tax_code(call["call"]) == ("Traceback" not in call["out"]), call


def test_personal_numbers_are_judged_as_other_implementations_judge_them(shared_data):
    oracle = json.loads((shared_data / "11_oracles" / "cccd_vectors.json").read_text())
    for vector in oracle["vectors"]:
        if not vector["valid"]:
            with pytest.raises(Refusal):
                personal_id.personal(vector["id"])
            continue
        said = personal_id.born(personal_id.personal(vector["id"]).text)
        assert (said.year, said.male) == (vector["birth_year"], vector["sex"] == "M")
    for row in oracle["digit_table"]:
        said = personal_id.born(f"040{row['gender_century_digit']}00000000")
        assert (said.year, said.male) == (row["century_base"], row["sex"] == "M")


def test_a_card_is_read():
    card = personal_id.card(
        "040093001656|186123456|Nguyễn Văn Thuỷ|05021993|Nam|Xóm 3, Nghĩa Thọ|10052021"
    )
    assert (card.number, card.former_number, card.name) == (
        "040093001656", "186123456", "Nguyễn Văn Thủy",
    )  # fmt: skip
    assert (card.born_on, card.issued_on) == (date(1993, 2, 5), date(2021, 5, 10))
    assert (card.male, card.address) == (True, "Xóm 3, Nghĩa Thọ")


def test_a_newer_card_says_more_and_leaves_the_former_number_empty():
    card = personal_id.card("040193001656||Trần Thị Lam|05021993|Nữ|Vinh|10052024||x|y")
    assert (card.former_number, card.male) == ("", False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "040093001656",
        "https://vi-du.vn/ho-so/1",
        "04009300165||A|05021993|Nam|B|10052021",
        "040093001656|||05021993|Nam|B|10052021",
        "040093001656||A|31021993|Nam|B|10052021",
        "040093001656||A|1993-02-05|Nam|B|10052021",
    ],
)
def test_what_is_no_card_is_refused(text):
    with pytest.raises(Refusal, match=r"identity\.card_unreadable"):
        personal_id.card(text)


@given(st.text(max_size=80))
def test_any_text_is_either_read_or_refused(text):
    for read in (
        personal_id.personal, personal_id.of_citizen, personal_id.tax_code, personal_id.card,
        personal_id.phone,
    ):  # fmt: skip
        try:
            read(text)
        except Refusal as refused:
            assert refused.code.startswith("identity.")


@pytest.mark.parametrize(
    "text", ["0912 345 678", "+84912345678", "84912345678", "0084 912-345-678"]
)
def test_a_telephone_number_has_one_spelling(text):
    assert personal_id.phone(text) == "0912345678"


@pytest.mark.parametrize("text", ["", "123", "0112345678", "09123456", "hotline"])
def test_what_is_no_telephone_number_is_refused(text):
    with pytest.raises(Refusal, match=r"identity\.phone_malformed"):
        personal_id.phone(text)


def test_only_the_last_three_digits_are_shown():
    assert personal_id.mask("040093001656") == "*********656"
    assert personal_id.mask("12") == "12"


def _is_tax_code(text: str) -> bool:
    try:
        personal_id.tax_code(text)
    except Refusal:
        return False
    return True
