"""How urgent an open step is: late, due today, by the next working day or four fifths used, the rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from motcua.rules.actor import Actor

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""Where a step without a due time stands in an order by due time."""
EVER = datetime(1, 1, 2, tzinfo=UTC)
LATE, TODAY, SOON, REST = "late", "today", "soon", "rest"
ALL = (LATE, TODAY, SOON, REST)


@dataclass(frozen=True, slots=True)
class Risks:
    """The bounds between the four on a day: when it begins, when the day after begins, and when the next
    working day is over."""

    today: datetime
    tomorrow: datetime
    after_next: datetime

    def stretch(self, risk: str) -> tuple[datetime, datetime]:
        """From when, to before when a step's date makes it one of the four."""
        bounds = (
            EVER,
            self.today,
            self.tomorrow,
            self.after_next,
            datetime.max.replace(tzinfo=UTC),
        )
        n = ALL.index(risk) if risk in ALL else len(ALL) - 1
        return bounds[n], bounds[n + 1]

    def of(self, urgent_at: datetime) -> str:
        """Which of the four a step is, by the place it has in the order."""
        return next(r for r in ALL if urgent_at < self.stretch(r)[1])


def order(risks: Risks | None) -> tuple[str, list[Any]]:
    """SQL over an open step and its dossier for its place in the order by urgency, and its parameters."""
    soonest = f"least(i.due_at, dossiers_dossier.due_at, '{NEVER.isoformat()}'::timestamptz)"
    if risks is None:
        return soonest, []
    hoisted = f"least({soonest}, CASE WHEN dossiers_dossier.warned <> '' THEN %s END)"
    return hoisted, [risks.after_next - datetime.resolution]


def own_accounts(actor: Actor) -> list[int]:
    """Whose taken steps are the actor's to do: his own, and those of whom he stands in for."""
    return [one for one in (actor.account_id, actor.on_behalf_of) if one is not None]
