"""Limits and fees as procedures print them in free text, read only where there is one reading.

What has no single reading stays text with the reason why; nothing is guessed. The catalogue's units are
giờ, ngày, ngày làm việc, tháng: a bare "ngày" is a calendar day. "Trong ngày" carries the 15:00 rule of
NĐ 61/2018 Đ18 by itself, so the usual sentence that repeats the rule is the same limit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from motcua.rules.deadline import Limit, LimitUnit
from motcua.rules.refusal import Refusal


class Reason(StrEnum):
    """Why a text was left as text."""

    NOT_STATED = "not_stated"
    NO_UNIT = "no_unit"
    SEVERAL = "several"
    RANGE = "range"
    CONDITIONAL = "conditional"
    OTHER_START = "other_start"
    OUT_OF_RANGE = "out_of_range"
    FOREIGN_CURRENCY = "foreign_currency"
    SUSPICIOUS = "suspicious"
    CONTRADICTED = "contradicted"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ParsedLimit:
    """A time limit; `text` is the original, `reason` says why there is no `limit`."""

    limit: Limit | None
    text: str
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class ParsedFee:
    """A fee (phí) or duty (lệ phí): `amount` in đồng, `per` what it is paid for, `note` the rest."""

    amount: int | None
    per: str | None
    currency: str | None
    kind: str | None
    note: str
    text: str
    reason: Reason | None = None


LONGEST_DAYS = 3650
LONGEST_TEXT = 2_000  # what is longer is a paragraph, with more than one reading
SMALLEST_FEE, LARGEST_FEE = 1_000, 10_000_000_000

_UNITS = {
    "giờ làm việc": LimitUnit.WORKING_HOUR,
    "giờ": LimitUnit.WORKING_HOUR,
    "ngày làm việc": LimitUnit.WORKING_DAY,
    "ngày": LimitUnit.CALENDAR_DAY,
    "tháng": LimitUnit.MONTH,
}
_NOT_STATED = re.compile(
    r"\(?(?:(?:không|chưa|không được)(?: có)? (?:thông tin|quy định|xác định|cập nhật)\b"
    r"|không có$|không$|khác$|đang cập nhật|thông tin không có|chưa có văn bản|-+$)"
)
_WORDS = "không|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|bẩy|tám|chín|mười|mươi|mốt|linh|lẻ|trăm|rưỡi"
_SPELLED = rf"(?:{_WORDS})(?:\s+(?:{_WORDS}))*"
_NUMBER = r"\d{1,5}(?:[.,]\d{1,2})?"
_UNIT = r"giờ làm việc|giờ|ngày làm việc|ngày|tháng"
_LEAD = (
    r"(?:thời (?:hạn|gian)(?: giải quyết)?\s*:?\s*|là\s+|tối đa\s+|không quá\s+|chậm nhất(?: là)?\s+"
    r"|trong (?:vòng|thời hạn|thời gian)\s+|trong\s+)*"
)
_ONE_LIMIT = re.compile(
    rf"{_LEAD}(?:(?P<number>{_NUMBER})(?:\s*\(\s*{_SPELLED}\s*\))?|{_SPELLED}\s*\(\s*(?P<spelled>\d{{1,4}})\s*\))"
    rf"\s*(?P<unit>{_UNIT})\b(?P<rest>.*)"
)
_QUANTITY = re.compile(rf"{_NUMBER}\s*(?:\([^)]*\)\s*)?(?:{_UNIT})\b")
_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|–|đến)\s*{_NUMBER}\s*(?:{_UNIT})\b")
_SAME_DAY = re.compile(
    r"(?:(?:thực hiện|giải quyết)\s+)?(?:ngay\s+)?trong ngày(?: làm việc)?"
    r"(?:\s+(?:tiếp nhận|nhận(?: được)?)(?:\s+(?:yêu cầu|hồ sơ|đủ hồ sơ)(?: hợp lệ)?)?)?(?P<rest>.*)"
)
_AFTER_THREE = re.compile(
    r"[;,]\s*(?:trường hợp\s+|nếu\s+)?(?:tiếp )?nhận hồ sơ sau 15(?:h| giờ)(?:00)?"
    r"(?:\s+mà không giải quyết được ngay)?\s+thì (?:trả|có) kết quả (?:vào|trong) "
    r"(?:15 giờ\s+)?ngày làm việc tiếp theo\.?"
)
_EXCLUSION = re.compile(
    r"[,;.]?\s*\(?\s*(?:thời gian này\s+)?không (?:tính|kể|bao gồm)(?: cả)? (?:vào )?thời gian\b.*"
)
_FROM_RECEIPT = re.compile(
    r"[,;]?\s*\(?\s*(?:được )?(?:kể|tính)?\s*từ(?:…|\.\.\.|\s*$"
    r"|\s+(?:ngày|khi|lúc|thời điểm|ngày làm việc)?[^;:\d]*?"
    r"(?:(?:nhận|nộp)\b[^;:\d]*?hồ sơ|ghi trên (?:phiếu|giấy) tiếp nhận|tiếp nhận yêu cầu"
    r"|nhận được yêu cầu hợp lệ)[^;:\d]*)"
)
_VALID_ONLY = re.compile(r"\s*\(\s*đối với hồ sơ (?:đầy đủ, )?hợp lệ\s*\)")
_CONDITION = re.compile(
    r"\b(?:trường hợp|đối với|riêng|nếu|hoặc|trong đó|cụ thể|bao gồm|khu vực|tùy|phải|tại|kết thúc|chờ)\b"
)


def parse_limit(text: str) -> ParsedLimit:
    """The limit a text states, where it states exactly one, counted from receipt of the dossier."""
    plain = _plain(text).lower()
    if len(plain) > LONGEST_TEXT:
        return ParsedLimit(None, text, Reason.UNKNOWN)
    same_day = _SAME_DAY.fullmatch(plain)
    if same_day and (not same_day["rest"] or _AFTER_THREE.fullmatch(same_day["rest"])):
        return ParsedLimit(Limit(None, LimitUnit.SAME_DAY), text)
    if not plain or _NOT_STATED.match(plain):
        return ParsedLimit(None, text, Reason.NOT_STATED)
    if re.fullmatch(r"[\d.,]+", plain):
        return ParsedLimit(None, text, Reason.NO_UNIT)
    excluded = _EXCLUSION.search(plain)
    counted = plain[: excluded.start()] if excluded else plain
    found = _ONE_LIMIT.fullmatch(counted)
    if found is None or not _whole(found["rest"]):
        return ParsedLimit(None, text, _why_not(counted, found))
    if excluded and _CONDITION.search(excluded[0]):
        return ParsedLimit(None, text, Reason.CONDITIONAL)
    amount = Decimal((found["number"] or found["spelled"]).replace(",", "."))
    unit = _UNITS[found["unit"]]
    longest = LONGEST_DAYS if unit is not LimitUnit.MONTH else LONGEST_DAYS // 30
    try:
        limit = Limit(amount, unit)
    except Refusal:
        return ParsedLimit(None, text, Reason.OUT_OF_RANGE)
    if amount > longest:
        return ParsedLimit(None, text, Reason.OUT_OF_RANGE)
    return ParsedLimit(limit, text)


def _plain(text: str) -> str:
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return re.sub(r"^(?:[•▪+*–-]|o)\s+", "", text).strip(" .;,:")


def _whole(rest: str) -> bool:
    """Whether what follows the unit adds nothing but "from receipt of the dossier"."""
    rest = _VALID_ONLY.sub("", rest)
    return not rest.strip(" ).;,") or (
        _FROM_RECEIPT.fullmatch(rest) is not None and not _CONDITION.search(rest)
    )


def _why_not(text: str, found: re.Match[str] | None) -> Reason:
    if _RANGE.search(text):
        return Reason.RANGE
    if len(_QUANTITY.findall(text)) > 1:
        return Reason.SEVERAL
    if _CONDITION.search(text):
        return Reason.CONDITIONAL
    if found and re.search(r"\btừ\b", found["rest"]):
        return Reason.OTHER_START
    return Reason.UNKNOWN


_FREE = re.compile(
    r"(?:miễn(?: phí| lệ phí| thu)?(?: phí| lệ phí)?|không(?: có| thu| mất)?(?: phí| lệ phí)?(?:, lệ phí)?"
    r"|0|không đồng|0\s*(?:đồng|đ|vnđ|vnd))",
    re.IGNORECASE,
)
_KIND = re.compile(r"(?P<kind>lệ phí|phí)(?:\s+\w+){0,6}?\s*:\s*", re.IGNORECASE)
_DONG = r"(?:việt nam đồng|đồng|vnđ|vnd|đ)\b"
_MONEY = re.compile(
    rf"(?P<number>\d{{1,3}}(?:[.,]\d{{3}})+|\d+(?:[.,]\d{{1,2}})?)\s*(?P<currency>{_DONG}|usd\b|\$)",
    re.IGNORECASE,
)
_PER = re.compile(r"\s*/\s*(?P<per>(?:0?1\s+)?[^\d;:,()/.]+(?:\s*/\s*[^\d;:,()/.]+)?)")
_FEE_NOT_STATED = re.compile(
    r"\(?(?:(?:không|chưa)(?: có)? (?:thông tin|quy định|văn bản|cập nhật)\b|đang cập nhật)",
    re.IGNORECASE,
)
_FEE_CONDITION = re.compile(
    r"miễn|giảm|%|từ ngày|đến hết|đến ngày|trường hợp|đối với|riêng|nếu|tối đa|tối thiểu|trở đi",
    re.IGNORECASE,
)
_SET_LOCALLY = re.compile(r"hội đồng nhân dân|hđnd|mức (?:thu|phí|lệ phí)", re.IGNORECASE)


def parse_fee(text: str) -> ParsedFee:
    """The amount a text states, where it states exactly one in đồng; a fee below 1,000 đồng is doubted."""
    plain = _plain(text)
    lead = _KIND.match(plain)
    kind = None if lead is None else ("duty" if lead["kind"].lower() == "lệ phí" else "fee")
    body = plain[lead.end() :] if lead else plain
    if len(body) > LONGEST_TEXT:
        return ParsedFee(None, None, None, kind, "", text, Reason.UNKNOWN)
    if _FREE.fullmatch(body):
        return ParsedFee(0, None, "VND", kind, "", text)
    if not body or _FEE_NOT_STATED.match(body):
        return ParsedFee(None, None, None, kind, "", text, Reason.NOT_STATED)
    money = _MONEY.match(body)
    if money is None:
        return ParsedFee(None, None, None, kind, "", text, _why_no_fee(body))
    rest = body[money.end() :]
    per = _PER.match(rest)
    note = rest[per.end() if per else 0 :].strip(" .;,()")
    currency = _currency(money)
    number = money["number"]
    amount = int(re.sub(r"\D", "", number))
    reason = _doubt(number, amount, currency, note)
    kept = amount if reason is None else None
    return ParsedFee(kept, per["per"].strip() if per else None, currency, kind, note, text, reason)


def _doubt(number: str, amount: int, currency: str, note: str) -> Reason | None:
    if _MONEY.search(note) or re.match(r"(?:-|–|đến)\s*\d", note):
        return Reason.RANGE if re.match(r"-|–|đến", note) else Reason.SEVERAL
    if currency != "VND":
        return Reason.FOREIGN_CURRENCY
    if re.search(r"[.,]\d{1,2}$", number) or (amount and not SMALLEST_FEE <= amount <= LARGEST_FEE):
        return Reason.SUSPICIOUS
    return Reason.CONDITIONAL if _FEE_CONDITION.search(note) else None


def _why_no_fee(body: str) -> Reason:
    amounts = len(_MONEY.findall(body))
    if amounts > 1:
        return Reason.RANGE if re.match(r"từ\s+\d", body, re.IGNORECASE) else Reason.SEVERAL
    if amounts == 1:
        return Reason.CONDITIONAL
    return Reason.NO_UNIT if re.fullmatch(r"[\d.,\s]+", body) else Reason.UNKNOWN


def contradicts(fee: ParsedFee, note: str) -> bool:
    """Whether a note beside a fee names another amount or currency, or says that a free one is not.

    A usual fault of the sources: "Miễn phí" beside "mức thu do Hội đồng nhân dân cấp tỉnh quy định".
    """
    plain = _plain(note)
    named = {(int(re.sub(r"\D", "", m["number"])), _currency(m)) for m in _MONEY.finditer(plain)}
    if fee.amount == 0 and _SET_LOCALLY.search(plain):
        return True
    return bool(named) and (fee.amount, fee.currency) not in named


def _currency(money: re.Match[str]) -> str:
    return "USD" if money["currency"].lower() in ("usd", "$") else "VND"
