"""What signs and proves in real use, in small on this machine: a token and an authority with its services.

The authority is certomancer in a process of its own (OCSP, CRL, time stamps by HTTP), the token SoftHSM2.
Both are development tools: benches and tests use them, the product does not. Certificates are worthless
and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from motcua.gateways.peers import free_port, until_it_answers

PERSON, AGENCY, REVOKED = "lanh-dao", "so-xay-dung", "bi-thu-hoi"
SIGNERS = (PERSON, AGENCY, REVOKED)
AUTHORITIES = ("root", "interm")
CONFIGURATION = Path(__file__).with_name("trust_services.yml")
TOKEN, PIN = "motcua", "1234"
MODULES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
)
_ENTITIES = (*AUTHORITIES, "interm-ocsp", "tsa", *SIGNERS)


@dataclass(frozen=True, slots=True)
class Authority:
    """A running authority: its folder (keys, certificates) and where it answers."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def tsa(self) -> str:
        return f"http://{self.host}/motcua/tsa/tsa"

    @property
    def trust(self) -> Path:
        """The folder MOTCUA_TRUST would name."""
        return self.folder / "trust"


def module() -> str | None:
    """SoftHSM2's PKCS#11 module; None where it is not installed."""
    there = [path for path in MODULES if Path(path).exists()]
    return there[0] if there and shutil.which("softhsm2-util") else None


@contextmanager
def authority(folder: Path) -> Iterator[Authority]:
    """Root, authority between, two signers and one who is revoked; it answers until the block ends."""
    port = free_port()
    _keys(folder / "keys")
    config = folder / "certomancer.yml"
    config.write_text(CONFIGURATION.read_text().replace("PORT", str(port)))
    command = [sys.executable, "-m", "certomancer", "--config", str(config), "animate", "--port"]
    log = (folder / "log").open("wb")
    process = subprocess.Popen([*command, str(port), "--no-web-ui"], stdout=log, stderr=log)
    try:
        _certificates(config, folder)
        until_it_answers(port, process)
        yield Authority(folder, port, process)
    finally:
        process.kill()
        process.wait()
        log.close()


def token(folder: Path, source: Path) -> str:
    """A SoftHSM2 token in `folder` with the signers of the authority's folder; returns the module.

    SOFTHSM2_CONF is set for this process, as the module reads it.
    """
    import pkcs11
    from asn1crypto import pem

    library = module()
    if library is None:
        raise FileNotFoundError("softhsm2")
    (folder / "tokens").mkdir(parents=True)
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    command = ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN]
    subprocess.run([*command, "--so-pin", PIN], check=True, capture_output=True)
    loaded: Any = pkcs11.lib(library)
    loaded.reinitialize()
    with loaded.get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as session:
        for name in SIGNERS:
            der = (source / "certificates" / f"{name}.cer").read_bytes()
            _put_certificate(session, name, der)
            _put_key(session, name, pem.unarmor((source / "keys" / f"{name}.pem").read_bytes())[2])
    return library


def _put_key(session: Any, name: str, der: bytes) -> None:
    import pkcs11
    from asn1crypto import keys
    from pkcs11.util.rsa import decode_rsa_private_key

    inner = keys.PrivateKeyInfo.load(der)["private_key"].parsed.dump()
    attributes = decode_rsa_private_key(inner)
    attributes |= {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: name,
                   pkcs11.Attribute.ID: name.encode()}  # fmt: skip
    session.create_object(attributes)


def _put_certificate(session: Any, name: str, der: bytes) -> None:
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    attributes = decode_x509_certificate(der)
    attributes |= {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: name,
                   pkcs11.Attribute.ID: name.encode()}  # fmt: skip
    session.create_object(attributes)


def _keys(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in _ENTITIES:
        made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        (folder / f"{name}.pem").write_bytes(
            made.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def _certificates(config: Path, folder: Path) -> None:
    from certomancer import CertomancerConfig
    from certomancer.registry import ArchLabel, CertLabel

    made = CertomancerConfig.from_file(str(config), key_search_dir=str(folder))
    for name in _ENTITIES:
        certificate = made.get_pki_arch(ArchLabel("motcua")).get_cert(CertLabel(name))
        kept = folder / ("trust" if name in AUTHORITIES else "certificates") / f"{name}.cer"
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(certificate.dump())
