"""A certificate authority for the example and for tests: it says of itself that it has no legal value."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import AuthorityInformationAccessOID, NameOID
from pyhanko.keys import load_certs_from_pemder_data

from motcua.files.keys import WORTHLESS

NAME = f"CA thử nghiệm – {WORTHLESS}"
BORN = datetime(2020, 1, 1, tzinfo=UTC)


class Authority:
    """A root, and the certificates it issues as PKCS#12 files; they name its OCSP `service`, if any."""

    def __init__(self, service: str = "") -> None:
        self.service = service
        self.key = ec.generate_private_key(ec.SECP256R1())
        named = _name(NAME)
        self.certificate = (
            _unsigned(named, named, self.key.public_key(), BORN + timedelta(days=36_500))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
            .sign(self.key, hashes.SHA256())
        )

    def publish(self, folder: Path) -> None:
        """Its root certificate in a folder that MOTCUA_TRUST may name."""
        folder.mkdir(parents=True, exist_ok=True)
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        (folder / "goc.cer").write_bytes(der)

    @property
    def root(self) -> Any:
        der = self.certificate.public_bytes(serialization.Encoding.DER)
        return next(load_certs_from_pemder_data(der))

    def issue(
        self,
        folder: Path,
        name: str,
        holder: str,
        password: str = "mật khẩu",  # noqa: S107
        until: datetime = BORN + timedelta(days=36_000),
    ) -> x509.Certificate:
        """`<name>.p12` and `<name>.pass` in the folder; the certificate."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = self._issued(key, holder, until)
        sealed = serialization.BestAvailableEncryption(password.encode())
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.p12").write_bytes(
            pkcs12.serialize_key_and_certificates(
                name.encode(), key, made, [self.certificate], sealed
            )
        )
        (folder / f"{name}.pass").write_text(password + "\n")
        return made

    def _issued(
        self, key: ec.EllipticCurvePrivateKey, holder: str, until: datetime
    ) -> x509.Certificate:
        unsigned = (
            _unsigned(_name(holder), self.certificate.subject, key.public_key(), until)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        )
        if self.service:
            place = x509.UniformResourceIdentifier(self.service)
            told = x509.AccessDescription(AuthorityInformationAccessOID.OCSP, place)
            unsigned = unsigned.add_extension(
                x509.AuthorityInformationAccess([told]), critical=False
            )
        return unsigned.sign(self.key, hashes.SHA256())


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _unsigned(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(BORN)
        .not_valid_after(until)
    )


def _usage(**used: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment",
        "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: used.get(name, False) for name in names})
