"""What an engine's reply to a case is worth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Any

from motcua.run.conformance import corpus, ours
from motcua.run.conformance.engine import Engine, Unanswered

CLOSE_ENOUGH = timedelta(minutes=1)
"""Engines that count whole minutes round a share of a day: less than a minute is no difference."""
HANOI = timedelta(hours=7)


class Verdict(StrEnum):
    """Passed by the moment or only by the day, failed, or said not to be expressible."""

    PASSED = "passed"
    PASSED_DAY = "passed_day"
    FAILED = "failed"
    NOT_EXPRESSIBLE = "not_expressible"


@dataclass(frozen=True)
class Result:
    """One case's verdict; `detail` says what differed, or why it cannot be expressed."""

    case: str
    tags: tuple[str, ...]
    verdict: Verdict
    detail: str = ""


@dataclass
class Report:
    """An engine's results over the corpus."""

    name: str
    version: str
    results: list[Result] = field(default_factory=list)

    @property
    def counted(self) -> Counter[Verdict]:
        return Counter(result.verdict for result in self.results)

    def by_tag(self) -> dict[str, Counter[Verdict]]:
        """The verdicts of each tag; a case counts under each of its tags."""
        found: dict[str, Counter[Verdict]] = {}
        for result in self.results:
            for tag in result.tags:
                found.setdefault(tag, Counter())[result.verdict] += 1
        return dict(sorted(found.items()))

    def cannot(self) -> Counter[str]:
        """What the engine said it cannot express, and how often."""
        said = (r.detail for r in self.results if r.verdict is Verdict.NOT_EXPRESSIBLE)
        return Counter(said)


def run_ours(cases: Iterable[corpus.Case]) -> Report:
    """Our own engine over the cases, in this process."""
    report = Report(ours.ABOUT["name"], ours.ABOUT["version"])
    for case in cases:
        report.results.append(judged(case, ours.reply(corpus.request(case))))
    return report


def run_command(command: str, cases: Iterable[corpus.Case], timeout: float) -> Report:
    """The engine behind a command line over the cases. Raises Unusable."""
    engine = Engine(command, timeout)
    try:
        report = Report(*_about(engine, command))
        for case in cases:
            try:
                report.results.append(judged(case, engine.ask(corpus.request(case))))
            except Unanswered as failure:
                said = f": {failure.said}" if failure.said else ""
                report.results.append(_result(case, Verdict.FAILED, failure.why + said))
    finally:
        engine.close()
    return report


def _about(engine: Engine, command: str) -> tuple[str, str]:
    try:
        said = engine.ask({"id": "about", "ask": "about"})
    except Unanswered:
        return command, ""
    return str(said.get("name") or command), str(said.get("version") or "")


def judged(case: corpus.Case, reply: Mapping[str, Any]) -> Result:
    """The verdict on a reply; whatever stands in it, it is read, never trusted."""
    if "not_expressible" in reply:
        return _result(case, Verdict.NOT_EXPRESSIBLE, str(reply["not_expressible"]))
    expect = case["expect"]
    if "refused" in expect or "refused" in reply:
        right = "refused" in expect and "refused" in reply
        return _result(case, Verdict.PASSED if right else Verdict.FAILED, str(dict(reply))[:200])
    if "due_at" not in reply and "due_on" in reply:
        right = _day(expect["due_at"]) == _day(reply["due_on"])
        verdict = Verdict.PASSED_DAY if right else Verdict.FAILED
        return _result(case, verdict, f"{reply['due_on']} ≠ {expect['due_at']}")
    differs = [
        f"{key}: {said!s:.40} ≠ {expect[key]}"
        for key, said in _compared(expect, reply)
        if not _same(expect[key], said)
    ]
    if "segments" in expect and reply.get("segments") and not _explains(case, reply["segments"]):
        differs.append("segments: not end to end from acceptance to the date")
    return _result(case, Verdict.FAILED if differs else Verdict.PASSED, "; ".join(differs))


def _compared(expect: Mapping[str, Any], reply: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    """What is compared: the date always; the judged one is the same unless said otherwise; the rest
    when the engine says it."""
    yield "due_at", reply.get("due_at", "")
    if "judged_at" in expect:
        yield "judged_at", reply.get("judged_at", reply.get("due_at", ""))
    if "phases" in expect:
        yield "phases", reply.get("phases", "")
    for key in ("running", "undecreed_from"):
        if key in expect and key in reply:
            yield key, reply[key]


def _explains(case: corpus.Case, told: Any) -> bool:
    """Whether segments, where an engine gives them, lie end to end from acceptance to the date."""
    try:
        ends = [(one["start"], one["end"]) for one in told]
    except (TypeError, KeyError):
        return False
    joints = [(case["events"][0]["at"], ends[0][0]), (case["expect"]["due_at"], ends[-1][1])]
    joints += [(before[1], after[0]) for before, after in pairwise(ends)]
    return all(isinstance(a, str) and _same(a, b) for a, b in joints)


def _same(expected: Any, said: Any) -> bool:
    if isinstance(expected, list):
        same_length = isinstance(said, list) and len(said) == len(expected)
        return same_length and all(map(_same, expected, said))
    if not isinstance(expected, str):
        return bool(expected == said)
    try:
        return abs(datetime.fromisoformat(said) - datetime.fromisoformat(expected)) < CLOSE_ENOUGH
    except (TypeError, ValueError, OverflowError):
        return False


def _day(said: Any) -> date | None:
    """The day a date or a moment lies on, in local time."""
    try:
        moment = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        return None
    offset = moment.utcoffset()
    return (moment if offset is None else moment - offset + HANOI).date()


def _result(case: corpus.Case, verdict: Verdict, detail: str = "") -> Result:
    kept = detail if verdict in (Verdict.FAILED, Verdict.NOT_EXPRESSIBLE) else ""
    return Result(case["id"], tuple(case["tags"]), verdict, kept)
