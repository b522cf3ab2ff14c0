from datetime import UTC, date, datetime

import pytest

from motcua.statutory import wording
from motcua.statutory.paper_forms import (
    FONTS,
    FORMS,
    Kind,
    NoPaperForm,
    forms_in_force,
    paper_form,
)


@pytest.mark.parametrize(
    ("on", "law", "count"),
    [
        (date(2019, 1, 6), "Thông tư 01/2018/TT-VPCP", 6),
        (date(2022, 11, 21), "Thông tư 01/2018/TT-VPCP", 6),
        (date(2025, 6, 30), "Thông tư 01/2018/TT-VPCP", 6),
        (date(2025, 7, 1), "Thông tư 03/2025/TT-VPCP", 7),
        (date(2026, 11, 23), "Thông tư 03/2025/TT-VPCP", 7),
    ],
)
def test_the_day_of_issue_chooses_the_set_of_forms(on: date, law: str, count: int) -> None:
    forms = forms_in_force(on)
    assert {form.law for form in forms} == {law}
    assert [form.number for form in forms] == [f"{n:02}" for n in range(1, count + 1)]


def test_the_control_slip_and_the_register_moved_one_number_up_in_2025() -> None:
    numbers = {
        kind: (
            paper_form(kind, date(2025, 6, 30)).number,
            paper_form(kind, date(2025, 7, 1)).number,
        )
        for kind in (Kind.APOLOGY, Kind.CONTROL, Kind.REGISTER)
    }
    assert numbers == {
        Kind.APOLOGY: ("04", "04"),
        Kind.CONTROL: ("05", "06"),
        Kind.REGISTER: ("06", "07"),
    }


def test_a_notice_of_stopping_exists_only_from_1_july_2025() -> None:
    assert paper_form(Kind.STOP, date(2025, 7, 1)).number == "05"
    with pytest.raises(NoPaperForm) as refused:
        paper_form(Kind.STOP, date(2025, 6, 30))
    assert (refused.value.kind, refused.value.on) == (Kind.STOP, date(2025, 6, 30))


def test_no_form_is_in_force_before_the_circular_of_2018() -> None:
    assert forms_in_force(date(2019, 1, 5)) == ()


def test_the_register_is_a4_and_all_else_a5() -> None:
    assert {form.paper for form in FORMS if form.kind is Kind.REGISTER} == {"a4"}
    assert {form.paper for form in FORMS if form.kind is not Kind.REGISTER} == {"a5"}


def test_what_was_not_compared_with_the_official_print_says_so() -> None:
    assert all(bool(form.unverified) == (form.valid_from >= date(2025, 7, 1)) for form in FORMS)


def test_four_styles_of_the_font_lie_beside_their_licence() -> None:
    assert len(list(FONTS.glob("*.ttf"))) == 4
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2022, 2, 5), "ngày 05 tháng 02 năm 2022"),
        (date(2022, 3, 15), "ngày 15 tháng 3 năm 2022"),
        (date(2022, 11, 1), "ngày 01 tháng 11 năm 2022"),
    ],
)
def test_days_below_ten_and_the_first_two_months_are_padded(on: date, words: str) -> None:
    assert wording.long_date(on) == words


def test_a_moment_is_written_in_local_time() -> None:
    at = datetime(2022, 2, 4, 18, 30, tzinfo=UTC)
    assert wording.long_moment(at) == "01 giờ 30 phút, ngày 05 tháng 02 năm 2022"
    assert wording.short_moment(at) == "01:30 05/02/2022"
