"""What signing needs from outside: the token that holds keys, time stamps, word on revoked certificates."""

from __future__ import annotations

from typing import Any, Protocol

from motcua.ledger.ports import Outside, Port


class Token(Outside, Protocol):
    """A device or a module that holds private keys (PKCS#11) and never gives them out."""

    def signer(self, name: str) -> Any:
        """pyHanko's signer for the key and certificate of that label; None where it has none.

        Raises sign.token_gone.
        """
        ...


class TimeStamps(Outside, Protocol):
    """A time stamp authority (RFC 3161)."""

    def stamp(self, request: bytes) -> bytes:
        """The answer to a request, both DER; raises sign.no_time_stamp."""
        ...


class Revocation(Outside, Protocol):
    """The services certificates name for word on their revocation (OCSP, CRL)."""

    def fetchers(self) -> Any:
        """pyHanko's fetchers, for one signature."""
        ...

    def may_ask(self, url: str) -> bool:
        """Whether the address is on a host that the configuration names."""
        ...

    def word(self, kind: str, url: str, body: bytes) -> bytes:
        """The answer to a question: `ocsp` with its request, `crl` or `issuer` without; raises
        port.no_answer."""
        ...


TOKEN: Port[Token] = Port("token", "thiết bị lưu khóa ký số (PKCS#11)")
TIME_STAMPS: Port[TimeStamps] = Port("time_stamps", "dịch vụ cấp dấu thời gian")
REVOCATION: Port[Revocation] = Port("revocation", "dịch vụ kiểm tra chứng thư số bị thu hồi")
