"""The intake screen's form: who it is for, which agency and case, and the papers handed in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from motcua.catalogue.at_desk import AtDesk
from motcua.catalogue.offered import Offered
from motcua.desk import words
from motcua.desk.forms import LONG
from motcua.rules import personal_id
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.refusal import Refusal

KINDS = (("citizen", "Công dân"), ("enterprise", "Doanh nghiệp"), ("organisation", "Tổ chức"))
AT_DESK = (Channel.COUNTER, Channel.MAIL)
MOST = 99
AGAIN = {"hx-post": "", "hx-trigger": "change"}
"""What makes the rest of the page follow a field; without script the refresh button does."""
NUMBERS = {
    "identity.malformed": "Số giấy tờ chưa đúng: số định danh gồm 12 chữ số, chứng minh nhân dân cũ "
    "9 chữ số, hoặc số hộ chiếu. Hãy xem lại trên thẻ.",
    "identity.tax_code_malformed": "Mã số thuế chưa đúng: gồm 10 chữ số, chi nhánh thêm -001. "
    "Hãy xem lại trên giấy đăng ký.",
    "identity.tax_code_wrong": "Mã số thuế không tồn tại (sai chữ số kiểm tra). Hãy xem lại từng chữ số.",
    "identity.card_unreadable": "Chưa đọc được mã trên thẻ. Hãy quét lại hoặc gõ số định danh.",
    "identity.phone_malformed": "Số điện thoại chưa đúng: gồm 10 chữ số bắt đầu bằng 0.",
}


class IntakeForm(forms.Form):
    """One dossier over the counter or from the mail."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    procedure = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    unit = forms.TypedChoiceField(label="Cơ quan giải quyết", coerce=int)
    channel = forms.TypedChoiceField(label="Hình thức nộp", coerce=int)
    paper_case = forms.ChoiceField(label="Trường hợp", required=False)
    kind = forms.ChoiceField(label="Chủ hồ sơ là", choices=KINDS)
    identity = forms.CharField(
        label="Số định danh, mã số thuế",
        max_length=500,
        help_text="Gõ số, hoặc quét mã trên thẻ căn cước.",
        error_messages={"required": "Hãy ghi số định danh, hộ chiếu hoặc mã số thuế."},
    )
    name = forms.CharField(
        label="Họ và tên chủ hồ sơ",
        max_length=200,
        error_messages={"required": "Hãy ghi họ và tên chủ hồ sơ như trên giấy tờ."},
    )
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    email = forms.EmailField(label="Thư điện tử", max_length=200, required=False)
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)
    submitter_name = forms.CharField(label="Người nộp thay", max_length=200, required=False)
    subject = forms.CharField(
        label="Nội dung yêu cầu",
        max_length=500,
        required=False,
        help_text="Bỏ trống thì ghi theo tên thủ tục.",
    )
    reason = forms.CharField(
        label="Lý do từ chối",
        help_text="Nêu căn cứ; lý do được in trên Mẫu 03.",
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        procedure: AtDesk,
        found: Offered | None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="nhan_%s")
        units = [(unit_id, words.unit(unit_id)) for unit_id in procedure.unit_ids]
        channels = [c for c in AT_DESK if found is None or c in found.channels]
        cases = [(case, case) for case in cases_of(found)]
        self._offer("unit", units)
        self._offer("channel", [(int(c), words.channel(c)) for c in channels])
        self._offer("paper_case", cases)
        for name in ("unit", "channel", "paper_case", "kind", "identity"):
            self.fields[name].widget.attrs |= AGAIN
        self.fields["identity"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}
        self.fields["name"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}

    def _offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        field = self.fields[name]
        field.choices = list(choices)  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = "Lựa chọn này không còn. Hãy chọn lại."

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        return _checked(lambda: personal_id.phone(text)) if text.strip() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("identity") and cleaned.get("kind"):
            try:
                cleaned["identity"] = number(cleaned["kind"], cleaned["identity"])
            except forms.ValidationError as wrong:
                self.add_error("identity", wrong)
        return cleaned


def number(kind: str, text: str) -> str:
    """A person's or an enterprise's number in its one spelling; raises ValidationError."""
    if kind == "citizen":
        return _checked(lambda: personal_id.of_citizen(text).text)
    return _checked(lambda: personal_id.tax_code(text).text)


def _checked(read: Any) -> str:
    try:
        return str(read())
    except Refusal as refusal:
        raise forms.ValidationError(NUMBERS[refusal.code]) from None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A required paper on the screen: handed in, not needed here, or (neither) still missing."""

    n: int
    name: str
    originals: int
    copies: int
    held: bool
    waived: bool


def cases_of(found: Offered | None) -> list[str]:
    """The cases (trường hợp) the papers are listed by, as the catalogue orders them."""
    return list(dict.fromkeys(case for case, *_ in found.papers if case)) if found else []


def paper_lines(found: Offered, case: str, data: Mapping[str, Any] | None) -> list[PaperLine]:
    """The papers of a case, as ticked in `data` (None: nothing handed in yet)."""
    lines = []
    for n, (of_case, name, originals, copies) in enumerate(found.papers):
        if of_case and of_case != case:
            continue
        if data is None or f"chinh-{n}" not in data:
            lines.append(PaperLine(n, name, originals, copies, False, False))
        else:
            lines.append(
                PaperLine(
                    n,
                    name,
                    _count(data.get(f"chinh-{n}")),
                    _count(data.get(f"sao-{n}")),
                    bool(data.get(f"giay-{n}")),
                    bool(data.get(f"khong-{n}")),
                )
            )
    return lines


def papers_held(lines: Sequence[PaperLine]) -> tuple[PaperHeld, ...]:
    """What the acceptance is told; a paper not needed in this case is not among them."""
    return tuple(
        PaperHeld(line.name[:LONG], line.originals, line.copies, held=line.held)
        for line in lines
        if line.held or not line.waived
    )


def _count(text: Any) -> int:
    digits = str(text or "0").strip()
    return min(int(digits), MOST) if digits.isdecimal() and digits.isascii() else 0
