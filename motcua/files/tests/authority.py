"""The authority of tests: that of the example, which also answers for its certificates."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp

from motcua.files import authority
from motcua.files.authority import BORN

__all__ = ["BORN", "Authority"]


class Authority(authority.Authority):
    """It says whether a certificate is good, and issues some whose key nobody has."""

    def word(self, certificate: x509.Certificate, revoked_at: datetime | None = None) -> bytes:
        """What its service says of a certificate (DER)."""
        now = datetime.now(UTC)
        said = ocsp.OCSPResponseBuilder().add_response(
            cert=certificate,
            issuer=self.certificate,
            algorithm=hashes.SHA1(),  # noqa: S303 — what the protocol names certificates by
            cert_status=ocsp.OCSPCertStatus.REVOKED if revoked_at else ocsp.OCSPCertStatus.GOOD,
            this_update=now - timedelta(minutes=1),
            next_update=now + timedelta(days=1),
            revocation_time=revoked_at,
            revocation_reason=x509.ReasonFlags.key_compromise if revoked_at else None,
        )
        named = said.responder_id(ocsp.OCSPResponderEncoding.HASH, self.certificate)
        return named.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def cer(self, holder: str, *, until: datetime) -> bytes:
        """A certificate as a .cer file; nobody has its key."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self._issued(key, holder, until).public_bytes(serialization.Encoding.DER)
