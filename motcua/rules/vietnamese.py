"""Vietnamese names as values: one spelling to compare by, an order to sort by, a slug for addresses.

The database's own collations are not relied on: the embedded server has no ICU.
"""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_BASES = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}
_PRIMARY = {letter: _BASES.get(letter, f"{letter}0") for letter in _LETTERS}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_LATE_TONE = re.compile(r"(?i)(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?![^\W\d_])")


def one_spelling(text: str) -> str:
    """NFC, single spaces, and the tone of a final oa, oe, uy on its first letter: Hoà → Hòa, Thuỷ → Thủy.

    Both placements are in official lists; names that differ in nothing else are one name.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split())
    return _LATE_TONE.sub(_tone_first, text)


def same_name(one: str, other: str) -> bool:
    """Whether two names are one name spelled in two ways. Tones and marks count: Châu Bình ≠ Châu Bính."""
    return one_spelling(one).casefold() == one_spelling(other).casefold()


def fold(text: str) -> str:
    """Lower case without marks and tones, đ as d; for search and slugs, never as a key of identity."""
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in text if not unicodedata.combining(c))


def slug(text: str) -> str:
    """The words of a name as an address: “Xã Nghĩa Thọ” → xa-nghia-tho."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def sort_key(text: str) -> str:
    """A key whose byte order is the Vietnamese order: letters first (a ă â b … d đ …), tones break ties."""
    letters, tones = [], []
    for char in one_spelling(text).lower():
        base, tone = _without_tone(char)
        letters.append(_PRIMARY.get(base, base))
        tones.append(tone)
    return f"{''.join(letters)}!{''.join(tones).rstrip('0')}"


def _without_tone(char: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[c] for c in parts if c in _TONES), "0")
    base = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return base, tone


def _tone_first(match: re.Match[str]) -> str:
    first = match[0][0]
    parts = unicodedata.normalize("NFD", match[0][1])
    return unicodedata.normalize("NFC", first + parts[1:] + parts[0])
