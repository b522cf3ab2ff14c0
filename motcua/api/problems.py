"""Refusals as problem documents (RFC 9457), with the pages' own codes and sentences."""

from __future__ import annotations

import orjson
from django.http import HttpResponse

from motcua.look.sentences import sentence, status_of
from motcua.rules.refusal import Refusal


def problem(refusal: Refusal) -> HttpResponse:
    """The answer to a refusal."""
    status = status_of(refusal.code)
    body = {
        "type": f"urn:motcua:{refusal.code}",
        "title": sentence(refusal.code, refusal.params),
        "status": status,
        "code": refusal.code,
        **{name: refusal.params[name] for name in ("field", "fields") if name in refusal.params},
    }
    data = orjson.dumps(body)
    return HttpResponse(data, content_type="application/problem+json", status=status)
