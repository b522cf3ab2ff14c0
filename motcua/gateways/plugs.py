"""Which adapter fills which port, by the settings; a system whose address is not set stays unplugged."""

from __future__ import annotations

from motcua.gateways import notices
from django.conf import settings

from motcua.files import ports as files


def fill() -> None:
    """Fill the ports of all rooms: at start, and in tests that change a setting."""
    notices.plug()
    signing()


def signing() -> None:
    """The token, the time stamps and the word on revocation; what is not set costs no start its import."""
    files.TOKEN.plug(_token() if settings.PKCS11 else None)
    files.TIME_STAMPS.plug(_time_stamps() if settings.TSA else None)
    files.REVOCATION.plug(_revocation() if settings.REVOCATION_HOSTS else None)


def _token() -> files.Token:
    from motcua.gateways.token import Pkcs11

    return Pkcs11(settings.PKCS11, settings.PKCS11_TOKEN, settings.PKCS11_PIN)


def _time_stamps() -> files.TimeStamps:
    from motcua.gateways.time_stamps import Tsa

    return Tsa(settings.TSA)


def _revocation() -> files.Revocation:
    from motcua.gateways.revocation import Services

    return Services(settings.REVOCATION_HOSTS)
