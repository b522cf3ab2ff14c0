"""The one settings file, driven by the environment; a missing or malformed value stops the start.

docs/reference/settings.md lists every variable.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from motcua.run import database
from motcua.run.database import SettingMissing


def _required(name: str, remedy: str) -> str:
    value = os.environ.get(name, "").strip()
    if not value:
        raise SettingMissing(f"Thiếu biến môi trường {name}: {remedy}")
    return value


def _flag(name: str, default: bool) -> bool:
    value = os.environ.get(name, "1" if default else "0").strip().lower()
    if value not in {"0", "1", "true", "false", "yes", "no"}:
        raise SettingMissing(f"{name} phải là 0 hoặc 1, đang là “{value}”")
    return value in {"1", "true", "yes"}


def _whole(name: str, default: int) -> int:
    value = os.environ.get(name, str(default)).strip()
    if not value.isdecimal():
        raise SettingMissing(f"{name} phải là số nguyên không âm, đang là “{value}”")
    return int(value)


def _folder(name: str) -> Path | None:
    value = os.environ.get(name, "").strip()
    return Path(value) if value else None


def _secret(name: str) -> str:
    """From the environment, or the file that `<name>_FILE` names."""
    file = _folder(f"{name}_FILE")
    return (file.read_text() if file else os.environ.get(name, "")).strip()


def _moment(name: str) -> datetime | None:
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise SettingMissing(f"{name} phải là ngày giờ ISO 8601, đang là “{value}”") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(TIME_ZONE))


BASE_DIR = Path(__file__).resolve().parents[2]
HOME = database.home()
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "motcua" / "look" / "locale"]

DEBUG = _flag("MOTCUA_DEBUG", False)
SECRET_KEY = _required(
    "MOTCUA_SECRET_KEY",
    "đặt một chuỗi ngẫu nhiên ít nhất 50 ký tự (motcua up tự tạo cho bản chạy thử)",
)
if len(SECRET_KEY) < 32:
    raise SettingMissing("MOTCUA_SECRET_KEY quá ngắn: cần ít nhất 32 ký tự ngẫu nhiên")
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "127.0.0.1,localhost").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("MOTCUA_ORIGINS", "").split(",") if o]
PUBLIC_URL = os.environ.get("MOTCUA_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
"""Where citizens reach the portal; printed in the QR code of every receipt."""

PROVINCE = os.environ.get("MOTCUA_PROVINCE", "Nghệ An")
"""The place papers are dated from, and the name in the header of every page."""
PAPER_BOOK_DAYS = _whole("MOTCUA_PAPER_BOOK_DAYS", 15)
"""How many days after the counter wrote a dossier in the paper book it may still be entered."""
EXCHANGES = _folder("MOTCUA_EXCHANGES")
"""A TOML file that names the systems dossiers are exchanged with (docs/how-to/exchange.md)."""
PARKED_DAYS = _whole("MOTCUA_PARKED_DAYS", 7)
"""How many days an unfinished intake nobody touches is kept."""
EXAMPLE = _flag("MOTCUA_EXAMPLE", False)
EXAMPLE_TODAY = _moment("MOTCUA_EXAMPLE_TODAY")
"""With the example, the moment the doors' clock starts from (design: the example has its own today)."""
EXAMPLE_ANCHOR = _moment("MOTCUA_EXAMPLE_ANCHOR")
"""The real moment at which the example's clock showed EXAMPLE_TODAY; one for all its processes."""

DATABASES = {
    "default": {
        **database.parse(
            _required(
                "DATABASE_URL", "đặt địa chỉ PostgreSQL, hoặc chạy `motcua up` để dùng bản nhúng"
            )
        ),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": False,
    }
}
# Statements used often are prepared by the server; the record is exact about what it sends.
DATABASES["default"]["OPTIONS"] |= {"prepare_threshold": 3, "application_name": "motcua"}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "motcua.ledger",
    "motcua.organisations",
    "motcua.people",
    "motcua.files",
    "motcua.messaging",
    "motcua.catalogue",
    "motcua.dossiers",
    "motcua.counter",
    "motcua.statistics",
    "motcua.journeys",
    "motcua.gateways",
    "motcua.look",
    "motcua.portal",
    "motcua.desk",
    "motcua.api",
    "motcua.jobs",
    "motcua.run",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "ninja",  # its page of the API, from our own host
    "procrastinate.contrib.django",
]
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "motcua.look.csp.ContentSecurityPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "motcua.look.clock.Clock",
    "motcua.people.acting.ActingMiddleware",
    "motcua.look.refusals.RefusalMiddleware",
    "motcua.look.own_work.OwnWork",
]
ROOT_URLCONF = "motcua.run.urls"
WSGI_APPLICATION = "motcua.run.wsgi.application"
# Widgets by our own templates where there are any: an option list of a province's units is one template,
# not one an option.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.look.context.common",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
BLOBS = Path(os.environ.get("MOTCUA_FILES", HOME / "files"))
"""The folder of content-addressed files."""
PAPERS = os.environ.get("MOTCUA_PAPERS", "").strip()
"""The folder of the province's own printing of the statutory papers; "" prints ours."""
UPLOAD_LIMIT = _whole("MOTCUA_UPLOAD_LIMIT_MB", 50) * 1024 * 1024
MOST_PAGES = _whole("MOTCUA_MOST_PAGES", 500)
"""Pages of one PDF or TIFF: a project's papers are some hundred; more is a book, and comes in parts."""
CLAMD = os.environ.get("MOTCUA_CLAMD", "").strip()
"""ClamAV's daemon: host:port, or the path of its socket. Where it is set, no file is taken in unscanned."""
SOFFICE = os.environ.get("MOTCUA_SOFFICE", "").strip()
"""LibreOffice's program, by which Word files become PDF; "" takes the one on the path, if there is one."""
CERTIFICATES = _folder("MOTCUA_CERTIFICATES")
"""PKCS#12 files by which digitised copies are signed; None: copies are not signed, and say so."""
PKCS11 = os.environ.get("MOTCUA_PKCS11", "").strip()
"""The driver of the token that holds signing keys (a PKCS#11 module's path); "" is none."""
PKCS11_TOKEN = os.environ.get("MOTCUA_PKCS11_TOKEN", "").strip()
"""The token's label."""
PKCS11_PIN = _secret("MOTCUA_PKCS11_PIN")
"""The PIN of the token's user; better in a file, which MOTCUA_PKCS11_PIN_FILE names."""
TSA = os.environ.get("MOTCUA_TSA", "").strip()
"""The time stamp authority's address (RFC 3161); where it is set, nothing is signed without its stamp."""
TRUST = _folder("MOTCUA_TRUST")
"""Certificates (PEM, DER) of the authorities whose signatures count, and of those between; None: none."""
REVOCATION_HOSTS = tuple(filter(None, os.environ.get("MOTCUA_REVOCATION_HOSTS", "").split(",")))
"""The only hosts (host or host:port) that are asked whether a certificate is revoked; "" asks nobody."""
SCAN_FOLDER = _folder("MOTCUA_SCAN_FOLDER")
"""Where scanners drop their files: a folder for each desk, named by the unit's key; None: no scanner."""
PHONE_MINUTES = _whole("MOTCUA_PHONE_MINUTES", 10)
"""How long a phone may send pictures by the code it has read."""
TRIAL_LETTERS = _folder("MOTCUA_TRIAL_LETTERS")
"""Where e-mail, SMS and Zalo messages are written to files instead of being sent, for trials."""
MAIL_SERVER = os.environ.get("MOTCUA_MAIL_SERVER", "").strip()
"""The SMTP server notices leave by, host:port; "": no e-mail is sent."""
MAIL_SECURITY = os.environ.get("MOTCUA_MAIL_SECURITY", "starttls").strip()
"""How the line to it is closed: starttls, tls, or none (a server on this machine)."""
MAIL_USER = os.environ.get("MOTCUA_MAIL_USER", "").strip()
MAIL_PASSWORD = os.environ.get("MOTCUA_MAIL_PASSWORD", "")
MAIL_FROM = os.environ.get("MOTCUA_MAIL_FROM", "").strip()
"""The sender's address, as the receivers' servers check it (SPF, DKIM)."""
PAYMENT_URL = os.environ.get("MOTCUA_PAYMENT_URL", "").strip()
"""The payment service; "" where there is none: fees are then paid at the counter."""
PAYMENT_MERCHANT = os.environ.get("MOTCUA_PAYMENT_MERCHANT", "").strip()
"""Who we are to the payment service."""
PAYMENT_SECRET = _secret("MOTCUA_PAYMENT_SECRET")
"""The secret we share with it; both sides sign what they send."""
SMS_URL = os.environ.get("MOTCUA_SMS_URL", "").strip()
"""The SMS provider's address; "": no text message is sent."""
SMS_KEY = os.environ.get("MOTCUA_SMS_KEY", "")
SMS_SENDER = os.environ.get("MOTCUA_SMS_SENDER", "MOTCUA").strip()
"""The registered brand name text messages come from."""
SMS_SECOND_URL = os.environ.get("MOTCUA_SMS_SECOND_URL", "").strip()
"""A second provider, for when the first does not do its part."""
SMS_SECOND_KEY = os.environ.get("MOTCUA_SMS_SECOND_KEY", "")
SMS_MARKS = _flag("MOTCUA_SMS_MARKS", False)
"""Whether text messages keep the marks of Vietnamese: a part then carries 70 letters, not 160."""
ZALO_URL = os.environ.get("MOTCUA_ZALO_URL", "").strip()
"""The address of Zalo Notification Service; "": nothing is sent by Zalo."""
ZALO_TOKEN = os.environ.get("MOTCUA_ZALO_TOKEN", "")
ZALO_TEMPLATES = _folder("MOTCUA_ZALO_TEMPLATES")
"""A JSON file, kind of notice → number of the template Zalo has approved."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

COLLECT_DAYS = _whole("MOTCUA_COLLECT_DAYS", 30)
"""After so many days a result that nobody collected stands out at the desk."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
OFFICER_HOME = "/ban-lam-viec/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "motcua.people.accounts.Adapter"
ACCOUNT_FORMS = {
    "login": "motcua.people.forms.LogIn",
    "signup": "motcua.people.forms.SignUp",
    "change_password": "motcua.people.forms.ChangePassword",
    "reauthenticate": "motcua.people.forms.Reauthenticate",
}
MFA_ADAPTER = "motcua.people.accounts.SecondStep"
MFA_FORMS = {
    "authenticate": "motcua.people.forms.SecondStep",
    "reauthenticate": "motcua.people.forms.SecondStepAgain",
    "activate_totp": "motcua.people.forms.ActivateSecondStep",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
CSRF_FAILURE_VIEW = "motcua.look.problems.stale_form"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if SESSION_COOKIE_SECURE else 0
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MOTCUA_LOG", "WARNING")},
}
