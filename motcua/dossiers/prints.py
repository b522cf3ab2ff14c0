"""Statutory papers of a dossier as PDF: those it issued, and those that are projections of its record."""

from __future__ import annotations

from dataclasses import replace

from motcua.dossiers.models import Slip
from motcua.files import rendering
from motcua.rules.worktime import ZONE
from motcua.statutory.paper_forms import Kind, Paper, PaperForm, Receipt, paper_form
from motcua.statutory.paper_json import from_json

COPIES = ("Liên 1: Lưu tại bộ phận tiếp nhận", "Liên 2: Giao người nộp hồ sơ")
"""The two copies of a receipt (TT 01/2018 mẫu 01)."""


def issued(slip: Slip, *, both: bool = False) -> bytes:
    """A paper as it was issued, the same bytes every time; a receipt's two copies where `both` is asked.

    Raises paper.template_changed.
    """
    form, paper = as_issued(slip)
    if both and isinstance(paper, Receipt):
        copies = (replace(paper, copy_name=name) for name in COPIES)
        return rendering.merged(rendering.render(form, one) for one in copies)
    return rendering.render(form, paper)


def as_issued(slip: Slip) -> tuple[PaperForm, Paper]:
    """The form and the data of a paper; raises paper.template_changed."""
    form = paper_form(Kind(slip.form), slip.issued_at.astimezone(ZONE).date())
    if slip.sheet:
        form = rendering.as_issued(slip.sheet, form)
    return form, from_json(form.data, slip.data)
