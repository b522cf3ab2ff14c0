"""The same drawn process, the same choices, the same open tasks as an independent engine's."""

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from motcua.rules import bpmn, flow
from motcua.rules.net import Net
from motcua.rules.tests.draw import document

spiff = pytest.importorskip("SpiffWorkflow.bpmn")
parsers = pytest.importorskip("SpiffWorkflow.bpmn.parser")
states = pytest.importorskip("SpiffWorkflow")

PREDICATES = ("paid", "complete", "urgent")
ROUNDS = 3


@dataclass
class Drawing:
    """Draws nested blocks between an entry and an exit. With `rounds`, a loop is drawn that often one
    after the other: the other engine's joins look at all that ever came to them, so that a join inside
    a loop does not wait in the second round (its issue 341)."""

    rounds: int = 0
    parts: list[str] = field(default_factory=list)
    count: int = 0

    def node(self, tag: str, path: str, attributes: str = "") -> str:
        self.count += 1
        key = f"{path}__{self.count}" if self.rounds else path
        self.parts.append(f'<{tag} id="{key}"{attributes}/>')
        return key

    def flow(self, source: str, target: str, outcome="", predicate="", key="") -> None:
        self.count += 1
        key = key or f"f{self.count}"
        mark, condition = "", ""
        if outcome:
            mark, condition = f' mc:outcome="{outcome}"', f"choice == '{outcome}'"
        if predicate:
            mark, condition = f' mc:predicate="{predicate}"', predicate
        inner = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        self.parts.append(
            f'<sequenceFlow id="{key}" sourceRef="{source}" targetRef="{target}"{mark}>'
            f"{inner}</sequenceFlow>"
        )

    def split(self, tag: str, path: str) -> tuple[str, str]:
        """A gateway and the id its default flow is to have."""
        self.count += 1
        default = f"d{self.count}"
        return self.node(tag, path, f' default="{default}"'), default

    def block(self, block, path: str):
        return getattr(self, block[0])(path, *block[1:])

    def inner(self, blocks, path: str) -> list[tuple[str, str]]:
        return [self.block(block, f"{path}_{number}") for number, block in enumerate(blocks)]

    def task(self, path: str) -> tuple[str, str]:
        key = self.node("userTask", path)
        return key, key

    def row(self, path: str, blocks) -> tuple[str, str]:
        ends = self.inner(blocks, path)
        for (_, before), (after, _) in pairwise(ends):
            self.flow(before, after)
        return ends[0][0], ends[-1][1]

    def choose(self, path: str, blocks) -> tuple[str, str]:
        """A task, whose outcomes o0, o1 … lead to the branches; without one, past them."""
        task, merge = self.node("userTask", path), self.node("exclusiveGateway", f"{path}m")
        split, default = self.split("exclusiveGateway", f"{path}x")
        self.flow(task, split)
        for number, (entry, last) in enumerate(self.inner(blocks, path)):
            self.flow(split, entry, outcome=f"o{number}")
            self.flow(last, merge)
        self.flow(split, merge, key=default)
        return task, merge

    def decide(self, path: str, blocks) -> tuple[str, str]:
        """An exclusive split by predicates."""
        merge = self.node("exclusiveGateway", f"{path}m")
        split, default = self.split("exclusiveGateway", f"{path}x")
        for predicate, (entry, last) in zip(PREDICATES, self.inner(blocks, path), strict=False):
            self.flow(split, entry, predicate=predicate)
            self.flow(last, merge)
        self.flow(split, merge, key=default)
        return split, merge

    def parallel(self, path: str, blocks) -> tuple[str, str]:
        split = self.node("parallelGateway", f"{path}x")
        join = self.node("parallelGateway", f"{path}m")
        for entry, last in self.inner(blocks, path):
            self.flow(split, entry)
            self.flow(last, join)
        return split, join

    def some(self, path: str, blocks) -> tuple[str, str]:
        """An inclusive split by predicates; the last branch is the default."""
        split, default = self.split("inclusiveGateway", f"{path}x")
        join = self.node("inclusiveGateway", f"{path}m")
        *ends, (entry, last) = self.inner(blocks, path)
        self.flow(split, entry, key=default)
        self.flow(last, join)
        for predicate, (entry, last) in zip(PREDICATES, ends, strict=False):
            self.flow(split, entry, predicate=predicate)
            self.flow(last, join)
        return split, join

    def again(self, path: str, block) -> tuple[str, str]:
        """A body and a task that may send it round once more."""
        first = merge = self.node("exclusiveGateway", f"{path}m")
        after = self.node("exclusiveGateway", f"{path}z")
        for left in reversed(range(self.rounds or 1)):
            task = self.node("userTask", path, "" if left or not self.rounds else ' name="last"')
            split, default = self.split("exclusiveGateway", f"{path}x")
            entry, last = self.block(block, f"{path}_0")
            self.flow(merge, entry)
            self.flow(last, task)
            self.flow(task, split)
            self.flow(split, after, key=default)
            if left:
                merge = self.node("exclusiveGateway", f"{path}m")
            self.flow(split, merge if self.rounds else first, outcome="o0")
        return first, after


def blocks():
    def wider(inner):
        several = st.lists(inner, min_size=2, max_size=3)
        return st.one_of(
            st.tuples(st.sampled_from(["row", "choose", "decide", "parallel", "some"]), several),
            st.tuples(st.just("again"), inner),
        )

    return st.recursive(st.just(("task",)), wider, max_leaves=10)


def drawn(block, rounds=0) -> bytes:
    drawing = Drawing(rounds)
    start, end = drawing.node("startEvent", "start"), drawing.node("endEvent", "end")
    entry, last = drawing.block(block, "n")
    drawing.flow(start, entry)
    drawing.flow(last, end)
    return document("".join(drawing.parts))


class Other:
    """SpiffWorkflow with the same process; the choice and the predicates are its data."""

    def __init__(self, xml: bytes, predicates) -> None:
        reader = parsers.BpmnParser()
        reader.add_bpmn_xml(etree.fromstring(xml))
        self.workflow = spiff.BpmnWorkflow(reader.get_spec("p"))
        self.workflow.task_tree.data.update(predicates, choice="")
        self.workflow.do_engine_steps()

    def tasks(self):
        return self.workflow.get_tasks(state=states.TaskState.READY, manual=True)

    def open(self) -> Counter:
        return Counter(base(task) for task in self.tasks())

    def complete(self, node_id: str, outcome: str) -> str:
        """Complete it; the last round drawn goes on whatever was chosen. Says what was chosen."""
        task = next(task for task in self.tasks() if base(task) == node_id)
        if task.task_spec.bpmn_name == "last":
            outcome = ""
        task.data["choice"] = outcome
        task.run()
        self.workflow.do_engine_steps()
        return outcome


def base(task):
    return task.task_spec.bpmn_id.partition("__")[0]


QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@settings(QUICK, max_examples=100)
@given(block=blocks(), data=st.data(), holds=st.tuples(*[st.booleans()] * len(PREDICATES)))
def test_the_same_choices_open_the_same_tasks(block, data, holds):
    predicates = dict(zip(PREDICATES, holds, strict=True))
    net = bpmn.compile_process(drawn(block))
    other = Other(drawn(block, ROUNDS), predicates)
    moves = flow.start(net, predicates)
    users = {task.id for task in net.tasks}
    while not moves.ended:
        ours = Counter(t.node_id for t in moves.marking.tokens if t.node_id in users)
        assert ours == other.open()
        node_id = data.draw(st.sampled_from(sorted(ours)))
        outcome = data.draw(st.sampled_from(net.outcomes(node_id)))
        outcome = other.complete(node_id, outcome)
        moves = flow.complete(net, moves.marking, node_id, outcome, predicates)
    assert other.workflow.completed


@settings(QUICK, max_examples=100)
@given(block=blocks())
def test_a_structured_process_has_no_fault_and_survives_json(block):
    xml = drawn(block)
    assert {f.code for f in bpmn.lint(xml) if not f.is_warning} == set()
    net = bpmn.compile_process(xml)
    assert Net.from_json(json.loads(json.dumps(net.to_json()))) == net
