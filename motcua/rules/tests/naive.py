"""A due date the slow way: every day is a list of its office minutes, and they are counted off.

The second implementation. It reads the JSON of `conformance/deadlines/` and nothing else, shares no
code with the engine it checks, and follows the law's sentences one by one. What ran is counted minute
by minute in exact fractions of each day's own minutes; nothing is rounded before the answer is written.
A moment is a number of minutes of local time (UTC+7, no summer time), whole but for shares of a day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import groupby
from math import ceil
from typing import Any

DAY = 24 * 60
HANOI = timezone(timedelta(hours=7))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
BY_DATE = {"calendar_day", "month"}
FAR = 200 * 366

Moment = int | Fraction


# ---- moments --------------------------------------------------------------------------------------


def read(text: str) -> int:
    """The local minute of a written moment."""
    moment = datetime.fromisoformat(text).astimezone(HANOI)
    assert not moment.second and not moment.microsecond, f"not a whole minute: {text}"
    return moment.toordinal() * DAY + moment.hour * 60 + moment.minute


def write(moment: Moment) -> str:
    """A moment as it is written; a share of a microsecond counts as a whole one."""
    day, rest = divmod(moment, DAY)
    since_midnight = timedelta(microseconds=ceil(rest * 60_000_000))
    return (datetime.fromordinal(int(day)).replace(tzinfo=HANOI) + since_midnight).isoformat()


def clock(text: str) -> int:
    """The minute of the day of "07:30"."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def day_of(moment: Moment) -> int:
    """The ordinal of the day a moment lies on."""
    return int(moment // DAY)


# ---- the office -----------------------------------------------------------------------------------

PLAIN = ("office_time", "", "")
WORKED = {"office_time", "makeup_work", "weekend_hours"}


class Office:
    """The declared calendar, asked day by day."""

    def __init__(self, calendar: Mapping[str, Any]) -> None:
        self.hours = calendar["hours"]
        self.special = {date.fromisoformat(day["on"]): day for day in calendar["days"]}
        self.listed: dict[int, list[int]] = {}

    def minutes(self, day: int) -> list[int]:
        """The minutes of a day that count for limits, in order; none on a day off."""
        if day not in self.listed:
            counted = [s for s in self._sessions(date.fromordinal(day)) if s.get("counts", True)]
            self.listed[day] = sorted(
                day * DAY + minute
                for session in counted
                for minute in range(clock(session["start"]), clock(session["end"]))
            )
        return self.listed[day]

    def _sessions(self, on: date) -> list[dict[str, Any]]:
        weekday = WEEKDAYS[on.weekday()]
        special = self.special.get(on)
        if special:
            if special["kind"] != "makeup_work":
                return []
            weekday = special.get("hours_of") or "mon"
        in_season = [h for h in self.hours if h.get("season") and self._hold(h, on)]
        all_year = [h for h in self.hours if not h.get("season") and self._hold(h, on)]
        for hours in in_season + all_year:
            return list(hours["week"].get(weekday, []))
        return []

    @staticmethod
    def _hold(hours: Mapping[str, Any], on: date) -> bool:
        if hours.get("valid_from") and on < date.fromisoformat(hours["valid_from"]):
            return False
        if hours.get("valid_to") and on >= date.fromisoformat(hours["valid_to"]):
            return False
        if not hours.get("season"):
            return True
        first, last = hours["season"]
        today = f"{on:%m-%d}"
        after, before = today >= str(first), today <= str(last)
        return (after and before) if first <= last else (after or before)

    def why_off(self, day: int) -> tuple[str, str, str]:
        """What a day is: office time (made up, or of a weekend whose hours count), a declared day off,
        weekly rest, or a weekly rest on which only the counter is open; with name and source."""
        on = date.fromordinal(day)
        special = self.special.get(on)
        works = bool(self.minutes(day))
        if special and works == (special["kind"] == "makeup_work"):
            return special["kind"], special["name"], special.get("source", "")
        open_at_all = special is None and bool(self._sessions(on))
        if works:
            return ("weekend_hours", "", self._source(on)) if on.weekday() >= 5 else PLAIN
        return ("public_only", "", self._source(on)) if open_at_all else ("weekly_rest", "", "")

    def _source(self, on: date) -> str:
        in_season = [h for h in self.hours if h.get("season") and self._hold(h, on)]
        all_year = [h for h in self.hours if not h.get("season") and self._hold(h, on)]
        return str((in_season + all_year)[0].get("source", ""))

    def working_day(self, day: int) -> int:
        """The first working day on or after a day."""
        for later in range(day, day + FAR):
            if self.minutes(later):
                return later
        raise AssertionError("the office never opens")

    def opening(self, day: int) -> int:
        return self.minutes(self.working_day(day))[0]

    def closing(self, day: int) -> int:
        return self.minutes(self.working_day(day))[-1] + 1

    def count(self, since: Moment, until: Moment, *, days: bool) -> Moment:
        """The office minutes between two moments, or the office days: each minute of a day is its
        share of that day."""
        counted: Moment = 0
        for day in range(day_of(since), day_of(until) + 1):
            minutes = self.minutes(day)
            if minutes and since <= minutes[0] and minutes[-1] < until:
                ran: Moment = len(minutes)
            else:
                ran = sum(max(min(m + 1, until) - max(m, since), 0) for m in minutes)
            counted += Fraction(ran, len(minutes)) if days and minutes else ran
        return counted

    def walk(
        self, start: Moment, need: Moment, *, days: bool, standing: Iterable[Wait] = ()
    ) -> Moment:
        """The first moment by which so many minutes or days have run, what stood still left out."""
        if need <= 0:
            return start
        for day in range(day_of(start), day_of(start) + FAR):
            minutes = self.minutes(day)
            if not minutes:
                continue
            share = len(minutes) if days else 1
            left = need * share
            still = [w for w in standing if w.since < (day + 1) * DAY and w.until > day * DAY]
            if not still and start <= minutes[0] and len(minutes) < left:
                need -= 1 if days else len(minutes)
                continue
            for minute in minutes:
                begins = max(minute, start)
                if begins >= minute + 1 or any(w.since <= minute < w.until for w in still):
                    continue
                if left <= minute + 1 - begins:
                    return begins + left
                left -= minute + 1 - begins
            need = Fraction(left, share) if days else left
        raise AssertionError("the office never opens")


# ---- the dossier's story --------------------------------------------------------------------------


@dataclass(frozen=True)
class Wait:
    since: int
    until: int
    ground: str


@dataclass(frozen=True)
class Promise:
    made: int
    until: int
    by_law: bool


@dataclass
class Lap:
    """A limit from where it began, with what stood still in it and what was promised in it."""

    begun: int
    limit: Mapping[str, Any]
    because: str = ""
    waits: list[Wait] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)

    @property
    def unit(self) -> str:
        return str(self.limit["unit"])

    @property
    def amount(self) -> Fraction:
        return Fraction(self.limit["amount"] or 0)


class Story:
    """The events, read in order: the laps of the limit, and whether the clock stands now."""

    def __init__(self, events: Iterable[Mapping[str, Any]], policy: Mapping[str, Any]) -> None:
        self.policy = policy
        self.laps: list[Lap] = []
        self.pauses: list[str] = []
        self.since: int | None = None
        self.ended = False
        for event in events:
            if not self.ended:
                getattr(self, "_" + event["kind"])(event, read(event["at"]))

    def _accepted(self, event: Mapping[str, Any], at: int) -> None:
        self.laps.append(Lap(at, event["limit"]))

    def _paused(self, event: Mapping[str, Any], at: int) -> None:
        if self.since is None:
            self.since = at
        self.pauses.append(event["ground"])

    def _resumed(self, event: Mapping[str, Any], at: int) -> None:
        ended = event.get("ground") or self.pauses[-1]
        if ended == self.pauses[0]:
            self._stood_until(at)
        self.pauses.remove(ended)
        if not self.pauses:
            self.since = None

    def _restarted(self, event: Mapping[str, Any], at: int) -> None:
        self._anew(at, self.laps[-1].limit, "supplement")

    def _relimited(self, event: Mapping[str, Any], at: int) -> None:
        self._anew(at, event["limit"], "other_limit")

    def _supplied(self, event: Mapping[str, Any], at: int) -> None:
        """What was missing came in full: the policy says what that does (NĐ 61/2018 Đ19.4)."""
        accepted = self.laps[0].limit
        match self.policy["supplement"]:
            case "restart":
                self._restarted(event, at)
            case "pause":
                self._resumed({"ground": "supplement"}, at)
            case _:
                self._relimited({"limit": self.policy.get("other_limit") or accepted}, at)

    def _extended(self, event: Mapping[str, Any], at: int) -> None:
        self._stood_until(at)
        self.laps[-1].promises.append(Promise(at, read(event["until"]), event["by_law"]))

    def _closed(self, event: Mapping[str, Any], at: int) -> None:
        self._stood_until(at)
        self.pauses, self.since, self.ended = [], None, True

    _stopped = _closed

    def _transferred(self, event: Mapping[str, Any], at: int) -> None:
        """The dates stay."""

    _resettled = _transferred

    def _anew(self, at: int, limit: Mapping[str, Any], because: str) -> None:
        self._stood_until(at)
        self.laps.append(Lap(at, limit, because))
        if "supplement" in self.pauses:
            self.pauses.remove("supplement")
        if not self.pauses:
            self.since = None

    def _stood_until(self, at: int) -> None:
        """What stood still until now is known, on the ground open longest; it goes on from here."""
        if self.since is not None and self.since < at:
            self.laps[-1].waits.append(Wait(self.since, at, self.pauses[0]))
        if self.since is not None:
            self.since = at


# ---- where a limit ends ---------------------------------------------------------------------------


class Reckoner:
    """One lap in one office under one policy."""

    def __init__(self, lap: Lap, office: Office, policy: Mapping[str, Any]) -> None:
        self.lap, self.office, self.policy = lap, office, policy
        self.next_day = (day_of(lap.begun) + 1) * DAY
        self.begins, self.why_later = lap.begun, ""
        if lap.unit == "working_day" and policy.get("count_from_next_day"):
            self.begins, self.why_later = self.next_day, "first_day"
        if lap.unit == "same_day" and self._too_late():
            self.begins, self.why_later = self.next_day, "after_cutoff"
        self.waits = [
            Wait(max(w.since, self.begins), max(w.until, self.begins), w.ground) for w in lap.waits
        ]

    def _too_late(self) -> bool:
        today = self.office.minutes(day_of(self.lap.begun))
        after_all = bool(today) and self.lap.begun > today[-1]
        return self.lap.begun % DAY >= clock(self.policy.get("cutoff", "15:00")) or after_all

    @property
    def by_days(self) -> bool:
        return self.lap.unit == "working_day"

    @property
    def whole_day(self) -> bool:
        """A limit in working days that ends with its last day (BLDS 2015 Đ148)."""
        return self.by_days and bool(self.policy.get("count_from_next_day"))

    def ran_out(self) -> Moment | None:
        """When the limit had run to its end, in office time; what was waited later is not in it."""
        need: Moment = {"working_day": self.lap.amount, "working_hour": self.lap.amount * 60}.get(
            self.lap.unit, Fraction(0)
        )
        if self.lap.unit == "same_day":
            closing = self.office.closing(day_of(self.begins))
            need = self.office.count(self.begins, closing, days=False)
        if self.lap.unit == "none":
            return None
        return self.office.walk(self.begins, need, days=self.by_days, standing=self.waits)

    def last_day(self, waited: int = 0) -> int:
        """The day a limit in calendar days or months ends on, before it rolls (BLDS 2015 Đ147–148)."""
        begun = date.fromordinal(day_of(self.lap.begun))
        if self.lap.unit == "calendar_day":
            return begun.toordinal() + ceil(self.lap.amount) + waited
        year, month = divmod(begun.year * 12 + begun.month - 1 + int(self.lap.amount), 12)
        last = monthrange(year, month + 1)[1]
        return date(year, month + 1, min(begun.day, last)).toordinal() + waited

    def waited_days(self, waits: Iterable[Wait]) -> int:
        return sum(day_of(w.until) - day_of(w.since) for w in waits)

    @cached_property
    def end(self) -> Moment | None:
        """The date the limit gives, with all that was waited."""
        if self.lap.unit in BY_DATE:
            return self.office.closing(self.last_day(self.waited_days(self.waits)))
        end = self.ran_out()
        if end is None:
            return None
        end = self.moved(end, [w for w in self.waits if w.since >= end])
        return self.office.closing(day_of(end)) if self.whole_day else end

    def moved(self, moment: Moment, waits: Iterable[Wait]) -> Moment:
        """A moment of office time later by what was waited."""
        waited = sum(self.office.count(w.since, w.until, days=self.by_days) for w in waits)
        return self.office.walk(moment, waited, days=self.by_days)

    def promised(self, promise: Promise) -> Moment:
        """A date promised, later by what was waited after the promise."""
        after = [w for w in self.waits if w.since >= promise.made]
        if self.lap.unit not in BY_DATE:
            return self.moved(promise.until, after)
        waited = self.waited_days(after)
        if not waited:
            return promise.until
        return self.office.closing(day_of(promise.until) + waited)

    def latest(self, *, by_law_only: bool) -> Moment | None:
        """The later of the limit's end and the promises."""
        kept = [p for p in self.lap.promises if p.by_law or not by_law_only]
        ends = [self.promised(p) for p in kept]
        end = self.end
        return max(ends if end is None else [*ends, end], default=None)


# ---- the explanation ------------------------------------------------------------------------------


class Teller:
    """Lays the segments of the laps end to end, day by day."""

    def __init__(self, office: Office, policy: Mapping[str, Any]) -> None:
        self.office, self.policy = office, policy
        self.segments: list[dict[str, Any]] = []
        self.at: Moment = 0

    def tell(self, laps: list[Lap]) -> list[dict[str, Any]]:
        for n, lap in enumerate(laps):
            one = Reckoner(lap, self.office, self.policy)
            self.at = lap.begun
            if n + 1 < len(laps):
                self._through(one, lap.waits, laps[n + 1].begun)
                self._put(one, laps[n + 1].begun, "restarted", laps[n + 1].because)
            else:
                self._last(one)
        return self.segments

    def _through(self, one: Reckoner, waits: Iterable[Wait], until: Moment) -> None:
        for wait in waits:
            self._run(one, wait.since)
            self._put(one, wait.until, "paused", wait.ground)
        self._run(one, until)

    def _last(self, one: Reckoner) -> None:
        if one.lap.unit in BY_DATE:
            self._last_by_date(one)
        elif (ran_out := one.ran_out()) is not None:
            before = [w for w in one.lap.waits if max(w.since, one.begins) < ran_out]
            before = before or [w for w in one.lap.waits if w.since < ran_out]
            after = one.lap.waits[len(before) :]
            self._through(one, before, ran_out)
            self._close(one, ran_out)
            for n, wait in enumerate(after, 1):
                moved = one.moved(ran_out, [_clipped(w, one.begins) for w in after[:n]])
                shown = self.office.closing(day_of(moved)) if one.whole_day else moved
                self._put(one, shown, "paused", wait.ground)
        for promise in one.lap.promises:
            reason = "by_law" if promise.by_law else "apology"
            self._put(one, one.promised(promise), "extended", reason)

    def _close(self, one: Reckoner, ran_out: Moment) -> None:
        if one.whole_day:
            self._put(one, self.office.closing(day_of(ran_out)), "skipped", "rest_of_last_day")

    def _last_by_date(self, one: Reckoner) -> None:
        waited, over = 0, False
        for wait in one.waits:
            day = one.last_day(waited)
            shown = self.office.closing(day)
            if not over and not (day_of(wait.since) <= day and wait.since < shown):
                self._finish_by_date(one, day)
                over = True
            waited += one.waited_days([wait])
            shown = self.office.closing(one.last_day(waited))
            if not over:
                self._run(one, wait.since)
            self._put(one, shown if over else min(wait.until, shown), "paused", wait.ground)
        if not over:
            self._finish_by_date(one, one.last_day(waited))

    def _finish_by_date(self, one: Reckoner, day: int) -> None:
        shown = self.office.closing(day)
        if self.office.minutes(day):
            self._run(one, shown)
            return
        self._put(one, (day + 1) * DAY, "counted", "calendar_time", through=day)
        _, name, source = self.office.why_off(day)
        self._put(one, shown, "skipped", "last_day_off", name, source)

    def _run(self, one: Reckoner, until: Moment) -> None:
        """Time in which the clock ran: what counted and, day by day, what did not and why."""
        if self.at < one.begins:
            self._put(one, min(one.begins, until), "skipped", one.why_later)
        if self.at >= until:
            return
        if one.lap.unit in BY_DATE:
            self._put(one, until, "counted", "calendar_time")
            return
        days = range(day_of(self.at), day_of(until) + 1)
        for (reason, name, source), run in groupby(days, key=self.office.why_off):
            end = min((list(run)[-1] + 1) * DAY, until)
            if reason not in WORKED:
                self._put(one, end, "skipped", reason, name, source)
            elif self.office.count(self.at, end, days=False):
                self._put(one, end, "counted", reason, name, source)
            else:
                self._put(one, end, "skipped", "outside_hours")

    def _put(
        self,
        one: Reckoner,
        end: Moment,
        kind: str,
        reason: str,
        name: str = "",
        source: str = "",
        *,
        through: int | None = None,
    ) -> None:
        if end < self.at or (end == self.at and kind != "restarted"):
            return
        if one.lap.unit in BY_DATE:
            days = Fraction((through or day_of(end)) - day_of(self.at))
        else:
            days = Fraction(self.office.count(self.at, end, days=True))
        self.segments.append(
            {
                "kind": kind,
                "start": write(self.at),
                "end": write(end),
                "reason": reason,
                "name": name,
                "days": _places(days),
            }
        )
        self.at = end


def _clipped(wait: Wait, begins: int) -> Wait:
    return Wait(max(wait.since, begins), max(wait.until, begins), wait.ground)


def _places(days: Fraction) -> str:
    value = Decimal(days.numerator) / days.denominator
    return f"{value.quantize(Decimal('0.0001'), ROUND_HALF_UP).normalize():f}"


# ---- what is asked --------------------------------------------------------------------------------


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to a case of the corpus whose calendars and policy are written out."""
    asks = {
        "due": due,
        "step": step,
        "transfer": transfer,
        "answer": answer_by,
        "phases": phases,
    }
    return asks[case["ask"]](case)


def due(case: Mapping[str, Any]) -> dict[str, Any]:
    """The date promised, the date judged by, whether the clock runs, and why."""
    office, policy = Office(case["calendar"]), case["policy"]
    promised, judged, running = dates(case["events"], office, policy)
    told = Teller(office, policy).tell(Story(case["events"], policy).laps) if promised else []
    return {"due_at": promised, "judged_at": judged, "running": running, "segments": told}


def dates(
    events: Iterable[Mapping[str, Any]], office: Office, policy: Mapping[str, Any]
) -> tuple[str | None, str | None, bool]:
    """The two dates and whether the clock runs, without the explanation."""
    story = Story(events, policy)
    last = Reckoner(story.laps[-1], office, policy)
    found = [last.latest(by_law_only=by_law) for by_law in (False, True)]
    promised, judged = (None if m is None else write(m) for m in found)
    return promised, judged, not story.ended and story.since is None


def transfer(case: Mapping[str, Any]) -> dict[str, Any]:
    """By when a paper dossier has to be with who settles it (NĐ 61/2018 Đ18.2)."""
    office, received = Office(case["calendar"]), read(case["received_at"])
    day = day_of(received)
    today = office.minutes(day)
    cutoff = clock(case["policy"].get("cutoff", "15:00"))
    in_time = bool(today) and received % DAY < cutoff and received <= today[-1]
    return {"due_at": write(today[-1] + 1 if in_time else office.opening(day + 1))}


def answer_by(case: Mapping[str, Any]) -> dict[str, Any]:
    """Until when a desk answers what was submitted online."""
    office = Office(case["calendar"])
    need = Fraction(case.get("hours", "8")) * 60
    return {"due_at": write(office.walk(read(case["submitted_at"]), need, days=False))}


def phases(case: Mapping[str, Any]) -> dict[str, Any]:
    """The planned date at each agency: each limit begins where the one before it ends."""
    moment = case["accepted_at"]
    planned = []
    for phase in case["phases"]:
        begun = {"kind": "accepted", "at": moment, "limit": phase["limit"]}
        one = due({"calendar": phase["calendar"], "policy": case["policy"], "events": [begun]})
        moment = one["due_at"]
        planned.append(moment)
    return {"due_at": moment, "phases": planned}


def step(case: Mapping[str, Any]) -> dict[str, Any]:
    """The date of a step: its half office days from its opening, moved by what the dossier waited since
    (what it waits for as the step opens, from then on); where the dossier's limit is counted anew so is
    the step, another limit lets it go on."""
    opened, policy = read(case["opened_at"]), dict(case["policy"], count_from_next_day=False)
    limit = {"amount": str(Fraction(case["half_days"]) / 2), "unit": "working_day"}
    story = Story([{"kind": "accepted", "at": case["opened_at"], "limit": limit}], policy)
    before = Story((e for e in case["events"] if read(e["at"]) < opened), policy)
    story.pauses, story.since = before.pauses, opened if before.pauses else None
    for event in case["events"]:
        kind, at = event["kind"], read(event["at"])
        if (
            at < opened
            or story.ended
            or kind in ("accepted", "extended", "transferred", "resettled")
        ):
            continue
        if kind == "supplied":
            kind = {"restart": "restarted", "pause": "resumed"}.get(
                policy["supplement"], "relimited"
            )
            event = {"ground": "supplement"}
        if kind == "relimited":
            kind, event = "resumed", {"ground": "supplement"}
        if kind == "resumed" and (event.get("ground") or "") not in ("", *story.pauses):
            continue
        if kind != "resumed" or story.pauses:
            getattr(story, "_" + kind)(event, at)
    end = Reckoner(story.laps[-1], Office(case["calendar"]), policy).end
    return {"due_at": None if end is None else write(end)}
