"""Fees and duties of a dossier: the lines its procedure states, who pays less, what is typed and why.

What a procedure costs is what the version in force at reception states for the channel; who collects picks a
line, never an amount. Where the words state no single amount, or another is asked, the amount is typed with
its reason. A relief is dated law (statutory: area "fees") with its article.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.books import Channel
from motcua.rules.refusal import Refusal

MOST = 999
LARGEST = 10**12


class Kind(StrEnum):
    """What is asked: a fee for a service, a duty, or an obligation that another agency sets."""

    FEE = "fee"
    DUTY = "duty"
    OBLIGATION = "obligation"


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the sealed version: its place, its words, and its amount where they state one."""

    position: int
    text: str
    amount: int | None
    kind: Kind


@dataclass(frozen=True, slots=True)
class Relief:
    """Who pays only `percent` of a fee or duty, by which law; none of it at 0. `automatic`: it holds for
    whoever files on its channels, so leaving it out needs a reason."""

    code: str
    title: str
    article: str
    percent: int = 0
    channels: frozenset[Channel] = frozenset()
    automatic: bool = False

    def fits(self, channel: Channel) -> bool:
        return not self.channels or channel in self.channels


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a clerk picks: a line of the version (or None for what the version does not list), how many times,
    a relief by its code, and an amount only where he must type one, with the reason."""

    position: int | None = None
    quantity: int = 1
    relief: str = ""
    name: str = ""
    amount: int | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What is asked of the applicant, and why it is so much. `stated` is what the version states for it."""

    name: str
    amount: int
    kind: Kind
    position: int | None
    quantity: int
    stated: int | None
    relief: str
    basis: str
    reason: str


def line(
    wanted: Wanted,
    listed: Sequence[Listed],
    channel: Channel,
    reliefs: Collection[Relief],
    charged: Collection[int] = (),
) -> Line:
    """The line asked for. `charged` are the places of lines that are asked already.

    Raises fee.no_such_line, fee.charged_already, fee.quantity_wrong, fee.amount_missing, fee.amount_wrong,
    fee.reason_missing, fee.no_such_relief, fee.relief_not_here.
    """
    if not 1 <= wanted.quantity <= MOST:
        raise Refusal("fee.quantity_wrong", {"field": "quantity"})
    found = _found(wanted, listed, charged)
    relief = _relief(wanted, channel, reliefs, found)
    stated = None if found is None or found.amount is None else found.amount * wanted.quantity
    return Line(
        name=name_of(found) if found else wanted.name.strip()[:300],
        amount=_reduced(_amount(wanted, stated), relief),
        kind=found.kind if found else kind_of(wanted.name),
        position=found.position if found else None,
        quantity=wanted.quantity,
        stated=stated,
        relief=relief.code if relief else "",
        basis=f"{relief.title} ({relief.article})" if relief else "",
        reason=wanted.reason.strip()[:1000],
    )


def automatic(channel: Channel, reliefs: Collection[Relief]) -> Relief | None:
    """The relief that holds for whoever files on this channel."""
    return next((r for r in reliefs if r.automatic and r.fits(channel)), None)


def name_of(listed: Listed) -> str:
    """What a line is called on a receipt: its words, with what it is where they do not say so."""
    text = " ".join(listed.text.split())
    word = "Lệ phí" if listed.kind is Kind.DUTY else "Phí"
    named = text.lower().startswith(("phí", "lệ phí"))
    return (text if named else f"{word}: {text}" if text else word)[:300]


def kind_of(text: str) -> Kind:
    """Whether a name says that it is a fee, a duty, or neither: an obligation."""
    plain = text.strip().lower()
    if plain.startswith("lệ phí"):
        return Kind.DUTY
    return Kind.FEE if plain.startswith("phí") else Kind.OBLIGATION


def _found(wanted: Wanted, listed: Sequence[Listed], charged: Collection[int]) -> Listed | None:
    if wanted.position is None:
        if not wanted.name.strip():
            raise Refusal("fee.no_such_line", {"field": "name"})
        return None
    found = next((one for one in listed if one.position == wanted.position), None)
    if found is None:
        raise Refusal("fee.no_such_line", {"field": "fee"})
    if found.position in charged:
        raise Refusal("fee.charged_already", {"field": "fee", "name": name_of(found)})
    return found


def _amount(wanted: Wanted, stated: int | None) -> int:
    """The amount stated, or the one typed with its reason."""
    if wanted.amount is None:
        if stated is None:
            raise Refusal("fee.amount_missing", {"field": "amount"})
        return stated
    if not 0 < wanted.amount <= LARGEST:
        raise Refusal("dossier.amount_not_positive", {"field": "amount"})
    if wanted.amount != stated and not wanted.reason.strip():
        raise Refusal("fee.reason_missing", {"field": "reason"})
    return wanted.amount


def _relief(
    wanted: Wanted, channel: Channel, reliefs: Collection[Relief], found: Listed | None
) -> Relief | None:
    if not wanted.relief:
        left_out = automatic(channel, reliefs) if found is not None else None
        if left_out is not None and not wanted.reason.strip():
            raise Refusal("fee.relief_left_out", {"field": "relief", "title": left_out.title})
        return None
    relief = next((r for r in reliefs if r.code == wanted.relief), None)
    if relief is None or found is None:
        raise Refusal("fee.no_such_relief", {"field": "relief"})
    if not relief.fits(channel):
        raise Refusal("fee.relief_not_here", {"field": "relief", "title": relief.title})
    return relief


def _reduced(amount: int, relief: Relief | None) -> int:
    return amount if relief is None else amount * relief.percent // 100
