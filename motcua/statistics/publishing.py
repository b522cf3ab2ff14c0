"""Published quality: what is sealed, and how it is read again. The acts are in operations."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal
from motcua.rules.scoring import Mark, Score, Total
from motcua.statistics import policies, quality
from motcua.statistics.models import Publication
from motcua.statistics.quality import Period, ProvinceQuality, UnitQuality

Standing = Publication.Standing


@dataclass(frozen=True, slots=True)
class Published:
    """A sealed result: its place among the versions, its figures, and who answers for it."""

    id: UUID
    period: Period
    version: int
    standing: str
    content: str
    sha256: str
    reason: str
    made_at: datetime
    made_by_id: int | None
    made_by: str
    published_at: datetime | None
    published_by: str

    @property
    def figures(self) -> Mapping[str, Any]:
        """The figures as sealed."""
        found: Mapping[str, Any] = json.loads(self.content)
        return found

    @property
    def whole(self) -> bool:
        """Whether the content still is what was sealed."""
        return hashlib.sha256(self.content.encode()).hexdigest() == self.sha256


def sealed(found: ProvinceQuality) -> tuple[str, str]:
    """The canonical JSON of a period's results (names in order, no spaces, UTF-8) and its SHA-256."""
    content = json.dumps(
        {
            "period": str(found.period),
            "since": found.period.since.isoformat(),
            "until": found.period.until.isoformat(),
            "rule_set": found.rules.id,
            "law": found.rules.law,
            "reading": found.rules.reading,
            "units": [_unit(one) for one in found.units],
            "province": _total(found.province) if found.province else None,
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return content, hashlib.sha256(content.encode()).hexdigest()


def published() -> list[Published]:
    """All that is published, the newest period and version first: open to everybody."""
    rows = Publication.objects.filter(standing=Standing.PUBLISHED)
    return [_published(row) for row in rows.order_by("-period", "-version")]


def version(period: Period, number: int | None = None) -> Published:
    """The published version of a period, the last or the one asked for; raises quality.not_found."""
    rows = Publication.objects.filter(standing=Standing.PUBLISHED, period=str(period))
    if number is not None:
        rows = rows.filter(version=number)
    found = rows.order_by("-version").first()
    if found is None:
        raise Refusal("quality.not_found")
    return _published(found)


def drafts(actor: Actor) -> list[Published]:
    """The drafts that wait for a second person, for who may publish; raises quality.may_not."""
    policies.to_publish(actor)
    rows = Publication.objects.filter(standing=Standing.DRAFT)
    return [_published(row) for row in rows.order_by("-period")]


def content_of(actor: Actor, period: Period) -> tuple[str, str]:
    """What would be sealed now for a period."""
    return sealed(quality.units(actor, period))


def _unit(one: UnitQuality) -> dict[str, Any]:
    return {
        "key": one.unit.key,
        "name": one.unit.name,
        "kind": one.unit.kind,
        "dossiers": one.dossiers,
        "grade": one.grade,
        "marks": [_mark(mark) for mark in one.marks],
        **_total(one.total),
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "scores": [_score(score) for score in total.scores],
        "total": str(total.value),
        "most": total.most,
        "graded": None if total.graded is None else str(total.graded),
    }


def _score(score: Score) -> dict[str, Any]:
    value = None if score.value is None else str(score.value)
    return {
        "indicator": int(score.indicator),
        "value": value,
        "judged": score.judged,
        "points": score.points,
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "indicator": int(mark.indicator),
        "points": mark.points,
        "reason": mark.reason,
        "facts": dict(mark.facts),
    }


def _published(row: Publication) -> Published:
    return Published(
        row.id, Period.parse(row.period), row.version, row.standing, row.content, row.sha256,
        row.reason, row.made_at, row.made_by_id, row.made_by_name, row.ended_at, row.ended_by_name,
    )  # fmt: skip


def next_version(rows: Sequence[Publication], reason: str) -> int:
    """The number of the next version of a period; raises quality.draft_waits, quality.reason_missing."""
    if any(row.standing == Standing.DRAFT for row in rows):
        raise Refusal("quality.draft_waits")
    if any(row.standing == Standing.PUBLISHED for row in rows) and not reason.strip():
        raise Refusal("quality.reason_missing", {"field": "reason"})
    return max((row.version for row in rows), default=0) + 1
