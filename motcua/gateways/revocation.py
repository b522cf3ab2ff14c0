"""Word on revoked certificates from the services they name (OCSP, CRL), by the house's one line to outside.

Only the hosts of MOTCUA_REVOCATION_HOSTS are asked: an address in a certificate is somebody else's word.
"""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import AsyncGenerator, Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit

import requests
from pyhanko_certvalidator.fetchers import CertificateFetcher, Fetchers
from pyhanko_certvalidator.fetchers.requests_fetchers.crl_client import RequestsCRLFetcher
from pyhanko_certvalidator.fetchers.requests_fetchers.ocsp_client import RequestsOCSPFetcher

from motcua.gateways.http import Answer, Line
from motcua.ledger.ports import Check
from motcua.rules.refusal import Refusal

SYSTEM = "dịch vụ kiểm tra chứng thư số bị thu hồi"
SECONDS = 5.0
"""Of each question: a document is signed without the answer rather than late."""


class Services:
    """The services on hosts that may be asked."""

    def __init__(self, hosts: Sequence[str]) -> None:
        self.hosts = hosts
        self._lines: dict[str, Line] = {}

    def fetchers(self) -> Fetchers:
        """For one signature: what has been asked is not asked again."""
        return Fetchers(_Ocsp(self.ask), _Crl(self.ask), _NoIssuers())

    def ask(self, method: str, url: str, content: bytes | None, headers: dict[str, str]) -> Answer:
        """Raises requests.RequestException for what gives no answer."""
        parts = urlsplit(url)
        if not self.may_ask(url):
            raise requests.RequestException("not a host that is asked")
        path = parts._replace(scheme="", netloc="").geturl() or "/"
        line = self._line(f"{parts.scheme}://{parts.netloc}")
        try:
            answer = line.send(method, path, content=content, headers=headers)
        except Refusal as refused:
            raise requests.RequestException(refused.code) from None
        if answer.status != 200:
            raise requests.RequestException(str(answer.status))
        return answer

    def may_ask(self, url: str) -> bool:
        """Whether the address is on a host of the configuration, by HTTP."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        return parts.scheme in ("http", "https") and parts.netloc in self.hosts

    def word(self, kind: str, url: str, body: bytes) -> bytes:
        """The answer to a question of a certificate; raises port.no_answer."""
        method, sent = ("POST", body) if kind == "ocsp" else ("GET", None)
        headers = {"content-type": "application/ocsp-request"} if kind == "ocsp" else {}
        try:
            return self.ask(method, url, sent, headers).content
        except requests.RequestException:
            raise Refusal("port.no_answer", {"system": SYSTEM}) from None

    def check(self) -> Check:
        """Whether each host answers anything at all."""
        silent = [host for host in self.hosts if not self._answers(host)]
        if silent:
            return Check(False, f"Không trả lời: {', '.join(silent)}. Xem lại đường mạng.")
        return Check(True, f"Trả lời: {', '.join(self.hosts)}.")

    def _answers(self, host: str) -> bool:
        try:
            self._line(f"http://{host}").send("HEAD", "/")
        except Refusal:
            return False
        return True

    def _line(self, base: str) -> Line:
        """Kept: there are as many as hosts of the configuration."""
        if base not in self._lines:
            self._lines[base] = Line(SYSTEM, base, seconds=SECONDS)
        return self._lines[base]


class _Asking:
    """pyHanko's fetchers with our line instead of theirs."""

    def __init__(self, ask: Any) -> None:
        super().__init__()
        self._ask = ask

    async def _get(self, url: str, *, acceptable_content_types: Sequence[str]) -> Answer:
        headers = {"accept": ",".join(acceptable_content_types)}
        answer: Answer = await to_thread(self._ask, "GET", url, None, headers)
        return answer

    async def _post(
        self, url: str, data: bytes, *, content_type: str, acceptable_content_types: Sequence[str]
    ) -> Answer:
        headers = {"accept": ",".join(acceptable_content_types), "content-type": content_type}
        answer: Answer = await to_thread(self._ask, "POST", url, data, headers)
        return answer


class _Ocsp(_Asking, RequestsOCSPFetcher):  # type: ignore[misc]
    pass


class _Crl(_Asking, RequestsCRLFetcher):  # type: ignore[misc]
    pass


class _NoIssuers(CertificateFetcher):
    """Certificates between come with the key or from MOTCUA_TRUST, never from an address in a certificate."""

    async def fetch_cert_issuers(self, cert: Any) -> AsyncGenerator[Any, None]:
        return
        yield

    async def fetch_crl_issuers(self, certificate_list: Any) -> AsyncGenerator[Any, None]:
        return
        yield

    def fetched_certs(self) -> Iterable[Any]:
        return ()
