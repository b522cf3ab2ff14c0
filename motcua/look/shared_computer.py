"""A computer at a desk that citizens file at: marked once by an officer, known again by a signed cookie."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

NAME = "motcua_may_tai_quay"
KEPT = 400 * 24 * 3600
"""Seconds a mark is kept: as long as browsers keep any."""


def mark(response: HttpResponse, desk_id: int) -> None:
    """This computer stands at a desk."""
    response.set_signed_cookie(
        NAME, str(desk_id), salt=NAME, max_age=KEPT, httponly=True, samesite="Lax"
    )


def unmark(response: HttpResponse) -> None:
    """This computer is nobody's but its user's."""
    response.delete_cookie(NAME, samesite="Lax")


def desk_of(request: HttpRequest) -> int | None:
    """The desk the computer stands at; none where it is not marked, or the mark is not ours."""
    found = request.get_signed_cookie(NAME, default=None, salt=NAME, max_age=KEPT)
    return int(found) if found and found.isdecimal() else None
