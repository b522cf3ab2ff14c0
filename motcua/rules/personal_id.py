"""Numbers of persons and enterprises: their shape, what they say, how they are shown.

Personal identification number: 12 digits PPP G YY RRRRRR (NĐ 137/2015 Đ13; TT 07/2016/TT-BCA Đ7), no
check digit. What it says of birth is compared, never believed: a difference is a warning, for sex and
date of birth are corrected by law while the number stays. Identity cards before it had 9 digits.
Tax codes: 10 digits, the last a check digit, and -NNN for a branch (TT 105/2020/TT-BTC Đ5).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import one_spelling


class Kind(StrEnum):
    """What kind of number it is."""

    PERSONAL = "personal"
    OLD_CARD = "old_card"
    TAX_CODE = "tax_code"
    PASSPORT = "passport"


class Doubt(StrEnum):
    """What does not fit, and is told without refusing."""

    PLACE_UNKNOWN = "identity.place_unknown"
    BIRTH_YEAR_DIFFERS = "identity.birth_year_differs"
    SEX_DIFFERS = "identity.sex_differs"


@dataclass(frozen=True, slots=True)
class Number:
    """A number in its one spelling (tax codes of branches with their hyphen), and its kind."""

    text: str
    kind: Kind
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Born:
    """What a personal identification number says of its holder's birth; `place` is None for a code
    that names no province (births registered abroad). It never says where somebody lives."""

    place_code: str
    place: str | None
    year: int
    male: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What the code on an identity card says."""

    number: str
    former_number: str
    name: str
    born_on: date | None
    male: bool | None
    address: str
    issued_on: date | None


PLACES: Mapping[str, str] = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang",
    "010": "Lào Cai", "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái",
    "017": "Hòa Bình", "019": "Thái Nguyên", "020": "Lạng Sơn", "022": "Quảng Ninh",
    "024": "Bắc Giang", "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh", "030": "Hải Dương",
    "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định",
    "037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình",
    "045": "Quảng Trị", "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam",
    "051": "Quảng Ngãi", "052": "Bình Định", "054": "Phú Yên", "056": "Khánh Hòa",
    "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum", "064": "Gia Lai", "066": "Đắk Lắk",
    "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước", "072": "Tây Ninh",
    "074": "Bình Dương", "075": "Đồng Nai", "077": "Bà Rịa – Vũng Tàu", "079": "Hồ Chí Minh",
    "080": "Long An", "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh", "086": "Vĩnh Long",
    "087": "Đồng Tháp", "089": "An Giang", "091": "Kiên Giang", "092": "Cần Thơ", "093": "Hậu Giang",
    "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip
"""The provinces of TT 07/2016; the mergers of 2025 changed no number, so the list is not shortened."""

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_SHOWN = 3


def personal(text: str, *, born_on: date | None = None, male: bool | None = None) -> Number:
    """A personal identification number, compared with what else is known of the person.

    Raises identity.personal_malformed.
    """
    digits = re.sub(r"[\s.]", "", text)
    if not re.fullmatch(r"\d{12}", digits, re.ASCII):
        raise Refusal("identity.personal_malformed")
    said = born(digits)
    found = (
        (said.place is None, Doubt.PLACE_UNKNOWN),
        (born_on is not None and born_on.year != said.year, Doubt.BIRTH_YEAR_DIFFERS),
        (male is not None and male != said.male, Doubt.SEX_DIFFERS),
    )
    return Number(digits, Kind.PERSONAL, tuple(doubt for holds, doubt in found if holds))


def born(digits: str) -> Born:
    """What 12 digits say of birth: G = 2 × (century − 20) + (0 male, 1 female), the 1900s being 20."""
    sign = int(digits[3])
    year = 1900 + 100 * (sign // 2) + int(digits[4:6])
    return Born(digits[:3], PLACES.get(digits[:3]), year, sign % 2 == 0)


def of_citizen(text: str, *, born_on: date | None = None, male: bool | None = None) -> Number:
    """What a citizen shows: a personal number, an old card of 9 digits, or a passport.

    Raises identity.malformed.
    """
    bare = re.sub(r"[\s.]", "", text).upper()
    if re.fullmatch(r"\d{9}", bare, re.ASCII):
        return Number(bare, Kind.OLD_CARD)
    if re.fullmatch(r"(?=.*\d)[A-Z][A-Z0-9]{5,13}", bare, re.ASCII):
        return Number(bare, Kind.PASSPORT)
    if not re.fullmatch(r"\d{12}", bare, re.ASCII):
        raise Refusal("identity.malformed")
    return personal(bare, born_on=born_on, male=male)


def tax_code(text: str) -> Number:
    """A tax code of an enterprise, a branch or an organisation, in the form 0100112437 or …-001.

    Raises identity.tax_code_malformed, identity.tax_code_wrong (the check digit does not fit).
    """
    bare = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"\d{10}(\d{3})?", bare, re.ASCII):
        raise Refusal("identity.tax_code_malformed")
    total = sum(int(digit) * weight for digit, weight in zip(bare[:9], _WEIGHTS, strict=True))
    nothing = bare[2:9] == "0000000" or bare[10:] == "000"
    if nothing or 10 - total % 11 != int(bare[9]):
        raise Refusal("identity.tax_code_wrong")
    branch = f"-{bare[10:]}" if len(bare) > 10 else ""
    return Number(bare[:10] + branch, Kind.TAX_CODE)


def card(text: str) -> Card:
    """What a scanner reads off an identity card:
    number|former number|name|ddmmyyyy|sex|address|issued on. Raises identity.card_unreadable.
    """
    parts = [part.strip() for part in text.strip().split("|")]
    if len(parts) < 7 or not re.fullmatch(r"\d{12}", parts[0], re.ASCII) or not parts[2]:
        raise Refusal("identity.card_unreadable")
    sexes = {"nam": True, "nữ": False}
    return Card(
        number=parts[0],
        former_number=parts[1],
        name=one_spelling(parts[2]),
        born_on=_day(parts[3]),
        male=sexes.get(one_spelling(parts[4]).casefold()),
        address=one_spelling(parts[5]),
        issued_on=_day(parts[6]),
    )


def phone(text: str) -> str:
    """A Vietnamese telephone number as ten digits from 0 (eleven for some landlines).

    Raises identity.phone_malformed.
    """
    bare = re.sub(r"[\s.()-]", "", text)
    bare = re.sub(r"^(\+84|0084|84(?=\d{9}$))", "0", bare)
    if not re.fullmatch(r"0[2-9]\d{8,9}", bare, re.ASCII):
        raise Refusal("identity.phone_malformed")
    return bare


def mask(number: str) -> str:
    """A number as lists and papers show it: only its last three characters."""
    return "*" * max(len(number) - _SHOWN, 0) + number[-_SHOWN:]


def _day(text: str) -> date | None:
    """ddmmyyyy; None where the card leaves it empty."""
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{8}", text, re.ASCII):
            raise ValueError(text)
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        raise Refusal("identity.card_unreadable") from None
