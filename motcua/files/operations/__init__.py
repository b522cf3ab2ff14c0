"""The acts of the room."""

from motcua.files.operations.blobs import (
    keep,
    quarantine,
    recognise,
    store,
    store_kept,
    turn_away,
    witness,
)
from motcua.files.operations.certificates import (
    Wanted,
    hand_over_key,
    lock_certificate,
    lose_certificate,
    register_certificate,
    renew_certificate,
    request_certificates,
    revoke_certificate,
    unlock_certificate,
    warn_of_certificates,
)

__all__ = [
    "Wanted",
    "hand_over_key",
    "keep",
    "lock_certificate",
    "lose_certificate",
    "quarantine",
    "recognise",
    "register_certificate",
    "renew_certificate",
    "request_certificates",
    "revoke_certificate",
    "store",
    "store_kept",
    "turn_away",
    "unlock_certificate",
    "warn_of_certificates",
    "witness",
]
