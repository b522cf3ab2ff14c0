"""Whose key signs: PKCS#12 files in a folder, or a token (PKCS#11), by the name of an account or a unit.

MOTCUA_CERTIFICATES names the folder: `<name>.p12`, its password in `<name>.pass`, and `<name>.png`, the
picture of the signature or the seal, where there is one. A name is an account's user name or a unit's key;
on a token it is the label of the certificate and its key. Where neither has the name, nothing is signed; a
key that cannot be used is an error that is told, never a document that looks signed. pyHanko is loaded with
the first key: it takes a second of processor, which no process that signs nothing should pay at its start.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.files.ports import TOKEN
from motcua.rules.refusal import Refusal

WORTHLESS = "KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
"""What an authority for examples and tests says of itself in its name."""
_NAME = re.compile(r"[\w.-]{1,80}")


@dataclass(frozen=True, slots=True)
class Key:
    """A private key that can sign, with its certificate (asn1crypto) and the picture shown for it."""

    signer: Any = field(repr=False)
    certificate: Any = field(repr=False)
    holder: str
    fingerprint: str
    """SHA-256 of the certificate, in hex."""
    picture: Path | None = None

    @property
    def worthless(self) -> bool:
        """Whether its authority says of itself that it has no legal value."""
        return WORTHLESS in self.certificate.issuer.human_friendly


def find(names: Sequence[str], at: datetime) -> Key | None:
    """The key of the first of `names` that has one, valid at that moment; None where none has.

    Raises file.certificate_unreadable, file.certificate_not_valid, sign.token_gone.
    """
    for name in filter(_NAME.fullmatch, names):
        if signer := _in_folder(name) or _on_token(name):
            return _key(name, signer, at)
    return None


def holder_of(certificate: Any) -> str:
    """Whom a certificate names."""
    named = certificate.subject.native
    return str(named.get("common_name") or certificate.subject.human_friendly)[:200]


def _key(name: str, signer: Any, at: datetime) -> Key:
    certificate = signer.signing_cert
    validity = certificate["tbs_certificate"]["validity"]
    until = validity["not_after"].native
    if not validity["not_before"].native <= at <= until:
        raise Refusal("file.certificate_not_valid", {"name": name, "until": until})
    picture = settings.CERTIFICATES / f"{name}.png" if settings.CERTIFICATES else None
    return Key(
        signer,
        certificate,
        holder_of(certificate),
        hashlib.sha256(certificate.dump()).hexdigest(),
        picture if picture and picture.is_file() else None,
    )


def _in_folder(name: str) -> Any:
    if settings.CERTIFICATES is None:
        return None
    file: Path = settings.CERTIFICATES / f"{name}.p12"
    if not file.is_file():
        return None
    try:
        password = file.with_suffix(".pass").read_text().strip()
        signer = _loaded(file, file.stat().st_mtime_ns, password)
    except (OSError, ValueError):
        signer = None
    if signer is None or signer.signing_cert is None:
        raise Refusal("file.certificate_unreadable", {"name": file.name})
    return signer


def _on_token(name: str) -> Any:
    return TOKEN.plugged.signer(name) if TOKEN.plugged else None


@lru_cache(maxsize=64)
def _loaded(file: Path, changed: int, password: str) -> Any:
    """Kept: opening a key takes a tenth of a second."""
    from pyhanko.sign import signers

    load: Callable[..., Any] = signers.SimpleSigner.load_pkcs12
    return load(str(file), passphrase=password.encode())
