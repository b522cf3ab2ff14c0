"""Which of some areas an address names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from motcua.rules.vietnamese import fold


def named_in(address: str, areas: Mapping[int, str]) -> int | None:
    """The one area (id → full name, such as “Xã Nghĩa Thọ”) that an address names by whole words, marks and
    tones aside; none where it names none, or two of which neither is part of the other."""
    words = _words(address)
    found = {area: name for area, full in areas.items() if (name := _words(full)) in words}
    longest = [
        area
        for area, name in found.items()
        if not any(name != other and name in other for other in found.values())
    ]
    return longest[0] if len(longest) == 1 else None


def _words(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
