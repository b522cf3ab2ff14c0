"""What a decree declares, as an officer writes it: whose days, by which document, day by day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from motcua.look.formats import WEEKDAYS
from motcua.look.forms import DateField
from motcua.look.sentences import sentence
from motcua.look.year import DAYS
from motcua.organisations import queries
from motcua.organisations.operations import DayDeclared
from motcua.organisations.proposals import Declaration
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import DayKind

KINDS = ("committee_office", "department", "vertical", "centre", "district", "commune")
ROWS, MOST_ROWS = 5, 40


class Decree(forms.Form):
    """Whose days, and the document that changes them."""

    unit = forms.TypedChoiceField(
        label="Áp dụng cho", coerce=int, empty_value=None, required=False, choices=()
    )
    source = forms.CharField(
        label="Văn bản",
        max_length=200,
        help_text="Số, ngày và cơ quan ban hành, ví dụ: Công văn 8726/VPCP-KGVX ngày 16/11/2023.",
        error_messages={"required": "Hãy ghi văn bản quy định."},
    )
    verified = forms.BooleanField(label="Đã đối chiếu với văn bản gốc", required=False)
    withdrawn = forms.CharField(
        label="Bỏ các ngày đã khai",
        required=False,
        max_length=600,
        help_text="Ghi các ngày cách nhau bằng dấu phẩy. Muốn dời một ngày thì bỏ ngày cũ và khai ngày mới.",
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, today: date, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}))
        units = (u for kind in KINDS for u in queries.units_of_kind(kind, today))
        whole: tuple[str, str] = ("", "Cả tỉnh")
        self.fields["unit"].choices = [whole, *((u.id, u.short_name) for u in units)]  # type: ignore[attr-defined]

    def clean_withdrawn(self) -> tuple[date, ...]:
        """The days named, in their order."""
        read = DateField()
        words = re.split(r"[,;\s]+", str(self.cleaned_data["withdrawn"]).strip())
        found = []
        for word in filter(None, words):
            try:
                found.append(read.clean(word))
            except forms.ValidationError:
                raise forms.ValidationError(
                    f"“{word}” không phải ngày. Hãy ghi ngày/tháng/năm, ví dụ 21/11/2022."
                ) from None
        return tuple(found)


class DayRow(forms.Form):
    """One day: off, or a day off that is worked."""

    on = DateField(label="Ngày", required=False)
    kind = forms.ChoiceField(
        label="Loại", choices=[(k.value, label) for k, label in DAYS.items()], required=False
    )
    name = forms.CharField(label="Tên", required=False, max_length=160)
    hours = forms.TypedChoiceField(
        label="Giờ làm bù theo",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[("", "Thứ Hai"), *((n, WEEKDAYS[n]) for n in range(1, 7))],
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("on") and not cleaned.get("name"):
            self.add_error("name", "Hãy ghi tên ngày này, ví dụ: Nghỉ Tết Nguyên đán.")
        if cleaned.get("name") and not cleaned.get("on") and "on" not in self.errors:
            self.add_error("on", "Hãy ghi ngày.")
        return cleaned


Rows = forms.formset_factory(DayRow, extra=ROWS, max_num=MOST_ROWS, absolute_max=MOST_ROWS)


class Asked:
    """The decree's form and its rows, read together."""

    def __init__(self, data: Any, *, today: date, initial: Mapping[str, Any] | None = None) -> None:
        self.decree = Decree(data, today=today, initial=initial)
        self.rows = Rows(data, prefix="ngay")

    def is_valid(self) -> bool:
        return self.decree.is_valid() & self.rows.is_valid()

    @property
    def declaration(self) -> Declaration:
        """What is asked for, of valid forms."""
        asked = self.decree.cleaned_data
        days = tuple(
            DayDeclared(
                on=row["on"],
                kind=DayKind(row["kind"]),
                name=row["name"],
                source=asked["source"],
                verified=asked["verified"],
                weekday_hours=row["hours"] if row["kind"] == DayKind.MAKEUP_WORK else None,
            )
            for row in self.rows.cleaned_data
            if row.get("on")
        )
        return Declaration(asked["unit"], days, asked["withdrawn"])

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal at the field it is about."""
        said, on = sentence(refusal.code, refusal.params), refusal.params.get("on")
        text = on if isinstance(on, str) else f"{on:%d/%m/%Y}" if on else ""
        for row in self.rows:
            if text and row.cleaned_data.get("on") and f"{row.cleaned_data['on']:%d/%m/%Y}" == text:
                row.add_error("on", said)
                return
        self.decree.add_error("withdrawn" if text else None, said)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """All that is wrong, each with the address of its field."""
        found = [(str(text), "") for text in self.decree.non_field_errors()]
        for form in (self.decree, *self.rows):
            for bound in form:
                label = f"{bound.label}: " if bound.label else ""
                found += [(f"{label}{text}", f"#{bound.auto_id}") for text in bound.errors]
        return found
