"""Codes of units and dossiers (TT 01/2018/TT-VPCP Đ19, QĐ 20/2020/QĐ-TTg Đ4)."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules import numbering
from motcua.rules.numbering import CodeMalformed, Form

digits = st.text("0123456789", min_size=2, max_size=2)
old_units = st.builds(
    lambda v, z, y, p: f"{v:03d}.{z}.{y}.H{p}", st.integers(0, 999), digits, digits, digits
)
new_units = st.builds(
    lambda p, parts: ".".join([f"H{p}", *parts]), digits, st.lists(digits, max_size=6)
)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_a_code_of_2022_is_written_with_the_province_last():
    code = numbering.dossier_code("000.00.06.H56", date(2023, 10, 27), 361)
    assert code == "000.00.06.H56-231027-0361"


@pytest.mark.parametrize(
    ("on", "form"),
    [
        (date(2022, 11, 21), Form.QCVN102),
        (date(2025, 6, 30), Form.QCVN102),
        (date(2025, 7, 1), Form.QD20),
    ],
)
def test_the_form_follows_the_day(on, form):
    assert numbering.form_on(on) == form


def test_a_province_may_set_another_day_for_the_new_form():
    sooner = [
        numbering.FormInForce(Form.QCVN102, date.min, "", True),
        numbering.FormInForce(Form.QD20, date(2020, 9, 15), "", True),
    ]
    assert numbering.form_on(date(2022, 11, 21), sooner) == Form.QD20


def test_the_ten_thousandth_dossier_of_a_day_has_a_longer_serial():
    code = numbering.dossier_code("H41.06", date(2025, 7, 1), 10_000)
    assert code == "H41.06-250701-10000"
    assert numbering.parse(code).serial == 10_000


def test_what_a_scanner_or_a_hurried_hand_gives_is_read():
    assert numbering.parse(" h41.06-250701-0001 ").unit_code == "H41.06"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "shape"),
        ("H41.06-250701", "shape"),
        ("H41.06-250701-001", "shape"),
        ("H41.06-250701-00001", "serial"),
        ("H41.06-250701-0000", "serial"),
        ("H41.06-250231-0001", "day"),
        ("Z41.06-250701-0001", "unit"),
        ("00.00.06.H41-221121-0001", "unit"),
        ("H41..06-250701-0001", "unit"),
        ("H41." + "A" * 32 + "-250701-0001", "unit"),
        ("H41.06-２50701-0001", "shape"),
    ],
)
def test_what_is_not_a_code_is_refused_with_its_reason(text, reason):
    with pytest.raises(CodeMalformed) as refusal:
        numbering.parse(text)
    assert refusal.value.reason == reason


def test_serials_start_at_one_and_days_stay_in_this_century():
    with pytest.raises(CodeMalformed):
        numbering.dossier_code("H41", date(2022, 1, 1), 0)
    with pytest.raises(CodeMalformed):
        numbering.dossier_code("H41", date(1999, 1, 1), 1)


@given(st.one_of(old_units, new_units), days, st.integers(1, 10**6))
def test_every_code_that_is_written_is_read_back(unit, on, serial):
    code = numbering.dossier_code(unit, on, serial)
    parsed = numbering.parse(code)
    assert (parsed.unit_code, parsed.received_on, parsed.serial) == (unit, on, serial)
    assert str(parsed) == code


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_fail_otherwise(text):
    with contextlib.suppress(CodeMalformed):
        numbering.parse(text)
