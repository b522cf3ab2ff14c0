"""What officers write into a plan of a move: a day and a decision; for each procedure where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from motcua.catalogue import queries as catalogue
from motcua.dossiers import proposing
from motcua.dossiers.moving import Line, Plan
from motcua.look.forms import DateField

BY_AREA = "xa"
"""Chosen for a procedure that goes to the commune its applicant lives in."""


class Drafting(forms.Form):
    """The day the new units begin, and by which decision."""

    on = DateField(label="Đơn vị mới hoạt động từ ngày")
    decision = forms.CharField(
        label="Văn bản",
        max_length=200,
        help_text="Số, ngày và cơ quan ban hành, ví dụ: Nghị quyết 1678/NQ-UBTVQH15 ngày 16/6/2025.",
        error_messages={"required": "Hãy ghi văn bản sắp xếp đơn vị."},
    )


class Lines(forms.Form):
    """One choice a procedure that has something to follow; a plan of one line has that one."""

    def __init__(self, data: Any, plan: Plan) -> None:
        super().__init__(data)
        self.plan = plan
        counted = proposing.following(plan.unit_id)
        names = catalogue.names_of(list(counted))
        self.asked = [(p, names.get(p, ""), n) for p, n in counted.most_common()]
        whole = next((line.to for line in plan.lines if line.procedure_id is None), None)
        self.whole = whole
        choices = self._choices()
        for procedure_id, name, _ in self.asked if whole is None else ():
            self.fields[f"p{procedure_id}"] = forms.ChoiceField(
                label=name, choices=choices, required=False, initial=self._chosen(procedure_id)
            )
            self.fields[f"x{procedure_id}"] = forms.BooleanField(
                label="Theo xã của người nộp", required=False,
                initial=any(
                    line.procedure_id == procedure_id and line.area_id for line in plan.lines
                ),
            )  # fmt: skip

    def _choices(self) -> list[tuple[str, str]]:
        found = proposing.receivers(self.plan.unit_id, self.plan.on)
        return [("", "— chưa ghi —"), *((str(u.id), u.short_name) for u in found)]

    def _chosen(self, procedure_id: int) -> str:
        lines = (x for x in self.plan.lines if x.procedure_id == procedure_id and x.area_id is None)
        return next((str(line.to) for line in lines), "")

    def rows(self) -> Sequence[tuple[Any, Any, int]]:
        """Each procedure's choice, whether by commune, and how many dossiers there are."""
        return [(self[f"p{p}"], self[f"x{p}"], n) for p, _, n in self.asked] if self.fields else ()

    def lines(self) -> list[Line]:
        """What was written, as lines."""
        found: list[Line] = []
        for procedure_id, _, _ in self.asked:
            if to := self.cleaned_data.get(f"p{procedure_id}"):
                found.append(Line(int(to), procedure_id))
            if self.cleaned_data.get(f"x{procedure_id}"):
                found += proposing.by_area(self.plan, procedure_id)
        return found


class Day(forms.Form):
    """Which day's plans are shown."""

    ngay = DateField(label="Ngày", required=False)

    def day(self, days: Sequence[date]) -> date | None:
        """The day asked for; else the last that has plans."""
        asked: date | None = self.cleaned_data.get("ngay") if self.is_valid() else None
        return asked or (days[-1] if days else None)
