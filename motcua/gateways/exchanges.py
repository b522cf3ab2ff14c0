"""The systems dossiers are exchanged with, as the province's own file names them (MOTCUA_EXCHANGES)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from motcua.dossiers import ports
from motcua.gateways.http import Line
from motcua.gateways.national_portal import NationalPortal

HERE = frozenset({"127.0.0.1", "localhost", "::1"})
NEEDED = ("address", "user", "password", "unit")


def fill() -> None:
    """Plug in every system of the file, and take out what it no longer names.

    A database with the example is connected to nothing but peers on the same machine: what is constructed
    reaches nobody.
    """
    named = _read(settings.EXCHANGES) if settings.EXCHANGES else {}
    for key, port in ports.EXCHANGES.items():
        if key not in named:
            port.plug(None)
    for key, given in named.items():
        port = ports.exchange(key, given.get("title", ""))
        port.plug(_adapter(port.title, given))


def _read(path: Path) -> dict[str, Any]:
    try:
        named = tomllib.loads(path.read_text())
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ImproperlyConfigured(f"MOTCUA_EXCHANGES={path}: không đọc được ({error})") from None
    for key, given in named.items():
        missing = [name for name in NEEDED if not isinstance(given, dict) or not given.get(name)]
        if missing:
            raise ImproperlyConfigured(
                f"MOTCUA_EXCHANGES={path}: [{key}] thiếu {', '.join(missing)}"
            )
        if settings.EXAMPLE and urlsplit(given["address"]).hostname not in HERE:
            raise ImproperlyConfigured(
                f"MOTCUA_EXCHANGES={path}: [{key}] bản có dữ liệu minh họa chỉ nối với hệ thống thử "
                "trên chính máy này"
            )
    return named


def _adapter(title: str, given: dict[str, Any]) -> NationalPortal:
    return NationalPortal(
        line=Line(title, given["address"]),
        user=given["user"],
        password=given["password"],
        unit=given["unit"],
        mirrors=bool(given.get("mirrors", False)),
    )
