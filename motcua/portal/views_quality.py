"""The published quality of the service: a bar for each unit, what it means, the sealed figures."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.rules.refusal import Refusal
from motcua.rules.scoring import Grade, Indicator
from motcua.statistics import publishing
from motcua.statistics.publishing import Published
from motcua.statistics.quality import Period
from motcua.statistics.quality_words import GRADES, MEANINGS, NAMES, period_text

WHOLE = 18
KINDS = (
    ("so", "Sở, ban, ngành và cơ quan ngành dọc"),
    ("huyen", "Cấp huyện"),
    ("xa", "Cấp xã"),
)
GROUP = {"district": "huyen", "commune": "xa"}
TONES = {"excellent": "good", "good": "good", "fair": "info", "average": "warn", "weak": "bad"}


@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """`/chat-luong-phuc-vu/?ky=2022-q3`: the last version of a quarter, or the one asked for (`ban`)."""
    every = publishing.published()
    if not every:
        return render(request, "portal/quality.html", {"found": None})
    asked = request.GET.get("ky", "")
    period = Period.parse(asked) if asked else every[0].period
    number = request.GET.get("ban", "")
    found = publishing.version(period, int(number) if number.isdecimal() else None)
    if not found.whole:
        raise Refusal("quality.not_found")
    how = request.GET.get("dang", "")
    if how == "json":
        return _file(found, found.content, "json", "application/json")
    if how == "csv":
        return _file(found, "\ufeff" + _csv(found), "csv", "text/csv; charset=utf-8")
    kind = request.GET.get("cap", "so")
    context = {
        "found": found,
        "title": period_text(period),
        "figures": found.figures,
        "units": _units(found, kind),
        "tabs": [(label, f"?ky={period}&ban={found.version}&cap={key}") for key, label in KINDS],
        "current": f"?ky={period}&ban={found.version}&cap={kind}",
        "periods": _periods(every),
        "versions": [p for p in every if p.period == period and p.version != found.version],
        "meanings": [(int(i), NAMES[i], MEANINGS[i]) for i in Indicator],
        "query": f"?ky={period}&ban={found.version}",
    }
    return render(request, "portal/quality.html", context)


def _periods(every: list[Published]) -> list[tuple[str, str]]:
    return [(str(p), period_text(p)) for p in dict.fromkeys(one.period for one in every)]


def _units(found: Published, kind: str) -> list[dict[str, Any]]:
    """The units of a level, best first."""
    rows = [u for u in found.figures["units"] if GROUP.get(u["kind"], "so") == kind]
    rows.sort(key=lambda u: (-float(u["graded"] or -1), u["name"]))
    return [
        {
            "name": unit["name"],
            "dossiers": unit["dossiers"],
            "graded": unit["graded"].replace(".", ",") if unit["graded"] else "–",
            "width": f"{100 * float(unit['graded'] or 0) / WHOLE:.1f}",
            "grade": GRADES[Grade(unit["grade"])] if unit["grade"] else "Chưa đủ dữ liệu",
            "tone": TONES.get(unit["grade"] or "", ""),
        }
        for unit in rows
    ]


def _csv(found: Published) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    head = [f"{int(i)}. {NAMES[i]}" for i in Indicator]
    writer.writerow(["Cơ quan", "Số hồ sơ", *head, "Tổng", "Tối đa", "Quy về 18", "Xếp loại"])
    for unit in found.figures["units"]:
        values = [score["value"] for score in unit["scores"]]
        grade = GRADES[Grade(unit["grade"])] if unit["grade"] else ""
        ends = [unit["total"], unit["most"], unit["graded"], grade]
        writer.writerow([unit["name"], unit["dossiers"], *values, *ends])
    return text.getvalue()


def _file(found: Published, content: str, ending: str, kind: str) -> HttpResponse:
    made = HttpResponse(content, content_type=kind)
    name = f"chat-luong-{found.period}-ban-{found.version}.{ending}"
    made["Content-Disposition"] = f'attachment; filename="{name}"'
    return made
