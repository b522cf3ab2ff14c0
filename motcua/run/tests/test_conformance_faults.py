"""Engines with the faults found in other products: the corpus finds each of them.

Each fault is the naive engine asked a question bent as that product would bend it.
"""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from motcua.rules.tests import naive
from motcua.run.conformance import corpus, verdicts
from motcua.run.conformance.verdicts import Verdict

CASES = corpus.cases()
DAY = 24 * 60
WAITS = ("paused", "resumed", "supplied")


def events(case, *, keep=lambda event: True, change=lambda event: event):
    return naive.answer(case | {"events": [change(e) for e in case["events"] if keep(e)]})


def week(case, change):
    hours = [h | {"week": change(h["week"])} for h in case["calendar"]["hours"]]
    return naive.answer(case | {"calendar": case["calendar"] | {"hours": hours}})


def later(case, need, *, days=False):
    found = naive.answer(case)
    due = naive.read(found["due_at"])
    moved = naive.write(naive.Office(case["calendar"]).walk(due, need, days=days))
    return found | {"due_at": moved, "judged_at": moved}


def shifted(case, **by):
    found = naive.answer(case)
    moved = (datetime.fromisoformat(found["due_at"]) + timedelta(**by)).isoformat()
    return found | {"due_at": moved, "judged_at": moved}


def at(event, **to):
    return event | {"at": datetime.fromisoformat(event["at"]).replace(**to).isoformat()}


def waits_for_nothing(case):
    return events(case, keep=lambda e: e["kind"] not in WAITS)


def eight_hours_are_a_day(case):
    def change(event):
        if event.get("limit", {}).get("unit") != "working_day":
            return event
        hours = Fraction(event["limit"]["amount"]) * 8
        return event | {"limit": {"amount": str(hours), "unit": "working_hour"}}

    return events(case, change=change)


def cut_at_360_days(case):
    found = naive.answer(case)
    last = datetime.fromisoformat(case["events"][0]["at"]) + timedelta(days=360)
    return found | {"due_at": min(found["due_at"], last.isoformat())}


def rounds_every_wait_up(case):
    since = None
    bent = []
    for event in case["events"]:
        moment = naive.read(event["at"])
        if event["kind"] == "paused":
            since = moment
        elif event["kind"] in WAITS and since is not None:
            event = event | {"at": naive.write(since - (since - moment) // 15 * 15)}
        bent.append(event)
    return naive.answer(case | {"events": bent})


def counts_the_wait_from_receipt(case):
    accepted, paused, *rest = case["events"]
    begun = paused | {"at": accepted["at"]}
    ended = {"kind": "resumed", "at": paused["at"], "ground": paused["ground"]}
    return naive.answer(case | {"events": [accepted, begun, ended, *rest]})


def extends_once_more(case):
    found = naive.answer(case)
    extended = [e for e in case["events"] if e["kind"] == "extended"]
    more = timedelta(days=3 * (len(extended) - 1))
    due = (datetime.fromisoformat(found["due_at"]) + more).isoformat()
    return found | {"due_at": due, "judged_at": due}


def forgets_the_same_day_of_another_month(case):
    day = case["events"][0]["at"][8:10]
    first, *rest = case["events"]
    kept = [e for e in rest if e["at"][8:10] != day]
    return naive.answer(case | {"events": [first, *(e for e in kept if e["kind"] not in WAITS)]})


def one_total_in_one_calendar(case):
    total = sum(Fraction(phase["limit"]["amount"]) for phase in case["phases"])
    phase = case["phases"][0] | {"limit": {"amount": str(total), "unit": "working_day"}}
    return {"due_at": naive.phases(case | {"phases": [phase]})["due_at"]}


def named_calendar(name):
    return lambda case: naive.answer(case | {"calendar": corpus.calendar(name)})


FAULTS = {
    "opencps-resume-after-hours": lambda c: later(c, 11 * 60),
    "opencps-pause-after-hours": lambda c: events(
        c, change=lambda e: at(e, hour=7) if e["kind"] == "paused" else e
    ),
    "opencps-7h30": eight_hours_are_a_day,
    "opencps-half-saturday": lambda c: week(c, lambda w: w | {"sat": w["mon"]}),
    "opencps-one-session": lambda c: week(c, lambda w: w | {"fri": w["mon"]}),
    "opencps-360-days": cut_at_360_days,
    "opencps-rounding": rounds_every_wait_up,
    "opencps-outside-hours": lambda c: {
        "due_at": naive.write(naive.read(c["events"][0]["at"]) + DAY)
    },
    "opencps-two-engines": lambda c: shifted(c, minutes=15),
    "opencps-shared-calendar": named_calendar("local-off"),
    "opencps-hours-unread": named_calendar("national-0700"),
    "opencps-step-now": lambda c: {"due_at": c["opened_at"]},
    "opencps-1112": waits_for_nothing,
    "opencps-1254": lambda c: naive.answer(c | {"events": c["events"][:3]}),
    "opencps-waiting-from-receipt": counts_the_wait_from_receipt,
    "lite-weekends": lambda c: week(c, lambda w: w | {"sat": w["mon"], "sun": w["mon"]}),
    "lite-countdown": lambda c: later(c, 1, days=True),
    "lite-day-of-month": forgets_the_same_day_of_another_month,
    "alaveteli-7292": named_calendar("national"),
    "osticket-3034": waits_for_nothing,
    "openzaak-flag": waits_for_nothing,
    "fredco-2172": extends_once_more,
    "fredco-2280": lambda c: naive.answer(c | {"opened_at": c["events"][0]["at"]}),
    "motcua-total-date": one_total_in_one_calendar,
}


def wrong(tag, engine):
    """The cases of a tag that an engine answers wrongly."""
    tagged = [c for c in CASES if tag in c["tags"]]
    found = [verdicts.judged(c, engine(corpus.written_out(c))) for c in tagged]
    return [result.case for result in found if result.verdict is Verdict.FAILED]


def test_every_fault_of_a_peer_that_has_a_tag_is_tried():
    tags = {tag.removeprefix("fault:") for tag in corpus.tags() if tag.startswith("fault:")}
    assert tags == set(FAULTS)


@pytest.mark.parametrize("fault", FAULTS)
def test_an_engine_with_the_fault_of_a_peer_is_found_out(fault):
    assert wrong(f"fault:{fault}", FAULTS[fault]) != []


@pytest.mark.parametrize("fault", FAULTS)
def test_an_engine_without_the_fault_is_not(fault):
    assert wrong(f"fault:{fault}", naive.answer) == []
