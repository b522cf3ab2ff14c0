"""What a procedure declares about its clock: grounds for a pause, extensions by special law, phases.

There is no free pause and no free extension: each has its article, declared with the offering on the day
a dossier is accepted and kept with the dossier (NĐ 61/2018 Đ19; domain: grounds are per procedure).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from motcua.rules.clock import Limit, Policy
from motcua.rules.refusal import Refusal


class Ground(StrEnum):
    """Why a clock may stand still."""

    SUPPLEMENT = "supplement"
    MONEY = "money"
    STOP = "stop"
    FORCE_MAJEURE = "force_majeure"
    CONSULTATION = "consultation"


BY_LAW = "by_law"
"""What an extension by special law is called in an explanation."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A ground for a pause and the article it rests on."""

    ground: Ground
    article: str


@dataclass(frozen=True, slots=True)
class Extension:
    """More time by special law, e.g. for verification: not late (its article says so)."""

    code: str
    name: str
    limit: Limit
    article: str


@dataclass(frozen=True, slots=True)
class PhaseRule:
    """One agency's part of an interconnected procedure, in their order; `unit` is the unit's key."""

    unit: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class ClockRules:
    """What is declared; nothing declared is a value too."""

    grounds: tuple[Declared, ...] = ()
    extensions: tuple[Extension, ...] = ()
    phases: tuple[PhaseRule, ...] = ()
    count_from_next_day: bool = False

    def ground(self, ground: Ground) -> Declared:
        """The declared ground. Raises time.ground_not_declared."""
        for declared in self.grounds:
            if declared.ground is ground:
                return declared
        raise Refusal("time.ground_not_declared", {"ground": ground.value})

    def extension(self, code: str) -> Extension:
        """The declared extension. Raises time.extension_not_declared."""
        for declared in self.extensions:
            if declared.code == code:
                return declared
        raise Refusal("time.extension_not_declared", {"extension": code})

    def cited(self, policy: Policy) -> Policy:
        """The policy, naming for what is declared the article it rests on."""
        named = {d.ground.value: d.article for d in self.grounds}
        if len(self.extensions) == 1:
            named[BY_LAW] = self.extensions[0].article
        return replace(policy, sources={**policy.sources, **named}) if named else policy

    def to_json(self) -> dict[str, Any]:
        """The stored form; what is not declared is left out."""
        stored: dict[str, Any] = {}
        if self.grounds:
            stored["grounds"] = [
                {"ground": d.ground.value, "article": d.article} for d in self.grounds
            ]
        if self.extensions:
            stored["extensions"] = [
                {"code": e.code, "name": e.name, "limit": e.limit.to_json(), "article": e.article}
                for e in self.extensions
            ]
        if self.phases:
            stored["phases"] = [{"unit": p.unit, "limit": p.limit.to_json()} for p in self.phases]
        if self.count_from_next_day:
            stored["count_from_next_day"] = True
        return stored

    @classmethod
    def from_json(cls, stored: Mapping[str, Any] | None) -> ClockRules:
        """The inverse of `to_json`; nothing stored is nothing declared."""
        stored = stored or {}
        return cls(
            grounds=tuple(
                Declared(Ground(d["ground"]), d["article"]) for d in stored.get("grounds", ())
            ),
            extensions=tuple(
                Extension(e["code"], e["name"], Limit.from_json(e["limit"]), e["article"])
                for e in stored.get("extensions", ())
            ),
            phases=tuple(
                PhaseRule(p["unit"], Limit.from_json(p["limit"])) for p in stored.get("phases", ())
            ),
            count_from_next_day=stored.get("count_from_next_day", False),
        )


NOTHING_DECLARED = ClockRules()
