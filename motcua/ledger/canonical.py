"""The canonical form and the hash of an entry (docs/decisions/0001).

Canonical form: UTF-8 JSON, keys sorted, no white space, no floats; ids as lower-case text, moments in
UTC with six decimals and "Z", hashes in hexadecimal. Hash: SHA-256 of the bytes of the canonical form,
in which `prev` is the hash of the same subject's entry before it (null for the first).
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import orjson

VERSION = 1


def moment(at: datetime) -> str:
    """`at` (aware) as the canonical form writes it."""
    return f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def value(item: Any) -> Any:
    """A value of `fields` as JSON has it; raises TypeError for what has no canonical form."""
    match item:
        case None | bool() | str():
            return str(item) if isinstance(item, Enum) else item
        case Enum():
            return value(item.value)
        case int():
            return item
        case datetime():
            return moment(item)
        case date():
            return item.isoformat()
        case UUID() | Decimal():
            return str(item)
        case Mapping():
            return {str(key): value(inner) for key, inner in item.items()}
        case list() | tuple() | set() | frozenset():
            items = [value(inner) for inner in item]
            return sorted(items) if isinstance(item, set | frozenset) else items
    raise TypeError(f"no canonical form for {type(item).__name__}")


def entry_hash(row: Mapping[str, Any]) -> bytes:
    """The hash of an entry given as its columns (`fields` already through `value`)."""
    form = {
        "v": VERSION,
        "id": str(row["id"]),
        "at": moment(row["at"]),
        "recorded_at": moment(row["recorded_at"]),
        "event": row["event"],
        "subject": [row["subject_kind"], str(row["subject_id"]), row["subject_seq"]],
        "actor": [row["account_id"], row["post_id"], row["on_behalf_of"]],
        "as": [row["actor_name"], row["actor_title"]],
        "fields": row["fields"],
        "parent": str(row["parent_id"]) if row["parent_id"] else None,
        "prev": bytes(row["prev"]).hex() if row["prev"] else None,
    }
    return hashlib.sha256(orjson.dumps(form, option=orjson.OPT_SORT_KEYS)).digest()


def digest(key: bytes, text: str) -> str:
    """The keyed digest by which the ledger knows a personal value without holding it.

    HMAC-SHA-256 of the NFC text, 128 bits in hexadecimal; with the key deleted it says nothing.
    """
    normal = unicodedata.normalize("NFC", text).encode()
    return "~" + hmac.new(key, normal, hashlib.sha256).hexdigest()[:32]
