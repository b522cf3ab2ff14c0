"""What the counter is told of the person before it: known or new, named otherwise, what is held of him, what
he has open already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from motcua.desk.forms_intake import NEWBORN, NUMBERS, number, person_kind
from motcua.dossiers import once_only, same
from motcua.dossiers.once_only import Held
from motcua.dossiers.same import Same
from motcua.people import queries as people
from motcua.people.queries import PersonFacts
from motcua.rules import personal_id
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import one_spelling

NEW = "Chưa có trong hệ thống; sẽ được ghi khi tiếp nhận."


@dataclass(frozen=True, slots=True)
class Known:
    """What the number (or the card's code) tells: a word about it with its tone, the fields it fills, and
    the person. `named` is the name before the counter where the record has another."""

    word: str = ""
    tone: str = ""
    filled: Mapping[str, Any] = field(default_factory=dict)
    person: PersonFacts | None = None
    named: str = ""
    born_on: date | None = None
    held: Sequence[Held] = ()
    same: Sequence[Same] = ()

    @property
    def differs(self) -> bool:
        return bool(self.named)


def look_up(actor: Actor, written: Mapping[str, Any], procedure_id: int) -> Known:
    """What is known by what has been written so far."""
    kind, text = str(written.get("kind", "citizen")), str(written.get("identity") or "").strip()
    if not text or kind == NEWBORN:
        return Known()
    filled: dict[str, Any] = {}
    try:
        if "|" in text:
            card = personal_id.card(text)
            text = card.number
            filled = {"name": card.name, "address": card.address, "born_on": card.born_on}
        spelled = number(kind, text)
    except Refusal as refusal:
        return Known(NUMBERS[refusal.code], "bad")
    except ValidationError as wrong:
        return Known(" ".join(wrong.messages), "bad")
    filled = {"identity": spelled} | {name: value for name, value in filled.items() if value}
    found = people.person_by_number(actor, person_kind(kind), spelled)
    if found is None:
        return Known(NEW, "info", filled)
    return _known(actor, found, filled, written, procedure_id)


def _known(
    actor: Actor,
    found: PersonFacts,
    filled: dict[str, Any],
    written: Mapping[str, Any],
    procedure_id: int,
) -> Known:
    said = str(filled.get("name") or written.get("name") or "")
    for name in ("name", "phone", "email", "address"):
        if not filled.get(name) and not written.get(name):
            filled[name] = getattr(found, name)
    differs = bool(said.strip()) and not alike(said, found.name)
    return Known(
        f"Đã có trong hệ thống: {found.name}.",
        "warn" if differs else "good",
        filled,
        found,
        one_spelling(said) if differs else "",
        filled.get("born_on"),
        once_only.held_of(actor, found.id),
        same.of(actor, procedure_id, [found.id]),
    )


def alike(one: str, other: str) -> bool:
    """Whether two names are one name written in two ways."""
    return one_spelling(one).casefold() == one_spelling(other).casefold()
