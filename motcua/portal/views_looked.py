"""Who has looked at a citizen's data when it was not his own work."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from motcua.people import queries
from motcua.people.acting import Request, citizens
from motcua.people.operations import Purpose


@citizens
def looked(request: Request) -> HttpResponse:
    """`/ai-da-xem/`: in which post, at which office, what for, on which day; never a name."""
    rows = [(one, str(Purpose(one.purpose).label)) for one in queries.looks_at_me(request.actor)]
    made = render(request, "portal/looked.html", {"rows": rows})
    made["Cache-Control"] = "private, no-store"
    return made
