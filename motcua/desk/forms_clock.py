"""The forms of acts on a dossier's clock: to stop it, to let it go on, to give it another date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms

from motcua.desk.forms import ActForm, reason
from motcua.dossiers import operations
from motcua.dossiers.queries import Detail
from motcua.look import due_dates, reasons
from motcua.look.forms import DateField
from motcua.organisations import queries as organisations
from motcua.rules import worktime
from motcua.rules.casework import Item
from motcua.rules.clock_rules import Ground


def listed(found: Detail, grounds: Iterable[Ground]) -> list[tuple[str, str]]:
    """Grounds as choices, each with its article."""
    articles = {declared.ground: declared.article for declared in found.rules.grounds}
    named = [(g.value, reasons.GROUNDS[g], articles.get(g, "")) for g in grounds]
    return [
        (value, f"{label[:1].upper()}{label[1:]} ({article})") for value, label, article in named
    ]


class GroundForm(ActForm):
    ground = forms.TypedChoiceField(
        label="Căn cứ",
        coerce=Ground,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Hãy chọn căn cứ đã công bố cho thủ tục này.",
            "invalid_choice": "Thủ tục này không cho tạm dừng vì lý do đó. Hãy chọn căn cứ đã công bố.",
        },
    )


class Pause(GroundForm):
    reason = reason(
        "Lý do, văn bản", "Ghi văn bản đề nghị, văn bản lấy ý kiến hoặc sự việc đã xảy ra."
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        self.fields["ground"].choices = listed(found, found.pausable)  # type: ignore[attr-defined]


class Resume(GroundForm):
    reason = forms.CharField(
        label="Ghi chú",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        self.fields["ground"].choices = listed(found, found.resumable)  # type: ignore[attr-defined]
        if len(found.resumable) == 1:
            self.initial["ground"] = found.resumable[0].value


class ExtendByLaw(ActForm):
    extension = forms.ChoiceField(
        label="Căn cứ gia hạn",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Hãy chọn căn cứ gia hạn.",
            "invalid_choice": "Thủ tục này không quy định gia hạn đó. Hãy chọn căn cứ đã công bố.",
        },
    )
    reason = reason("Việc phải làm thêm", "Người nộp đọc nội dung này.")

    def prepare(self, found: Detail, item: Item | None) -> None:
        choices = [
            (
                one.code,
                f"{one.name}: thêm {due_dates.amount(one.limit)} ({one.article})",
            )
            for one in found.rules.extensions
        ]
        self.fields["extension"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial["extension"] = choices[0][0]


class NewDate(ActForm):
    until = DateField(
        label="Ngày hẹn trả mới",
        error_messages={"required": "Hãy ghi ngày hẹn trả mới."},
    )
    hour = forms.TimeField(
        label="Giờ hẹn trả",
        initial=time(16, 30),
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%Hh%M", "%H"],
        widget=forms.TimeInput(format="%H:%M"),
        error_messages={
            "invalid": "Giờ chưa đúng: hãy ghi giờ:phút, ví dụ 16:30.",
            "required": "Hãy ghi giờ hẹn trả.",
        },
    )

    def values(self) -> dict[str, Any]:
        known = super().values()
        on: date = known.pop("until")
        return known | {"until": datetime.combine(on, known.pop("hour"), worktime.ZONE)}


class ProposeReappointment(NewDate):
    reason = reason(
        "Lời xin lỗi và lý do chậm",
        "Bộ phận một cửa in trên Mẫu 04 gửi người nộp; chỉ được hẹn lại một lần.",
    )


class Reappoint(NewDate):
    def start(self, found: Detail) -> dict[str, Any]:
        if found.case.proposal is None:
            return {}
        asked = found.case.proposal.until.astimezone(worktime.ZONE)
        return {"until": asked.date(), "hour": asked.time()}


class Transfer(ActForm):
    to = forms.TypedChoiceField(
        label="Cơ quan nhận",
        coerce=int,
        error_messages={
            "required": "Hãy chọn cơ quan nhận.",
            "invalid_choice": "Không có cơ quan này. Hãy chọn cơ quan khác.",
        },
    )
    reason = reason(
        "Lý do chuyển", "Ví dụ: không thuộc thẩm quyền, sắp xếp đơn vị, chuyển giai đoạn tiếp theo."
    )
    article = forms.CharField(
        label="Căn cứ",
        max_length=300,
        help_text="Văn bản hoặc điều luật giao thẩm quyền cho cơ quan nhận.",
        error_messages={"required": "Chưa nêu căn cứ chuyển. Hãy ghi văn bản hoặc điều luật."},
    )

    def start(self, found: Detail) -> dict[str, Any]:
        coming = next((p for p in found.case.phases if p.begun_at is None), None)
        if coming is None:
            return {}
        return {
            "to": coming.unit_id,
            "reason": "Chuyển giai đoạn tiếp theo của thủ tục liên thông",
            "article": "Quy trình liên thông đã công bố",
        }

    def prepare(self, found: Detail, item: Item | None) -> None:
        self.fields["to"].choices = agencies(self.on, found.case.accountable_id)  # type: ignore[attr-defined]


def agencies(on: date, besides: int | None = None) -> list[tuple[str, Any]]:
    """The agencies that settle procedures, by kind, to choose one from; without the one named."""
    grouped: list[tuple[str, Any]] = [("", "Chọn cơ quan nhận")]
    for kind in operations.AGENCIES:
        units = organisations.units_of_kind(kind, on)
        grouped.append((str(kind.label), [(u.id, u.name) for u in units if u.id != besides]))
    return grouped
