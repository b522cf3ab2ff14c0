"""What signing needs from outside, plugged in by the settings; what is not set costs no start its import."""

from __future__ import annotations

from django.conf import settings

from motcua.files import ports


def plug() -> None:
    """The token, the time stamps and the word on revocation."""
    ports.TOKEN.plug(_token() if settings.PKCS11 else None)
    ports.TIME_STAMPS.plug(_time_stamps() if settings.TSA else None)
    ports.REVOCATION.plug(_revocation() if settings.REVOCATION_HOSTS else None)


def _token() -> ports.Token:
    from motcua.gateways.token import Pkcs11

    return Pkcs11(settings.PKCS11, settings.PKCS11_TOKEN, settings.PKCS11_PIN)


def _time_stamps() -> ports.TimeStamps:
    from motcua.gateways.time_stamps import Tsa

    return Tsa(settings.TSA)


def _revocation() -> ports.Revocation:
    from motcua.gateways.revocation import Services

    return Services(settings.REVOCATION_HOSTS)
