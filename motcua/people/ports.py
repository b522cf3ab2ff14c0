"""What this room needs to be told from above: rooms that stand higher register their answers at start."""

from __future__ import annotations

from collections.abc import Callable

_answers: list[Callable[[int], bool]] = []


def consultations(is_consulted: Callable[[int], bool]) -> None:
    """Register who knows whether an agency was ever asked about another's work."""
    _answers[:] = [is_consulted]


def is_consulted(agency_id: int) -> bool:
    """Whether an agency was ever asked about another's work; False where nobody knows."""
    return any(answer(agency_id) for answer in _answers)
