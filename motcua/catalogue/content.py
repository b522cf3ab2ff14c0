"""The contents of a procedure as values: what an import reads, a version keeps, and a digest seals.

`to_json` and `from_json` are inverse; `content_digest` is the SHA-256 of the canonical form (keys sorted,
UTF-8, no white space), so the same contents read twice are the same version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

import orjson

from motcua.rules.books import Channel
from motcua.rules.deadline import Limit, LimitUnit


class Level(StrEnum):
    """Where a procedure is done (cấp thực hiện)."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    OTHER = "other"


class OnlineLevel(StrEnum):
    """How far it can be done online (NĐ 42/2022 Đ11): wholly, partly, or not stated."""

    FULL = "full"
    PARTIAL = "partial"
    NOT_STATED = ""


@dataclass(frozen=True, slots=True)
class Agencies:
    """Who decides, does, joins in, and acts by delegation."""

    competent: tuple[str, ...] = ()
    executing: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    delegated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A fee or duty; `amount` in đồng, none where the text has no single reading."""

    text: str
    amount: int | None
    per: str
    currency: str
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class ChannelRule:
    """How a procedure may be filed, and its limit there; `limit_text` is as the source prints it."""

    channel: Channel
    limit: Limit | None
    limit_text: str
    fees: tuple[FeeRule, ...]
    note: str


@dataclass(frozen=True, slots=True)
class PaperRule:
    """A required paper of a case; `quantity_sure` is false where the source garbled the numbers."""

    case: str
    name: str
    originals: int
    copies: int
    form_file: str
    replaced_by_result_code: str
    quantity_sure: bool


@dataclass(frozen=True, slots=True)
class ResultRule:
    """What the procedure gives."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A document the procedure rests on; dates as the source prints them."""

    number: str
    title: str
    issued_on: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the procedure's own description, in its case."""

    case: str
    text: str


@dataclass(frozen=True, slots=True)
class Unparsed:
    """A text kept as text: which field, and why it has no single reading."""

    field: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProcedureContent:
    """One procedure as a source states it. Identity is (source, code); the rest is its contents."""

    source: str
    code: str
    name: str
    domain: str
    levels: tuple[Level, ...]
    agencies: Agencies
    applicant_kinds: tuple[str, ...]
    channels: tuple[ChannelRule, ...]
    papers: tuple[PaperRule, ...]
    results: tuple[ResultRule, ...]
    legal_bases: tuple[LegalBasis, ...]
    steps: tuple[Step, ...]
    conditions: str
    decision_no: str
    effective: str
    online_level: OnlineLevel
    national_url: str
    remarks: tuple[tuple[str, str], ...]
    unparsed: tuple[Unparsed, ...]

    @property
    def identity(self) -> tuple[str, str]:
        return self.source, self.code

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases (trường hợp) of its papers, in their order."""
        return tuple(dict.fromkeys(paper.case for paper in self.papers))

    def to_json(self) -> dict[str, Any]:
        """Plain values that JSON can write; `from_json` reads them back to an equal value."""
        plain = _plain(self)
        assert isinstance(plain, dict)  # noqa: S101 - narrows for the type checker
        return plain

    def content_digest(self) -> str:
        """The digest of the contents, as 64 hexadecimal digits."""
        form = orjson.dumps(self.to_json(), option=orjson.OPT_SORT_KEYS)
        return hashlib.sha256(form).hexdigest()

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> ProcedureContent:
        """The value that `to_json` wrote."""
        return cls(
            **{name: plain[name] for name in _TEXTS},
            levels=tuple(Level(level) for level in plain["levels"]),
            online_level=OnlineLevel(plain["online_level"]),
            agencies=Agencies(**{k: tuple(v) for k, v in plain["agencies"].items()}),
            applicant_kinds=tuple(plain["applicant_kinds"]),
            channels=tuple(_channel(rule) for rule in plain["channels"]),
            papers=tuple(PaperRule(**paper) for paper in plain["papers"]),
            results=tuple(ResultRule(**result) for result in plain["results"]),
            legal_bases=tuple(LegalBasis(**basis) for basis in plain["legal_bases"]),
            steps=tuple(Step(**step) for step in plain["steps"]),
            remarks=tuple((key, text) for key, text in plain["remarks"]),
            unparsed=tuple(Unparsed(**piece) for piece in plain["unparsed"]),
        )


_TEXTS = (
    "source", "code", "name", "domain", "conditions", "decision_no", "effective", "national_url",
)  # fmt: skip


def _channel(plain: Mapping[str, Any]) -> ChannelRule:
    limit = plain["limit"]
    return ChannelRule(
        channel=Channel(plain["channel"]),
        limit=limit and limit_from_json(limit),
        limit_text=plain["limit_text"],
        fees=tuple(FeeRule(**fee) for fee in plain["fees"]),
        note=plain["note"],
    )


def limit_from_json(plain: Mapping[str, Any]) -> Limit:
    """A limit from its JSON form."""
    amount = plain["amount"]
    return Limit(None if amount is None else Decimal(amount), LimitUnit(plain["unit"]))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value
