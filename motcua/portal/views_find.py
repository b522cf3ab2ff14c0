"""Finding a procedure: the first page, search, and the page of a procedure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from motcua.catalogue import offered, queries, shelf
from motcua.catalogue.content import Level, PaperRule
from motcua.catalogue.queries import DomainCount, Hit, ProcedureDetail
from motcua.dossiers import filing_door
from motcua.ledger import sql
from motcua.look import formats
from motcua.organisations import queries as organisations
from motcua.people.acting import Request
from motcua.portal import words
from motcua.rules.books import Channel
from motcua.rules.refusal import Refusal
from motcua.statistics import books
from motcua.statutory.rule_kinds import FilingDoor

PAGE = 20
MOST = 500
"""Procedures found beyond this number are not counted: more words find better than more pages."""
SHORT_LIST = 8
"""So many agencies are listed one by one; more become a choice."""

EVENTS = (
    ("Sinh con", "khai sinh"),
    ("Kết hôn", "kết hôn"),
    ("Nhà và đất", "đất đai"),
    ("Xây dựng", "xây dựng"),
    ("Kinh doanh", "kinh doanh"),
    ("Lái xe, vận tải", "vận tải"),
    ("Đi học", "học sinh"),
    ("Việc làm, lao động", "lao động"),
    ("Người có công", "người có công"),
    ("Lý lịch tư pháp", "lý lịch tư pháp"),
    ("Người qua đời", "khai tử"),
    ("Môi trường", "môi trường"),
)
"""What happens in a life, and the words that find its procedures."""


@dataclass(frozen=True, slots=True)
class Front:
    """What the first page says of the catalogue on a day."""

    shelf: shelf.Shelf
    events: tuple[tuple[str, str], ...]
    empty: bool


@lru_cache(maxsize=8)
def front(on: date, epoch: int) -> Front:
    """Read once for each day and state of the catalogue (`epoch`: its last decision)."""
    found = tuple((text, q) for text, q in EVENTS if queries.search(q, on, limit=1))
    return Front(shelf.shelf(on), found[:8], not queries.search("", on, limit=1))


def home(request: Request) -> HttpResponse:
    """`/`."""
    on = request.now.date()
    epoch = sql.fetch(*offered.EPOCH)[0]["epoch"]
    minute = request.now.replace(second=0, microsecond=0)
    context = {"front": front(on, epoch), "figures": figures(minute)}
    return render(request, "portal/home.html", context)


@lru_cache(maxsize=2)
def figures(minute: datetime) -> dict[str, Any] | None:
    """The province this month, as the books have it, counted once a minute; None while they hold nothing."""
    on = minute.date()
    month = books.Window(on.replace(day=1), on)
    total = books.totals(month, books.Part()).get(0, {})
    received, done = total.get("received", 0), total.get("done", 0)
    if not received:
        return None
    in_time = done - total.get("done-late", 0)
    return {
        "since": month.since,
        "received": received,
        "in_time": formats.percent_text(in_time, done),
        "online": formats.percent_text(total.get("received-online", 0), received),
    }


class Filter(forms.Form):
    """What the list of procedures is narrowed by."""

    q = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    linh_vuc = forms.ChoiceField(label="Lĩnh vực", required=False)
    cap = forms.ChoiceField(
        label="Cấp thực hiện",
        required=False,
        choices=[("", "Tất cả"), *((level.value, text) for level, text in words.LEVELS.items())],
    )
    co_quan = forms.TypedChoiceField(
        label="Cơ quan giải quyết", required=False, coerce=int, empty_value=None
    )

    def __init__(self, data: Any, domains: Iterable[DomainCount], agencies: Iterable[int]) -> None:
        super().__init__(data)
        units = sorted((organisations.unit(i) for i in agencies), key=lambda u: u.sort_key)
        listed = [(d.key, f"{d.name} ({formats.number_text(d.procedures)})") for d in domains]
        self.fields["linh_vuc"].choices = [("", "Tất cả"), *listed]  # type: ignore[attr-defined]
        self.fields["co_quan"].choices = [  # type: ignore[attr-defined]
            ("", "Tất cả"),
            *((unit.id, unit.name) for unit in units),
        ]


def search(request: Request) -> HttpResponse:
    """`/thu-tuc/?q=&linh_vuc=&cap=&co_quan=&trang=`: a filter that is none is passed over."""
    on = request.now.date()
    form = Filter(request.GET, queries.domains(on), shelf.shelf(on).agencies)
    form.is_valid()
    asked = form.cleaned_data
    found = queries.search(
        asked.get("q", ""),
        on,
        domain=asked.get("linh_vuc") or None,
        level=Level(asked["cap"]) if asked.get("cap") else None,
        unit_id=asked.get("co_quan"),
        limit=MOST + 1,
    )
    page = min(_page_number(request.GET.get("trang", "")), max(1, -(-len(found[:MOST]) // PAGE)))
    context = {
        "form": form,
        "q": asked.get("q", ""),
        "hits": [_line(hit) for hit in found[:MOST][(page - 1) * PAGE : page * PAGE]],
        "many": _many(len(found)),
        "previous": _turn(request, page - 1) if page > 1 else "",
        "next": _turn(request, page + 1) if page * PAGE < min(len(found), MOST) else "",
    }
    return render(request, "portal/search.html", context)


def _many(number: int) -> str:
    if number > MOST:
        return f"Hơn {formats.number_text(MOST)} thủ tục"
    return f"{formats.number_text(number)} thủ tục"


def _page_number(text: str) -> int:
    return max(1, int(text)) if text.isdecimal() and len(text) < 5 else 1


def _turn(request: Request, page: int) -> str:
    query = request.GET.copy()
    query["trang"] = str(page)
    return f"?{query.urlencode()}"


def _line(hit: Hit) -> dict[str, Any]:
    text, tone = words.ONLINE.get(hit.online_level, ("", ""))
    levels = ", ".join(words.LEVELS[level] for level in hit.levels)
    return {"hit": hit, "levels": levels, "online": text, "tone": tone}


def procedure(request: Request, procedure_id: int) -> HttpResponse:
    """`/thu-tuc/<id>/`; raises procedure.unknown, and says what there was where none is in force today."""
    on = request.now.date()
    found = queries.procedure_detail(procedure_id, on)
    if found is None:
        return not_in_force(request, procedure_id, on)
    content = found.content
    online = Channel.ONLINE in {c.channel for c in content.channels}
    door = filing_door.door(on)
    context = {
        "found": found,
        "content": content,
        "levels": ", ".join(words.LEVELS[level] for level in content.levels),
        "online": words.ONLINE.get(content.online_level, ("", "")),
        "channels": [
            (
                words.CHANNELS[c.channel],
                words.channel_limit(c),
                [(words.fee(f), f) for f in c.fees],
                c,
            )
            for c in content.channels
        ],
        "cases": cases(content.papers),
        "until": _last_day(found.until),
        "conditions": words.said(content.conditions),
        "steps": _steps(found),
        "agencies": [
            ("Cơ quan có thẩm quyền", content.agencies.competent),
            ("Cơ quan thực hiện", content.agencies.executing),
            ("Cơ quan phối hợp", content.agencies.coordinating),
            ("Cơ quan được ủy quyền, phân cấp", content.agencies.delegated),
        ],
        "files_online": door.is_open and online,
        "files_elsewhere": door if online and not door.is_open else None,
        "many_agencies": len(found.offerings) > SHORT_LIST,
        "offerings": [(o, words.limit(o.approved)) for o in found.offerings],
    }
    return render(request, "portal/procedure.html", context)


def not_in_force(request: Request, procedure_id: int, on: date) -> HttpResponse:
    """The page of a procedure that was, or will be; raises procedure.unknown where there never was one."""
    past = queries.history(procedure_id)
    if not past:
        raise Refusal("procedure.unknown")
    context = {
        "day": formats.date_text(on),
        "name": past[0].name,
        "past": [(v, _last_day(v.until)) for v in past],
    }
    return render(request, "portal/procedure_past.html", context, status=404)


def _last_day(until: date | None) -> date | None:
    return until - timedelta(days=1) if until else None


def cases(papers: Iterable[PaperRule]) -> list[tuple[str, list[tuple[PaperRule, str]]]]:
    """The papers by case, each with how many of it are asked, in their order."""
    found: dict[str, list[tuple[PaperRule, str]]] = {}
    for paper in papers:
        found.setdefault(paper.case, []).append((paper, words.quantity(paper)))
    return list(found.items())


def _steps(found: ProcedureDetail) -> list[tuple[str, list[str]]]:
    steps: dict[str, list[str]] = {}
    for step in found.content.steps:
        steps.setdefault(step.case, []).append(step.text)
    return list(steps.items())


def choose(request: Request) -> HttpResponse:
    """`/nop-ho-so/?thu_tuc=&co_quan=`: from a chosen agency to the form; where one files elsewhere, that."""
    door = filing_door.door(request.now.date())
    if not door.is_open:
        return door_closed(request, door)
    chosen = [request.GET.get(name, "") for name in ("thu_tuc", "co_quan")]
    if not all(text.isdecimal() and len(text) < 10 for text in chosen):
        return HttpResponseRedirect(f"{reverse('portal:search')}?{urlencode({'q': ''})}")
    return HttpResponseRedirect(reverse("portal:file", args=[int(text) for text in chosen]))


def door_closed(request: Request, door: FilingDoor) -> HttpResponse:
    """Where one files since this portal takes nothing in."""
    return render(request, "portal/filing_closed.html", {"door": door}, status=410)
