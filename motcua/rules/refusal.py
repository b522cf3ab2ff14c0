"""A refusal of the pure floor: a code and parameters; the rooms hold the sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class Refusal(Exception):
    """A rule says no. `code` is stable and dotted ("flow.unknown_outcome"); `params` are plain values."""

    def __init__(self, code: str, params: Mapping[str, Any] | None = None) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, Any] = dict(params or {})

    def __str__(self) -> str:
        return f"{self.code} {dict(self.params)}" if self.params else self.code
