"""Identifiers made where the row is made, so that an act can name its rows before it writes them."""

from __future__ import annotations

import os
import time
import uuid


def new_id() -> uuid.UUID:
    """A UUID of version 7 (RFC 9562 §5.7): 48 bits of milliseconds, 74 random bits.

    Reads the machine's clock only to keep neighbours together on disk; no rule depends on it.
    """
    value = int.from_bytes(os.urandom(10), "big") & ((1 << 74) - 1)
    stamp = time.time_ns() // 1_000_000
    number = (stamp & ((1 << 48) - 1)) << 80
    number |= 0x7 << 76 | (value >> 62) << 64 | 0b10 << 62 | value & ((1 << 62) - 1)
    return uuid.UUID(int=number)
