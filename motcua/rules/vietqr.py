"""VietQR: the payload of a QR code that a banking app pays by (EMVCo merchant-presented mode, NAPAS 247).

A payload is fields of two digits (what), two digits (how long) and a value; the last one, 63, is a CRC-16
over everything before it. `build` writes one for a transfer to an account, `read` reads any and
refuses one whose check does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold

NAPAS = "A000000727"
"""Who keeps the register of accounts: the service behind VietQR."""
TO_ACCOUNT = "QRIBFTTA"
DONG, COUNTRY = "704", "VN"
LONGEST_PURPOSE = 25
"""What banks show of a purpose without cutting it."""
_FIRST_MERCHANT, _LAST_MERCHANT = 26, 51


@dataclass(frozen=True, slots=True)
class Transfer:
    """A transfer to an account: the bank by its six digits, the account, the amount in đồng (None: the payer
    writes it) and the purpose, by which the payment is known again."""

    bank: str
    account: str
    amount: int | None = None
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Payload:
    """What a payload says; `transfer` where it is a VietQR one."""

    fields: Mapping[str, str]
    provider: str
    transfer: Transfer | None = None
    additional: Mapping[str, str] = field(default_factory=dict)

    @property
    def once(self) -> bool:
        """Made for one payment, not for many."""
        return self.fields.get("01") == "12"


def build(transfer: Transfer) -> str:
    """The payload of a transfer. Raises vietqr.bank_wrong, vietqr.account_wrong, vietqr.amount_wrong,
    vietqr.purpose_wrong."""
    _checked(transfer)
    beneficiary = _field("00", transfer.bank) + _field("01", transfer.account)
    merchant = _field("00", NAPAS) + _field("01", beneficiary) + _field("02", TO_ACCOUNT)
    once = transfer.amount is not None
    parts = [
        _field("00", "01"),
        _field("01", "12" if once else "11"),
        _field("38", merchant),
        _field("53", DONG),
        _field("54", str(transfer.amount)) if once else "",
        _field("58", COUNTRY),
        _field("62", _field("08", transfer.purpose)) if transfer.purpose else "",
    ]
    return closed("".join(parts))


def closed(fields: str) -> str:
    """Fields with their check at the end."""
    open_ended = fields + "6304"
    return f"{open_ended}{crc(open_ended.encode('ascii')):04X}"


def read(payload: str) -> Payload:
    """What a payload says. Raises vietqr.unreadable, vietqr.check_wrong."""
    if len(payload) < 8 or not payload.isascii() or payload[-8:-4] != "6304":
        raise Refusal("vietqr.unreadable")
    if payload[-4:] != f"{crc(payload[:-4].encode('ascii')):04X}":
        raise Refusal("vietqr.check_wrong")
    fields = _fields(payload[:-8])
    merchants = {
        tag: _fields(value)
        for tag, value in fields.items()
        if _FIRST_MERCHANT <= int(tag) <= _LAST_MERCHANT
    }
    guid = next((m["00"] for m in merchants.values() if "00" in m), "")
    additional = _fields(fields["62"]) if "62" in fields else {}
    transfer = _transfer(_of(merchants, NAPAS), fields, additional) if guid == NAPAS else None
    return Payload(fields, guid, transfer, additional)


def purpose_of(text: str) -> str:
    """A text as banks take it for a purpose: no diacritics, letters, digits and spaces."""
    kept = (c if c.isascii() and c.isalnum() else " " for c in fold(text).upper())
    return " ".join("".join(kept).split())[:LONGEST_PURPOSE].strip()


def crc(data: bytes) -> int:
    """CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF)."""
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1 ^ 0x1021) if value & 0x8000 else value << 1
            value &= 0xFFFF
    return value


def _checked(transfer: Transfer) -> None:
    if len(transfer.bank) != 6 or not transfer.bank.isascii() or not transfer.bank.isdecimal():
        raise Refusal("vietqr.bank_wrong")
    account = transfer.account
    if not (1 <= len(account) <= 19 and account.isascii() and account.isalnum()):
        raise Refusal("vietqr.account_wrong")
    if transfer.amount is not None and not 0 < transfer.amount < 10**13:
        raise Refusal("vietqr.amount_wrong")
    purpose = transfer.purpose
    if len(purpose) > LONGEST_PURPOSE or not purpose.isascii() or not purpose.isprintable():
        raise Refusal("vietqr.purpose_wrong")


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _fields(text: str) -> dict[str, str]:
    """The fields of a text, each once; raises vietqr.unreadable."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (len(length) == 2 and tag.isdecimal() and length.isdecimal()) or tag in found:
            raise Refusal("vietqr.unreadable")
        end = at + 4 + int(length)
        if end > len(text):
            raise Refusal("vietqr.unreadable")
        found[tag] = text[at + 4 : end]
        at = end
    return found


def _of(merchants: Mapping[str, Mapping[str, str]], guid: str) -> Mapping[str, str]:
    return next(m for m in merchants.values() if m.get("00") == guid)


def _transfer(
    merchant: Mapping[str, str], fields: Mapping[str, str], additional: Mapping[str, str]
) -> Transfer:
    beneficiary = _fields(merchant.get("01", ""))
    amount = fields.get("54")
    if not {"00", "01"} <= set(beneficiary) or (amount is not None and not amount.isdecimal()):
        raise Refusal("vietqr.unreadable")
    return Transfer(
        beneficiary["00"],
        beneficiary["01"],
        None if amount is None else int(amount),
        additional.get("08", ""),
    )
