"""The codes of units and dossiers (TT 01/2018/TT-VPCP Đ19; QCVN 102:2016/BTTTT; QĐ 20/2020/QĐ-TTg Đ4).

A dossier's code is `unit code-YYMMDD-serial`: the day is the reception day in local time, the serial
counts the unit's dossiers of that day. Which form of unit code it carries depends on the day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from motcua.rules.refusal import Refusal

LONGEST_UNIT_CODE = 35


class Form(StrEnum):
    """How unit codes are written. Values are those of organisations.UnitCode.Scheme."""

    QCVN102 = "qcvn102"
    """Smallest body first, the province last: 000.00.06.H41."""
    QD20 = "qd20"
    """The province first: H41.06.12."""


@dataclass(frozen=True, slots=True)
class FormInForce:
    """From when dossiers' codes are written in a form, and how far that is known."""

    form: Form
    since: date
    source: str
    verified: bool


FORMS: Sequence[FormInForce] = (
    FormInForce(Form.QCVN102, date.min, "TT 01/2018/TT-VPCP Đ19; mã in trên phiếu năm 2022", True),
    FormInForce(Form.QD20, date(2025, 7, 1), "QĐ 20/2020/QĐ-TTg; ngày chuyển là cấu hình", False),
)
"""What a province starts from. QĐ 20/2020 is in force from 15/9/2020, yet codes printed in 2022 keep the
older form; the day of the change is configuration until the province confirms it."""

_UNIT = {
    Form.QCVN102: re.compile(r"\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}", re.ASCII),
    Form.QD20: re.compile(r"[A-Y]\d{2}(\.[0-9A-Z]+)*", re.ASCII),
}
_DOSSIER = re.compile(r"(?P<unit>[0-9A-Z.]+)-(?P<day>\d{6})-(?P<serial>\d{4,})", re.ASCII)


class CodeMalformed(Refusal):
    """numbering.code_malformed: the text is not a code. `reason`: shape, unit, day or serial."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__("numbering.code_malformed", {"text": text, "reason": reason})
        self.reason = reason


@dataclass(frozen=True, slots=True)
class DossierCode:
    """A dossier's code taken apart; `str()` writes it."""

    unit_code: str
    received_on: date
    serial: int

    @property
    def form(self) -> Form:
        return form_of(self.unit_code)

    def __str__(self) -> str:
        return f"{self.unit_code}-{self.received_on:%y%m%d}-{self.serial:04d}"


def form_on(on: date, forms: Sequence[FormInForce] = FORMS) -> Form:
    """The form of codes given on a day."""
    return max((f for f in forms if f.since <= on), key=lambda f: f.since).form


def is_unit_code(text: str, form: Form) -> bool:
    """Whether a text is a unit code of this form."""
    return len(text) <= LONGEST_UNIT_CODE and _UNIT[form].fullmatch(text) is not None


def form_of(unit_code: str) -> Form:
    """The form a unit code is written in; refuses what is neither."""
    for form in Form:
        if is_unit_code(unit_code, form):
            return form
    raise CodeMalformed(unit_code, "unit")


def dossier_code(unit_code: str, received_on: date, serial: int) -> str:
    """The code of the unit's `serial`-th dossier of a day: four digits, more when the day has more."""
    form_of(unit_code)
    if serial < 1:
        raise CodeMalformed(str(serial), "serial")
    if not 2000 <= received_on.year <= 2099:
        raise CodeMalformed(received_on.isoformat(), "day")
    return str(DossierCode(unit_code, received_on, serial))


def parse(code: str) -> DossierCode:
    """Take a dossier's code apart (as scanned or typed: spaces around and lower case are forgiven)."""
    text = code.strip().upper()
    match = _DOSSIER.fullmatch(text)
    if not match:
        raise CodeMalformed(text, "shape")
    form_of(match["unit"])
    serial = int(match["serial"])
    if serial < 1 or f"{serial:04d}" != match["serial"]:
        raise CodeMalformed(text, "serial")
    return DossierCode(match["unit"], _day(text, match["day"]), serial)


def _day(text: str, digits: str) -> date:
    try:
        return datetime.strptime(f"20{digits}", "%Y%m%d").date()  # noqa: DTZ007
    except ValueError:
        raise CodeMalformed(text, "day") from None
