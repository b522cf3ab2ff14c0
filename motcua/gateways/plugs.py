"""Which adapter fills which port, by the settings; a system whose address is not set stays unplugged."""

from __future__ import annotations

from motcua.gateways import exchanges, notices, payment, signing


def fill() -> None:
    """Fill the ports of all rooms: at start, and in tests that change a setting."""
    notices.plug()
    payment.plug()
    signing.plug()
    exchanges.fill()
