"""What can have happened to published figures."""

from __future__ import annotations

from motcua.ledger.acts import Event

QUALITY_DRAFTED = Event("quality.drafted", "quality")
QUALITY_PUBLISHED = Event("quality.published", "quality")
QUALITY_DROPPED = Event("quality.dropped", "quality")
