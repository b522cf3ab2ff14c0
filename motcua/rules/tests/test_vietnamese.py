"""Names: one spelling, the Vietnamese order, slugs."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules import vietnamese


@pytest.mark.parametrize(
    ("late", "early"),
    [("Thái Hoà", "Thái Hòa"), ("Thu Thuỷ", "Thu Thủy"), ("Hoè", "Hòe"), ("HOÀ", "HÒA")],
)
def test_a_tone_on_either_letter_is_one_name(late, early):
    assert vietnamese.one_spelling(late) == early
    assert vietnamese.same_name(late, unicodedata.normalize("NFD", early))


@pytest.mark.parametrize("name", ["Quý Châu", "Hoàn Long", "Quỳnh Lưu", "Toàn Thắng", "Thuỵt"])
def test_a_tone_that_has_one_place_stays(name):
    assert vietnamese.one_spelling(name) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [("Châu Bình", "Châu Bính"), ("Nậm Cắn", "Nậm Càn"), ("Nghi Văn", "Nghi Vạn")],
)
def test_names_that_differ_by_a_tone_are_two_names(one, other):
    assert not vietnamese.same_name(one, other)
    assert vietnamese.slug(one) == vietnamese.slug(other)


def test_names_sort_as_a_vietnamese_list_does():
    names = ["an", "ánh", "ăn", "ân", "ẩn", "dao", "dũng", "Đào", "đỗ", "Ơn", "ưa"]
    backwards = names[::-1]
    assert sorted(backwards, key=vietnamese.sort_key) == names


def test_slugs_are_addresses():
    assert vietnamese.slug("Sở Kế hoạch và Đầu tư") == "so-ke-hoach-va-dau-tu"


@given(st.text(max_size=40))
def test_one_spelling_is_stable_and_any_text_has_a_key(text):
    once = vietnamese.one_spelling(text)
    assert vietnamese.one_spelling(once) == once
    vietnamese.sort_key(text)
    assert set(vietnamese.slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
