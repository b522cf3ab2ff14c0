"""Forms of the register of certificates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.files import register
from motcua.look.forms import DateField

LARGEST = 32_768
WHY = {"required": "Chưa ghi lý do hoặc số văn bản. Hãy ghi rõ."}


class Narrow(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(
        label="Tìm theo người giữ, cơ quan, số hiệu", required=False, max_length=100
    )
    loai = forms.ChoiceField(
        label="Loại", required=False, choices=[("", "Tất cả"), *register.KINDS.items()]
    )
    tinh_trang = forms.ChoiceField(
        label="Tình trạng", required=False, choices=[("", "Tất cả"), *register.STATES.items()]
    )
    don_vi = forms.IntegerField(required=False, widget=forms.HiddenInput)


class Ask(forms.Form):
    """A certificate an agency asks for."""

    kind = forms.ChoiceField(label="Loại chứng thư", choices=list(register.KINDS.items()))
    account = forms.TypedChoiceField(
        label="Người được cấp (chứng thư cá nhân)", required=False, coerce=int, empty_value=None
    )
    kept = forms.ChoiceField(label="Nơi giữ khóa bí mật", choices=list(register.KEPT.items()))
    token = forms.CharField(label="Số thiết bị lưu khóa, nếu đã có", required=False, max_length=60)
    requested_by = forms.CharField(
        label="Văn bản đề nghị", max_length=120,
        error_messages={"required": "Chưa ghi số văn bản đề nghị. Hãy ghi rõ."},
    )  # fmt: skip

    def __init__(self, data: Any, *, officers: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        self.fields["account"].choices = [("", "Không phải chứng thư cá nhân"), *officers]  # type: ignore[attr-defined]


class Register(forms.Form):
    """The certificate that came."""

    uploads = True
    content = forms.FileField(
        label="Tệp chứng thư (.cer)",
        widget=forms.FileInput({"accept": ".cer,.crt,.pem,.der"}),
        help_text="Chỉ chọn chứng thư, không chọn tệp có khóa bí mật (.p12, .pfx).",
        error_messages={"required": "Hãy chọn tệp chứng thư.", "empty": "Tệp này rỗng."},
    )
    token = forms.CharField(label="Số thiết bị lưu khóa", required=False, max_length=60)

    def clean_content(self) -> bytes:
        sent = self.cleaned_data["content"]
        return bytes(sent.read(LARGEST + 1))


class Reason(forms.Form):
    """Why, and by which document."""

    reason = forms.CharField(label="Lý do, số văn bản", max_length=300, error_messages=WHY)


class Renew(forms.Form):
    """By which letter a certificate is asked for in place of another."""

    requested_by = forms.CharField(label="Văn bản đề nghị", max_length=120, error_messages=WHY)


class HandOver(forms.Form):
    """Into whose hands, by which minutes, when."""

    to_account_id = forms.TypedChoiceField(
        label="Người nhận", coerce=int, error_messages={"required": "Hãy chọn người nhận."}
    )
    minutes = forms.CharField(label="Số biên bản bàn giao", max_length=120, error_messages=WHY)
    on = DateField(label="Ngày bàn giao")

    def __init__(self, *args: Any, officers: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_account_id"].choices = [("", "Chọn người nhận"), *officers]  # type: ignore[attr-defined]
