"""The intake screen's form: who it is for and who brings it, which agency and case, and the papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms

from motcua.catalogue.at_desk import AtDesk
from motcua.catalogue.offered import Offered
from motcua.desk import words
from motcua.desk.forms import LONG
from motcua.dossiers.once_only import Held, fitting
from motcua.journeys.intake import Beside
from motcua.look.forms import DateField
from motcua.rules import personal_id
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.casework_parties import Basis, PartyRole
from motcua.rules.refusal import Refusal

NEWBORN, FOREIGNER = "newborn", "foreigner"
KINDS = (
    ("citizen", "Công dân"),
    (NEWBORN, "Trẻ chưa có số định danh"),
    (FOREIGNER, "Người nước ngoài"),
    ("enterprise", "Doanh nghiệp"),
    ("organisation", "Tổ chức"),
)
BASES = (
    ("", "Chọn tư cách"),
    (Basis.AUTHORISED, "Được ủy quyền"),
    (Basis.PARENT, "Cha, mẹ, người giám hộ"),
    (Basis.REPRESENTATIVE, "Đại diện theo pháp luật"),
    (Basis.MAIL_CARRIER, "Nhân viên bưu chính"),
    (Basis.OFFICER, "Công chức hỗ trợ"),
)
NATURAL = {
    NEWBORN: Basis.PARENT,
    "enterprise": Basis.REPRESENTATIVE,
    "organisation": Basis.REPRESENTATIVE,
}
"""As what somebody hands in for such an applicant when nothing else is said."""
CHOICES = (("keep", "Giữ tên đã ghi"), ("correct", "Sửa hồ sơ người này theo thẻ"))
NO_PARENT = "Trẻ chưa có số định danh thì cha, mẹ hoặc người giám hộ đứng khai. Hãy ghi người khai."
AT_DESK = (Channel.COUNTER, Channel.MAIL)
MOST, MOST_OWNERS = 99, 20
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


class PersonFields(forms.Form):
    """Who a dossier is for: what an intake, a line of the paper book and a row of a batch all ask."""

    kind = forms.ChoiceField(label="Chủ hồ sơ là", choices=KINDS)
    identity = forms.CharField(
        label="Số định danh, mã số thuế",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "gõ số hoặc quét mã trên thẻ"}),
    )
    name = forms.CharField(
        label="Họ và tên chủ hồ sơ",
        max_length=200,
        error_messages={"required": "Hãy ghi họ và tên chủ hồ sơ như trên giấy tờ."},
    )
    phone = forms.CharField(label="Điện thoại", max_length=20, required=False)
    address = forms.CharField(label="Địa chỉ", max_length=300, required=False)

    def clean_phone(self) -> str:
        text: str = self.cleaned_data["phone"]
        return _checked(lambda: personal_id.phone(text)) if text.strip() else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, text = cleaned.get("kind"), str(cleaned.get("identity") or "").strip()
        if not kind or "identity" in self.errors:
            return cleaned
        if kind == NEWBORN:
            cleaned["identity"] = ""
        elif not text:
            self.add_error("identity", "Hãy ghi số định danh, hộ chiếu hoặc mã số thuế.")
        else:
            try:
                cleaned["identity"] = number(kind, text)
            except forms.ValidationError as wrong:
                self.add_error("identity", wrong)
        return cleaned


class IntakeForm(PersonFields):
    """One dossier over the counter or from the mail."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    parked = forms.UUIDField(widget=forms.HiddenInput, required=False)
    procedure = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**62)
    unit = forms.TypedChoiceField(label="Cơ quan giải quyết", coerce=int)
    channel = forms.TypedChoiceField(label="Hình thức nộp", coerce=int)
    paper_case = forms.ChoiceField(label="Trường hợp", required=False)
    born_on = DateField(label="Ngày sinh", required=False)
    nationality = forms.CharField(label="Quốc tịch", max_length=60, required=False)
    name_choice = forms.ChoiceField(
        label="Ghi hồ sơ theo tên nào",
        choices=CHOICES,
        required=False,
        widget=forms.RadioSelect,
    )
    despite = forms.BooleanField(label="Vẫn tiếp nhận", required=False)
    email = forms.EmailField(label="Thư điện tử", max_length=200, required=False)
    submitter_name = forms.CharField(label="Họ tên người nộp", max_length=200, required=False)
    submitter_identity = forms.CharField(label="Số giấy tờ", max_length=500, required=False)
    basis = forms.ChoiceField(label="Tư cách", choices=BASES, required=False)
    authority_number = forms.CharField(label="Số giấy ủy quyền", max_length=60, required=False)
    authority_on = DateField(label="Ngày ủy quyền", required=False)
    co_owners = forms.CharField(
        label="Đồng chủ hồ sơ",
        help_text="Mỗi dòng một người: họ tên; số giấy tờ.",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    sender = forms.CharField(label="Người gửi", max_length=200, required=False)
    tracking_number = forms.CharField(label="Số hiệu bưu gửi", max_length=40, required=False)
    carrier = forms.CharField(
        label="Đơn vị chuyển", max_length=60, required=False, initial="Bưu chính công ích"
    )
    subject = forms.CharField(
        label="Nội dung yêu cầu",
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "bỏ trống thì ghi theo tên thủ tục"}),
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
        for name in ("identity", "name", "address", "submitter_name", "submitter_identity"):
            self.fields[name].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.fields["identity"].widget.attrs |= {"accesskey": "n"}
        self.fields["phone"].widget.attrs |= {"inputmode": "tel", "autocomplete": "off"}

    def _offer(self, name: str, choices: Sequence[tuple[Any, str]]) -> None:
        field = self.fields[name]
        field.choices = list(choices)  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = "Lựa chọn này không còn. Hãy chọn lại."

    def clean_submitter_identity(self) -> str:
        return _number_of(self.cleaned_data["submitter_identity"])

    def clean_co_owners(self) -> list[Beside]:
        lines = [line for line in self.cleaned_data["co_owners"].splitlines() if line.strip()]
        if len(lines) > MOST_OWNERS:
            raise forms.ValidationError(f"Nhiều nhất {MOST_OWNERS} đồng chủ hồ sơ.")
        found = []
        for line in lines:
            name, _, text = line.replace("\t", ";").partition(";")
            found.append(Beside(PartyRole.CO_OWNER, name.strip()[:200], _number_of(text)))
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind = str(cleaned.get("kind"))
        if kind == FOREIGNER and not str(cleaned.get("nationality", "")).strip():
            self.add_error("nationality", "Chưa ghi quốc tịch. Hãy ghi như trên hộ chiếu.")
        if not str(cleaned.get("submitter_name", "")).strip():
            if kind == NEWBORN:
                self.add_error("submitter_name", NO_PARENT)
        elif not cleaned.get("basis"):
            cleaned["basis"] = NATURAL.get(kind, "")
            if not cleaned["basis"]:
                self.add_error("basis", "Hãy chọn người nộp là gì với chủ hồ sơ.")
        return cleaned

    def beside(self) -> list[Beside]:
        """The people behind the dossier besides its applicant."""
        said = self.cleaned_data
        others: list[Beside] = list(said["co_owners"])
        if said["submitter_name"].strip():
            own = {n: said[n] for n in ("basis", "authority_number", "authority_on")}
            others.append(
                Beside(
                    PartyRole.SUBMITTER, said["submitter_name"], said["submitter_identity"], **own
                )
            )
        return others


def person_kind(kind: str) -> str:
    """How the people of the province keep such an applicant."""
    return "citizen" if kind in (NEWBORN, FOREIGNER) else kind


def number(kind: str, text: str) -> str:
    """A person's (as typed, or as his card's code has it) or an enterprise's number in its one spelling;
    raises ValidationError."""
    if "|" in text:
        return _checked(lambda: personal_id.card(text).number)
    if person_kind(kind) == "citizen":
        return _checked(lambda: personal_id.of_citizen(text).text)
    return _checked(lambda: personal_id.tax_code(text).text)


def _number_of(text: str) -> str:
    """A citizen's number, typed or read off his card; none is none."""
    return number("citizen", text) if text.strip() else ""


def _checked(read: Any) -> str:
    try:
        return str(read())
    except Refusal as refusal:
        raise forms.ValidationError(NUMBERS[refusal.code]) from None


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A required paper on the screen: handed in, used again, not needed here, or (none) still missing.

    `there` is what the province holds of this person that is the paper.
    """

    n: int
    name: str
    originals: int
    copies: int
    held: bool
    waived: bool
    there: Held | None = None
    reused: bool = False


def cases_of(found: Offered | None) -> list[str]:
    """The cases (trường hợp) the papers are listed by, as the catalogue orders them."""
    return list(dict.fromkeys(case for case, *_ in found.papers if case)) if found else []


def paper_lines(
    found: Offered, case: str, data: Mapping[str, Any] | None, held: Sequence[Held] = ()
) -> list[PaperLine]:
    """The papers of a case, as ticked in `data` (None: nothing handed in yet)."""
    lines = []
    for n, (of_case, name, originals, copies) in enumerate(found.papers):
        if of_case and of_case != case:
            continue
        there = fitting(name, held)
        if data is None or f"chinh-{n}" not in data:
            lines.append(PaperLine(n, name, originals, copies, False, False, there))
            continue
        again = str(data.get(f"dung-lai-{n}", ""))
        lines.append(
            PaperLine(
                n,
                name,
                _count(data.get(f"chinh-{n}")),
                _count(data.get(f"sao-{n}")),
                bool(data.get(f"giay-{n}")),
                bool(data.get(f"khong-{n}")),
                there,
                there is not None and again == str(there.dossier_id),
            )
        )
    return lines


def papers_held(lines: Sequence[PaperLine]) -> tuple[PaperHeld, ...]:
    """What the acceptance is told; a paper not needed in this case is not among them."""
    return tuple(_held(line) for line in lines if line.held or line.reused or not line.waived)


def _held(line: PaperLine) -> PaperHeld:
    name = line.name[:LONG]
    if line.reused and not line.held and line.there is not None:
        source: UUID = line.there.dossier_id
        number = line.there.number[:100] if line.there.is_result else ""
        return PaperHeld(name, 0, 0, reused_from=source, reused_result=number)
    return PaperHeld(name, line.originals, line.copies, held=line.held)


def _count(text: Any) -> int:
    digits = str(text or "0").strip()
    return min(int(digits), MOST) if digits.isdecimal() and digits.isascii() else 0
