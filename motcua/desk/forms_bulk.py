"""The forms of one act on many steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from motcua.desk.forms import LONG
from motcua.dossiers import chosen
from motcua.dossiers.chosen import Step
from motcua.people import at_desk


class ManyForm(forms.Form):
    """What one act on many steps asks, once for all of them."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, listed: Sequence[Step], on: date, **kw: Any) -> None:
        super().__init__(data, **kw)
        self.prepare(listed, on)

    def prepare(self, listed: Sequence[Step], on: date) -> None:
        """Fill in the choices these steps leave."""

    def values(self) -> dict[str, Any]:
        """What the operation is called with, beside the steps, actor, moment and key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "key"}


class AssignMany(ManyForm):
    to = forms.TypedChoiceField(
        label="Giao cho",
        coerce=int,
        error_messages={
            "required": "Hãy chọn người xử lý.",
            "invalid_choice": "Người này không giữ vị trí xử lý các bước đã chọn. Hãy chọn người khác.",
        },
    )

    def prepare(self, listed: Sequence[Step], on: date) -> None:
        posts = dict.fromkeys((step.unit_id, step.role) for step in listed)
        officers = dict(one for post in posts for one in at_desk.officers(*post, on))
        named = sorted(officers.items(), key=lambda pair: pair[1])
        self.fields["to"].choices = [("", "Chọn người xử lý"), *named]  # type: ignore[attr-defined]


class HandOnMany(ManyForm):
    outcome = forms.ChoiceField(
        label="Chuyển theo hướng",
        widget=forms.RadioSelect,
        required=False,
        error_messages={
            "invalid_choice": "Cách xử lý này không có ở bước đã chọn. Hãy chọn một cách."
        },
    )
    note = forms.CharField(
        label="Ý kiến xử lý",
        help_text="Ghi vào từng hồ sơ đã chọn.",
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def prepare(self, listed: Sequence[Step], on: date) -> None:
        self.step = chosen.common_name(listed)
        ways = chosen.outcomes([step for step in listed if step.name == self.step])
        choices = [(outcome, label or "Chuyển bước tiếp theo") for outcome, label in ways]
        if len(choices) < 2:
            self.fields["outcome"] = forms.CharField(required=False, widget=forms.HiddenInput)
            self.initial["outcome"] = choices[0][0] if choices else ""
            return
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]
        self.fields["outcome"].required = "" not in dict(choices)
        self.initial.setdefault("outcome", choices[0][0])

    def values(self) -> dict[str, Any]:
        return {**super().values(), "step": self.step}
