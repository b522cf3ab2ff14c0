"""Which systems dossiers are exchanged with is what a file says; a fault in it stops the start."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from motcua.dossiers import ports
from motcua.gateways import exchanges
from motcua.gateways.peers import free_port, peer

FILE = """
[national]
address = "{address}"
user = "motcua"
password = "{password}"
unit = "000.00.00.H41"
"""


@pytest.fixture
def filled(settings, tmp_path):
    def fill(text: str):
        settings.EXCHANGES = tmp_path / "systems.toml"
        settings.EXCHANGES.write_text(text)
        exchanges.fill()
        return ports.connected()

    yield fill
    settings.EXCHANGES = None
    exchanges.fill()
    ports.EXCHANGES.pop("ho-tich", None)


def test_each_system_of_the_file_is_plugged_in_and_taken_out_again(filled):
    with peer("national_portal") as running:
        text = FILE.format(address=running.base, password="mat-khau")
        other = text.replace("[national]", '[ho-tich]\ntitle = "Hộ tịch"\nmirrors = true')
        found = filled(text + other)
        assert [(key, one.mirrors) for key, one in found.items()] == [
            ("national", False), ("ho-tich", True),
        ]  # fmt: skip
        assert ports.exchange("ho-tich").title == "Hộ tịch"
        assert all(one.check().ok for one in found.values())
        assert list(filled(text)) == ["national"]
        wrong = filled(FILE.format(address=running.base, password="x"))["national"].check()
        assert not wrong.ok and "mật khẩu" in wrong.said
        assert "mat-khau" not in repr(found)


def test_a_system_that_is_not_there_is_said_not_to_answer(filled):
    found = filled(FILE.format(address=f"http://127.0.0.1:{free_port()}", password="x"))
    assert not found["national"].check().ok


@pytest.mark.parametrize(
    "text",
    ["[national", '[national]\naddress = "http://127.0.0.1:1"', 'national = "x"'],
    ids=["no TOML", "no account", "no table"],
)
def test_a_file_that_lacks_something_stops_the_start(filled, text):
    with pytest.raises(ImproperlyConfigured, match="MOTCUA_EXCHANGES"):
        filled(text)


def test_the_example_is_connected_to_nobody_outside_the_machine(filled, settings):
    settings.EXAMPLE = True
    text = FILE.format(address="https://dichvucong.example.vn", password="x")
    with pytest.raises(ImproperlyConfigured, match="minh họa"):
        filled(text)
    settings.EXAMPLE = False
    assert list(filled(text)) == ["national"]
