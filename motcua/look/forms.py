"""Form fields that read what people here write."""

from __future__ import annotations

from typing import Any

from django import forms


class DateInput(forms.DateInput):
    """A day as ngày/tháng/năm, typed or pasted; the browser's own picker would show its own order."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        merged = {"inputmode": "numeric", "placeholder": "dd/mm/yyyy", "autocomplete": "off"}
        super().__init__(merged | (attrs or {}), format="%d/%m/%Y")


class DateField(forms.DateField):
    """Reads 21/11/2022, 21-11-2022, 21112022 and 2022-11-21, never month first."""

    widget = DateInput
    input_formats = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d%m%Y", "%Y-%m-%d"]
    default_error_messages = {
        "invalid": "Ngày chưa đúng: hãy ghi ngày/tháng/năm, ví dụ 21/11/2022.",
        "required": "Hãy ghi ngày.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", self.input_formats)
        super().__init__(**kwargs)
