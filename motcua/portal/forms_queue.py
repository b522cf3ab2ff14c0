"""The forms of the queue: for what a number is taken, when an appointment shall be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time

from django import forms

from motcua.counter.labels import LANE_LABELS
from motcua.counter.queries import SlotFacts
from motcua.rules.queueing import Lane, Source


class Take(forms.Form):
    """One button for each lane; a telephone only for who wants to be found by it."""

    lane = forms.ChoiceField(choices=[(lane.value, lane.value) for lane in Lane])
    source = forms.ChoiceField(
        choices=[(s.value, s.value) for s in (Source.PAGE, Source.PHONE, Source.KIOSK)],
        required=False,
    )
    phone = forms.CharField(
        label="Số điện thoại (không bắt buộc)",
        max_length=20,
        required=False,
        help_text="Cán bộ chỉ thấy ba số cuối, để nhận ra ông/bà khi gọi.",
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off", "inputmode": "tel"}),
    )


class Book(forms.Form):
    """A slot of the chosen day, and who comes."""

    starts = forms.ChoiceField(
        label="Giờ hẹn",
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn giờ hẹn."},
    )
    lane = forms.ChoiceField(
        label="Đến để",
        error_messages={"required": "Hãy chọn việc cần làm."},
    )
    name = forms.CharField(
        label="Họ và tên",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Hãy ghi họ tên người đến làm việc."},
    )
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": "Hãy ghi số điện thoại."},
    )

    def __init__(
        self,
        *args: object,
        on: date,
        slots: Sequence[SlotFacts],
        lanes: Sequence[Lane],
        **kw: object,
    ) -> None:
        super().__init__(*args, **kw)  # type: ignore[arg-type]
        self.on = on
        free = [s for s in slots if s.left]
        starts, lane = self.fields["starts"], self.fields["lane"]
        starts.choices = [(f"{s.starts:%H:%M}", _slot(s)) for s in free]  # type: ignore[attr-defined]
        lane.choices = [(one.value, LANE_LABELS[one]) for one in lanes]  # type: ignore[attr-defined]

    def at(self) -> time:
        return time.fromisoformat(self.cleaned_data["starts"])


def _slot(slot: SlotFacts) -> str:
    return f"{slot.starts:%H:%M} – còn {slot.left} chỗ"
