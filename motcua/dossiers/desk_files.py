"""The rows that link stored files to the work on a dossier: an opinion, an inspection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.rules.identity import new_id


def rows(
    dossier_id: UUID, about: UUID, files: Sequence[tuple[int, str]], at: datetime
) -> list[tuple[str, Mapping[str, Any]]]:
    """Rows for the writer: each file is a blob's id and its name."""
    return [
        (
            "desk_file",
            {
                "id": new_id(),
                "dossier_id": dossier_id,
                "about": about,
                "blob_id": blob_id,
                "name": name,
                "at": at,
            },
        )
        for blob_id, name in files
    ]
