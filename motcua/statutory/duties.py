"""Separation of duties, as declared: which two acts on one thing need two people, and since when a province
has it so."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "duties.toml"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who did `first` does not do `second`; `since` and `decision` where a province chose so."""

    key: str
    first: str
    second: str
    title: str
    hard: bool
    on: bool
    source: str
    since: date | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a province chose of a duty that is its to choose, from a day on."""

    key: str
    on: bool
    since: date
    decision: str


@cache
def declared() -> tuple[tuple[Duty, ...], tuple[Choice, ...]]:
    """The duties and the choices of the file; raises ValueError for a choice of a hard duty or of none."""
    read = tomllib.loads(FILE.read_text(encoding="utf-8"))
    duties = tuple(Duty(**one) for one in read["duty"])
    choices = tuple(Choice(**one) for one in read.get("choice", ()))
    open_to_choice = {duty.key for duty in duties if not duty.hard}
    for choice in choices:
        if choice.key not in open_to_choice:
            raise ValueError(f"duties.toml: {choice.key} is not a province's to choose")
    return duties, choices


def on(day: date) -> tuple[Duty, ...]:
    """All duties as they stand on a day, those that are off among them."""
    duties, choices = declared()
    return tuple(_chosen(duty, choices, day) for duty in duties)


def in_force(day: date) -> tuple[Duty, ...]:
    """The duties that hold on a day."""
    return tuple(duty for duty in on(day) if duty.on)


def _chosen(duty: Duty, choices: tuple[Choice, ...], day: date) -> Duty:
    made = [c for c in choices if c.key == duty.key and c.since <= day]
    if not made:
        return duty
    last = max(made, key=lambda c: c.since)
    return Duty(
        duty.key, duty.first, duty.second, duty.title, duty.hard, last.on, duty.source, last.since,
        last.decision,
    )  # fmt: skip
