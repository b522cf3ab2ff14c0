"""Sinh phần tự động của bộ trường hợp, bằng bộ tính từng phút (không bao giờ bằng bộ tính nhanh).

Chạy: .venv/bin/python conformance/deadlines/generate.py

Writes cases/generated-*.json, and the segments of the worked cases: their dates are worked by hand
and only compared here, their segments come from the engine that counts minute by minute.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random
from typing import Any

from motcua.rules.tests import naive
from motcua.run.conformance import corpus

HERE = Path(__file__).parent
ZONE = timezone(timedelta(hours=7))
WHY = "Sinh tự động; ngày do bộ tính từng phút cho, không tính tay."

Case = dict[str, Any]
Limit = dict[str, str | None]

OFFICES = {
    "national": "policy:clock-hours",
    "national-7h30": "office:7h30",
    "national-0700": "office:0700",
    "saturday-public": "office:saturday-public",
    "saturday-decreed": "office:saturday-decreed",
    "evening-public": "office:evening-public",
    "seasons": "office:seasons",
    "short-friday": "office:short-day",
    "one-session-friday": "office:one-session",
    "hours-change": "office:hours-change",
    "local-off": "day:local-off",
    "decree-swap": "day:swap",
}

UNIT_TAGS = {
    "working_day": "unit:working-day",
    "working_hour": "unit:working-hour",
    "calendar_day": "unit:calendar-day",
    "month": "unit:month",
    "same_day": "unit:same-day",
}


# ---- pieces of a case -----------------------------------------------------------------------------


def limit(amount: float | None, unit: str) -> Limit:
    return {"amount": None if amount is None else f"{amount:g}", "unit": unit}


def moment(rng: Random, first: str, days: int) -> datetime:
    """Any minute from six in the morning to eight in the evening."""
    on = datetime.fromisoformat(first).replace(tzinfo=ZONE) + timedelta(days=rng.randrange(days))
    return on.replace(hour=6) + timedelta(minutes=rng.randrange(0, 14 * 60, 5))


def later(rng: Random, at: datetime, days: int) -> datetime:
    return at + timedelta(minutes=rng.randrange(5, days * 24 * 60, 5))


def event(kind: str, at: datetime, **more: Any) -> Case:
    return {"kind": kind, "at": at.isoformat(), **more}


def accepted(at: datetime, of: Limit) -> Case:
    return event("accepted", at, limit=of)


def any_working(rng: Random) -> Limit:
    if rng.random() < 0.6:
        return limit(rng.randrange(1, 41) / 2, "working_day")
    return limit(rng.randrange(1, 160) / 4, "working_hour")


def any_limit(rng: Random) -> Limit:
    if rng.random() < 0.6:
        return any_working(rng)
    return rng.choice(
        [limit(rng.randrange(1, 60), "calendar_day"), limit(rng.randrange(1, 7), "month")]
    )


def unit_tag(of: Limit) -> str:
    return UNIT_TAGS[str(of["unit"])]


def case(title: str, tags: list[str], **fields: Any) -> Case:
    ask = fields.pop("ask", "due")
    return {"title": title, "tags": list(dict.fromkeys(tags)), "worked": False, "why": WHY,
            "calendar": "national", "policy": "restart", "ask": ask} | fields  # fmt: skip


# ---- themes ---------------------------------------------------------------------------------------


def offices(rng: Random) -> Iterator[Case]:
    for name, tag in OFFICES.items():
        for of in (any_working(rng), limit(rng.randrange(1, 30) / 2, "working_day"),
                   limit(rng.randrange(2, 60) / 2, "working_hour")):  # fmt: skip
            at = moment(rng, "2022-10-03", 60)
            yield case(f"Lịch {name}", [unit_tag(of), tag], calendar=name,
                       events=[accepted(at, of)])  # fmt: skip


def holidays(rng: Random) -> Iterator[Case]:
    before = {"tet": ("01-12", 25), "holiday": ("04-05", 24), "compensatory": ("08-25", 9)}
    for year in range(2020, 2028):
        for tag, (first, days) in before.items():
            of = limit(rng.randrange(2, 30) / 2, "working_day")
            at = moment(rng, f"{year}-{first}", days)
            yield case(f"Qua ngày lễ năm {year}", [unit_tag(of), f"day:{tag}"],
                       events=[accepted(at, of)])  # fmt: skip


def made_up(rng: Random) -> Iterator[Case]:
    for first in ("2024-04-22", "2025-04-21", "2025-12-30", "2026-08-17"):
        for name in ("national", "short-friday"):
            of = limit(rng.randrange(4, 20) / 2, "working_day")
            at = moment(rng, first, 5)
            yield case("Có thứ Bảy làm bù", [unit_tag(of), "day:made-up", "day:swap"],
                       calendar=name, events=[accepted(at, of)])  # fmt: skip


def by_date(rng: Random) -> Iterator[Case]:
    for name in ("national", "saturday-decreed", "seasons"):
        for _ in range(3):
            of = limit(rng.randrange(1, 90), "calendar_day")
            yield case("Ngày theo lịch", [unit_tag(of)], calendar=name,
                       events=[accepted(moment(rng, "2022-01-04", 330), of)])  # fmt: skip
    for first in ("2022-01-29", "2023-01-29", "2024-01-29", "2022-05-30", "2022-08-29"):
        of = limit(rng.randrange(1, 13), "month")
        yield case("Tháng, từ cuối tháng", [unit_tag(of), "roll:month-end"],
                   events=[accepted(moment(rng, first, 3), of)])  # fmt: skip


def same_day(rng: Random) -> Iterator[Case]:
    for name in ("national", "national-7h30", "saturday-decreed", "one-session-friday"):
        for _ in range(2):
            at = moment(rng, "2022-11-14", 12)
            yield case("Trả trong ngày", ["unit:same-day", "rule:1500"], calendar=name,
                       events=[accepted(at, limit(None, "same_day"))])  # fmt: skip


def story(rng: Random, of: Limit, rounds: int, tags: list[str], **more: Any) -> Case:
    at = moment(rng, "2022-03-01", 200)
    events = [accepted(at, of)]
    for _ in range(rounds):
        at = later(rng, at, 4)
        events.append(event("paused", at, ground="supplement"))
        at = later(rng, at, 5)
        events.append(event("supplied", at))
    return case("Chờ bổ sung", [unit_tag(of), *tags], events=events, **more)


def supplements(rng: Random) -> Iterator[Case]:
    readings = {"restart": "restart", "pause": "pause", "other-limit-3wd": "other-limit",
                "civil-code": "restart", "civil-code-pause": "pause"}  # fmt: skip
    for name, reading in readings.items():
        for rounds in (1, 1, 2, 3):
            tags = [f"supplement:{reading}"] + ["supplement:rounds"] * (rounds > 1)
            tags += ["policy:next-day"] * name.startswith("civil")
            yield story(rng, any_limit(rng), rounds, tags, policy=name)
    for name in ("national-7h30", "saturday-decreed", "seasons", "short-friday"):
        yield story(rng, any_working(rng), 2, ["supplement:pause", "supplement:rounds",
                    OFFICES[name]], calendar=name, policy="pause")  # fmt: skip


def overlaps(rng: Random) -> Iterator[Case]:
    for n in range(10):
        of = any_limit(rng)
        a = moment(rng, "2022-03-01", 200)
        b = later(rng, a, 3)
        c = later(rng, b, 3)
        d = later(rng, c, 3)
        e = later(rng, d, 3)
        first, second = ("money", "consultation") if n % 2 else ("consultation", "money")
        yield case("Hai căn cứ chồng nhau", [unit_tag(of), "pause:overlap", "pause:money",
                   "pause:consultation"], events=[
            accepted(a, of), event("paused", b, ground="consultation"),
            event("paused", c, ground="money"), event("resumed", d, ground=first),
            event("resumed", e, ground=second)])  # fmt: skip


def promises(rng: Random) -> Iterator[Case]:
    for n in range(10):
        of = any_limit(rng)
        a = moment(rng, "2022-03-01", 200)
        b = later(rng, a, 3)
        until = (b + timedelta(days=rng.randrange(5, 40))).replace(hour=10, minute=0)
        c = later(rng, b, 3)
        events = [accepted(a, of), event("extended", b, until=until.isoformat(), by_law=n % 2 == 0)]
        if n % 3:
            events += [event("paused", c, ground="money"),
                       event("resumed", later(rng, c, 4), ground="money")]  # fmt: skip
        tag = "extend:apology" if n % 2 else "extend:by-law"
        yield case("Hẹn lại hoặc kéo dài", [unit_tag(of), tag], events=events)


def ends(rng: Random) -> Iterator[Case]:
    for kind, tag in (("closed", "close:while-waiting"), ("stopped", "stop:on-request")):
        for _ in range(3):
            one = story(rng, any_limit(rng), 1, [tag])
            one["events"][-1] |= {"kind": kind}
            yield one


def decrees(rng: Random) -> Iterator[Case]:
    tags = {"decree-off": "decree:added", "decree-off-moved": "decree:moved",
            "decree-made-up": "decree:made-up"}  # fmt: skip
    for _ in range(3):
        of = limit(rng.randrange(4, 24) / 2, "working_day")
        at = moment(rng, "2022-11-14", 10)
        for name in ("national", *tags):
            yield case("Trước và sau quyết định", [unit_tag(of), *filter(None, [tags.get(name)])],
                       calendar=name, events=[accepted(at, of)])  # fmt: skip


def other_dates(rng: Random) -> Iterator[Case]:
    for name in ("national", "national-7h30", "saturday-decreed", "one-session-friday"):
        for _ in range(2):
            at = moment(rng, "2022-11-14", 14).isoformat()
            yield case("Chuyển hồ sơ giấy", ["rule:1500", "transfer:1500"], ask="transfer",
                       calendar=name, received_at=at)  # fmt: skip
            at = moment(rng, "2022-11-14", 14).isoformat()
            yield case("Trả lời hồ sơ trực tuyến", ["online:answer"], ask="answer",
                       calendar=name, submitted_at=at, hours="8")  # fmt: skip


def steps(rng: Random) -> Iterator[Case]:
    for name in ("national", "national-7h30", "short-friday", "saturday-decreed"):
        for _ in range(2):
            one = story(rng, limit(10, "working_day"), 1, ["step", "supplement:pause"],
                        calendar=name, policy="pause", ask="step")  # fmt: skip
            one["events"][-1] |= {"kind": "resumed", "ground": "supplement"}
            opened = datetime.fromisoformat(one["events"][0]["at"])
            one |= {"opened_at": opened.isoformat(), "half_days": str(rng.randrange(1, 9))}
            yield one


def phases(rng: Random) -> Iterator[Case]:
    agencies = ("UBND xã", "Sở", "Thuế")
    for _ in range(8):
        chain = [{"agency": agency, "calendar": rng.choice(["national", "national-0700",
                  "saturday-public", "saturday-decreed", "local-off"]),
                  "limit": limit(rng.randrange(1, 9) / 2, "working_day")}
                 for agency in agencies]  # fmt: skip
        one = case("Liên thông ba cơ quan", ["phases"], ask="phases", phases=chain,
                   accepted_at=moment(rng, "2022-11-07", 14).isoformat())  # fmt: skip
        del one["calendar"]
        yield one


THEMES: tuple[Callable[[Random], Iterator[Case]], ...] = (
    offices, holidays, made_up, by_date, same_day, supplements, overlaps, promises, ends, decrees,
    other_dates, steps, phases,
)  # fmt: skip


# ---- answers and files ----------------------------------------------------------------------------


def answered(made: Case) -> Case:
    """The naive engine's answer; a segment without a name does not say so."""
    found = naive.answer(corpus.written_out(made))
    if "segments" in found:
        found["segments"] = [
            {k: v for k, v in segment.items() if k != "name" or v} for segment in found["segments"]
        ]
    return found


def themed(theme: Callable[[Random], Iterator[Case]]) -> list[Case]:
    name = theme.__name__.replace("_", "-")
    rng = Random(f"một cửa, {name}")
    return [
        {"id": f"generated-{name}-{n}", **one, "expect": answered(one)}
        for n, one in enumerate(theme(rng), 1)
    ]


def with_segments(worked: Case) -> Case:
    """A worked case with its segments; its date, worked by hand, has to be the same."""
    expect = worked["expect"]
    if "refused" in expect:
        return worked
    found = answered(worked)
    by_hand = {k: v for k, v in expect.items() if k not in ("segments", "undecreed_from")}
    differ = {k: (v, found[k]) for k, v in by_hand.items() if found[k] != v}
    if differ:
        sys.exit(f"{worked['id']}: {differ}")
    told = {"segments": found["segments"]} if found.get("segments") else {}
    return {**worked, "expect": {k: v for k, v in expect.items() if k != "segments"} | told}


def one_line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def shown(made: Case) -> str:
    lines = [f"    {one_line(key)}: {_inner(key, value)}" for key, value in made.items()]
    return "  {\n" + ",\n".join(lines) + "\n  }"


def _inner(key: str, value: Any) -> str:
    if key in ("events", "phases") and value:
        return "[\n" + ",\n".join(f"      {one_line(v)}" for v in value) + "\n    ]"
    if key == "expect" and value.get("segments"):
        inner = [f"      {one_line(k)}: {one_line(v)}" for k, v in value.items() if k != "segments"]
        told = ",\n".join(f"        {one_line(v)}" for v in value["segments"])
        return "{\n" + ",\n".join([*inner, f'      "segments": [\n{told}\n      ]']) + "\n    }"
    return one_line(value)


def save(path: Path, made: list[Case]) -> None:
    path.write_text("[\n" + ",\n".join(map(shown, made)) + "\n]\n", encoding="utf-8")


def main() -> None:
    for path in sorted((HERE / "cases").glob("worked-*.json")):
        save(path, [with_segments(one) for one in json.loads(path.read_text(encoding="utf-8"))])
    for theme in THEMES:
        name = theme.__name__.replace("_", "-")
        save(HERE / "cases" / f"generated-{name}.json", themed(theme))


if __name__ == "__main__":
    main()
