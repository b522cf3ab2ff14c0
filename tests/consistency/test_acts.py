"""Every act the law knows asks, is recorded as an event, is tested, and says no in words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from motcua.journeys.reactions import REACTIONS
from motcua.ledger.acts import Event
from motcua.look.sentences import sentences
from motcua.rules.bpmn_codes import FINDINGS
from tests.consistency import source

ACTS = [found for found in source.operations() if found.is_act]

SHARED = {"people.act_or_refuse", "dossiers.work_on"}
"""What the acts of a room are opened with."""
OPEN_TO_ALL = {"people.sign_up", *SHARED}
"""Nobody is asked who may: anybody may open a citizen's account."""


def complain(message: str) -> None:
    pytest.fail(message, pytrace=False)


def events_of(room: str) -> dict[str, Event]:
    path = source.PACKAGE / room / "events.py"
    if not path.exists():
        return {}
    module = import_module(f"motcua.{room}.events")
    return {name: value for name, value in vars(module).items() if isinstance(value, Event)}


EVENTS = {room: events_of(room) for room in source.rooms()}


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.key)
def test_every_act_asks_its_policies(act):
    if not act.uses("policies") and act.key not in OPEN_TO_ALL:
        complain(f"{act.key} ({source.shown(act.path)}) calls nothing of policies: who may do it?")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.key)
def test_every_act_is_recorded_under_an_event_of_its_room(act):
    if not act.uses("events") & set(EVENTS[act.room]) and act.key not in SHARED:
        complain(f"{act.key} opens an act without an event of its room")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.key)
def test_every_act_says_what_it_does(act):
    if not ast.get_docstring(act.reached[0]):
        complain(f"{act.key} has no docstring")


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.key)
def test_every_act_takes_its_moment_from_the_door(act):
    if "at" not in act.parameters:
        complain(f"{act.key} takes no `at`")


def mentions(act: source.Operation) -> list[Path]:
    """The tests that use the room's operations and name the act."""
    named = re.compile(rf"\b{act.name}\b")
    through = re.compile(rf"motcua\.({act.room}|journeys)\b")
    return [
        path
        for path in source.test_files()
        if through.search(text := source.text(path)) and named.search(text)
    ]


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.key)
def test_every_act_is_tested(act):
    if not mentions(act) and act.key not in SHARED:
        complain(f"no test of {act.room} or of a journey names {act.key}")


def test_every_event_is_used_by_an_act():
    unused = {
        f"{room}.events.{name}"
        for room, events in EVENTS.items()
        for name in events
        if not any(name in act.uses("events") for act in ACTS if act.room == room)
    }
    assert unused == set()


def test_no_two_events_have_one_name():
    names = [event.name for events in EVENTS.values() for event in events.values()]
    assert sorted(names) == sorted(set(names))


def test_every_event_has_a_reaction_or_says_that_nothing_follows():
    names = {event.name for events in EVENTS.values() for event in events.values()}
    assert names - set(REACTIONS) == set(), "say in journeys/reactions.py what follows, or NOTHING"
    assert set(REACTIONS) - names == set(), "reactions to what cannot happen"


# ---- refusals ------------------------------------------------------------------------------------


def codes_raised(tree: ast.AST) -> Iterator[str]:
    """Every literal code of a Refusal (or of an exception that calls up to one)."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        above = isinstance(node.func, ast.Attribute) and node.func.attr == "__init__"
        if name == "Refusal" or above:
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    yield part.value


def codes_in_tables() -> Iterator[str]:
    """Codes raised from a table or passed on as a parameter."""
    from motcua.people.operations.common import CLASHES

    yield from CLASHES.values()
    yield from ("account.for_officers", "account.for_citizens")


def test_every_refusal_has_a_sentence():
    raised = {
        code: source.shown(path)
        for path in source.modules()
        for code in codes_raised(source.tree(path))
        if source.CODE.fullmatch(code)
    }
    raised |= dict.fromkeys(codes_in_tables(), "a table")
    raised |= dict.fromkeys(FINDINGS, "motcua/rules/bpmn_codes.py")
    missing = {code: where for code, where in raised.items() if code not in sentences()}
    assert missing == {}


def given(tree: ast.AST) -> Iterator[tuple[str, set[str]]]:
    """Each literal refusal with the names of the parameters written beside it."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id == "Refusal" and node.args and isinstance(node.args[0], ast.Constant):
            params = node.args[1] if len(node.args) > 1 else ast.Dict([], [])
            if isinstance(params, ast.Dict):
                yield (
                    str(node.args[0].value),
                    {str(k.value) for k in params.keys if isinstance(k, ast.Constant)},
                )


def blanks(sentence: str) -> list[tuple[str, str]]:
    """The (name, format) of every place to fill in."""
    return [(name, form or "") for _, name, form, _ in Formatter().parse(sentence) if name]


def test_every_sentence_is_given_what_it_names():
    said = sentences()
    short = [
        f"{source.shown(path)}: {code} names {{{name}}}"
        for path in source.modules()
        for code, params in given(source.tree(path))
        for name, _ in blanks(said.get(code, ""))
        if name not in params
    ]
    assert short == []


def test_no_sentence_formats_what_it_is_given():
    assert [c for c, text in sentences().items() if any(form for _, form in blanks(text))] == []


def test_every_sentence_is_a_whole_one():
    assert [c for c, text in sentences().items() if not re.search(r"[.?!]$", text)] == []


def test_a_refusal_in_new_code_would_be_seen():
    written = "raise Refusal('a.b' if x else 'c.d', {'field': 'e.f'})\nsuper().__init__('g.h', {})"
    assert list(codes_raised(ast.parse(written))) == ["a.b", "c.d", "g.h"]
