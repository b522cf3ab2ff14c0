"""The forms of certification: the few keys of an entry, a delivery, a correction."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.forms import BoundField

from motcua.desk.forms import citizen_number, reason
from motcua.rules.certification import MOST, Line

LINES = 4
"""Papers of one request that fit on the screen; who brings more enters twice."""
TITLES = (
    "Căn cước công dân",
    "Giấy khai sinh",
    "Bằng tốt nghiệp",
    "Bảng điểm, học bạ",
    "Giấy chứng nhận quyền sử dụng đất",
    "Giấy đăng ký kết hôn",
    "Giấy phép lái xe",
    "Giấy chứng nhận đăng ký doanh nghiệp",
    "Sổ bảo hiểm xã hội",
    "Hợp đồng lao động",
)
"""What is certified most; the browser offers them while the title is typed."""


class CountField(forms.IntegerField):
    """A small number; empty means one."""

    def __init__(self, label: str) -> None:
        wrong = f"Hãy ghi số từ 1 đến {MOST}."
        super().__init__(
            label=label,
            min_value=1,
            max_value=MOST,
            required=False,
            widget=forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "size": "3", "maxlength": "3"}
            ),
            error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), wrong),
        )

    def clean(self, value: Any) -> int:
        return super().clean(value) or 1


def title(label: str, *, required: bool = False) -> forms.CharField:
    """The title of a paper, as on the original."""
    return forms.CharField(
        label=label,
        max_length=300,
        required=required,
        widget=forms.TextInput(attrs={"list": "ten-giay-to", "autocomplete": "off"}),
        error_messages={"required": "Hãy ghi tên giấy tờ như trên bản chính."},
    )


class Entry(forms.Form):
    """One request over the counter: whose, which papers, signed by whom."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    procedure = forms.TypedChoiceField(
        label="Loại chứng thực",
        coerce=int,
        error_messages={
            "invalid_choice": "Nơi này không nhận loại chứng thực đã chọn. Hãy chọn lại."
        },
    )
    identity = forms.CharField(
        label="Số giấy tờ của người yêu cầu",
        max_length=500,
        required=False,
        help_text="Quét mã trên thẻ, hoặc gõ số rồi Enter.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    name = forms.CharField(
        label="Người yêu cầu",
        max_length=200,
        error_messages={"required": "Hãy ghi họ và tên người yêu cầu."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    signer = forms.TypedChoiceField(
        label="Người ký",
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": "Người ký đã chọn không còn chức vụ. Hãy chọn lại."},
    )
    receipt_number = forms.CharField(label="Số biên lai", max_length=40, required=False)

    def __init__(
        self,
        data: Any,
        *,
        procedures: Sequence[tuple[int, str]],
        signers: Sequence[tuple[int, str]],
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="ct_%s")
        for n in range(LINES):
            self.fields[f"title_{n}"] = title(f"Giấy tờ {n + 1}")
            self.fields[f"originals_{n}"] = CountField("Bản chính")
            self.fields[f"copies_{n}"] = CountField("Bản sao")
            self.fields[f"pages_{n}"] = CountField("Trang")
        self.fields["procedure"].choices = list(procedures)  # type: ignore[attr-defined]
        self.fields["signer"].choices = [  # type: ignore[attr-defined]
            ("", "Trình ký (chưa ký)"),
            *((account, f"Đã ký: {name}") for account, name in signers),
        ]

    def lines_shown(self) -> Iterator[dict[str, BoundField]]:
        """The fields of each line, for the table of the page."""
        for n in range(LINES):
            yield {name: self[f"{name}_{n}"] for name in ("title", "originals", "copies", "pages")}

    def lines(self) -> tuple[Line, ...]:
        """The papers written down; a line without a title is not one."""
        said = self.cleaned_data
        return tuple(
            Line(
                said[f"title_{n}"], said[f"originals_{n}"], said[f"copies_{n}"], said[f"pages_{n}"]
            )
            for n in range(LINES)
            if said.get(f"title_{n}")
        )

    def asks_who(self) -> bool:
        """Whether only the person was given yet, as a scanner does that ends with Enter."""
        return bool(str(self.data.get("identity", "")).strip()) and not any(
            str(self.data.get(f"title_{n}", "")).strip() for n in range(LINES)
        )

    def clean_identity(self) -> str:
        return citizen_number(self.cleaned_data["identity"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not any(cleaned.get(f"title_{n}") for n in range(LINES)):
            self.add_error("title_0", "Hãy ghi tên giấy tờ cần chứng thực, như trên bản chính.")
        return cleaned


class Deliver(forms.Form):
    """Fee taken, copies given."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    recipient = forms.CharField(max_length=200, widget=forms.HiddenInput)
    receipt_number = forms.CharField(label="Số biên lai", max_length=40, required=False)


class Correct(forms.Form):
    """What an entry of the book should say, and why."""

    title = title("Tên giấy tờ", required=True)
    originals = CountField("Số bản chính")
    copies = CountField("Số bản sao")
    pages = CountField("Số trang")
    voided = forms.BooleanField(
        label="Hủy số này",
        required=False,
        help_text="Số đã lấy không dùng lại; dòng được gạch và ghi lý do.",
    )
    reason = reason("Lý do đính chính", "Ghi trong sổ cùng nội dung cũ.")

    def line(self) -> Line:
        said = self.cleaned_data
        return Line(said["title"], said["originals"], said["copies"], said["pages"])
