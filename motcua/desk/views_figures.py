"""The province in figures: an overview whose every number opens the list it counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.desk import words
from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.forms_figures import Asked, usual_windows
from motcua.desk.tables import as_csv
from motcua.desk.views_list import rows_of
from motcua.ledger.paging import Cursor
from motcua.look import formats
from motcua.rules.actor import Actor
from motcua.statistics import measures, policies, queries
from motcua.statistics.books import Figures, Window
from motcua.statistics.measures import MEASURES
from motcua.statistics.queries import Drill, Group, Line, Overview

SIZE = 50
EXPORTED = 10_000
"""Rows of a list that go into a file; a longer list is narrowed first."""
LINES_SHOWN = 60
"""A group with more lines shows its sum, and opens on its own page."""
BARS = 8
TILES: Sequence[tuple[str, Sequence[str]]] = (
    (
        "Tiếp nhận",
        ("carried-over", "received", "received-online", "received-linked", "transferred-in"),
    ),
    ("Đã giải quyết", ("done-early", "done-on-time", "done-late")),
    (
        "Đang giải quyết",
        ("open-in-time", "open-late", "waiting-supplement", "waiting-money", "stopped"),
    ),
    (
        "Ngoài phần giải quyết",
        ("transferred-out", "submitted", "not-accepted", "withdrawn", "withdrawn-before"),
    ),
)
HEADS: Sequence[tuple[str, Mapping[str, str]]] = (
    (
        "Tiếp nhận",
        {
            "carried-over": "Kỳ trước",
            "received": "Trong kỳ",
            "received-online": "Trực tuyến",
            "received-linked": "Liên thông",
            "transferred-in": "Chuyển đến",
        },
    ),
    (
        "Đã giải quyết",
        {"done-early": "Trước hạn", "done-on-time": "Đúng hạn", "done-late": "Quá hạn"},
    ),
    (
        "Đang giải quyết",
        {"open-in-time": "Trong hạn", "open-late": "Quá hạn", "waiting": "Tạm dừng"},
    ),
    ("Khác", {"transferred-out": "Chuyển đi", "not-accepted": "Không nhận", "withdrawn": "Rút"}),
)
"""The columns of the table under their heads, each with its short name there."""
MOVED = {"transferred-in": "Chuyển đến ngày", "transferred-out": "Chuyển đi ngày"}
COLUMNS: Mapping[str, str] = {key: short for _, under in HEADS for key, short in under.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of the table, and where it opens."""

    value: int
    label: str
    href: str
    tone: str


@require_safe
@officers_only
def overview(request: HttpRequest) -> HttpResponse:
    """Tiles, bars and a table by agency or by domain, for a window of days."""
    actor, today = actor_of(request), today_of(request)
    by = "domain" if request.GET.get("by") == "domain" else "unit"
    asked = Asked(request.GET, actor=actor, today=today)
    if not asked.is_valid():
        return page(request, "desk/figures/overview.html", {"asked": asked, "by": by}, status=422)
    found = queries.overview(asked.window, actor, by, asked.filters)  # type: ignore[arg-type]
    if request.GET.get("dang") == "csv":
        return as_csv(f"thong-ke-{_dates(asked.window)}", _table(found))
    query = _query(asked, by)
    context = {
        "asked": asked,
        "by": by,
        "window": found.window,
        "tiles": [(title, _tiles(keys, found.total, query)) for title, keys in TILES],
        "groups": [_group(g, found, query) for g in found.groups],
        "columns": [(MEASURES[key], short) for key, short in COLUMNS.items()],
        "heads": [(title, len(under)) for title, under in HEADS],
        "total": _cells(found.total, query),
        "tabs": [
            ("Theo cơ quan", _here(query, by="unit")),
            ("Theo lĩnh vực", _here(query, by="domain")),
        ],
        "current": _here(query, by=by),
        "usual": [(label, _here(query, **_days(w))) for label, w in usual_windows(today)],
        "csv": _here(query, dang="csv"),
        "bars": _bars(found),
        "own_only": found.own_only,
        "own": words.unit(actor.agency_id),
        "judged_under": found.judged_under,
        "proofs": policies.may_see_proofs(actor),
    }
    return page(request, "desk/figures/overview.html", context)


@require_safe
@officers_only
def opened(request: HttpRequest, measure: str) -> HttpResponse:
    """The dossiers a number counted, as far as the reader may see, and how many more there are."""
    actor, today = actor_of(request), today_of(request)
    declared = measures.measure(measure)
    asked = Asked(request.GET, actor=actor, today=today)
    context: dict[str, Any] = {"asked": asked, "measure": declared}
    if not asked.is_valid():
        return page(request, "desk/figures/opened.html", context, status=422)
    if request.GET.get("dang") == "csv":
        name = f"thong-ke-{declared.key}-{_dates(asked.window)}"
        return as_csv(name, _listed(declared.key, asked, actor))
    after = Cursor.parse(request.GET["after"]) if request.GET.get("after") else None
    found = queries.drill(declared.key, asked.window, actor, asked.filters, after=after, size=SIZE)
    query = _query(asked, request.GET.get("by", "unit"))
    context |= {
        "found": found,
        "window": found.window,
        "rows": _rows(found, now_of(request)),
        "next": str(found.next) if found.next else None,
        "overview": _here(query),
        "csv": _opens(declared.key, {**query, "dang": "csv"}) if found.visible else "",
        "said": _said(asked),
        "too_many": found.visible > EXPORTED,
        "exported": EXPORTED,
    }
    return page(request, "desk/figures/opened.html", context)


def _rows(found: Drill, at: datetime) -> list[dict[str, Any]]:
    """The rows of the list; where moves are listed, each says which."""
    rows = rows_of(found.rows, at)
    if found.measure.by_move:
        for row in rows:
            row["moved"] = (
                f"{MOVED[found.measure.key]} {formats.date_text(row['moved_on'])}, "
                f"sổ của {words.unit(row['moved_in'])}"
            )
    return rows


def _query(asked: Asked, by: str) -> dict[str, str]:
    """The parameters that every link of the page carries."""
    said = {
        name: str(asked.data.get(name) or "") for name in ("unit", "domain", "channel", "group")
    }
    kept = {name: value for name, value in said.items() if value and name in asked.fields}
    return {**_days(asked.window), **kept, **({"by": by} if by != "unit" else {})}


def _days(window: Window) -> dict[str, str]:
    return {
        "since": formats.date_text(window.since),
        "until": formats.date_text(window.until),
    }


def _dates(window: Window) -> str:
    return f"{window.since:%Y%m%d}-{window.until:%Y%m%d}"


def _here(query: dict[str, str], **changes: str) -> str:
    return f"{reverse('figures:overview')}?{urlencode({**query, **changes})}"


def _opens(key: str, query: dict[str, str], **changes: str) -> str:
    return f"{reverse('figures:opened', args=[key])}?{urlencode({**query, **changes})}"


def _cells(figures: Figures, query: dict[str, str], **changes: str) -> list[Cell]:
    return [
        Cell(
            figures.get(key, 0),
            MEASURES[key].label,
            _opens(key, query, **changes),
            MEASURES[key].tone if figures.get(key) else "",
        )
        for key in COLUMNS
    ]


def _tiles(keys: Sequence[str], total: Figures, query: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "value": total.get(key, 0),
            "label": MEASURES[key].label,
            "href": _opens(key, query),
            "note": _note(key, total),
            "tone": MEASURES[key].tone if total.get(key) else "",
        }
        for key in keys
    ]


def _note(key: str, total: Figures) -> str:
    shares = {
        "received-online": ("received", "số tiếp nhận"),
        "done-early": ("done", "số đã giải quyết"),
        "done-on-time": ("done", "số đã giải quyết"),
        "done-late": ("done", "số đã giải quyết"),
        "open-late": ("in-hand", "số đang giải quyết"),
    }
    if key not in shares:
        return ""
    whole, what = shares[key]
    if not total.get(whole):
        return ""
    return f"{formats.percent_text(total.get(key, 0), total[whole])} {what}"


def _group(group: Group, found: Overview, query: dict[str, str]) -> dict[str, Any]:
    many = len(group.lines) > LINES_SHOWN and not found.filters.group and found.by == "unit"
    narrowed = {"group": group.key} if group.key and "group" not in query else {}
    if found.own_only:
        narrowed = {}
    name = "domain" if found.by == "domain" else "unit"
    lines = [
        {
            "name": line.name,
            "under": line.under,
            "cells": _cells(line.figures, query, **{name: str(line.key)}),
            "href": _here(
                query, **{name: str(line.key), "by": "unit" if name == "domain" else "domain"}
            ),
        }
        for line in ([] if many else group.lines)
    ]
    return {
        "title": group.title,
        "lines": lines,
        "many": len(group.lines) if many else 0,
        "href": _here(query, **narrowed),
        "total": _cells(group.total, query, **narrowed),
        "single": found.by == "domain" or found.own_only,
    }


def _bars(found: Overview) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """Small charts: where most is late, and where most is in hand."""
    lines = found.lines()
    charts = [
        ("Đang quá hạn nhiều nhất", _most(lines, "open-late", "bad")),
        ("Đang giải quyết nhiều nhất", _most(lines, "in-hand", "")),
    ]
    return [(title, rows) for title, rows in charts if rows]


def _most(lines: Sequence[Line], key: str, tone: str) -> list[tuple[str, int, str]]:
    ranked = sorted(lines, key=lambda line: -line[key])[:BARS]
    return [(line.name, line[key], tone) for line in ranked if line[key]]


def _said(asked: Asked) -> list[str]:
    """The filters in words."""
    said = []
    for name in ("unit", "group", "domain", "channel"):
        value = asked.cleaned_data.get(name)
        if value:
            choices = dict(asked.fields[name].choices)  # type: ignore[attr-defined]
            said.append(f"{asked.fields[name].label}: {choices.get(value, value)}")
    return said


def _table(found: Overview) -> Iterator[Sequence[Any]]:
    """The overview as rows of a file."""
    first = "Lĩnh vực" if found.by == "domain" else "Cơ quan"
    yield ("Nhóm", first, "Thuộc", *(MEASURES[key].label for key in COLUMNS))
    for group in found.groups:
        for line in group.lines:
            yield (group.title, line.name, line.under, *(line[key] for key in COLUMNS))
        yield (group.title, "Cộng", "", *(group.total.get(key, 0) for key in COLUMNS))
    yield ("", "Tổng cộng", "", *(found.total.get(key, 0) for key in COLUMNS))


def _listed(key: str, asked: Asked, actor: Actor) -> Iterator[Sequence[Any]]:
    """The list behind a number as rows of a file: what the reader may see, in its order."""
    moves = MEASURES[key].by_move
    yield (
        *("Mã hồ sơ", "Tình trạng", "Cơ quan giải quyết", "Thủ tục", "Hình thức nộp"),
        *("Tiếp nhận lúc", "Hẹn trả", "Có kết quả lúc"),
        *((MOVED[key], "Sổ của cơ quan") if moves else ()),
    )
    after: Cursor | None = None
    for _ in range(EXPORTED // 1000):
        found: Drill = queries.drill(
            key, asked.window, actor, asked.filters, after=after, size=1000
        )
        for row in found.rows:
            yield (
                row["code"] or row["submission_code"],
                words.status(row["status"])[0],
                words.unit(row["accountable_id"]),
                row["subject"],
                words.channel(row["channel"]),
                formats.moment_text(row["received_at"]),
                formats.moment_text(row["due_at"]),
                formats.moment_text(row["finished_at"]),
                *(
                    (formats.date_text(row["moved_on"]), words.unit(row["moved_in"]))
                    if moves
                    else ()
                ),
            )
        after = found.next
        if after is None:
            return
