"""Statutory papers: how long each takes to be set as PDF, both sets of forms, beside the limit of 300 ms."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from motcua.files import rendering
from motcua.statutory.paper_forms import (
    DossierPaper,
    Kind,
    Paper,
    PaperForm,
    Register,
    forms_in_force,
)
from motcua.statutory.paper_samples import sample_of

DAYS = (date(2022, 11, 21), date(2025, 9, 22))
"""A day of each set of forms."""
LIMIT_MS = 300


def lines(runs: int) -> Iterator[dict[str, Any]]:
    """A JSON line a paper, `runs` × 20 prints of each after the first, and one for all of them.

    One thread of one process, as a worker sets them; `first_ms` is the first print of the process, which
    reads fonts and templates.
    """
    everything: list[float] = []
    for on in DAYS:
        for form in forms_in_force(on):
            first, took = _print(form, on, runs * 20)
            everything += took
            name = f"papers-{on.year}-{form.number}"
            yield {"bench": name, "title": form.title, "first_ms": round(first, 1)} | _figures(took)
    yield {"bench": "papers"} | _figures(everything)


def _print(form: PaperForm, on: date, times: int) -> tuple[float, list[float]]:
    took = []
    for n in range(times + 1):
        paper = _another(form.kind, on, n)
        start = time.perf_counter()
        rendering.render(form, paper)
        took.append((time.perf_counter() - start) * 1000)
    return took[0], took[1:]


def _another(kind: Kind, on: date, n: int) -> Paper:
    """The sample with other words in it each time, for the typesetter keeps what it has set before."""
    paper = sample_of(kind, on)
    if isinstance(paper, DossierPaper):
        return replace(
            paper,
            code=f"{paper.code[:-4]}{n:04d}",
            applicant=f"{paper.applicant} {n}",
            procedure=f"{paper.procedure} {n}",
        )
    if isinstance(paper, Register):
        lines = (replace(one, code=f"{one.code[:-4]}{n:04d}", note=str(n)) for one in paper.lines)
        return replace(paper, lines=tuple(lines))
    return paper


def _figures(took: list[float]) -> dict[str, Any]:
    p95 = statistics.quantiles(took, n=20)[-1]
    return {
        "value": round(p95, 1),
        "unit": "ms p95",
        "p50_ms": round(statistics.median(took), 1),
        "p95_ms": round(p95, 1),
        "worst_ms": round(max(took), 1),
        "pdfs_per_second": round(1000 * len(took) / sum(took), 1),
        "prints": len(took),
        "ratio": round(p95 / LIMIT_MS, 3),
        "against": f"limit {LIMIT_MS} ms",
    }
