"""Keyset pages: any page of a list costs what the first costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a keyset page starts: after this row, newest first."""

    at: datetime
    id: UUID

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Raises Refusal("list.cursor_malformed")."""
        at, _, row_id = text.partition("~")
        try:
            return cls(datetime.fromisoformat(at.replace(" ", "+")), UUID(row_id))
        except ValueError:
            raise Refusal("list.cursor_malformed", {"field": "after"}) from None


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, and where the next one starts."""

    rows: Sequence[dict[str, Any]]
    next: Cursor | None
