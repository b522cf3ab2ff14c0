"""Plugs the carriers of notices in, by the settings."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from motcua.gateways.folder import Folder
from motcua.gateways.sms import Sms
from motcua.gateways.smtp import Mail, Server
from motcua.gateways.zalo import Zalo
from motcua.messaging import ports

SMTP_PORT = 587


def plug() -> None:
    """Fill the ports of messaging."""
    first = (settings.SMS_URL, settings.SMS_KEY)
    second = (settings.SMS_SECOND_URL, settings.SMS_SECOND_KEY)
    ports.EMAIL.plug(_mail() or _trial("thu"))
    ports.SMS.plug(_sms("sms", ports.SMS.title, *first) or _trial("sms"))
    ports.SMS_SECOND.plug(_sms("sms_second", ports.SMS_SECOND.title, *second))
    ports.ZALO.plug(_zalo() or _trial("zalo"))


def _trial(channel: str) -> Folder | None:
    folder = settings.TRIAL_LETTERS
    return Folder(f"folder_{channel}", folder / channel) if folder else None


def _mail() -> Mail | None:
    if not settings.MAIL_SERVER:
        return None
    host, _, port = settings.MAIL_SERVER.partition(":")
    if settings.MAIL_SECURITY not in ("starttls", "tls", "none"):
        raise ImproperlyConfigured("MOTCUA_MAIL_SECURITY phải là starttls, tls hoặc none")
    if "@" not in settings.MAIL_FROM:
        raise ImproperlyConfigured("MOTCUA_MAIL_FROM phải là địa chỉ thư điện tử của người gửi")
    return Mail(
        Server(
            host,
            int(port or SMTP_PORT),
            settings.MAIL_SECURITY,
            settings.MAIL_USER,
            settings.MAIL_PASSWORD,
            settings.MAIL_FROM,
        )
    )


def _sms(name: str, title: str, base: str, key: str) -> Sms | None:
    if not base:
        return None
    if not key:
        raise ImproperlyConfigured(f"Thiếu khóa truy cập của nhà cung cấp {title} (MOTCUA_SMS_KEY)")
    return Sms(name, title, base, key, settings.SMS_SENDER)


def _zalo() -> Zalo | None:
    if not settings.ZALO_URL:
        return None
    file = settings.ZALO_TEMPLATES
    templates = json.loads(file.read_text()) if file else {}
    return Zalo(settings.ZALO_URL, settings.ZALO_TOKEN, templates)
