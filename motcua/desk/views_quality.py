"""The quality of the service: units with their class, the dossiers behind them and why each point; my own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from motcua.desk.door import actor_of, now_of, officers_only, page, today_of
from motcua.desk.tables import as_csv
from motcua.rules.scoring import Indicator, Score, Total
from motcua.statistics import operations, policies, publishing, quality
from motcua.statistics.quality import OfficerQuality, Period, ScoredDossier, UnitQuality
from motcua.statistics.quality_words import (
    COMPLETIONS,
    GRADES,
    MEANINGS,
    NAMES,
    decimal_text,
    period_text,
    why,
)

QUARTERS = 6
TONES = {"excellent": "good", "good": "good", "fair": "info", "average": "warn", "weak": "bad"}
LEVELS = (("so", "Cấp tỉnh"), ("huyen", "Cấp huyện"), ("xa", "Cấp xã"))
OF_KIND = {"district": "huyen", "commune": "xa"}
POINTS = {2: "good", 1: "warn", 0: "bad"}


@require_safe
@officers_only
def overview(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/chat-luong/?ky=2022-q4`: every unit the reader may see figures of."""
    actor, period = actor_of(request), _period(request)
    found = quality.units(actor, period)
    if request.GET.get("dang") == "csv":
        return as_csv(f"chat-luong-{period}", _rows_of_file(found.units))
    asked = request.GET.get("cap", "so")
    level = _level(found.units[0]) if len(found.units) == 1 else asked
    context = {
        "period": period,
        "title": period_text(period),
        "rules": found.rules,
        "units": [_unit(one, period) for one in found.units if _level(one) == level],
        "tabs": [(label, f"?ky={period}&cap={key}") for key, label in LEVELS],
        "current": f"?ky={period}&cap={level}" if len(found.units) > 1 else "",
        "province": _total(found.province) if found.province else None,
        "periods": _periods(today_of(request)),
        "heads": [(int(i), NAMES[i], MEANINGS[i]) for i in Indicator],
        "csv": f"?ky={period}&dang=csv",
        "may_publish": policies.may_publish(actor),
    }
    return page(request, "desk/figures/quality.html", context)


@require_safe
@officers_only
def opened(request: HttpRequest, unit_id: int) -> HttpResponse:
    """A unit's score opened: nine indicators with the reasons, officers for its head, dossiers in sight."""
    actor, period = actor_of(request), _period(request)
    found = quality.behind(actor, unit_id, period)
    compares = policies.may_compare_officers(actor, unit_id)
    officers = quality.officers(actor, unit_id, period) if compares else ()
    context = {
        "period": period,
        "title": period_text(period),
        "one": _unit(found.found, period),
        "scores": _scores(found.found.total, found.found),
        "officers": [_officer(o) for o in officers],
        "rows": [_scored(row) for row in found.rows],
        "hidden": found.hidden,
        "periods": _periods(today_of(request)),
        "rules": quality.rules_of(period),
    }
    return page(request, "desk/figures/quality_unit.html", context)


@require_safe
@officers_only
def own(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/chat-luong/cua-toi/`: an officer's own score, seen by nobody else here."""
    actor, period = actor_of(request), _period(request)
    mine, rows = quality.own(actor, period)
    context = {
        "period": period,
        "title": period_text(period),
        "mine": _officer(mine),
        "scores": _scores(mine.total, None),
        "rows": [_scored(row) for row in rows],
        "periods": _periods(today_of(request)),
    }
    return page(request, "desk/figures/quality_own.html", context)


@require_safe
@officers_only
def publication(request: HttpRequest) -> HttpResponse:
    """`/thong-ke/chat-luong/cong-bo/`: drafts that wait for a second person, and what is published."""
    actor, today = actor_of(request), today_of(request)
    context = {
        "drafts": [
            {"draft": d, "title": period_text(d.period), "own": d.made_by_id == actor.account_id}
            for d in publishing.drafts(actor)
        ],
        "published": [{"found": p, "title": period_text(p.period)} for p in publishing.published()],
        "ended": [(str(p), period_text(p)) for p in _ended(today)],
    }
    return page(request, "desk/figures/quality_publish.html", context)


@require_POST
@officers_only
def draft(request: HttpRequest) -> HttpResponse:
    """Seal a period as a draft."""
    period = Period.parse(request.POST.get("ky", ""))
    reason = request.POST.get("ly-do", "")[:1000]
    operations.draft_quality(
        period=period, reason=reason, actor=actor_of(request), at=now_of(request)
    )
    messages.success(request, "Đã lập dự thảo. Người thứ hai kiểm tra rồi công bố.")
    return HttpResponseRedirect(reverse("figures:quality_publication"))


@require_POST
@officers_only
def end_draft(request: HttpRequest, publication_id: UUID, act: str) -> HttpResponse:
    """Publish a draft, or drop it."""
    ending = operations.publish_quality if act == "cong-bo" else operations.drop_quality
    ending(publication_id=publication_id, actor=actor_of(request), at=now_of(request))
    messages.success(request, "Đã công bố." if act == "cong-bo" else "Đã bỏ dự thảo.")
    return HttpResponseRedirect(reverse("figures:quality_publication"))


def _period(request: HttpRequest) -> Period:
    asked = request.GET.get("ky", "")
    return Period.parse(asked) if asked else Period.of(today_of(request))


def _periods(today: date) -> list[tuple[str, str]]:
    """The last quarters and this year, to choose from."""
    found = [Period.of(today)]
    while len(found) < QUARTERS:
        found.append(found[-1].before)
    return [(str(p), period_text(p)) for p in [*found, Period(today.year, 0)]]


def _ended(today: date) -> list[Period]:
    now = Period.of(today)
    found = [now.before]
    while len(found) < QUARTERS - 1:
        found.append(found[-1].before)
    return [*found, Period(today.year - 1, 0)]


def _level(one: UnitQuality) -> str:
    return OF_KIND.get(one.unit.kind, "so")


def _unit(one: UnitQuality, period: Period) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "href": f"{reverse('figures:quality_unit', args=[one.unit.id])}?ky={period}",
        "dossiers": one.dossiers,
        "grade": GRADES[one.grade] if one.grade else "Chưa đủ dữ liệu",
        "tone": TONES.get(one.grade or "", ""),
        **_total(one.total),
    }


def _total(total: Total) -> dict[str, Any]:
    return {
        "values": [(int(s.indicator), decimal_text(s.value)) for s in total.scores],
        "sum": f"{decimal_text(total.value)}/{total.most}",
        "graded": decimal_text(total.graded),
    }


def _scores(total: Total, unit: UnitQuality | None) -> list[dict[str, Any]]:
    """Each indicator with its average, over how many, and what it means or, of a unit's own, why."""
    reasons = {mark.indicator: why(mark) for mark in unit.marks} if unit else {}
    return [_score(score, reasons.get(score.indicator, "")) for score in total.scores]


def _score(score: Score, reason: str) -> dict[str, Any]:
    return {
        "number": int(score.indicator),
        "name": NAMES[score.indicator],
        "value": decimal_text(score.value),
        "judged": score.judged,
        "said": reason or MEANINGS[score.indicator],
    }


def _officer(one: OfficerQuality) -> dict[str, Any]:
    completion = COMPLETIONS[one.completion] if one.completion else "Chưa có hồ sơ trong kỳ"
    return {"name": one.name, "dossiers": one.dossiers, "completion": completion} | _total(
        one.total
    )


def _scored(row: ScoredDossier) -> dict[str, Any]:
    return {
        "dossier": row.dossier,
        "points": sum(mark.points or 0 for mark in row.marks),
        "marks": [
            {
                "name": NAMES[mark.indicator],
                "points": "–" if mark.points is None else str(mark.points),
                "tone": "" if mark.points is None else POINTS[mark.points],
                "why": why(mark),
            }
            for mark in row.marks
        ],
    }


def _rows_of_file(units: Sequence[UnitQuality]) -> list[list[Any]]:
    head = ["Cơ quan", "Số hồ sơ", *(f"{int(i)}. {NAMES[i]}" for i in Indicator)]
    rows: list[list[Any]] = [[*head, "Tổng điểm", "Tối đa", "Quy về 18", "Xếp loại"]]
    for one in units:
        values = [s.value if s.value is not None else "" for s in one.total.scores]
        grade = GRADES[one.grade] if one.grade else ""
        total = [one.total.value, one.total.most, one.total.graded, grade]
        rows.append([one.unit.name, one.dossiers, *values, *total])
    return rows
