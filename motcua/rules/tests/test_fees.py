"""Fee lines: what the version states, who pays less by which law, what is typed and why."""

import pytest

from motcua.rules import fees
from motcua.rules.books import Channel
from motcua.rules.fees import Kind, Listed, Relief, Wanted
from motcua.rules.refusal import Refusal

LISTED = (
    Listed(1, "Lệ phí: 50.000 đồng/bản", 50_000, Kind.DUTY),
    Listed(2, "Theo nghị quyết của HĐND tỉnh", None, Kind.FEE),
)
POOR = Relief("poor", "Hộ nghèo", "Đ10.1")
HALF = Relief("half", "Giảm một nửa", "Đ2", percent=50)
FREE = Relief("online", "0 đồng", "NQ", channels=frozenset({Channel.ONLINE}), automatic=True)
RELIEFS = (POOR, HALF, FREE)


def line(channel=Channel.COUNTER, charged=(), **wanted):
    return fees.line(Wanted(**wanted), LISTED, channel, RELIEFS, charged)


def refused(**wanted):
    with pytest.raises(Refusal) as refusal:
        line(**wanted)
    return refusal.value.code


def test_a_line_is_what_the_version_states():
    found = line(position=1)
    assert (found.name, found.amount, found.stated) == ("Lệ phí: 50.000 đồng/bản", 50_000, 50_000)
    assert (found.kind, found.relief, found.basis) == (Kind.DUTY, "", "")


def test_a_line_is_asked_as_many_times_as_it_is_used():
    assert line(position=1, quantity=3).amount == 150_000


@pytest.mark.parametrize(("relief", "amount"), [("poor", 0), ("half", 25_000)])
def test_a_relief_is_named_with_its_article(relief, amount):
    found = line(position=1, relief=relief)
    assert (found.amount, found.stated, found.relief) == (amount, 50_000, relief)
    assert "(Đ" in found.basis


def test_a_typed_amount_needs_its_reason():
    assert refused(position=1, amount=40_000) == "fee.reason_missing"
    assert line(position=1, amount=40_000, reason="Mức cũ, nộp trước 01/7").amount == 40_000
    assert line(position=1, amount=50_000).amount == 50_000
    assert refused(name="Tiền sử dụng đất", amount=1) == "fee.reason_missing"
    typed = line(name="Tiền sử dụng đất", amount=1, reason="Thông báo thuế 12")
    assert (typed.kind, typed.position, typed.stated) == (Kind.OBLIGATION, None, None)


def test_words_without_an_amount_want_one_typed():
    assert refused(position=2) == "fee.amount_missing"
    assert refused(position=2, amount=7_000) == "fee.reason_missing"
    assert line(position=2, amount=7_000, reason="NQ 1/NQ-HĐND").name.startswith("Phí: Theo")


def test_what_holds_for_all_who_file_online_is_left_out_only_with_a_reason():
    assert refused(channel=Channel.ONLINE, position=1) == "fee.relief_left_out"
    assert line(Channel.ONLINE, position=1, relief="online").amount == 0
    kept = line(Channel.ONLINE, position=1, reason="Khoản do trung ương quy định")
    assert kept.amount == 50_000
    assert refused(position=1, relief="online") == "fee.relief_not_here"
    assert line(position=1).amount == 50_000


def test_what_a_line_refuses():
    assert refused(position=9) == "fee.no_such_line"
    assert refused(name=" ", amount=1, reason="x") == "fee.no_such_line"
    assert refused(position=1, charged=(1,)) == "fee.charged_already"
    assert refused(position=1, quantity=0) == "fee.quantity_wrong"
    assert refused(position=1, relief="rich") == "fee.no_such_relief"
    assert refused(name="Phí", amount=1, reason="x", relief="poor") == "fee.no_such_relief"
    assert refused(position=1, amount=0, reason="x") == "dossier.amount_not_positive"
