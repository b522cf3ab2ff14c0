"""The records that dossiers are exchanged in with the national portal and the systems of ministries.

DongBoHoSoMC (a dossier as it stands) and CapNhatTienDoHoSoMC (a step done): built from plain values, and a
record that comes in is read whole or refused with the name of the field. Moments are yyyyMMddHHmmss in local
time, statuses the ten public codes as they are: 5, 6 and 8 are never sent as anything else, and a number
that is nobody's is never sent in place of one that is missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from motcua.rules import personal_id
from motcua.rules.books import FILED, Channel
from motcua.rules.casework import Status
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

SYNC, PROGRESS = "DongBoHoSoMC", "CapNhatTienDoHoSoMC"
STAMP = "%Y%m%d%H%M%S"
OPEN_BEFORE_ACCEPTANCE = frozenset({Status.SUBMITTED, Status.NOT_ACCEPTED, Status.WITHDRAWN})
SUBJECT_LONGEST, HANDLER_LONGEST = 1000, 50

KINDS: Mapping[str, int] = {"citizen": 1, "enterprise": 2, "organisation": 4}
"""LoaiDoiTuong by the kind of a person here; 3, a state agency, is an organisation too."""
KIND_OF: Mapping[int, str] = {1: "citizen", 2: "enterprise", 3: "organisation", 4: "organisation"}
DOCUMENT_CODES: Mapping[personal_id.Kind, int] = {
    personal_id.Kind.PERSONAL: 1,
    personal_id.Kind.OLD_CARD: 2,
}
"""LoaiDinhDanh: the two that the record knows; a passport or a tax code has no place in it."""


# ---- what goes out -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A dossier as one message tells it: nothing personal, that is added when the message leaves."""

    code: str
    procedure_code: str
    procedure: str
    domain_code: str
    domain: str
    channel: Channel
    status: Status
    unit: str
    received_at: datetime
    accepted_at: datetime | None = None
    due_at: datetime | None = None
    finished_at: datetime | None = None
    handed_over_at: datetime | None = None
    refused_at: datetime | None = None
    by_mail: bool = False
    submitted_there: bool = False
    papers: Sequence[Mapping[str, Any]] = ()
    charges: Sequence[Mapping[str, Any]] = ()
    supplements: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """What was done with a dossier that did not change its public status."""

    code: str
    status: Status
    name: str
    unit: str
    at: datetime
    title: str = ""
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Applicant:
    """Whose dossier it is, for a message about to leave."""

    kind: str
    name: str
    number: str = ""
    phone: str = ""
    email: str = ""
    subject: str = ""


def dossier_record(told: Told) -> dict[str, Any]:
    """A dossier as DongBoHoSoMC takes it, still without its applicant (`with_applicant`)."""
    return {
        "MaHoSo": told.code,
        "MaTTHC": told.procedure_code,
        "TenTTHC": told.procedure,
        "MaLinhVuc": told.domain_code,
        "TenLinhVuc": told.domain,
        "KenhThucHien": str(int(told.channel)),
        "NgayNopHoSo": stamp(told.received_at),
        "NgayTiepNhan": stamp(told.accepted_at),
        "NgayHenTra": stamp(told.due_at),
        "NgayKetThucXuLy": stamp(told.finished_at),
        "NgayTra": stamp(told.handed_over_at),
        "NgayTuChoi": stamp(told.refused_at),
        "TrangThaiHoSo": str(int(told.status)),
        "HinhThuc": "1" if told.by_mail else "0",
        "DonViXuLy": told.unit,
        "NoiNopHoSo": "1" if told.submitted_there else "2",
        "HoSoCoThanhPhanSoHoa": "1" if any(p["digitised"] for p in told.papers) else "0",
        "TaiLieuNop": [
            {
                "TepDinhKemId": str(paper["id"]),
                "TenTepDinhKem": paper["name"],
                "IsDeleted": "0",
                "DuocSoHoa": "1" if paper["digitised"] else "0",
                "DuocTaiSuDung": "1" if paper["reused"] else "0",
            }
            for paper in told.papers
        ],
        "DanhSachLePhi": [
            {"TenPhiLePhi": one["name"], "MaPhiLePhi": "", "Gia": str(one["amount"])}
            for one in told.charges
        ],
        "DanhSachHoSoBoSung": [
            {
                "HoSoBoSungId": str(one["id"]),
                "NoiDungBoSung": one["reason"],
                "NgayBoSung": stamp(one["asked_at"]),
                "NgayTiepNhanBoSung": stamp(one["received_at"]),
                "TrangThaiBoSung": "1" if one["received_at"] else "0",
            }
            for one in told.supplements
        ],
    }


def with_applicant(record: Mapping[str, Any], who: Applicant) -> dict[str, Any]:
    """A record with whose it is. A number that is missing, or nobody's, is left out, never made up."""
    number = _known(who)
    return {
        **record,
        "ChuHoSo": who.name,
        "LoaiDoiTuong": str(KINDS[who.kind]),
        "DinhDanhCHS": number,
        "SoDienThoai": who.phone,
        "Email": who.email,
        "TrichYeuHoSo": who.subject[:SUBJECT_LONGEST],
    }


def progress_record(step: Step) -> dict[str, Any]:
    """A step done, as CapNhatTienDoHoSoMC takes it; who did it is named by post, as citizens see it."""
    return {
        "MaHoSo": step.code,
        "NguoiXuLy": "",
        "ChucDanh": step.title[:HANDLER_LONGEST],
        "ThoiDiemXuLy": stamp(step.at),
        "PhongBanXuLy": step.unit,
        "NoiDungXuLy": step.name,
        "TrangThai": str(int(step.status)),
        "NgayBatDau": stamp(step.at),
        "NgayKetThucTheoQuyDinh": stamp(step.due_at),
    }


def arrived(service: str, record: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    """Whether a record sent without knowing what became of it is what the other side has."""
    if service == PROGRESS:
        return any(dict(step) == dict(record) for step in there.get("TienDo") or ())
    return all(there.get(name) == value for name, value in record.items())


def _known(who: Applicant) -> dict[str, Any] | None:
    """The number as DinhDanhCHS, where it is one that the record has a place for."""
    if who.kind != "citizen" or not who.number or len(set(who.number)) == 1:
        return None
    try:
        number = personal_id.of_citizen(who.number)
    except Refusal:
        return None
    if number.kind not in DOCUMENT_CODES or personal_id.Doubt.PLACE_UNKNOWN in number.doubts:
        return None
    return {"LoaiDinhDanh": str(DOCUMENT_CODES[number.kind]), "SoDinhDanh": number.text}


def stamp(at: datetime | None) -> str:
    """A moment as the records write it; "" for none."""
    return at.astimezone(ZONE).strftime(STAMP) if at else ""


# ---- what comes in -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seen:
    """A dossier as another system's record shows it."""

    code: str
    procedure_code: str
    unit_code: str
    channel: Channel
    status: Status
    applicant: Applicant
    received_at: datetime
    accepted_at: datetime | None
    due_at: datetime | None
    finished_at: datetime | None
    handed_over_at: datetime | None
    refused_at: datetime | None
    papers: tuple[str, ...] = ()

    @property
    def latest(self) -> datetime:
        """The last thing that had happened when the record was written."""
        moments = (self.accepted_at, self.finished_at, self.handed_over_at, self.refused_at)
        return max([self.received_at, *(at for at in moments if at)])

    @property
    def stands(self) -> tuple[datetime, int]:
        """What a later record of the same dossier is not before."""
        return self.latest, _AFTER.index(self.status)


_AFTER = (
    *(Status.SUBMITTED, Status.NOT_ACCEPTED, Status.ACCEPTED, Status.PROCESSING),
    *(Status.SUPPLEMENT, Status.MONEY, Status.STOPPED, Status.WITHDRAWN),
    *(Status.DONE, Status.HANDED_OVER),
)
WAITING = frozenset({Status.SUPPLEMENT, Status.MONEY, Status.STOPPED, Status.PROCESSING})
"""Between these a dossier goes to and fro without a moment of its own in the record."""


def is_older(seen: Seen, than: tuple[datetime, int]) -> bool:
    """Whether a record was written before what is known already."""
    at, rank = than
    known = _AFTER[rank]
    if seen.latest != at:
        return seen.latest < at
    return not {seen.status, known} <= WAITING and _AFTER.index(seen.status) < rank


def read(record: object) -> Seen:
    """A record of DongBoHoSoMC as values.

    Raises exchange.record_unreadable, exchange.field_missing, exchange.field_malformed,
    exchange.field_too_long, exchange.moments_disagree.
    """
    if not isinstance(record, Mapping):
        raise Refusal("exchange.record_unreadable")
    fields = _Fields(record)
    seen = Seen(
        code=fields.text("MaHoSo", 60),
        procedure_code=fields.text("MaTTHC", 60),
        unit_code=fields.text("DonViXuLy", 60),
        channel=Channel(fields.one_of("KenhThucHien", [int(c) for c in FILED])),
        status=Status(fields.one_of("TrangThaiHoSo", [int(s) for s in Status])),
        applicant=_applicant(fields),
        received_at=fields.moment_of("NgayNopHoSo"),
        accepted_at=fields.moment("NgayTiepNhan"),
        due_at=fields.moment("NgayHenTra"),
        finished_at=fields.moment("NgayKetThucXuLy"),
        handed_over_at=fields.moment("NgayTra"),
        refused_at=fields.moment("NgayTuChoi"),
        papers=tuple(fields.names("TaiLieuNop", "TenTepDinhKem", 1000)),
    )
    _agree(seen)
    return seen


def _applicant(fields: _Fields) -> Applicant:
    kind = KIND_OF[fields.one_of("LoaiDoiTuong", list(KIND_OF))]
    given = fields.record.get("DinhDanhCHS") or {}
    if not isinstance(given, Mapping):
        raise Refusal("exchange.field_malformed", {"name": "DinhDanhCHS"})
    return Applicant(
        kind=kind,
        name=fields.text("ChuHoSo", 200),
        number=_Fields(given).text("SoDinhDanh", 20, required=False),
        phone=fields.text("SoDienThoai", 20, required=False),
        email=fields.text("Email", 254, required=False),
        subject=fields.text("TrichYeuHoSo", SUBJECT_LONGEST, required=False),
    )


def _agree(seen: Seen) -> None:
    """What a status says has happened must have a moment, and they follow each other."""
    accepted, finished = seen.accepted_at, seen.finished_at
    if accepted is None and seen.status not in OPEN_BEFORE_ACCEPTANCE:
        raise Refusal("exchange.field_missing", {"name": "NgayTiepNhan"})
    if finished is None and seen.status in (Status.DONE, Status.HANDED_OVER):
        raise Refusal("exchange.field_missing", {"name": "NgayKetThucXuLy"})
    order = [at for at in (seen.received_at, accepted, finished, seen.handed_over_at) if at]
    if order != sorted(order):
        raise Refusal("exchange.moments_disagree")


@dataclass(frozen=True, slots=True)
class _Fields:
    """The fields of a record, each read as what it must be."""

    record: Mapping[str, Any]

    def text(self, name: str, longest: int, *, required: bool = True) -> str:
        given = self.record.get(name)
        if given is None:
            given = ""
        if not isinstance(given, str | int) or isinstance(given, bool):
            raise Refusal("exchange.field_malformed", {"name": name})
        found = str(given).strip()
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", found):
            raise Refusal("exchange.field_malformed", {"name": name})
        if required and not found:
            raise Refusal("exchange.field_missing", {"name": name})
        if len(found) > longest:
            raise Refusal("exchange.field_too_long", {"name": name, "most": longest})
        return found

    def one_of(self, name: str, known: Sequence[int]) -> int:
        found = self.text(name, 4)
        if not found.isascii() or not found.isdecimal() or int(found) not in known:
            raise Refusal("exchange.field_malformed", {"name": name})
        return int(found)

    def moment(self, name: str) -> datetime | None:
        return self.moment_of(name) if self.text(name, 14, required=False) else None

    def moment_of(self, name: str) -> datetime:
        found = self.text(name, 14)
        if not re.fullmatch(r"\d{14}", found, re.ASCII):
            raise Refusal("exchange.field_malformed", {"name": name})
        try:
            return datetime.strptime(found, STAMP).replace(tzinfo=ZONE)
        except ValueError:
            raise Refusal("exchange.field_malformed", {"name": name}) from None

    def names(self, name: str, inner: str, longest: int) -> list[str]:
        given = self.record.get(name) or []
        if not isinstance(given, list) or not all(isinstance(one, Mapping) for one in given):
            raise Refusal("exchange.field_malformed", {"name": name})
        return [_Fields(one).text(inner, longest) for one in given]


# ---- both sides compared -------------------------------------------------------------------------


class Gap(StrEnum):
    """How two sides can differ about a dossier."""

    MISSING_THERE = "missing_there"
    MISSING_HERE = "missing_here"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class Difference:
    """A dossier on which the two sides differ, with the status on each (None: it is not there)."""

    code: str
    gap: Gap
    here: Status | None
    there: Status | None


def compare(here: Mapping[str, Status], there: Mapping[str, Status]) -> list[Difference]:
    """Every dossier, by its code, that one side has not, or has in another status."""
    found = []
    for code in sorted({*here, *there}):
        ours, theirs = here.get(code), there.get(code)
        if ours is theirs:
            continue
        if theirs is None:
            gap = Gap.MISSING_THERE
        else:
            gap = Gap.MISSING_HERE if ours is None else Gap.STATUS
        found.append(Difference(code, gap, ours, theirs))
    return found
