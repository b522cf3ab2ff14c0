"""Text with simple marks: what it consists of, what is filled into it, what changed in it."""

import pytest

from motcua.rules.marks import BLANK, LONGEST, Block, Run, Shape, blocks, checked, compared, filled
from motcua.rules.refusal import Refusal


def test_a_blank_line_ends_a_paragraph_and_lines_of_one_join():
    assert blocks("Một\nhai\n\nba") == (
        Block(Shape.PARAGRAPH, (Run("Một hai"),)),
        Block(Shape.PARAGRAPH, (Run("ba"),)),
    )


def test_headings_items_bold_and_slanted():
    text = "# QUYẾT ĐỊNH:\n- **Điều 1.** Cấp *theo* đề nghị"
    assert blocks(text) == (
        Block(Shape.HEADING, (Run("QUYẾT ĐỊNH:"),)),
        Block(
            Shape.ITEM,
            (
                Run("Điều 1.", bold=True),
                Run(" Cấp "),
                Run("theo", slanted=True),
                Run(" đề nghị"),
            ),
        ),
    )


def test_a_table_has_rows_of_one_width_and_no_line_of_dashes():
    (table,) = blocks("| TT | Tên |\n|---|---|\n| 1 |")
    assert table.rows == (((Run("TT"),), (Run("Tên"),)), ((Run("1"),), ()))


def test_other_signs_are_text():
    for text in ("5 * 3 * 2", "#hash $x$ \\input{} [a](b)", "** không đóng"):
        (block,) = blocks(text)
        assert "".join(run.text for run in block.runs) == text.replace("** ", "** ")


def test_fields_are_filled_and_what_nobody_knows_is_left_open():
    assert filled("Ông {{ chu_ho_so }}, {{dia_chi}}", {"chu_ho_so": "Lam"}) == f"Ông Lam, {BLANK}"


def test_a_value_is_text_even_with_marks_and_fields_in_it():
    assert filled("{{a}}", {"a": "**x** {{b}} | y\n# z"}) == "∗∗x∗∗ {{b}} / y # z"


def test_a_text_that_is_empty_or_too_long_is_refused():
    for text, code in ((" \n ", "draft.empty"), ("x" * (LONGEST + 1), "draft.too_long")):
        with pytest.raises(Refusal) as refused:
            checked(text)
        assert refused.value.code == code


def test_what_changed_is_shown_line_by_line():
    old = "\n".join(f"dòng {n}" for n in range(20))
    new = old.replace("dòng 3", "dòng ba").replace("dòng 15\n", "")
    signs = [(change.sign, change.text) for change in compared(old, new)]
    assert ("-", "dòng 3") in signs
    assert ("+", "dòng ba") in signs
    assert ("-", "dòng 15") in signs
    assert ("", "…") in signs
    assert ("", "dòng 9") not in signs
    assert compared(old, old) == ()
