"""Signatures on PDF: of digitised copies, and of results: the person's, then the agency's seal (PAdES).

Each signature is an update of the file: what was there stays as it was, byte for byte, and with it what was
signed before. Nothing is half done: a call gives the whole signed file, or refuses.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from PIL import Image

from motcua.files import appearances, places
from motcua.files.keys import WORTHLESS, Key
from motcua.rules.refusal import Refusal
from motcua.statutory import wording

FIELD = "BanSoHoa"


def sign(pdf: bytes, key: Key, *, reason: str) -> bytes:
    """The PDF with an invisible signature upon all of it. Raises what `_update` and `pades.signed` raise."""
    from motcua.files import pades

    return pades.signed(_update(pdf), key, field=FIELD, reason=reason)


def sign_person(pdf: bytes, key: Key, *, at: datetime, title: str) -> bytes:
    """A document made ready (`documents.prepared`, `with_fields`), signed by the person in authority.

    The signature shows the key's picture or the holder's name in blue, and the time. Raises sign.no_place,
    sign.signed_already, sign.picture_unreadable and what `_update` and `pades.signed` raise.
    """
    from motcua.files import pades

    update = _update(pdf)
    place = _empty(update, places.PERSON)
    page = appearances.person(
        place, holder=key.holder, at=at, picture=_picture(key), mark=_mark(key)
    )
    return pades.signed(update, key, field=places.PERSON, reason=title, page=page, at=at)


def seal(pdf: bytes, key: Key, *, number: str, on: date, at: datetime) -> bytes:
    """A document its person has signed, with number and day in their open fields, sealed by the agency.

    Nothing can be filled in any more afterwards. Raises sign.not_signed, sign.no_place, sign.signed_already,
    sign.picture_unreadable and what `_update` and `pades.signed` raise.
    """
    from motcua.files import fields, pades

    update = _update(pdf)
    place = _empty(update, places.SEAL)
    person = fields.field(update.root, places.PERSON)
    if person is None or "/V" not in person:
        raise Refusal("sign.not_signed")
    for name, text in ((places.NUMBER, number), (places.DAY, wording.long_date(on))):
        if not fields.fill(update, name, text):
            raise Refusal("sign.no_place", {"place": places.TITLES[name]})
    page = appearances.seal(place, holder=key.holder, at=at, picture=_picture(key), mark=_mark(key))
    return pades.signed(
        update, key, field=places.SEAL, reason="Đóng dấu của cơ quan", page=page, at=at
    )


def _update(pdf: bytes) -> Any:
    """An update of the PDF. Raises sign.unreadable, sign.encrypted."""
    from motcua.files import fields

    try:
        return fields.update_of(pdf)
    except fields.NotSignable as why:
        raise Refusal(why.args[0]) from None


def _empty(update: Any, name: str) -> appearances.Size:
    """The size of the empty signature field of that name."""
    from motcua.files import fields

    found = fields.field(update.root, name)
    if found is None:
        raise Refusal("sign.no_place", {"place": places.TITLES[name]})
    if "/V" in found:
        raise Refusal("sign.signed_already", {"place": places.TITLES[name]})
    left, low, right, high = (float(n) for n in found["/Rect"])
    return appearances.Size(right - left, high - low)


def _picture(key: Key) -> bytes | None:
    """The picture beside the key; raises sign.picture_unreadable rather than sign without it."""
    if key.picture is None:
        return None
    try:
        with Image.open(key.picture, formats=["PNG"]) as picture:
            picture.verify()
        return key.picture.read_bytes()
    except (OSError, SyntaxError, ValueError):
        raise Refusal("sign.picture_unreadable", {"name": key.picture.name}) from None


def _mark(key: Key) -> str:
    return WORTHLESS if key.worthless else ""
