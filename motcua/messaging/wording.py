"""The exact words of a notice by each channel, in the language of who reads it."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter
from uuid import UUID

from django.conf import settings

from motcua.messaging import texts, texts_en, texts_short
from motcua.rules.delivery import Channel

LANGUAGES = ("vi", "en")
LETTER = 2600
FOOT: Mapping[str, tuple[str, str]] = {
    "vi": ("Xem hồ sơ: {link}", "Thư do hệ thống gửi tự động, xin không trả lời thư này."),
    "en": ("See the dossier: {link}", "This message is sent automatically; please do not reply."),
}


@dataclass(frozen=True, slots=True)
class Words:
    """What goes out: a title where the channel has one, the text, and the language it is in."""

    title: str
    text: str
    language: str


def written(
    channel: Channel,
    language: str,
    *,
    kind: str,
    title: str,
    text: str,
    said: Mapping[str, str],
    dossier_id: UUID | None,
) -> Words | None:
    """The words of a notice whose Vietnamese title and text are given; None where this channel does not
    carry such notices."""
    if channel is Channel.EMAIL:
        return _letter(language, kind, title, text, said, dossier_id)
    return _short(channel, language, kind, said)


def _letter(
    language: str,
    kind: str,
    title: str,
    text: str,
    said: Mapping[str, str],
    dossier_id: UUID | None,
) -> Words:
    english = texts_en.TEXTS.get(kind) if language == "en" else None
    if english is not None and _names("".join(english)) <= set(said):
        title, text = texts.filled(english, said)
    else:
        language = "vi"
    link, foot = FOOT[language]
    parts = [text]
    if dossier_id is not None:
        parts.append(link.format(link=f"{settings.PUBLIC_URL}/ho-so/{dossier_id}/"))
    return Words(title, "\n\n".join([*parts, foot])[:LETTER], language)


def _short(channel: Channel, language: str, kind: str, said: Mapping[str, str]) -> Words | None:
    words = (texts_short.ENGLISH if language == "en" else texts_short.VIETNAMESE).get(kind)
    if words is None or not _names(words) <= set(said):
        return None
    text = words.format_map(said).strip()
    if channel is Channel.SMS and not settings.SMS_MARKS:
        text = without_marks(text)
    return Words("", text, language)


def _names(words: str) -> set[str]:
    """What is filled in; a notice that does not say it all is not written so."""
    return {name for _, name, _, _ in Formatter().parse(words) if name}


def without_marks(text: str) -> str:
    """Vietnamese in plain letters, which a text message carries at 160 a part, not 70."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(char for char in plain if not unicodedata.combining(char))
