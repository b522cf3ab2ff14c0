"""The forms of the portal, and file fields that take several files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from motcua.look.forms import Files
from motcua.look.sentences import sentence
from motcua.people.queries import PersonFacts
from motcua.rules import personal_id
from motcua.rules.refusal import Refusal


class About(forms.Form):
    """The first step: what is asked for, in which case, and where the applicant is reached."""

    case = forms.ChoiceField(
        label="Trường hợp của ông/bà",
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn trường hợp của ông/bà."},
    )
    subject = forms.CharField(
        label="Nội dung đề nghị",
        help_text="Ghi ngắn gọn, ví dụ: Cấp giấy phép xây dựng nhà ở tại số 5, đường Lê Lợi.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    phone = forms.CharField(
        label="Điện thoại",
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        error_messages={"required": "Hãy ghi số điện thoại để cơ quan báo tin."},
    )
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Địa chỉ thư điện tử chưa đúng, ví dụ: lam@vidu.vn."},
    )
    address = forms.CharField(
        label="Địa chỉ liên hệ",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )

    def __init__(self, data: Any, *, cases: Sequence[str], start: dict[str, str]) -> None:
        super().__init__(data, initial=start)
        if len(cases) < 2:
            del self.fields["case"]
        else:
            self.fields["case"].choices = [  # type: ignore[attr-defined]
                (str(n), case or "Trường hợp chung") for n, case in enumerate(cases)
            ]

    def clean_phone(self) -> str:
        try:
            return personal_id.phone(self.cleaned_data["phone"])
        except Refusal as refused:
            raise forms.ValidationError(sentence(refused.code, refused.params)) from None


def start_of(person: PersonFacts) -> dict[str, str]:
    """What is known of the applicant already."""
    return {"phone": person.phone, "email": person.email, "address": person.address}


class Papers(forms.Form):
    """One field of files for each paper, and the word that a paper comes in another way."""

    def __init__(self, names: Sequence[str], *, later: Sequence[int] | None = None) -> None:
        super().__init__(initial={f"sau_{n}": True for n in later or ()})
        self._errors = ErrorDict()  # files are read one by one as they come; no form cleans them
        for n, name in enumerate(names):
            self.fields[f"giay_{n}"] = forms.FileField(label=name, required=False, widget=Files())
            if later is not None:
                self.fields[f"sau_{n}"] = forms.BooleanField(
                    label="Nộp bản giấy tại nơi tiếp nhận hoặc qua bưu chính", required=False
                )

    def wrong(self, place: int, text: str) -> None:
        """Say what is wrong with the files of a paper."""
        self.errors.setdefault(f"giay_{place}", self.error_class()).append(text)


class Declared(forms.Form):
    """The last step: the applicant stands by what is sent."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    truthful = forms.BooleanField(
        label="Tôi chịu trách nhiệm trước pháp luật về tính đúng đắn của nội dung và giấy tờ gửi kèm.",
        error_messages={"required": "Hãy đánh dấu vào ô cam đoan trước khi nộp."},
    )


class Withdraw(forms.Form):
    """Taking a dossier back."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = forms.CharField(
        label="Lý do rút hồ sơ",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Hãy ghi lý do rút hồ sơ."},
    )
