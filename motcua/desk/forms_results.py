"""The forms of drafts of results, of notes and of inspections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from motcua.desk.forms import reason
from motcua.dossiers.operations import Member, Minutes
from motcua.look.forms import FilesField, MomentField
from motcua.rules import marks
from motcua.statutory.result_texts import ResultText


class BeginDraft(forms.Form):
    """From which text a draft begins."""

    template = forms.ChoiceField(
        label="Mẫu kết quả",
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một mẫu.", "invalid_choice": "Hãy chọn mẫu khác."},
    )

    def __init__(self, data: Any, offered: Sequence[ResultText]) -> None:
        super().__init__(data)
        choices = [(text.key, text.name) for text in offered]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["template"] = choices[0][0]


class WriteDraft(forms.Form):
    """The text of a draft, and the version it was written from."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    text = forms.CharField(
        label="Nội dung dự thảo",
        help_text="Dòng trống để ngắt đoạn. Đầu dòng “# ” là tiêu đề, “- ” là gạch đầu dòng, “|” là hàng của "
        "bảng. **đậm**, *nghiêng*.",
        max_length=marks.LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24}),
        error_messages={"required": "Dự thảo chưa có nội dung. Hãy ghi nội dung rồi lưu."},
    )


class SendWord(forms.Form):
    """A Word file that takes the place of the text."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    word = forms.FileField(
        label="Bản sửa bằng Word (.docx)",
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={"required": "Chưa chọn tệp. Hãy chọn tệp .docx."},
    )


class DecideDraft(forms.Form):
    """The version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReturnDraft(DecideDraft):
    reason = reason("Lý do trả lại", "Người soạn đọc lý do này.")


class AddNote(forms.Form):
    text = forms.CharField(
        label="Ghi chú nội bộ",
        help_text="Chỉ cán bộ có trách nhiệm với hồ sơ đọc được; người nộp không thấy.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi chú chưa có nội dung. Hãy ghi nội dung rồi lưu."},
    )


class StrikeNote(forms.Form):
    reason = reason("Lý do gạch bỏ", "Ghi chú vẫn đọc được, kèm lý do.")


class RecordInspection(forms.Form):
    """The minutes of a visit on the spot."""

    place = forms.CharField(
        label="Địa điểm kiểm tra",
        max_length=500,
        error_messages={"required": "Hãy ghi địa điểm kiểm tra."},
    )
    begun_at = MomentField(label="Bắt đầu lúc")
    members = forms.CharField(
        label="Thành phần tham gia",
        help_text="Mỗi dòng một người: họ tên, dấu phẩy, chức vụ hoặc vai trò.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Chưa ghi ai tham gia. Hãy ghi ít nhất một người."},
    )
    findings = forms.CharField(
        label="Nội dung, hiện trạng ghi nhận",
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": "Hãy ghi hiện trạng đã thấy."},
    )
    conclusion = forms.CharField(
        label="Kết luận",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Hãy ghi kết luận."},
    )
    sent = FilesField(label="Ảnh, tài liệu kèm theo", required=False)

    def clean_members(self) -> tuple[Member, ...]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["members"].splitlines()]
        split = [line.partition(",") for line in lines if line]
        return tuple(Member(name.strip()[:200], part.strip()[:200]) for name, _, part in split)

    def minutes(self) -> Minutes:
        said = self.cleaned_data
        return Minutes(
            place=said["place"],
            begun_at=said["begun_at"],
            members=said["members"],
            findings=said["findings"],
            conclusion=said["conclusion"],
        )
