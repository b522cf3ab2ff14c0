"""The forms of results on their way out: a number voided, an issue stopped, a revocation."""

from __future__ import annotations

from django import forms

from motcua.desk.forms import reason


class VoidNumber(forms.Form):
    reason = reason("Lý do hủy số", "Số đã hủy vẫn nằm trong sổ, kèm lý do, và không cấp lại.")


class StopIssue(forms.Form):
    reason = reason("Lý do dừng phát hành", "Người soạn đọc lý do này để sửa dự thảo.")


class ProposeRevocation(forms.Form):
    """Why an issued result is to be revoked, and what stands in its place."""

    reason = reason("Lý do thu hồi", "Lãnh đạo và người nộp đọc lý do này.")
    replacement = forms.CharField(
        label="Số văn bản thay thế (nếu có)",
        help_text="Kết quả khác của cơ quan đã phát hành, ví dụ 12/QĐ-SXD. Để trống nếu chỉ thu hồi.",
        max_length=80,
        required=False,
    )


class DecideRevocation(forms.Form):
    """The revocation that was read."""

    revocation = forms.UUIDField(widget=forms.HiddenInput)


class KeepResult(DecideRevocation):
    answer = reason("Lý do giữ nguyên kết quả", "Người đề nghị đọc lý do này.")


class Nothing(forms.Form):
    """A button that asks for nothing."""
