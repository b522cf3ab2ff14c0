"""The papers the one-stop mechanism knows: what each must hold, and which set of forms is in force when.

Two sets: TT 01/2018/TT-VPCP Đ9 (six forms) and TT 03/2025/TT-VPCP under NĐ 118/2025 (seven, renumbered).
A form is chosen by the date its paper is issued, never by today. The renderer is `motcua.files.rendering`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from motcua.statutory.rule_data import TWO_TIERS
from motcua.statutory.rule_kinds import RuleSet, in_force

PAPERS = Path(__file__).parent / "papers"
FONTS = Path(__file__).parent / "fonts"


class Kind(StrEnum):
    """What a paper is for; the same in every set, whatever its number there."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    APOLOGY = "apology"
    STOP = "stop"
    CONTROL = "control"
    REGISTER = "register"


class Outcome(StrEnum):
    """How an agency's part of the work ended (phiếu kiểm soát; TT 01/2018 Đ13)."""

    EARLY = "Trước hạn"
    ON_TIME = "Đúng hạn"
    LATE = "Quá hạn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """What every paper's head holds: `desk` of `agency` issues it.

    `number` is what follows `Số:`, blank until the registry gives one.
    """

    agency: str
    desk: str
    place: str
    issued_on: date
    number: str = ""
    example: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPaper(Paper):
    """A paper about one dossier. `code` is empty where none was given (refused at intake)."""

    code: str
    applicant: str
    procedure: str
    tracking_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantPaper(DossierPaper):
    """A paper that also says where the applicant is reached."""

    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """One required paper as handed in, with how many of each form of it."""

    name: str
    originals: int = 0
    certified_copies: int = 0
    plain_copies: int = 0
    electronic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeLine:
    """One fee or duty in whole đồng, with how it is collected (NĐ 61/2018 Đ22)."""

    name: str
    amount: int
    method: str = ""
    paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """The second stage of an interconnected procedure: who settles it, from when to when."""

    agency: str
    received_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(ApplicantPaper):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả (NĐ 61/2018 Đ17.3).

    `id_document` comes masked. Without `due_at` the paper prints `due_reason` in its place.
    """

    copy_name: str
    submitter: str = ""
    id_document: str = ""
    papers: tuple[PaperLine, ...] = ()
    sets: int = 1
    limit_text: str
    received_at: datetime
    due_at: datetime | None
    due_reason: str = ""
    second_stage: Stage | None = None
    result_by: str
    fees: tuple[FeeLine, ...] = ()
    clerk: str
    book: str = ""
    book_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing to add or mend, and why."""

    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequest(ApplicantPaper):
    """Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ: full, once, in writing (NĐ 61/2018 Đ15.3, Đ17, Đ19.4)."""

    missing: tuple[Missing, ...]
    reason: str
    contact: str
    contact_phone: str = ""
    website: str = ""
    guide: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal(ApplicantPaper):
    """Phiếu từ chối tiếp nhận, giải quyết hồ sơ, with its reason and legal ground (NĐ 61/2018 Đ17, Đ19.8)."""

    at_intake: bool
    submitter: str = ""
    id_document: str = ""
    reason: str
    ground: str
    contact: str
    contact_phone: str = ""
    website: str = ""
    clerk: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Apology(DossierPaper):
    """Phiếu xin lỗi và hẹn lại ngày trả kết quả, at most once for a dossier (NĐ 61/2018 Đ19.9).

    `received_by` is the one-stop desk that took the dossier in, where another than `desk` issues this.
    """

    address: str = ""
    received_by: str = ""
    received_at: datetime
    due_at: datetime
    reason: str
    caused_by: str
    new_due_at: datetime
    signer_title: str
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopNotice(DossierPaper):
    """Thông báo dừng giải quyết hồ sơ (NĐ 118/2025; TT 03/2025/TT-VPCP mẫu 05)."""

    address: str = ""
    received_by: str = ""
    received_at: datetime
    stopped_at: datetime
    at_request: bool
    reason: str
    returned: str
    contact: str
    contact_phone: str = ""
    signer_title: str
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One hand-over between agencies, a projection of the dossier's acts, never typed separately."""

    agency: str
    handed_at: datetime | None
    handed_by: str
    received_at: datetime | None
    received_by: str
    outcome: Outcome | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlSlip(DossierPaper):
    """Phiếu kiểm soát quá trình giải quyết hồ sơ: travels with the dossier, a row for each hand-over."""

    received_at: datetime
    due_at: datetime | None
    settled_by: str
    assisted_by: str = ""
    transfers: tuple[Transfer, ...]
    book: str = ""
    book_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """One dossier's line in the register."""

    code: str
    procedure: str
    sets: int
    applicant: str
    address: str = ""
    phone: str = ""
    received_at: datetime
    due_at: datetime | None
    returned_on: date | None = None
    handed_by: str = ""
    collected_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register(Paper):
    """Sổ theo dõi hồ sơ of one desk over a period, a projection of its dossiers."""

    book: str
    from_on: date
    until_on: date
    lines: tuple[RegisterLine, ...]
    keeper: str


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One form of one set. `unverified` says what was not compared with the official print, "" if nothing.

    `paper` and `landscape` describe the sheet; `data` is what it prints. `template` is a file under the
    templates' root: "v1/receipt.typ" of ours, "tinh/…" of the province's own (statutory.province_papers).
    A file of a version never changes once papers were issued by it; a change is a new version.
    """

    kind: Kind
    number: str
    title: str
    law: str
    article: str
    template: str
    data: type[Paper]
    valid_from: date
    valid_until: date | None
    paper: str = "a5"
    landscape: bool = False
    unverified: str = ""


class NoPaperForm(LookupError):
    """No set of forms in force on that day has such a paper."""

    def __init__(self, kind: Kind, on: date) -> None:
        super().__init__(kind, on)
        self.kind, self.on = kind, on


DATA: dict[Kind, type[Paper]] = {
    Kind.RECEIPT: Receipt,
    Kind.SUPPLEMENT: SupplementRequest,
    Kind.REFUSAL: Refusal,
    Kind.APOLOGY: Apology,
    Kind.STOP: StopNotice,
    Kind.CONTROL: ControlSlip,
    Kind.REGISTER: Register,
}
_UNREAD = "bố cục theo bộ mẫu 2018, chưa đối chiếu với bản in của Thông tư 03/2025/TT-VPCP"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSet(RuleSet):
    """The forms of one circular, in the order of their numbers."""

    forms: tuple[PaperForm, ...] = ()


def _numbered(rules: FormSet, version: str, *forms: tuple[Kind, str, str]) -> FormSet:
    """Number the forms of one circular as listed; a register is A4 lying, all else A5 (TT 01/2018 Đ9.2)."""
    numbered = tuple(
        PaperForm(
            kind=kind,
            number=f"{place:02}",
            title=title,
            law=rules.law,
            article=article,
            template=f"{version}/{kind}.typ",
            data=DATA[kind],
            valid_from=rules.valid_from,
            valid_until=rules.valid_to,
            paper="a4" if kind is Kind.REGISTER else "a5",
            landscape=kind is Kind.REGISTER,
            unverified=rules.unverified,
        )
        for place, (kind, title, article) in enumerate(forms, start=1)
    )
    return replace(rules, forms=numbered)


FORM_SETS = (
    _numbered(
        FormSet(
            id="forms:2019",
            area="forms",
            valid_from=date(2019, 1, 6),
            valid_to=TWO_TIERS,
            law="Thông tư 01/2018/TT-VPCP",
            article="Đ9",
        ),
        "v1",
        (Kind.RECEIPT, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "NĐ 61/2018 Đ17.3"),
        (Kind.SUPPLEMENT, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "NĐ 61/2018 Đ17, Đ19.4"),
        (Kind.REFUSAL, "Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "NĐ 61/2018 Đ17, Đ19.8"),
        (Kind.APOLOGY, "Phiếu xin lỗi và hẹn lại ngày trả kết quả", "NĐ 61/2018 Đ19.9"),
        (Kind.CONTROL, "Phiếu kiểm soát quá trình giải quyết hồ sơ", "TT 01/2018 Đ9"),
        (Kind.REGISTER, "Sổ theo dõi hồ sơ", "TT 01/2018 Đ9, Đ10"),
    ),
    _numbered(
        FormSet(
            id="forms:2025",
            area="forms",
            valid_from=TWO_TIERS,
            valid_to=None,
            law="Thông tư 03/2025/TT-VPCP",
            unverified=_UNREAD,
        ),
        "v1",
        (Kind.RECEIPT, "Giấy tiếp nhận hồ sơ và hẹn trả kết quả", "NĐ 118/2025"),
        (Kind.SUPPLEMENT, "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ", "NĐ 118/2025"),
        (Kind.REFUSAL, "Phiếu từ chối tiếp nhận, giải quyết hồ sơ", "NĐ 118/2025"),
        (Kind.APOLOGY, "Văn bản xin lỗi và đề nghị gia hạn", "NĐ 118/2025"),
        (Kind.STOP, "Thông báo dừng giải quyết hồ sơ", "NĐ 118/2025"),
        (Kind.CONTROL, "Phiếu kiểm soát quá trình giải quyết hồ sơ", "NĐ 118/2025"),
        (Kind.REGISTER, "Sổ theo dõi hồ sơ", "NĐ 118/2025"),
    ),
)
FORMS = tuple(form for forms in FORM_SETS for form in forms.forms)
_own: list[PaperForm] = []
"""The province's own forms, set at start (statutory.province_papers); a later one wins over an earlier."""


def forms_in_force(on: date) -> tuple[PaperForm, ...]:
    """The whole set in force on that day, in the order of its numbers; empty before 2019-01-06.

    Where the province prints one its own way on that day (`print_own`), its form stands in that place.
    """
    found = in_force(FORM_SETS, on)
    return tuple(_own_of(form, on) for form in found.forms) if found else ()


def print_own(forms: Sequence[PaperForm]) -> None:
    """From now on these forms of the province stand in the place of the circular's, each in its time."""
    _own[:] = forms


def _own_of(form: PaperForm, on: date) -> PaperForm:
    for own in _own:
        in_time = own.valid_from <= on and (own.valid_until is None or on < own.valid_until)
        if own.kind is form.kind and in_time:
            return replace(own, number=form.number, law=form.law, article=form.article)
    return form


def paper_form(kind: Kind, on: date) -> PaperForm:
    """The form of that kind in force on the day the paper is issued, or `NoPaperForm`."""
    for form in forms_in_force(on):
        if form.kind is kind:
            return form
    raise NoPaperForm(kind, on)
