"""What certifying costs (TT 226/2016/TT-BTC), and what a line may say."""

from datetime import date

import pytest

from motcua.rules.certification import Fee, Kind, Line, checked, fee_of
from motcua.rules.refusal import Refusal
from motcua.statutory.rulesets import rule_set

FEES = rule_set("certification", date(2022, 11, 21)).fees


@pytest.mark.parametrize(
    ("pages", "amount"),
    [(1, 2_000), (2, 4_000), (3, 5_000), (10, 12_000), (198, 200_000), (500, 200_000)],
)
def test_two_pages_cost_double_and_no_copy_more_than_the_most(pages, amount):
    assert FEES[Kind.COPY].of(pages) == amount


def test_every_copy_of_every_original_is_charged_but_a_signature_or_a_contract_by_the_piece():
    line = Line("Bằng", originals=2, copies=3, pages=1)
    assert fee_of(Kind.COPY, line, FEES) == 12_000
    assert fee_of(Kind.SIGNATURE, line, FEES) == 20_000
    assert fee_of(Kind.CONTRACT, line, FEES) == 100_000


def test_a_fee_of_nothing_is_nothing():
    assert Fee().of(3) == 0


def test_lines_are_kept_in_one_spelling():
    assert checked([Line("  Bằng   tốt nghiệp ")]) == (Line("Bằng tốt nghiệp"),)
    for lines in ((), (Line(""),), (Line("Bằng", originals=0),)):
        with pytest.raises(Refusal):
            checked(lines)
