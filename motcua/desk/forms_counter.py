"""What a desk's windows and slots are: a row each, empty rows left out."""

from __future__ import annotations

from typing import Any

from django import forms

from motcua.counter.labels import LANE_LABELS
from motcua.counter.operations import PointGiven, SlotGiven
from motcua.rules.queueing import Lane

WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật")


class Point(forms.Form):
    """A window."""

    number = forms.IntegerField(label="Số quầy", min_value=1, max_value=99, required=False)
    label = forms.CharField(label="Tên quầy", max_length=120, required=False)
    domains = forms.CharField(
        label="Lĩnh vực",
        max_length=300,
        required=False,
        help_text="Cách nhau bằng dấu chấm phẩy; để trống là mọi lĩnh vực.",
    )
    lanes = forms.MultipleChoiceField(
        label="Việc nhận",
        choices=[(lane.value, label) for lane, label in LANE_LABELS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class Slot(forms.Form):
    """A time of the week for appointments."""

    weekday = forms.TypedChoiceField(
        label="Thứ", coerce=int, choices=list(enumerate(WEEKDAYS)), required=False
    )
    starts = forms.TimeField(
        label="Từ giờ",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"placeholder": "08:00"}),
        error_messages={"invalid": "Hãy ghi giờ như 08:00."},
    )
    minutes = forms.IntegerField(label="Số phút", required=False, initial=30)
    capacity = forms.IntegerField(label="Số người", required=False, initial=4)


Points = forms.formset_factory(Point, extra=3)
Slots = forms.formset_factory(Slot, extra=3)


def points_of(formset: Any) -> list[PointGiven]:
    """The windows written down."""
    return [
        PointGiven(
            row["number"],
            row["label"] or f"Quầy {row['number']}",
            tuple(map(Lane, row["lanes"])),
            tuple(one.strip() for one in row["domains"].split(";") if one.strip()),
        )
        for row in formset.cleaned_data
        if row.get("number")
    ]


def slots_of(formset: Any) -> list[SlotGiven]:
    """The slots written down."""
    return [
        SlotGiven(row["weekday"], row["starts"], row["minutes"] or 0, row["capacity"] or 0)
        for row in formset.cleaned_data
        if row.get("starts")
    ]
