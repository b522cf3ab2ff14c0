"""The issue of a result, as pure decisions: prepared, signed, numbered, sealed, issued; revoked, replaced."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """How far the issue of a result has come."""

    PREPARED = "prepared"
    SIGNED = "signed"
    NUMBERED = "numbered"
    SEALED = "sealed"
    ISSUED = "issued"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """What an issued result is worth: what anybody is told who asks with its token."""

    VALID = "valid"
    REVOKED = "revoked"
    REPLACED = "replaced"


RUNNING = (Stage.PREPARED, Stage.SIGNED, Stage.NUMBERED, Stage.SEALED)
