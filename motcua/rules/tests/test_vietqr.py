"""VietQR payloads: equal to the reference ones, and refused where the check does not hold."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules import vietqr
from motcua.rules.refusal import Refusal
from motcua.rules.vietqr import Transfer

PAYLOAD = (
    "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
    "53037045405100005802VN62150811Chuyen tien630453E6"
)
"""10 000 đồng to an account of ACB, as banks' apps write it."""


def refused(call):
    with pytest.raises(Refusal) as refusal:
        call()
    return refusal.value.code


def test_the_check_is_that_of_the_standard():
    assert vietqr.crc(b"123456789") == 0x29B1


def test_a_transfer_is_written_as_banks_write_it():
    transfer = Transfer("970416", "257678859", 10_000, "Chuyen tien")
    assert vietqr.build(transfer) == PAYLOAD
    assert vietqr.read(PAYLOAD).transfer == transfer
    assert vietqr.read(PAYLOAD).once


def test_the_reference_payloads_are_read_and_built_alike(shared_data):
    vectors = json.loads((shared_data / "11_oracles" / "vietqr_vectors.json").read_text())
    assert len(vectors) == 10
    for vector in vectors:
        payload = vector["payload"]
        if not vector["valid"]:
            assert refused(lambda payload=payload: vietqr.read(payload)) == "vietqr.check_wrong"
            continue
        found = vietqr.read(payload)
        assert payload == vietqr.closed(payload[:-8])
        if vector["provider"] != "VIETQR":
            assert found.transfer is None
            continue
        assert found.transfer is not None
        said = {"bank_bin": found.transfer.bank, "account": found.transfer.account}
        assert said.items() >= {k: vector[k] for k in said if k in vector}.items()
        if "method" in vector:
            assert found.once is (vector["method"] == "12")
        if wanted := vector.get("build_from"):
            amount = int(wanted["amount"]) if "amount" in wanted else None
            made = Transfer(
                wanted["bank_bin"], wanted["account"], amount, wanted.get("purpose", "")
            )
            assert vietqr.build(made) == payload


@given(
    st.from_regex(r"[0-9]{6}", fullmatch=True),
    st.from_regex(r"[0-9A-Z]{1,19}", fullmatch=True),
    st.one_of(st.none(), st.integers(1, 10**13 - 1)),
    st.from_regex(r"([0-9A-Z][0-9A-Z ]{0,24})?", fullmatch=True),
)
def test_what_is_built_is_read_again(bank, account, amount, purpose):
    transfer = Transfer(bank, account, amount, purpose)
    payload = vietqr.build(transfer)
    assert vietqr.read(payload).transfer == transfer


@given(st.integers(0, len(PAYLOAD) - 1), st.characters(min_codepoint=32, max_codepoint=126))
def test_one_character_changed_is_seen(place, other):
    changed = PAYLOAD[:place] + other + PAYLOAD[place + 1 :]
    if changed != PAYLOAD:
        assert refused(lambda: vietqr.read(changed)).startswith("vietqr.")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        vietqr.read(text)
    except Refusal as refusal:
        assert refusal.code.startswith("vietqr.")


@pytest.mark.parametrize(
    ("transfer", "code"),
    [
        (Transfer("97041", "1"), "vietqr.bank_wrong"),
        (Transfer("97041a", "1"), "vietqr.bank_wrong"),
        (Transfer("970416", ""), "vietqr.account_wrong"),
        (Transfer("970416", "1" * 20), "vietqr.account_wrong"),
        (Transfer("970416", "1", 0), "vietqr.amount_wrong"),
        (Transfer("970416", "1", 10**13), "vietqr.amount_wrong"),
        (Transfer("970416", "1", 1, "lệ phí"), "vietqr.purpose_wrong"),
        (Transfer("970416", "1", 1, "A" * 26), "vietqr.purpose_wrong"),
    ],
)
def test_what_no_bank_takes_is_not_written(transfer, code):
    assert refused(lambda: vietqr.build(transfer)) == code


def test_a_purpose_is_written_without_diacritics():
    assert vietqr.purpose_of("Lệ phí 000.00.06.H41-221121-0001") == "LE PHI 000 00 06 H41 2211"
