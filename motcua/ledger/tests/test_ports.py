"""A port is filled or says that it is not."""

import pytest

from motcua.ledger.ports import PORTS, Check, Port
from motcua.rules.refusal import Refusal


class Clockwork:
    def check(self):
        return Check(True, "chạy")


def test_an_empty_port_refuses_and_a_filled_one_gives_its_adapter(monkeypatch):
    port: Port[Clockwork] = Port("clockwork", "máy thử")
    try:
        with pytest.raises(Refusal) as refused:
            _ = port.adapter
        assert (refused.value.code, refused.value.params) == (
            "port.not_connected",
            {"system": "máy thử"},
        )
        port.plug(Clockwork())
        assert port.adapter.check().ok and PORTS["clockwork"] is port
    finally:
        del PORTS["clockwork"]
