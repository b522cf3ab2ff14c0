"""Many applicants of one procedure, pasted from a spreadsheet or sent as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms

from motcua.desk.forms_intake import PersonFields
from motcua.rules.vietnamese import fold

MOST = 200
LONGEST = 200_000
COLUMNS = ("name", "identity", "phone", "address", "subject")
KINDS = (("citizen", "Công dân"), ("enterprise", "Doanh nghiệp"), ("organisation", "Tổ chức"))


class BatchForm(forms.Form):
    """The list, and what all of it shares."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    procedure = forms.IntegerField(widget=forms.HiddenInput)
    unit = forms.IntegerField(widget=forms.HiddenInput)
    paper_case = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(label="Chủ hồ sơ là", choices=KINDS)
    pasted = forms.CharField(
        label="Danh sách người nộp",
        help_text="Dán từ bảng tính, mỗi dòng một người: họ tên, số giấy tờ, điện thoại, địa chỉ, nội dung. "
        f"Nhiều nhất {MOST} dòng.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(label="Hoặc tệp CSV", required=False)
    whole = forms.BooleanField(
        label="Mọi người trong danh sách đã nộp đủ giấy tờ",
        error_messages={
            "required": "Chỉ tiếp nhận hàng loạt hồ sơ đã đủ giấy tờ. Người thiếu thì tiếp nhận riêng."
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        text = str(cleaned.get("pasted") or "")
        sent = cleaned.get("file")
        if sent is not None:
            text = _decoded(sent)
        if len(text) > LONGEST:
            self.add_error("pasted", "Danh sách quá dài. Hãy chia làm nhiều lần.")
        elif not text.strip():
            self.add_error("pasted", "Chưa có ai trong danh sách. Hãy dán danh sách hoặc chọn tệp.")
        else:
            cleaned["pasted"] = text
        return cleaned


def _decoded(sent: Any) -> str:
    if sent.size > LONGEST:
        raise forms.ValidationError("Tệp quá lớn. Hãy chia làm nhiều lần.")
    try:
        return str(sent.read().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise forms.ValidationError(
            "Tệp không phải CSV mã UTF-8. Hãy lưu lại bảng tính thành CSV UTF-8."
        ) from None


@dataclass(slots=True)
class Row:
    """One line: who it is, and what is wrong with it."""

    n: int
    values: Mapping[str, Any]
    errors: list[str] = field(default_factory=list)
    code: str = ""
    dossier_id: str = ""


def rows_of(text: str, kind: str) -> list[Row]:
    """The lines of a list, read and checked one by one; a heading line is left out.

    Raises ValidationError for what is no list, or too long a one.
    """
    lines = [cells for cells in _table(text) if any(cell.strip() for cell in cells)]
    if lines and fold(lines[0][0]).startswith("ho"):
        lines = lines[1:] if _is_heading(lines[0]) else lines
    if len(lines) > MOST:
        raise forms.ValidationError(f"Danh sách có {len(lines)} dòng; nhiều nhất {MOST} một lần.")
    if not lines:
        raise forms.ValidationError("Chưa có ai trong danh sách.")
    rows = [_row(n, cells, kind) for n, cells in enumerate(lines, 1)]
    seen: dict[str, int] = {}
    for row in rows:
        number = row.values["identity"]
        first = seen.setdefault(number, row.n)
        if number and first != row.n:
            row.errors.append(f"Trùng số giấy tờ với dòng {first}.")
    return rows


def _is_heading(cells: Sequence[str]) -> bool:
    return not any(cell.strip().isdigit() for cell in cells)


def _table(text: str) -> list[list[str]]:
    bare = text.replace("\x00", "")
    mark = next((m for m in "\t;" if m in bare), ",")
    try:
        return list(csv.reader(io.StringIO(bare, newline=""), delimiter=mark))
    except csv.Error:
        raise forms.ValidationError("Không đọc được danh sách. Hãy dán lại từ bảng tính.") from None


def _row(n: int, cells: Sequence[str], kind: str) -> Row:
    padded = [cell.strip() for cell in cells[: len(COLUMNS)]] + [""] * len(COLUMNS)
    values = dict(zip(COLUMNS, padded, strict=False))
    form = PersonFields({**values, "kind": kind})
    errors = []
    if len(cells) > len(COLUMNS) and any(cell.strip() for cell in cells[len(COLUMNS) :]):
        errors.append(f"Dòng có {len(cells)} cột; chỉ nhận {len(COLUMNS)} cột.")
    if not form.is_valid():
        errors += [str(text) for texts in form.errors.values() for text in texts]
    if len(values["subject"]) > 500:
        errors.append("Nội dung dài quá 500 ký tự.")
    return Row(n, values | form.cleaned_data, errors)
