"""The runner of the public corpus, and our own engine held against it."""

import argparse
import json
import sys
from decimal import Decimal
from typing import Any

import pytest

from motcua.rules.tests import as_json
from motcua.run import cli
from motcua.run.commands import conformance
from motcua.run.conformance import corpus, ours, table, verdicts
from motcua.run.conformance.engine import Engine, Unanswered, Unusable
from motcua.run.conformance.verdicts import Verdict

CASES = corpus.cases()
DUE = [c for c in CASES if c["ask"] == "due" and "refused" not in c["expect"]]
FEW = [c for c in CASES if "vector" in c["tags"]]

HEAD = "import json, sys, time, os\nfor line in sys.stdin:\n    asked = json.loads(line)\n"


def ran(*words):
    parser = argparse.ArgumentParser()
    conformance.arguments(parser)
    return conformance.run(parser.parse_args(["deadlines", *words]))


@pytest.fixture
def engine_of(tmp_path):
    """The command line of an engine with this body."""

    def made(body):
        script = tmp_path / "engine.py"
        script.write_text(HEAD + "".join(f"    {line}\n" for line in body.splitlines()))
        return f"{sys.executable} {script}"

    return made


# ---- our own engine -------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_our_engine_answers_every_case_as_it_says(case):
    found = ours.reply(corpus.request(case))
    expected = {k: v for k, v in case["expect"].items() if k != "segments"}
    assert {k: found.get(k) for k in expected} == expected


@pytest.mark.parametrize("case", DUE, ids=lambda c: c["id"])
def test_our_engine_explains_every_case_as_it_says(case):
    found = ours.reply(corpus.request(case))
    assert as_json.same(found["segments"]) == as_json.same(case["expect"].get("segments", []))


@pytest.mark.parametrize("case", DUE, ids=lambda c: c["id"])
def test_the_explanation_of_every_case_carried_out_again_gives_its_date(case):
    full = corpus.written_out(case)
    events = ours.events_of(full["events"], ours.policy_of(full["policy"]))
    told = ours.reply(corpus.request(case))
    limit = as_json.limit_of(events)
    assert as_json.carried_out(told, limit, events[0].at) == case["expect"]["due_at"]


def test_days_off_that_nobody_declared_yet_are_said():
    told = [c for c in DUE if "undecreed_from" in c["expect"]]
    assert told
    plain = next(c for c in DUE if c["id"] == "vector-1")
    assert ours.reply(corpus.request(plain))["undecreed_from"] is None


# ---- the runner -----------------------------------------------------------------------------------


def test_the_built_in_engine_passes_and_every_line_can_be_read(capsys):
    assert ran("--json") == 0
    *lines, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == len(CASES) == summary["passed"]
    assert {line["verdict"] for line in lines} == {"passed"}


def test_our_engine_as_a_process_passes_like_any_other(capsys):
    command = f"{sys.executable} -m motcua.run.cli conformance deadlines --serve"
    assert ran("--engine", command, "--tag", "vector", "--timeout", "30") == 0
    assert "đúng" in capsys.readouterr().out


def test_a_wrong_date_fails_and_the_exit_status_says_so(engine_of, capsys):
    engine = engine_of(
        'print(json.dumps({"id": asked["id"], "due_at": "2022-11-22T15:00:00+07:00"}), flush=True)'
    )
    assert ran("--engine", engine, "--tag", "vector") == 1
    said = capsys.readouterr().out
    assert "SAI vector-2" in said and "SAI vector-1:" not in said


def test_what_cannot_be_expressed_is_no_failure(engine_of, capsys):
    engine = engine_of(
        'print(json.dumps({"id": asked["id"], "not_expressible": "giờ"}), flush=True)'
    )
    assert ran("--engine", engine, "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["not_expressible"] == len(CASES)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("time.sleep(60)", "timeout"),
        (
            "sys.exit(1) if asked['id'] != 'about' else print('{\"id\": \"about\"}', flush=True)",
            "died",
        ),
        ("print('xin chào', flush=True)", "rubbish"),
        ("print('[' * 100000, flush=True)", "rubbish"),
        ('print(json.dumps({"id": "khác", "due_at": None}), flush=True)', "rubbish"),
        ("sys.stdout.buffer.write(b'\\xff\\xfe\\n'); sys.stdout.flush()", "rubbish"),
    ],
)
def test_an_engine_that_hangs_dies_or_talks_rubbish_fails_case_by_case(engine_of, body, why):
    report = verdicts.run_command(engine_of(body), FEW[:2], timeout=0.7)
    assert [r.verdict for r in report.results] == [Verdict.FAILED] * 2
    assert all(r.detail.startswith(why) for r in report.results)


def test_after_a_hang_the_next_case_is_answered(engine_of):
    body = (
        "time.sleep(60 * (asked['id'] == 'vector-1'))\n"
        'print(json.dumps({"id": asked["id"], "due_at": "2022-11-21T16:00:00+07:00"}), flush=True)'
    )
    report = verdicts.run_command(engine_of(body), FEW[:2], timeout=1.5)
    assert [r.verdict for r in report.results] == [Verdict.FAILED, Verdict.PASSED]


def test_an_engine_that_never_reads_does_not_hold_up_the_runner(engine_of):
    engine = Engine(f'{sys.executable} -c "import time; time.sleep(60)"', timeout=0.3)
    with pytest.raises(Unanswered, match="timeout"):
        engine.ask({"id": "long", "filling": "x" * 1_000_000})
    engine.close()


@pytest.mark.parametrize("command", ["/khong/co/lenh", "", f'{sys.executable} -c "pass"'])
def test_an_engine_that_cannot_run_is_named_and_nothing_is_counted(command, capsys):
    if command:
        assert ran("--engine", command) == 2
        assert "Không chạy được bộ tính" in capsys.readouterr().err
    with pytest.raises(Unusable):
        verdicts.run_command(command, FEW, timeout=5)


def test_a_tag_that_no_case_has_is_refused(capsys):
    assert ran("--tag", "unit:fortnight") == 2
    assert "unit:fortnight" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("reply", "verdict"),
    [
        ({"due_at": "2022-11-22T08:00:00+00:00"}, Verdict.PASSED),
        ({"due_at": "2022-11-22T15:00:59+07:00"}, Verdict.PASSED),
        ({"due_at": "2022-11-22T15:01:00+07:00"}, Verdict.FAILED),
        ({"due_at": "2022-11-22T15:00:00"}, Verdict.FAILED),
        ({"due_at": 7}, Verdict.FAILED),
        ({"due_at": None}, Verdict.FAILED),
        ({}, Verdict.FAILED),
        ({"due_at": "2022-11-22T15:00:00+07:00", "judged_at": None}, Verdict.FAILED),
        ({"due_at": "2022-11-22T15:00:00+07:00", "running": False}, Verdict.FAILED),
        ({"due_on": "2022-11-22"}, Verdict.PASSED_DAY),
        ({"due_on": "2022-11-23"}, Verdict.FAILED),
        ({"due_on": ["x"]}, Verdict.FAILED),
        ({"refused": "x"}, Verdict.FAILED),
        ({"not_expressible": ["x"]}, Verdict.NOT_EXPRESSIBLE),
    ],
)
def test_a_reply_is_worth_what_it_says(reply, verdict):
    case = next(c for c in CASES if c["id"] == "vector-1")
    assert verdicts.judged(case, reply).verdict is verdict


def test_an_explanation_has_to_lead_to_the_date():
    case = next(c for c in CASES if c["id"] == "vector-5")
    told = case["expect"]["segments"]
    right = {"due_at": case["expect"]["due_at"], "segments": told}
    assert len(told) > 2 and verdicts.judged(case, right).verdict is Verdict.PASSED
    broken_ones: list[Any] = [told[:-1], told[1:], [told[0], *told[2:]], [{}], "x", [7]]
    for broken in broken_ones:
        assert verdicts.judged(case, right | {"segments": broken}).verdict is Verdict.FAILED


def test_refusing_is_right_where_the_input_is_wrong():
    case = next(c for c in CASES if "refused" in c["expect"])
    assert verdicts.judged(case, {"refused": "any"}).verdict is Verdict.PASSED
    assert verdicts.judged(case, {"due_at": None}).verdict is Verdict.FAILED


def test_the_date_at_every_agency_has_to_be_right():
    case = next(c for c in CASES if c["id"] == "phases-three")
    right = {k: case["expect"][k] for k in ("due_at", "phases")}
    assert verdicts.judged(case, right).verdict is Verdict.PASSED
    assert verdicts.judged(case, right | {"phases": right["phases"][:2]}).verdict is Verdict.FAILED
    assert verdicts.judged(case, {"due_at": right["due_at"]}).verdict is Verdict.FAILED


def test_the_page_of_results_counts_what_the_runner_counted():
    report = verdicts.run_ours(CASES)
    page = table.page([report], corpus.tags())
    assert f"| motcua | {report.version} | {len(CASES)} | 0 | 0 | 0 |" in page
    assert all(f"`{tag}`" in page for tag in corpus.tags())


def test_the_committed_page_of_results_is_of_these_cases():
    page = (corpus.FOLDER / "RESULTS.md").read_text()
    assert f"{len(CASES)} trường hợp" in page, "run motcua conformance deadlines --write-results"


def test_the_command_serves_one_line_for_one_line(monkeypatch, capsys):
    request = json.dumps(corpus.request(FEW[0]))
    about = json.dumps({"id": "about", "ask": "about"})
    monkeypatch.setattr(sys, "stdin", iter([about, "\n", request]))
    assert cli.main(["conformance", "deadlines", "--serve"]) == 0
    first, second = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert first["name"] == "motcua"
    assert second["due_at"] == FEW[0]["expect"]["due_at"]


def test_the_answer_to_online_filing_may_have_other_hours():
    case = next(c for c in CASES if c["id"] == "answer-4-hours")
    assert Decimal(corpus.request(case)["hours"]) == 4
