"""The tree of the province at any date, and the page of a unit: what it was and what it became."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from motcua.look.clock import door_now
from motcua.look.formats import date_text
from motcua.look.forms import DateField
from motcua.look.year import season
from motcua.organisations import queries
from motcua.organisations.queries import Kind, Node, Scheme, Turn, UnitFacts
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
_PROVINCIAL = (Kind.COMMITTEE_OFFICE, Kind.CENTRE, Kind.DEPARTMENT, Kind.VERTICAL)
_SCHEMES = {
    Scheme.QCVN102: "Mã định danh theo QCVN 102:2016",
    Scheme.QD20: "Mã định danh theo Quyết định 20/2020/QĐ-TTg",
    Scheme.GSO: "Mã đơn vị hành chính",
}
_BECAME = {
    "merge": "Sáp nhập vào",
    "split": "Một phần chuyển về",
    "rename": "Đổi tên thành",
    "abolish": "Kết thúc hoạt động, không có đơn vị kế thừa toàn bộ",
    "transfer": "Chuyển chức năng cho",
}
_ORIGIN = {
    "merge": "Nhận toàn bộ",
    "split": "Nhận một phần của",
    "rename": "Đổi tên từ",
    "transfer": "Nhận chức năng của",
}


class Choice(forms.Form):
    """Which day to show, and which names."""

    ngay = DateField(label="Ngày", required=False)
    ten = forms.CharField(label="Tên cơ quan, đơn vị", required=False, max_length=80)

    def clean_ngay(self) -> date | None:
        on: date | None = self.cleaned_data["ngay"]
        if on is not None and not FIRST <= on <= LAST:
            raise forms.ValidationError("Hãy chọn ngày từ năm 2000 đến năm 2100.")
        return on


@dataclass(frozen=True, slots=True)
class Event:
    """A line of a unit's history."""

    on: date | None
    text: str
    other: UnitFacts | None
    document: str


def tree(request: HttpRequest) -> HttpResponse:
    """`/co-quan/?ngay=2022-11-21`: every body of the province as it stood on the day."""
    form, on, name = _chosen(request)
    standing = Counter(u.kind for u in queries.directory.current().standing(on))
    context = {
        "form": form,
        "on": on,
        "query": urlencode({"ngay": on.isoformat()}),
        "counts": [
            (standing[Kind.DISTRICT], "đơn vị hành chính cấp huyện"),
            (standing[Kind.COMMUNE], "đơn vị hành chính cấp xã"),
            (
                standing[Kind.DEPARTMENT] + standing[Kind.COMMITTEE_OFFICE],
                "sở, ban, ngành cấp tỉnh",
            ),
            (standing[Kind.DESK], "bộ phận tiếp nhận và trả kết quả"),
        ],
        "eras": list(_eras()),
        "era": _era_of(on),
        "found": list(_named(fold(name), on)) if name else None,
        "wanted": name,
        "agencies": [u for kind in _PROVINCIAL for u in queries.units_of_kind(kind, on)],
        "roots": [_branches(root) for root in queries.tree(on)],
    }
    return render(request, "portal/units/tree.html", context)


def unit(request: HttpRequest, key: str) -> HttpResponse:
    """`/co-quan/<key>/`: one unit on a day, with its history. Raises unit.unknown (404)."""
    facts = queries.unit_by_key(key)
    form, on, _ = _chosen(request)
    as_of = queries.unit_as_of(facts.id, on)
    context: dict[str, Any] = {
        "form": form,
        "on": on,
        "query": urlencode({"ngay": on.isoformat()}),
        "unit": facts,
        "kind": Kind(facts.kind).label,
        "as_of": as_of,
        "heirs": _heirs(facts, on),
        "history": list(_history(facts)),
        "until": facts.days.until - timedelta(days=1) if facts.days.until else None,
        "codes": [
            (_SCHEMES[Scheme(code.scheme)], code)
            for code in queries.directory.current().codes.get(facts.id, ())
        ],
        "agency": queries.unit(facts.agency_id) if facts.agency_id != facts.id else None,
    }
    if as_of:
        context |= _as_of(facts, on)
    return render(request, "portal/units/unit.html", context)


def _branches(root: Node) -> tuple[UnitFacts, list[Node], list[Node]]:
    """A unit, what stands in it with units of its own, and what stands in it without."""
    branches = [node for node in root.children if node.children]
    return root.unit, branches, [node for node in root.children if not node.children]


def _as_of(facts: UnitFacts, on: date) -> dict[str, Any]:
    children = queries.children_of(facts.id, on)
    inner = (Kind.DESK, Kind.DIVISION)
    return {
        "parts": [(u, len(queries.posts_of(u.id, on))) for u in children if u.kind in inner],
        "children": [u for u in children if u.kind not in inner],
        "desk": queries.desk_of(facts.agency_id, on),
        **_working_time(facts, on),
    }


def _working_time(facts: UnitFacts, on: date) -> dict[str, Any]:
    try:
        queries.current_revision()
    except Refusal:
        return {"hours": []}
    return {"hours": [season(hours) for hours in queries.hours_of(facts.id, on)]}


def _chosen(request: HttpRequest) -> tuple[Choice, date, str]:
    """The form to show, the day and the name asked for; today where no good day is given."""
    today = door_now().date()
    asked = Choice(request.GET)
    if not asked.is_valid():
        return asked, today, ""
    on, name = asked.cleaned_data["ngay"] or today, asked.cleaned_data["ten"]
    return Choice(initial={"ngay": on, "ten": name}), on, name


def _eras() -> Iterator[tuple[str, str]]:
    """The stretches between two changes of the map, each shown on its first day."""
    days = queries.days_of_change()
    if not days:
        return
    yield f"Trước {date_text(days[0])}", _address(days[0] - timedelta(days=1))
    for day, following in zip(days, (*days[1:], None), strict=True):
        if following:
            last = date_text(following - timedelta(days=1))
            yield f"{date_text(day)} – {last}", _address(day)
        else:
            yield f"Từ {date_text(day)}", _address(day)


def _era_of(on: date) -> str:
    days = queries.days_of_change()
    begun = [day for day in days if day <= on]
    if begun:
        return _address(begun[-1])
    return _address(days[0] - timedelta(days=1)) if days else ""


def _address(on: date) -> str:
    return f"{reverse('units:tree')}?{urlencode({'ngay': on.isoformat()})}"


def _named(wanted: str, on: date) -> Iterator[tuple[UnitFacts, UnitFacts | None]]:
    for facts in queries.directory.current().standing(on):
        if facts.kind not in (Kind.DESK, Kind.DIVISION) and wanted in fold(facts.name):
            yield facts, queries.parent_of(facts.id, on)


def _heirs(facts: UnitFacts, on: date) -> list[UnitFacts]:
    ids: Iterable[int] = queries.heirs(facts.id, on) - {facts.id}
    return sorted((queries.unit(i) for i in ids), key=lambda u: u.sort_key)


def _history(facts: UnitFacts) -> Iterator[Event]:
    past = queries.history(facts.id)
    events = [_turn(turn, _ORIGIN) for turn in past.origins]
    if past.stood_in and facts.kind in queries.TERRITORIAL:
        events += [
            Event(days.since, "Thuộc", parent, "")
            for parent, days in past.stood_in
            if len(past.stood_in) > 1
        ]
    events += [_turn(turn, _BECAME) for turn in past.became]
    yield from sorted(events, key=lambda e: e.on or date.min)


def _turn(turn: Turn, words: dict[str, str]) -> Event:
    return Event(turn.step.on, words[turn.step.kind], turn.other, turn.step.legal_document)
