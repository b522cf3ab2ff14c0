"""The forms of acts on a dossier: what an act needs to be told, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from motcua.desk import words
from motcua.dossiers import ahead, drafting
from motcua.dossiers.queries import Detail
from motcua.people import at_desk
from motcua.rules import personal_id
from motcua.rules.casework import Item, PaperHeld
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal

LONG = 1000
CHOSEN = (forms.BooleanField, forms.ChoiceField)
"""Fields that are chosen in a moment, not written."""


def reason(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Chưa nêu lý do. Hãy ghi rõ lý do để người nộp và người kiểm tra hiểu được."
        },
    )


class ActForm(forms.Form):
    """What every act sends along: the version of the dossier that was looked at, a key against sending
    twice, and (where the act is on a step) the step. `layout` is a template of its own, where it has one."""

    on_step = False
    layout = ""
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    key = forms.UUIDField(widget=forms.HiddenInput)
    item = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any, *, found: Detail, item: Item | None, on: date) -> None:
        start = {
            "seen": found.case.version,
            "key": new_id(),
            "item": item.id if item else None,
            **self.start(found),
        }
        super().__init__(data, initial=start)
        self.found, self.step, self.on = found, item, on
        self.prepare(found, item)

    def start(self, found: Detail) -> dict[str, Any]:
        """What stands in the fields when the form opens."""
        return {}

    def prepare(self, found: Detail, item: Item | None) -> None:
        """Fill in the choices this dossier leaves."""

    def values(self) -> dict[str, Any]:
        """What the operation is called with, beside dossier, actor and moment."""
        known = {n: v for n, v in self.cleaned_data.items() if n not in ("key", "item")}
        if self.on_step:
            known["item_id"] = self.cleaned_data["item"]
        return known

    def written(self) -> list[tuple[str, str]]:
        """What the person typed, to be shown where the form itself no longer is."""
        typed = [f for f in self.visible_fields() if not isinstance(f.field, CHOSEN)]
        return [(str(f.label), str(f.value())) for f in typed if f.value()]


class StepForm(ActForm):
    on_step = True


class HandOn(StepForm):
    outcome = forms.ChoiceField(
        label="Chuyển tới",
        widget=forms.RadioSelect,
        required=False,
        error_messages={
            "invalid_choice": "Cách xử lý này không có ở bước hiện tại. Hãy chọn một cách."
        },
    )
    note = forms.CharField(
        label="Ý kiến xử lý",
        required=False,
        max_length=LONG,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        ways = ahead.ways(found, item, self.on) if item else ()
        offer_outcomes(self, ways)


def offer_outcomes(form: ActForm, ways: Sequence[ahead.Way]) -> None:
    """Choices of where the dossier goes; where there is one way only, it is said and not asked."""
    listed = [(way.outcome, way_text(way)) for way in ways]
    field = form.fields["outcome"]
    if len(listed) < 2:
        only = listed[0][0] if listed else ""
        form.fields["outcome"] = forms.CharField(required=False, widget=forms.HiddenInput)
        form.initial["outcome"] = only
        return
    field.choices = listed  # type: ignore[attr-defined]
    field.required = any(outcome for outcome, _ in listed) and "" not in dict(listed)
    form.initial.setdefault("outcome", listed[0][0])


def way_text(way: ahead.Way) -> str:
    """Đồng ý → Phê duyệt kết quả – Lãnh đạo Sở Xây dựng."""
    to = words.places(way.steps) or "Kết thúc quy trình"
    return f"{way.label} → {to}" if way.label else to


class SendBack(StepForm):
    to_node = forms.ChoiceField(
        label="Trả về bước",
        error_messages={"invalid_choice": "Không trả lại được bước đã chọn. Hãy chọn bước đã qua."},
    )
    reason = reason("Lý do trả lại", "Người nhận lại hồ sơ đọc lý do này.")

    def prepare(self, found: Detail, item: Item | None) -> None:
        steps = ahead.earlier(found, item, self.on) if item else ()
        self.fields["to_node"].choices = [  # type: ignore[attr-defined]
            (node, words.place(place)) for node, place in reversed(steps)
        ]


class Take(StepForm):
    pass


class Assign(StepForm):
    to = forms.TypedChoiceField(
        label="Giao cho",
        coerce=int,
        error_messages={
            "required": "Hãy chọn người xử lý.",
            "invalid_choice": "Người này không giữ vị trí xử lý bước này. Hãy chọn người khác.",
        },
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        officers = (
            at_desk.officers(item.unit_id, item.role, self.on) if item and item.unit_id else []
        )
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            ("", "Chọn người xử lý"),
            *officers,
        ]


class Conclude(StepForm):
    result_name = forms.CharField(
        label="Tên kết quả",
        max_length=200,
        help_text="Ghi như trên giấy tờ kết quả, ví dụ: Giấy phép xây dựng.",
        error_messages={"required": "Chưa ghi tên kết quả. Hãy ghi tên giấy tờ kết quả."},
    )
    result_number = forms.CharField(label="Số, ký hiệu", max_length=60, required=False)
    outcome = forms.ChoiceField(label="Chuyển tới", widget=forms.RadioSelect, required=False)

    draft_id = forms.TypedChoiceField(
        label="Tệp kết quả",
        coerce=UUID,
        empty_value=None,
        required=False,
        help_text="Dự thảo lãnh đạo đã duyệt được kèm làm tệp kết quả.",
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        offer_outcomes(self, ahead.ways(found, item, self.on) if item else ())
        approved = drafting.approved(found.case.id)
        if not approved:
            del self.fields["draft_id"]
            return
        listed = [
            (str(row["id"]), f"{row['title']}, phiên bản {row['version']}") for row in approved
        ]
        self.fields["draft_id"].choices = [*listed, ("", "Không kèm tệp")]  # type: ignore[attr-defined]
        self.initial["draft_id"] = listed[0][0]


class RefuseInProcess(StepForm):
    reason = reason("Lý do từ chối", "Nêu căn cứ pháp lý; lý do được in trên Mẫu 03.")


class RequestSupplement(ActForm):
    papers = forms.MultipleChoiceField(
        label="Giấy tờ phải bổ sung hoặc sửa lại",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    others = forms.CharField(
        label="Giấy tờ, nội dung khác",
        help_text="Mỗi dòng một giấy tờ hoặc một nội dung cần hoàn thiện.",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason = reason(
        "Lý do", "Pháp luật cho yêu cầu một lần, đầy đủ (NĐ 61/2018 Đ15.3, Đ17); in trên Mẫu 02."
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        self.fields["papers"].choices = [  # type: ignore[attr-defined]
            (paper["name"], paper["name"]) for paper in found.papers
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not (cleaned.get("papers") or (cleaned.get("others") or "").strip()):
            self.add_error(
                "others", "Chưa nêu giấy tờ cần bổ sung. Hãy chọn hoặc ghi ít nhất một giấy tờ."
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        known = super().values()
        lines = [" ".join(line.split()) for line in known.pop("others").splitlines()]
        known["missing"] = [*known.pop("papers"), *[line[:LONG] for line in lines if line]]
        return known


class ReceiveSupplement(ActForm):
    items = forms.MultipleChoiceField(
        label="Đã nhận đủ",
        widget=forms.CheckboxSelectMultiple,
        help_text="Hạn giải quyết chạy lại khi nhận đủ; chưa đủ thì chưa ghi nhận.",
        error_messages={"required": "Hãy đánh dấu những giấy tờ đã nhận."},
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        self.asked = found.supplements[-1]["items"] if found.supplements else []
        self.fields["items"].choices = [  # type: ignore[attr-defined]
            (str(n), name) for n, name in enumerate(self.asked)
        ]

    def clean_items(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["items"]
        missing = [name for n, name in enumerate(self.asked) if str(n) not in chosen]
        if missing:
            raise forms.ValidationError(f"Còn thiếu: {'; '.join(missing)}.")
        return chosen

    def values(self) -> dict[str, Any]:
        known = super().values()
        del known["items"]
        return known | {"papers": tuple(PaperHeld(name[:LONG], 1, 0) for name in self.asked)}


class Withdraw(ActForm):
    reason = reason("Lý do rút hồ sơ", "Theo đề nghị của người nộp.")


class Accept(ActForm):
    """Accept what was submitted online or by mail."""


class RefuseIntake(ActForm):
    reason = reason("Lý do từ chối tiếp nhận", "Nêu căn cứ; lý do được in trên Mẫu 03.")

    def values(self) -> dict[str, Any]:
        known = super().values()
        del known["seen"]
        return known | {"intake": None}


def citizen_number(text: str) -> str:
    """The number of a card or passport in its one spelling; "" stays empty."""
    if not text.strip():
        return ""
    try:
        return personal_id.of_citizen(text).text
    except Refusal:
        raise forms.ValidationError(
            "Số giấy tờ chưa đúng: số định danh gồm 12 chữ số, chứng minh nhân dân cũ 9 chữ số, "
            "hoặc số hộ chiếu."
        ) from None
