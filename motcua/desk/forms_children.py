"""The form that forwards a part of a dossier to another agency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.catalogue.at_desk import AtDesk


class OpenChild(forms.Form):
    """Which procedure of the agency chosen, and what is asked of it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    unit = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    procedure = forms.TypedChoiceField(
        label="Thủ tục tại cơ quan nhận",
        coerce=int,
        error_messages={
            "required": "Hãy chọn thủ tục.",
            "invalid_choice": "Cơ quan này không giải quyết thủ tục đã chọn. Hãy chọn thủ tục khác.",
        },
    )
    subject = forms.CharField(
        label="Nội dung phần việc",
        help_text="Ghi ngắn gọn việc cơ quan nhận phải làm; cán bộ cơ quan ấy đọc nội dung này.",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi nội dung phần việc."},
    )

    def __init__(self, data: Any, *, offered: Sequence[AtDesk], initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        listed = [(str(one.procedure_id), f"{one.code} – {one.name}"[:160]) for one in offered]
        self.fields["procedure"].choices = [("", "Chọn thủ tục"), *listed]  # type: ignore[attr-defined]
