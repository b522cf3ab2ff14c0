"""The forms of signing in, with their words in Vietnamese; django-allauth does the rest."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms

from motcua.people.accounts import as_field_error
from motcua.rules import personal_id
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import one_spelling

LABELS = {
    "login": "Tên đăng nhập",
    "password": "Mật khẩu",
    "username": "Số định danh cá nhân",
    "oldpassword": "Mật khẩu đang dùng",
    "password1": "Mật khẩu mới",
    "password2": "Mật khẩu mới, ghi lần nữa",
    "code": "Mã xác thực",
}
DIFFERENT = "Hai lần ghi mật khẩu khác nhau. Hãy ghi lại cho giống."


class Worded(forms.Form):
    """Labels in Vietnamese, and no placeholder standing in for them."""

    words: ClassVar[dict[str, str]] = LABELS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.words.get(name, field.label)
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)
            field.error_messages["required"] = f"Chưa ghi {str(field.label).lower()}."


class LogIn(Worded, account.LoginForm):  # type: ignore[misc]
    pass


class SignUp(Worded, account.SignupForm):  # type: ignore[misc]
    """A citizen's: the personal number is the user name."""

    words: ClassVar[dict[str, str]] = LABELS | {
        "password1": "Mật khẩu",
        "password2": "Mật khẩu, ghi lần nữa",
    }
    name = forms.CharField(
        label="Họ và tên",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label="Số điện thoại",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )

    def clean_name(self) -> str:
        return one_spelling(self.cleaned_data["name"])

    def clean_username(self) -> str:
        try:
            number = personal_id.personal(self.cleaned_data["username"]).text
        except Refusal as refused:
            raise as_field_error(refused) from None
        self.cleaned_data["username"] = number
        return str(super().clean_username())

    def clean_phone(self) -> str:
        try:
            return personal_id.phone(self.cleaned_data["phone"])
        except Refusal as refused:
            raise as_field_error(refused) from None

    def clean(self) -> Any:
        cleaned = super().clean()
        _say_different(self)
        return cleaned


class ChangePassword(Worded, account.ChangePasswordForm):  # type: ignore[misc]
    def clean(self) -> Any:
        cleaned = super().clean()
        _say_different(self)
        return cleaned


class Reauthenticate(Worded, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class SecondStep(Worded, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class SecondStepAgain(Worded, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateSecondStep(Worded, totp.ActivateTOTPForm):  # type: ignore[misc]
    pass


def _say_different(form: forms.Form) -> None:
    """allauth says in English that two passwords differ."""
    first, second = form.cleaned_data.get("password1"), form.cleaned_data.get("password2")
    if first and "password2" in form.errors and second != first:
        form.errors["password2"] = form.error_class([DIFFERENT])
