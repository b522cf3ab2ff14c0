"""The token that holds signing keys: a PKCS#11 module, one session for the process, opened when needed.

A session that fails once is dropped, so a token that was pulled out and put back works again with the next
signature. Opening and looking up takes place under one lock: drivers of tokens are rarely made for threads.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

from motcua.files.apart import apart
from motcua.ledger.ports import Check
from motcua.rules.refusal import Refusal

PATIENCE = 20.0
"""Seconds one waits for another who is signing with the same token, or for a driver that says nothing."""
CHECK_SECONDS = 3.0


class Pkcs11:
    """A token by its module, its label and the PIN of its user."""

    def __init__(self, module: str, label: str, pin: str) -> None:
        self.module, self.label, self._pin = module, label, pin
        self.lock = Lock()
        self._session: Any = None

    def signer(self, name: str) -> Any:
        """The key of that label; None where the token has none. Raises sign.token_gone."""
        try:
            certificate, others = apart(lambda: self._certificates(name), PATIENCE)
        except TimeoutError:
            raise Refusal("sign.token_gone") from None
        if certificate is None:
            return None
        return _one_at_a_time(self)(
            self._session, signing_cert=certificate, key_label=name, ca_chain=others
        )

    def check(self) -> Check:
        """Whether the token is there and takes the PIN."""
        try:
            apart(lambda: self._certificates(""), CHECK_SECONDS)
        except (Refusal, TimeoutError):
            return Check(False, f"Không mở được thiết bị “{self.label}”: cắm lại, xem lại mã PIN.")
        return Check(True, f"Thiết bị “{self.label}” sẵn sàng.")

    def drop(self) -> None:
        """Open it afresh with the next signature."""
        self._session = None

    def _certificates(self, name: str) -> tuple[Any, list[Any]]:
        """The certificate of that label, and the token's others."""
        import pkcs11
        from asn1crypto import x509

        if not self.lock.acquire(timeout=PATIENCE):
            raise Refusal("sign.token_gone")
        try:
            found = [
                (one[pkcs11.Attribute.LABEL], x509.Certificate.load(one[pkcs11.Attribute.VALUE]))
                for one in self._open().get_objects(
                    {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE}
                )
            ]
        except (pkcs11.PKCS11Error, RuntimeError, ValueError):
            self.drop()
            raise Refusal("sign.token_gone") from None
        finally:
            self.lock.release()
        named = [certificate for label, certificate in found if label == name]
        return (named[0] if named else None), [one for label, one in found if label != name]

    def _open(self) -> Any:
        import pkcs11

        if self._session is None:
            library = pkcs11.lib(self.module)
            library.reinitialize()
            self._session = library.get_token(token_label=self.label).open(user_pin=self._pin)
        return self._session


def _one_at_a_time(token: Pkcs11) -> Any:
    """A signer that has the token to itself while it signs, and lets go of one that fails."""
    import asyncio

    import pkcs11
    from pyhanko.sign.pkcs11 import PKCS11Signer

    class OneAtATime(PKCS11Signer):
        async def async_sign_raw(self, *args: Any, **more: Any) -> bytes:
            if not await asyncio.to_thread(token.lock.acquire, timeout=PATIENCE):
                raise Refusal("sign.token_gone")
            try:
                return bytes(await super().async_sign_raw(*args, **more))
            except (pkcs11.PKCS11Error, RuntimeError):
                token.drop()
                raise Refusal("sign.token_gone") from None
            finally:
                token.lock.release()

    return OneAtATime
