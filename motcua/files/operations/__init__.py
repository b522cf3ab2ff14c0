"""The acts of the room."""

from motcua.files.operations.blobs import (
    keep,
    quarantine,
    recognise,
    store,
    store_kept,
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
from motcua.files.operations.signatures import confirm_signatures, turn_away, witness

__all__ = [
    "Wanted",
    "confirm_signatures",
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
