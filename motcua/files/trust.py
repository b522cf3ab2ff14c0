"""Whose word counts: certificates of authorities in the folder of MOTCUA_TRUST."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pyhanko.keys import load_certs_from_pemder_data

ENDINGS = (".pem", ".crt", ".cer", ".der")


def authorities(folder: Path | None) -> tuple[list[Any], list[Any]]:
    """The roots, and the authorities between (asn1crypto certificates); none where there is no folder."""
    roots: list[Any] = []
    others: list[Any] = []
    for file in sorted(folder.iterdir()) if folder and folder.is_dir() else ():
        if file.suffix.lower() in ENDINGS:
            for one in load_certs_from_pemder_data(file.read_bytes()):
                (roots if one.self_issued else others).append(one)
    return roots, others
