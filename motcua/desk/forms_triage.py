"""The forms of triage: where a dossier filed online belongs, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from motcua.catalogue import queries as catalogue
from motcua.desk.forms import ActForm, RefuseIntake, RequestSupplement, reason
from motcua.desk.forms_clock import agencies
from motcua.dossiers.labels import FINDING_LABELS
from motcua.dossiers.queries import Detail
from motcua.look.forms import DateField
from motcua.rules import vietnamese
from motcua.rules.answer_clock import Finding
from motcua.rules.casework import Item, Status

WORDS: Mapping[Finding, str] = {
    Finding.UNREADABLE: "Tệp gửi kèm không mở được hoặc mờ, không đọc được nội dung. Đề nghị gửi lại bản rõ.",
    Finding.INCOMPLETE: "Hồ sơ chưa đủ giấy tờ theo thành phần hồ sơ đã công bố.",
    Finding.WRONG_AGENCY: "Thủ tục này không thuộc thẩm quyền giải quyết của cơ quan được chọn.",
    Finding.WRONG_PROCEDURE: "Nội dung đề nghị không thuộc thủ tục đã chọn.",
    Finding.DUPLICATE: "Hồ sơ trùng với hồ sơ ông/bà đã nộp và đang được giải quyết.",
}
"""What is written to the applicant where the clerk writes nothing of his own."""
FEW = 6
"""So many procedures are named where a name means several."""
ASKED = (Finding.UNREADABLE, Finding.INCOMPLETE)
REFUSED = (Finding.WRONG_AGENCY, Finding.WRONG_PROCEDURE, Finding.DUPLICATE, Finding.UNREADABLE)


class Found(ActForm):
    """A form that asks what is wrong, and writes the usual reason where none is typed."""

    offered: tuple[Finding, ...] = ()
    finding = forms.ChoiceField(label="Phát hiện khi phân loại", required=False)

    def prepare(self, found: Detail, item: Item | None) -> None:
        super().prepare(found, item)
        if found.case.status is not Status.SUBMITTED:
            del self.fields["finding"]
            return
        choices = [("", "Lý do khác")]
        choices += [(str(one), str(FINDING_LABELS[one])) for one in self.offered]
        self.fields["finding"].choices = choices  # type: ignore[attr-defined]
        self.fields["reason"].required = False
        self.fields["reason"].help_text += " Để trống thì ghi câu thông dụng của mục đã chọn."
        self.order_fields(["finding"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "reason" in self.errors or (cleaned.get("reason") or "").strip():
            return cleaned
        chosen = cleaned.get("finding")
        if chosen:
            cleaned["reason"] = WORDS[Finding(chosen)]
        else:
            self.add_error("reason", "Chưa nêu lý do. Hãy chọn một mục hoặc ghi rõ lý do.")
        return cleaned

    def values(self) -> dict[str, Any]:
        known = super().values()
        chosen = known.pop("finding", "")
        return known | {"finding": Finding(chosen)} if chosen else known


class AskFound(Found, RequestSupplement):
    offered = ASKED


class RefuseFound(Found, RefuseIntake):
    offered = REFUSED


class Reroute(ActForm):
    to = forms.TypedChoiceField(
        label="Cơ quan giải quyết đúng",
        coerce=int,
        error_messages={
            "required": "Hãy chọn cơ quan giải quyết.",
            "invalid_choice": "Không có cơ quan này. Hãy chọn cơ quan khác.",
        },
    )
    procedure = forms.CharField(
        label="Thủ tục đúng",
        help_text="Mã hoặc tên thủ tục; để trống nếu người nộp đã chọn đúng thủ tục.",
        required=False,
        max_length=300,
    )
    reason = reason(
        "Lý do chuyển", "Nơi nhận và người kiểm tra đọc được; người nộp được báo nơi nhận."
    )

    def start(self, found: Detail) -> dict[str, Any]:
        return {"to": found.case.accountable_id}

    def prepare(self, found: Detail, item: Item | None) -> None:
        self.fields["to"].choices = agencies(self.on)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        typed, unit_id = (cleaned.get("procedure") or "").strip(), cleaned.get("to")
        if typed and unit_id:
            try:
                cleaned["procedure"] = _meant(typed, unit_id, self.on)
            except forms.ValidationError as wrong:
                self.add_error("procedure", wrong)
        return cleaned

    def values(self) -> dict[str, Any]:
        known = super().values()
        return known | {"procedure_id": known.pop("procedure") or None}


def _meant(typed: str, unit_id: int, on: date) -> int:
    """The procedure of an agency that a code or a part of a name means."""
    offered = catalogue.offered_by(unit_id, on)
    words = vietnamese.fold(typed)
    exact = [one for one in offered if typed in (one.code, one.name)]
    found = exact or [one for one in offered if words in vietnamese.fold(one.name)]
    if len(found) == 1:
        return found[0].procedure_id
    if not found:
        raise forms.ValidationError(
            "Cơ quan đã chọn không giải quyết thủ tục nào như vậy. Hãy xem lại mã hoặc tên."
        )
    names = "; ".join(f"{one.code} {one.name}" for one in found[:FEW])
    raise forms.ValidationError(f"Có {len(found)} thủ tục như vậy, hãy ghi mã: {names}.")


class Days(forms.Form):
    """Which days, and who filed."""

    tu = DateField(label="Từ ngày", required=False)
    den = DateField(label="Đến ngày", required=False)
    nguoi = forms.ChoiceField(
        label="Người nộp",
        required=False,
        choices=[("", "Tất cả"), ("tu", "Tự nộp"), ("giup", "Được giúp nộp")],
    )
