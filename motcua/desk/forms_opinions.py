"""The forms of asking other agencies about a dossier, of answering, and of taking a question back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from motcua.desk.forms import ActForm, reason
from motcua.dossiers import operations
from motcua.dossiers.labels import STANCE_LABELS
from motcua.dossiers.operations import Agency
from motcua.dossiers.queries import Detail
from motcua.look.forms import DateField, FilesField
from motcua.organisations import queries as organisations
from motcua.rules.casework import Item
from motcua.rules.casework_opinions import MOST, Stance
from motcua.rules.vietnamese import fold

SHOWN = 3
"""So many rows of agencies stand open; the rest unfold."""


class AskOpinions(ActForm):
    """A question, and one row an agency: its name, and its working days or a day."""

    layout = "desk/parts/ask_opinions.html"
    question = forms.CharField(
        label="Nội dung cần lấy ý kiến",
        help_text="Nêu rõ điều cần trả lời. Cơ quan được hỏi chỉ xem được hồ sơ này.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Hãy ghi nội dung cần lấy ý kiến."},
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        for n in range(MOST):
            self.fields[f"agency_{n}"] = forms.CharField(
                label=f"Cơ quan {n + 1}",
                required=False,
                max_length=200,
                widget=forms.TextInput(attrs={"list": "co-quan", "autocomplete": "off"}),
            )
            self.fields[f"days_{n}"] = forms.IntegerField(
                label="Số ngày làm việc",
                required=False,
                min_value=1,
                max_value=200,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
                error_messages={"invalid": "Hãy ghi số ngày, ví dụ 3."},
            )
            self.fields[f"until_{n}"] = DateField(label="hoặc trước hết ngày", required=False)

    def rows(self) -> list[list[Any]]:
        """The fields of each agency, the rows that stand open first."""
        names = ("agency", "days", "until")
        return [[self[f"{name}_{n}"] for name in names] for n in range(SHOWN)]

    def more(self) -> list[list[Any]]:
        """The rows that unfold."""
        names = ("agency", "days", "until")
        return [[self[f"{name}_{n}"] for name in names] for n in range(SHOWN, MOST)]

    def more_used(self) -> bool:
        return any(self[f"agency_{n}"].value() for n in range(SHOWN, MOST))

    def known(self) -> list[str]:
        """The names to choose from."""
        own = self.found.case.accountable_id
        return [name for name, unit_id in agencies(self.on).items() if unit_id != own]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self.agencies = list(self._chosen(cleaned))
        if not self.agencies and not self.errors:
            self.add_error("agency_0", "Hãy chọn ít nhất một cơ quan cần lấy ý kiến.")
        return cleaned

    def _chosen(self, cleaned: dict[str, Any]) -> Iterator[Agency]:
        by_name = {fold(name): unit_id for name, unit_id in agencies(self.on).items()}
        for n in range(MOST):
            name = " ".join((cleaned.get(f"agency_{n}") or "").split())
            days, until = cleaned.get(f"days_{n}"), cleaned.get(f"until_{n}")
            if not name:
                continue
            unit_id = by_name.get(fold(name))
            if unit_id is None:
                self.add_error(
                    f"agency_{n}", "Không có cơ quan tên như vậy. Hãy chọn trong danh sách gợi ý."
                )
            elif not (days or until or {f"days_{n}", f"until_{n}"} & set(self.errors)):
                self.add_error(f"days_{n}", "Hãy ghi số ngày làm việc, hoặc ngày trả lời.")
            else:
                yield Agency(unit_id, days, until)

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"seen": said["seen"], "question": said["question"], "agencies": self.agencies}


def agencies(on: date) -> dict[str, int]:
    """The agencies that settle dossiers on a day, by name."""
    return {
        unit.name: unit.id
        for kind in operations.AGENCIES
        for unit in organisations.units_of_kind(kind, on)
    }


class AnswerOpinion(forms.Form):
    """What the agency says, with its files."""

    stance = forms.TypedChoiceField(
        label="Ý kiến",
        coerce=Stance,
        choices=[(stance.value, label) for stance, label in STANCE_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một ý kiến."},
    )
    answer = forms.CharField(
        label="Nội dung trả lời",
        help_text="Bắt buộc, trừ khi đồng ý mà không có ý kiến gì thêm.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    sent = FilesField(label="Văn bản trả lời, tài liệu kèm theo", required=False)


class CancelOpinion(forms.Form):
    """Why the question is taken back."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = reason("Lý do thôi lấy ý kiến", "Cơ quan được hỏi không còn thấy hồ sơ này.")
