"""The two ways to ask for a result: its code, or its file."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from motcua.files import shelves
from motcua.look.sentences import sentence
from motcua.rules.refusal import Refusal

_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,32}")


def token_in(text: str) -> str:
    """The code in what was typed, pasted or scanned, maybe as a whole address; "" where there is none."""
    last = text.strip().rstrip("/").rpartition("/")[2]
    return last if _TOKEN.fullmatch(last) else ""


class Code(forms.Form):
    """The code that the QR code leads to."""

    ma = forms.CharField(
        label="Mã xác minh",
        max_length=300,
        help_text="Phần cuối của địa chỉ đọc được từ mã QR trên kết quả; dán cả địa chỉ cũng được.",
    )

    def clean_ma(self) -> str:
        found = token_in(self.cleaned_data["ma"])
        if not found:
            raise forms.ValidationError(
                "Mã này không đúng dạng. Hãy chép lại từng chữ, phân biệt chữ hoa và chữ thường."
            )
        return found


class Ask(forms.Form):
    """One PDF."""

    tep = forms.FileField(
        label="Tệp kết quả (PDF)",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": "Hãy chọn tệp PDF của kết quả.",
            "empty": "Tệp này không có nội dung. Hãy tải lại tệp kết quả rồi chọn lại.",
        },
    )

    def clean_tep(self) -> UploadedFile[Any]:
        sent: UploadedFile[Any] = self.cleaned_data["tep"]
        if (sent.size or 0) > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(f"Tệp lớn hơn {shelves.upload_limit_text()}.")
        head = sent.read(1024)
        sent.seek(0)
        if b"%PDF-" not in head:
            raise forms.ValidationError(
                "Tệp này không phải PDF. Hãy chọn đúng tệp kết quả đã tải về, không chọn ảnh chụp."
            )
        return sent

    def add_refusal(self, refused: Refusal) -> None:
        """Say by the field why the file was not looked at."""
        self.add_error("tep", sentence(refused.code, refused.params))
