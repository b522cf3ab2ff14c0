"""What is wrong with a process as read: structure, choices, durations, and whether it can get stuck."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

from motcua.rules import flow
from motcua.rules.actor import Role
from motcua.rules.bpmn_read import Finding, Process
from motcua.rules.net import Flow, Kind, Net, Node
from motcua.rules.refusal import Refusal

MAX_MARKINGS = 2_000
MANY_PREDICATES = 3


def check(process: Process) -> tuple[Finding, ...]:
    """Everything found, what reading found first. Later checks that would only echo an error are left
    out: who chooses where gateways form a loop, and getting stuck where anything else is wrong."""
    found = [*process.findings, *_ends_of_flows(process.net)]
    net = _without_dangling(process.net)
    for look in (_starts, _ends, _reach, _hosts, _splits, _predicates, _tasks):
        found += [f for f in look(net) if f.element_id not in process.unknown or not f.element_id]
    loops = list(_loops(net))
    found += loops or _choosers(net)
    if not any(not finding.is_warning for finding in found):
        found += _stuck(net)
    return tuple(found)


def _about(code: str, item: Node | Flow, /, **params: Any) -> Finding:
    return Finding(code, item.id, item.name, params)


def _ends_of_flows(net: Net) -> Iterator[Finding]:
    known = {node.id for node in net.nodes}
    for way in net.flows:
        for end, node_id in (("source", way.source), ("target", way.target)):
            if node_id not in known:
                yield _about("bpmn.dangling_flow", way, end=end, node=node_id)


def _without_dangling(net: Net) -> Net:
    known = {node.id for node in net.nodes}
    return replace(
        net, flows=tuple(f for f in net.flows if f.source in known and f.target in known)
    )


def _starts(net: Net) -> Iterator[Finding]:
    starts = [node for node in net.nodes if node.kind is Kind.START]
    if not starts:
        yield Finding("bpmn.no_start", net.id, net.name)
    if len(starts) > 1:
        yield Finding(
            "bpmn.several_starts", net.id, net.name, {"starts": [node.id for node in starts]}
        )
    for node in starts:
        if net.incoming(node.id):
            yield _about("bpmn.flow_into_start", node)


def _ends(net: Net) -> Iterator[Finding]:
    ends = [node for node in net.nodes if node.kind.ends]
    if not ends:
        yield Finding("bpmn.no_end", net.id, net.name)
    for node in ends:
        if net.outgoing(node.id):
            yield _about("bpmn.flow_out_of_end", node)


def _reach(net: Net) -> Iterator[Finding]:
    """Every step can be reached from a start, and an end from every step (where there is one)."""
    starts = [node.id for node in net.nodes if node.kind is Kind.START]
    forward = {place for start in starts for place in flow.reachable(net, start)}
    backward = {node.id for node in net.nodes if node.kind.ends}
    while backward:
        more = {way.source for way in net.flows if way.target in backward} - backward
        if not more:
            break
        backward |= more
    for node in net.nodes:
        if forward and node.kind is not Kind.START and (node.host or node.id) not in forward:
            yield _about("bpmn.unreachable", node)
        if backward and node.id not in backward:
            yield _about("bpmn.dead_end", node)


def _hosts(net: Net) -> Iterator[Finding]:
    """A boundary event sits on a task and is entered by nothing else."""
    tasks = {n.id for n in net.nodes if n.kind.rests and n.kind is not Kind.TIMER and not n.host}
    for node in net.nodes:
        if node.host and node.host not in tasks:
            yield _about("bpmn.boundary_host", node, host=node.host)
        if node.host and net.incoming(node.id):
            yield _about("bpmn.flow_into_boundary", node)


def _splits(net: Net) -> Iterator[Finding]:
    """Whoever splits says when which way is taken."""
    for node in net.nodes:
        flows = net.outgoing(node.id)
        if node.kind is Kind.PARALLEL:
            conditional = [way.id for way in flows if way.outcomes or way.predicate]
            if conditional:
                yield _about("bpmn.condition_on_parallel", node, flows=conditional)
            continue
        if node.kind in (Kind.EXCLUSIVE, Kind.INCLUSIVE) and len(flows) > 1:
            bare = [f.id for f in flows if not (f.default or f.outcomes or f.predicate)]
            if bare and (node.kind is Kind.EXCLUSIVE or len(bare) == len(flows)):
                yield _about("bpmn.split_without_condition", node, flows=bare)
        if node.kind is Kind.EXCLUSIVE:
            names = Counter(name for way in flows for name in way.outcomes)
            for name in (name for name, count in names.items() if count > 1):
                yield _about("bpmn.duplicate_outcome", node, outcome=name)


def _predicates(net: Net) -> Iterator[Finding]:
    """Where predicates decide there is a way for the case that none of them holds."""
    for node in net.nodes:
        flows = net.outgoing(node.id)
        if any(way.predicate for way in flows) and not any(
            way.default or not (way.outcomes or way.predicate) for way in flows
        ):
            yield _about("bpmn.predicate_without_default", node)
    for way in net.flows:
        if way.default and way.predicate:
            yield _about("bpmn.condition_on_default", way)


def _tasks(net: Net) -> Iterator[Finding]:
    for node in net.nodes:
        if node.post and node.post not in set(Role):
            yield _about("bpmn.unknown_post", node, post=node.post)
        if node.kind is not Kind.USER:
            continue
        if node.half_days is None:
            yield _about("bpmn.no_duration", node)
        if not node.unit:
            yield _about("bpmn.no_unit", node)
        if not node.post:
            yield _about("bpmn.no_post", node)


def _loops(net: Net) -> Iterator[Finding]:
    """A loop in which nothing ever rests would never come to an end."""
    place = {node_id: at for at, node_id in enumerate(net.gateways_backwards)}
    for node_id, at in place.items():
        if any(place.get(way.target, -1) >= at for way in net.outgoing(node_id)):
            yield _about("bpmn.loop_without_task", net.node(node_id))


def _choosers(net: Net) -> Iterator[Finding]:
    """Every named outcome is somebody's to choose, and where nobody chooses there is a way."""
    offered: set[str] = set()
    for node in net.nodes:
        if node.kind.chooses:
            offered |= {way.id for way in net.flows_after(node.id)}
            if not net.outcomes(node.id) and net.outgoing(node.id):
                yield _about("bpmn.no_outcome", node)
        elif (
            (node.kind in (Kind.START, Kind.TIMER) or net.synchronises(node))
            and net.outgoing(node.id)
            and not net.always_passes(node.id, None)
        ):
            yield _about("bpmn.nobody_chooses", node)
    for way in net.flows:
        if way.outcomes and not way.default and way.id not in offered:
            yield _about("bpmn.outcome_never_offered", way, outcome=way.outcomes[0])


def _stuck(net: Net) -> Iterator[Finding]:
    """Try every course the process can take (up to a bound): none may end with tokens that wait for
    each other, and no step should be open twice at once."""
    found: dict[tuple[str, str], Finding] = {}
    seen: set[flow.Marking] = set()
    waiting: list[flow.Marking | None] = [None]
    while waiting and len(seen) < MAX_MARKINGS:
        for node, act in _acts(net, waiting.pop()):
            try:
                marking = act().marking
            except Refusal as refusal:
                reason = {"reason": refusal.code}
                found.setdefault(
                    ("stuck", node.id), Finding("bpmn.can_get_stuck", node.id, node.name, reason)
                )
                continue
            twice = _twice(net, marking)
            for again in twice:
                found.setdefault(("twice", again.id), _about("bpmn.opens_twice", again))
            if not twice and marking not in seen:
                seen.add(marking)
                waiting.append(marking)
    yield from found.values()


def _acts(
    net: Net, marking: flow.Marking | None
) -> Iterator[tuple[Node, Callable[[], flow.Moves]]]:
    for values in _values(net.predicates):
        if marking is None:
            yield net.start, partial(flow.start, net, values)
            continue
        for node_id in dict.fromkeys(token.node_id for token in marking.tokens):
            node = net.node(node_id)
            if node.kind is Kind.TIMER:
                yield node, partial(flow.fire_timer, net, marking, node_id, values)
            elif node.kind.chooses:
                act = flow.receive_message if node.kind is Kind.MESSAGE else flow.complete
                for name in net.outcomes(node_id):
                    yield node, partial(act, net, marking, node_id, name, values)


def _values(names: tuple[str, ...]) -> Iterator[Mapping[str, bool]]:
    """All values of a few predicates; of many, each alone, none and all."""
    if len(names) <= MANY_PREDICATES:
        for row in product((False, True), repeat=len(names)):
            yield dict(zip(names, row, strict=True))
        return
    yield dict.fromkeys(names, False)
    yield dict.fromkeys(names, True)
    for true in names:
        yield {name: name == true for name in names}


def _twice(net: Net, marking: flow.Marking) -> list[Node]:
    places = Counter(
        (token.node_id, "" if net.node(token.node_id).kind.rests else token.via)
        for token in marking.tokens
    )
    return [net.node(node_id) for (node_id, _), count in places.items() if count > 1]
