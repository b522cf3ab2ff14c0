"""Sign-in: what django-allauth is told about our accounts. Its writes go through the room's own acts."""

from __future__ import annotations

from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from motcua.people import operations
from motcua.people.errors import SENTENCES
from motcua.people.models import Account
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal

TOO_MANY = "Quá nhiều lần thử. Hãy đợi vài phút rồi thử lại."
WRONG = "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra lại rồi thử lại."
WRONG_CODE = "Mã không đúng hoặc đã hết hạn. Hãy ghi mã đang hiện trên ứng dụng."


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Citizens open an account themselves; officers' accounts are opened by the administrator."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": SENTENCES["account.closed"],
        "username_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "incorrect_password": "Mật khẩu không đúng. Hãy ghi lại.",
        "enter_current_password": "Mật khẩu đang dùng không đúng. Hãy ghi lại.",
        "username_taken": SENTENCES["account.username_taken"].replace("“{username}” ", ""),
        "username_blacklisted": SENTENCES["account.username_malformed"],
        "incorrect_code": WRONG_CODE,
        "same_as_current": "Giá trị mới phải khác giá trị đang dùng. Hãy ghi giá trị khác.",
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """The account a citizen signs up for; whatever the form says, never an officer's."""
        given = form.cleaned_data
        account_id = operations.sign_up(
            name=given["name"],
            number=given["username"],
            phone=given["phone"],
            password=given["password1"],
            at=request.now,  # type: ignore[attr-defined]
        )
        return Account.objects.get(id=account_id)

    def set_password(self, user: Any, password: str) -> None:
        request = self.request
        actor: Actor = request.actor
        user.password = operations.change_password(
            account_id=user.id, password=password, actor=actor, at=request.now
        )

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Officers go to their desk, citizens to the portal."""
        officer = getattr(request.user, "kind", "") == Account.Kind.OFFICER
        return str(settings.OFFICER_HOME if officer else settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return "/tai-khoan/"

    def generate_unique_username(self, txts: Any, regex: Any = None) -> str:
        raise Refusal("account.username_malformed")


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step of signing in: a code of an application on the telephone."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        "cannot_delete_authenticator": "Tài khoản này phải dùng xác thực hai lớp, không tắt được.",
        "cannot_generate_recovery_codes": "Hãy bật xác thực hai lớp trước khi tạo mã dự phòng.",
    }

    def get_totp_issuer(self) -> str:
        return f"Một Cửa {settings.PROVINCE}"

    def build_totp_svg(self, url: str) -> str:
        return str(
            segno.make(url).svg_inline(scale=5, title="Mã QR để quét bằng ứng dụng xác thực")
        )


def as_field_error(refused: Refusal) -> ValidationError:
    """A refusal of the room as the error of a form field."""
    return ValidationError(SENTENCES[refused.code].format_map(dict(refused.params)))
