"""Form fields that read what people here write."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms

from motcua.files.kinds import ENDINGS
from motcua.look.formats import LOCAL
from motcua.look.sentences import sentence, status_of
from motcua.rules.refusal import Refusal


class Files(forms.FileInput):
    """A file field for several files; the browser offers only what is taken."""

    allow_multiple_selected = True

    def __init__(self) -> None:
        super().__init__({"accept": ",".join(ENDINGS)})


class FilesField(forms.FileField):
    """Several files, or none: what is sent as a list. What a file is its shelf finds out."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> Any:
        return list(data or [])


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


def refused(form: forms.Form, refusal: Refusal) -> int:
    """Say a refusal on the form: by the field it names, else above them all; returns its HTTP status."""
    field = refusal.params.get("field")
    said = sentence(refusal.code, refusal.params)
    form.add_error(field if field in form.fields else None, said)
    return status_of(refusal.code)


def day_of(text: str) -> date | None:
    """The day a person wrote, as DateField reads it; None for none and for what is no day."""
    try:
        day: date | None = DateField(required=False).clean(text)
    except forms.ValidationError:
        return None
    return day


class MomentInput(forms.DateTimeInput):
    """A moment as giờ:phút ngày/tháng/năm."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        merged = {"placeholder": "09:00 18/11/2022", "autocomplete": "off"}
        super().__init__(merged | (attrs or {}), format="%H:%M %d/%m/%Y")


class MomentField(forms.Field):
    """Reads 09:00 21/11/2022, 21/11/2022 09:00 and 2022-11-21T09:00, never month first; Việt Nam's time."""

    widget = MomentInput
    default_error_messages = {
        "invalid": "Thời điểm chưa đúng: hãy ghi giờ và ngày, ví dụ 09:00 21/11/2022.",
        "required": "Hãy ghi giờ và ngày, ví dụ 09:00 21/11/2022.",
    }
    _formats = ("%H:%M %d/%m/%Y", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M")

    def to_python(self, value: Any) -> datetime | None:
        """The moment, aware; None where nothing was written."""
        text = " ".join(str(value or "").replace("-", "/").split())
        if not text:
            return None
        for written in self._formats:
            try:
                return datetime.strptime(text, written.replace("-", "/")).replace(tzinfo=LOCAL)
            except ValueError:
                continue
        raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
