"""Signatures by a token with time stamps and proofs, and what happens when one of them goes away."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from motcua.files import documents, keys, pades, ports, signing, verification
from motcua.files.tests.test_documents import DAY, document
from motcua.gateways import token
from motcua.gateways.signing import plug
from motcua.gateways.time_stamps import Tsa
from motcua.rules.refusal import Refusal
from motcua.run.benches import trust_services
from motcua.run.benches.trust_services import AGENCY, PERSON, REVOKED

pytestmark = pytest.mark.skipif(not trust_services.module(), reason="softhsm2 is not installed")


@pytest.fixture(scope="module")
def services(tmp_path_factory):
    folder = tmp_path_factory.mktemp("chung-thuc")
    with trust_services.authority(folder / "ca") as authority:
        trust_services.token(folder / "hsm", authority.folder)
        yield authority


@pytest.fixture(autouse=True)
def connected(services, settings):
    settings.PKCS11 = trust_services.module()
    settings.PKCS11_TOKEN, settings.PKCS11_PIN = trust_services.TOKEN, trust_services.PIN
    settings.TSA, settings.TRUST = services.tsa, services.trust
    settings.REVOCATION_HOSTS = (services.host,)
    plug()
    yield
    for port in (ports.TOKEN, ports.TIME_STAMPS, ports.REVOCATION):
        port.plug(None)


@pytest.fixture(scope="module")
def ready():
    return documents.prepared(document(draft=False), DAY, verify_url="https://motcua.example/x/")


def signed(pdf, name=PERSON):
    at = datetime.now(UTC)
    return signing.sign_person(pdf, keys.find([name], at), at=at, title="Giám đốc")


def refusal(call):
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_a_result_signed_by_the_token_proves_itself_years_later(ready, tmp_path):
    """PAdES B-LT on both: time stamps and word on revocation within the file."""
    at = datetime.now(UTC)
    key = keys.find([AGENCY], at)
    whole = signing.seal(signed(ready), key, number="12/QĐ-SXD", on=DAY, at=at)
    judgement = verification.judge_bytes(whole)
    assert [(one.verdict.value, one.level, one.revocation) for one in judgement.signatures] == [
        ("valid", "B-LT", "good"),
        ("valid", "B-LT", "good"),
    ]
    if shutil.which("pdfsig"):
        file = tmp_path / "ket-qua.pdf"
        file.write_bytes(whole)
        told = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True).stdout
        assert told.count("Signature is Valid") == 2


def test_an_operator_sees_that_all_three_are_there():
    for port in (ports.TOKEN, ports.TIME_STAMPS, ports.REVOCATION):
        assert port.adapter.check().ok, port.title


def test_a_revoked_certificate_does_not_sign(ready):
    assert refusal(lambda: signed(ready, REVOKED)) == "sign.revoked"


def test_without_word_on_revocation_the_signature_is_stamped_all_the_same(ready, settings):
    settings.REVOCATION_HOSTS = ("127.0.0.1:9",)
    plug()
    assert not ports.REVOCATION.adapter.check().ok
    (one,) = verification.judge_bytes(signed(ready)).signatures
    assert (one.level, one.stamped) == ("B-T", True)


def test_a_time_stamp_service_that_is_gone_silent_or_talks_nonsense_stops_the_signature(ready):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        nonsense = HTTPServer(("127.0.0.1", 0), _Nonsense)
        threading.Thread(target=nonsense.serve_forever, daemon=True).start()
        for port in (9, silent.getsockname()[1], nonsense.server_port):
            ports.TIME_STAMPS.plug(Tsa(f"http://127.0.0.1:{port}/", seconds=0.5))
            assert refusal(lambda: signed(ready)) == "sign.no_time_stamp"
            assert not ports.TIME_STAMPS.adapter.check().ok
        nonsense.shutdown()


class _Nonsense(BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"0\x03\x02\x01\x07nonsense")

    def log_message(self, *said):
        pass


def test_a_token_pulled_out_in_the_middle_signs_nothing_and_works_when_it_is_back(ready, services):
    at = datetime.now(UTC)
    key = keys.find([PERSON], at)
    tokens = services.folder.parent / "hsm" / "tokens"
    tokens.rename(tokens.with_name("pulled-out"))
    sign = lambda: signing.sign_person(ready, key, at=at, title="Giám đốc")  # noqa: E731
    try:
        assert refusal(sign) == "sign.token_gone"
        assert refusal(lambda: keys.find([PERSON], at)) == "sign.token_gone"
        assert not ports.TOKEN.adapter.check().ok
    finally:
        Path(tokens.with_name("pulled-out")).rename(tokens)
    assert signed(ready).startswith(ready)


def test_a_token_that_never_answers_is_given_up(ready, monkeypatch):
    key = keys.find([PERSON], datetime.now(UTC))

    async def never(*args, dry_run=False, **more):
        if not dry_run:
            await asyncio.sleep(60)
        return b"\0" * 256

    monkeypatch.setattr(key.signer, "async_sign_raw", never)
    monkeypatch.setattr(pades, "SECONDS", 2.0)
    at = datetime.now(UTC)
    sign = lambda: signing.sign_person(ready, key, at=at, title="Giám đốc")  # noqa: E731
    assert refusal(sign) == "sign.token_gone"


def test_two_sign_with_one_token_at_the_same_time(ready, settings):
    settings.TSA, settings.REVOCATION_HOSTS = "", ()
    plug()
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(signed, [ready] * 8))
    assert len(set(made)) == 8
    assert ports.TOKEN.adapter.check().ok


def test_a_token_whose_driver_hangs_holds_nobody_up(monkeypatch):
    monkeypatch.setattr(token, "PATIENCE", 0.3)
    monkeypatch.setattr(token, "CHECK_SECONDS", 0.3)
    with ports.TOKEN.adapter.lock:
        assert refusal(lambda: keys.find([PERSON], datetime.now(UTC))) == "sign.token_gone"
        assert not ports.TOKEN.adapter.check().ok


def test_a_name_the_token_does_not_have_signs_nothing():
    assert keys.find(["nobody", "../x"], datetime.now(UTC)) is None
