"""A certificate as it is sent by its issuer (.cer, DER or PEM), read.

`cryptography` is loaded with the first certificate: no process that reads none pays for it at its start.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from motcua.rules.refusal import Refusal

LARGEST = 32_768
WORDS = 400


@dataclass(frozen=True, slots=True)
class Read:
    """What a certificate says, and its own bytes (DER)."""

    serial: str
    subject: str
    name: str
    issuer: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    der: bytes


def read(content: bytes) -> Read:
    """What the bytes of a .cer file say; nothing is believed of it but that it is well-formed.

    Raises certificate.unreadable, and certificate.has_key for a file that holds a private key: it must not
    leave the hands of its holder.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import NameOID

    if b"PRIVATE KEY" in content:
        raise Refusal("certificate.has_key")
    pem = b"-----BEGIN" in content[:LARGEST]
    load = x509.load_pem_x509_certificate if pem else x509.load_der_x509_certificate
    try:
        if len(content) > LARGEST:
            raise ValueError("no certificate is as large")
        found = load(content)
        names = found.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        subject, issuer = (
            named.rfc4514_string()[:WORDS] for named in (found.subject, found.issuer)
        )
    except ValueError:
        raise Refusal("certificate.unreadable") from None
    return Read(
        serial=f"{found.serial_number:x}",
        subject=subject,
        name=str(names[0].value) if names else "",
        issuer=issuer,
        fingerprint=found.fingerprint(SHA256()).hex(),
        valid_from=found.not_valid_before_utc,
        valid_until=found.not_valid_after_utc,
        der=found.public_bytes(Encoding.DER),
    )
