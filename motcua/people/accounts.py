"""Sign-in: what django-allauth is told about our accounts."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Citizens may open an account themselves; officers' accounts are opened by the administrator."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        user.kind = "citizen"
        return super().save_user(request, user, form, commit)
