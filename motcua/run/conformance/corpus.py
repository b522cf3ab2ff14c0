"""The cases of `conformance/deadlines/`: read, and written out so that an engine needs no other file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from motcua.run.database import ROOT

FOLDER = ROOT / "conformance" / "deadlines"

Case = dict[str, Any]

NOT_ASKED = {"title", "tags", "worked", "why", "expect"}
"""What a case says to its reader, not to the engine."""


@cache
def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def cases(folder: Path = FOLDER) -> list[Case]:
    """Every case, file by file; names of calendars and policies as they are written."""
    return [case for path in sorted((folder / "cases").glob("*.json")) for case in _read(path)]


def tags(folder: Path = FOLDER) -> dict[str, str]:
    """Every tag with what it says."""
    return dict(_read(folder / "tags.json")["tags"])


def written_out(case: Mapping[str, Any], folder: Path = FOLDER) -> Case:
    """The case with its calendars and its policy in place of their names."""
    full = dict(case)
    if "calendar" in full:
        full["calendar"] = calendar(full["calendar"], folder)
    full["policy"] = policy(full.get("policy", "restart"), folder)
    if "phases" in full:
        full["phases"] = [p | {"calendar": calendar(p["calendar"], folder)} for p in full["phases"]]
    return full


def request(case: Mapping[str, Any], folder: Path = FOLDER) -> Case:
    """What an engine is asked: the case written out, without its answer."""
    return {k: v for k, v in written_out(case, folder).items() if k not in NOT_ASKED}


def calendar(named: str | Mapping[str, Any], folder: Path = FOLDER) -> Case:
    """A calendar by its name, or as given, with its sets of days written out."""
    known = _read(folder / "calendars.json")
    found = dict(known["calendars"][named] if isinstance(named, str) else named)
    found["days"] = list(_days(found["days"], known["day_sets"]))
    return found


def policy(named: str | Mapping[str, Any], folder: Path = FOLDER) -> Case:
    """A policy by its name, or as given."""
    known = _read(folder / "policies.json")["policies"]
    return dict(known[named] if isinstance(named, str) else named)


def _days(given: Iterable[Any], sets: Mapping[str, list[Case]]) -> Iterable[Case]:
    for day in given:
        if isinstance(day, str):
            yield from sets[day]
        else:
            yield day
