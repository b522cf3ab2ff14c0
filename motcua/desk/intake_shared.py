"""What the pages of intake share: the procedure chosen, the agency, and the papers of its case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from motcua.catalogue import at_desk as catalogue
from motcua.catalogue.at_desk import AtDesk
from motcua.catalogue.offered import Offered
from motcua.desk.door import actor_of, page, today_of
from motcua.desk.forms_intake import cases_of
from motcua.dossiers import operations
from motcua.dossiers.operations import Intake
from motcua.look.sentences import sentence
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Chosen:
    """A procedure at an agency, as one row after another is written of it."""

    procedure: AtDesk
    unit_id: int
    case: str = ""
    found: Offered | None = None
    refused: str = ""

    @property
    def papers(self) -> tuple[PaperHeld, ...]:
        """The papers of the case, each handed in as the procedure asks."""
        listed = self.found.papers if self.found else ()
        return tuple(
            PaperHeld(name[:1000], originals, copies)
            for case, name, originals, copies in listed
            if not case or case == self.case
        )

    @property
    def cases(self) -> list[str]:
        return cases_of(self.found)


def own_agencies(actor: Actor) -> frozenset[int]:
    return frozenset({actor.agency_id} if actor.agency_id else ())


def procedure_of(actor: Actor, text: str, on: date) -> AtDesk | None:
    """The procedure of a number in an address, as this desk receives it."""
    if not (text.isascii() and text.isdecimal() and len(text) < 18):
        return None
    return catalogue.one(int(text), on, desks=actor.units, agencies=own_agencies(actor))


def unit_of(procedure: AtDesk, data: Mapping[str, Any]) -> int:
    """The agency chosen, else the first."""
    asked = str(data.get("unit", ""))
    return next((u for u in procedure.unit_ids if str(u) == asked), procedure.unit_ids[0])


def choosing(request: HttpRequest, template: str) -> HttpResponse:
    """The page as long as no procedure is chosen: those found by what was typed."""
    actor, on = actor_of(request), today_of(request)
    text = str(request.GET.get("q", ""))[:200]
    hits = catalogue.find(text, on, desks=actor.units, agencies=own_agencies(actor))
    return page(request, template, {"hits": hits, "q_procedure": text})


def chosen(actor: Actor, data: Mapping[str, Any], at: datetime, on: date) -> Chosen | None:
    """What is chosen so far; None where no procedure is."""
    procedure = procedure_of(actor, str(data.get("procedure", "")), on)
    if procedure is None:
        return None
    unit_id = unit_of(procedure, data)
    bare = Intake(procedure.procedure_id, unit_id, Channel.COUNTER, 0, "", ())
    try:
        found, _, _ = operations.due_preview(bare, at)
    except Refusal as refusal:
        return Chosen(procedure, unit_id, refused=sentence(refusal.code, refusal.params))
    cases = cases_of(found)
    case = str(data.get("paper_case", ""))
    return Chosen(procedure, unit_id, case if case in cases else (cases or [""])[0], found)
