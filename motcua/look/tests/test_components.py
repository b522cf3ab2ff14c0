from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory

from motcua.look.views import Sample

LOOK = Path(__file__).resolve().parents[1]


def shown(source: str, query: str = "", **context) -> str:
    request = RequestFactory().get(f"/danh-sach/{query}")
    return Template("{% load look %}" + source).render(Context({"request": request, **context}))


def test_a_field_leads_from_its_control_to_its_hint_and_error():
    html = shown("{% field form.personal_id hint='12 chữ số' %}", form=Sample({"personal_id": "1"}))
    assert 'aria-describedby="id_personal_id-hint id_personal_id-error"' in html
    assert "govuk-input--error" in html and "Số định danh gồm 12 chữ số" in html


def test_what_a_person_typed_is_never_markup():
    html = shown("{% field form.name %}", form=Sample({"name": "<script>alert(1)</script>"}))
    assert "<script>" not in html
    assert "<b>" not in shown("{% status x %}{% notice x %}{{ x }}{% endnotice %}", x="<b>đậm</b>")


@pytest.mark.parametrize("name", list(Sample.base_fields))
def test_every_kind_of_field_has_a_label_and_its_name(name):
    html = shown("{% field bound %}", bound=Sample()[name])
    assert f'name="{name}"' in html
    assert Sample.base_fields[name].label in html


def test_a_hidden_field_is_only_itself():
    class Secret(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

    assert shown("{% field form.version %}", form=Secret()).startswith('<input type="hidden"')


def test_the_summary_leads_to_each_field_and_is_silent_when_all_is_well():
    html = shown("{% error_summary form 'Hồ sơ đã có người nhận.' %}", form=Sample({}))
    assert 'href="#id_name"' in html and 'href="#id_channel_0"' in html
    assert "Hồ sơ đã có người nhận." in html
    assert shown("{% error_summary form %}", form=Sample()) == ""


def test_sorting_turns_round_and_forgets_the_page():
    source = "{% sort 'Hẹn trả' 'due' %}"
    assert 'href="?unit=3&amp;sort=due"' in shown(source, "?unit=3&after=abc")
    html = shown(source, "?sort=due")
    assert 'href="?sort=-due"' in html and 'aria-sort="ascending"' in html


def test_a_pager_keeps_the_filters_and_drops_the_other_cursor():
    html = shown("{% pager next='x/y' previous=None %}", "?unit=3&before=abc")
    assert 'href="?unit=3&amp;after=x%2Fy"' in html
    assert "Trang trước" not in html


def test_a_pager_of_a_single_page_is_not_shown():
    assert shown("{% pager %}").strip() == ""


def test_a_filter_bar_opens_when_a_filter_is_set_and_carries_what_it_is_told():
    source = "{% filter_bar keep='view' %}{% endfilter_bar %}"
    assert "open" not in shown(source, "?view=mine&after=abc")
    html = shown(source, "?view=mine&unit=3")
    assert '<details class="mc-filter" open>' in html
    assert '<input type="hidden" name="view" value="mine">' in html


def test_a_navigation_link_knows_where_it_is():
    assert "aria-current" in shown("{% nav_link 'Danh sách' '/danh-sach/' %}")
    assert "aria-current" not in shown("{% nav_link 'Trang chủ' '/' exact=True %}")


def test_bars_are_measured_by_the_longest():
    html = shown("{% bars rows %}", rows=[("A", 1890), ("B", 945, "bad")])
    assert 'width="100.00"' in html and 'width="50.00"' in html and "1.890" in html
    assert "mc-bars__row" not in shown("{% bars rows %}", rows=[])


def test_a_figure_opens_what_it_counted():
    html = shown("{% figure 1890 'Đã tiếp nhận' href='/ho-so/' %}")
    assert html.startswith('<a class="mc-figure"') and "1.890" in html


def test_no_template_of_the_house_holds_inline_script_or_style():
    inline = re.compile(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)")
    for page in sorted(LOOK.parent.glob("*/templates/**/*.html")):
        assert not inline.search(page.read_text("utf-8")), page


def test_no_source_of_the_bundle_names_another_host():
    for source in sorted((LOOK / "frontend").iterdir()):
        assert "://" not in source.read_text("utf-8"), source


def test_the_lock_of_the_bundle_records_no_registry():
    root = LOOK.parents[1]
    lines = (root / "package-lock.json").read_text("utf-8").splitlines()
    assert not [line for line in lines if '"resolved"' in line]
    hosts = {
        m[1] for line in lines if (m := re.search(r"://([^/\"]+)", line)) and '"url"' not in line
    }
    assert hosts == set()
