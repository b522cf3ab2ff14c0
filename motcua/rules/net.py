"""The small net a process is compiled to: nodes, flows and what an officer may choose at each task.

A net is a value: frozen, equal and hashed by content, the same after a round trip through JSON, so
that it is stored once with the process version and cached. `rules.bpmn` makes it, `rules.flow` moves
tokens over it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any, TypeVar

from motcua.rules.refusal import Refusal

COMMITTEE_WORDS = frozenset({"committee", "committee_office"})
"""Unit words of steps that lie with the province's Committee or with its Office."""


class Kind(StrEnum):
    """What a node does with a token."""

    START = "start"
    END = "end"
    TERMINATE = "terminate"
    USER = "user"
    SERVICE = "service"
    CALL = "call"
    MESSAGE = "message"
    TIMER = "timer"
    EXCLUSIVE = "exclusive"
    PARALLEL = "parallel"
    INCLUSIVE = "inclusive"
    PASS = "pass"  # noqa: S105  (a node that does nothing: a bare intermediate event)
    CLOSE = "close"  # the end of an embedded sub-process: waits for what is still inside

    @property
    def rests(self) -> bool:
        """A token stays here until somebody or something acts."""
        return self in _RESTS

    @property
    def ends(self) -> bool:
        return self in (Kind.END, Kind.TERMINATE)

    @property
    def chooses(self) -> bool:
        """Whoever completes it names an outcome."""
        return self in _RESTS and self is not Kind.TIMER


_RESTS = frozenset({Kind.USER, Kind.SERVICE, Kind.CALL, Kind.MESSAGE, Kind.TIMER})
_JOINS = frozenset({Kind.PARALLEL, Kind.INCLUSIVE, Kind.CLOSE})


@dataclass(frozen=True)
class Node:
    """A step, event or gateway. `refers` is the called process, the message or the time of a timer;
    `host` is the task a boundary event is attached to."""

    id: str
    kind: Kind
    name: str = ""
    unit: str = ""
    post: str = ""
    half_days: Decimal | None = None
    act: str = ""
    refers: str = ""
    host: str = ""
    interrupting: bool = True


@dataclass(frozen=True)
class Flow:
    """A way from node to node; taken when its outcome is chosen or its predicate holds."""

    id: str
    source: str
    target: str
    name: str = ""
    outcomes: tuple[str, ...] = ()
    predicate: str = ""
    default: bool = False

    @property
    def conditional(self) -> bool:
        return bool(self.outcomes or self.predicate) and not self.default


@dataclass(frozen=True)
class Net:
    """A compiled process. Flows keep the order of the file: an exclusive split takes the first that holds."""

    id: str
    name: str
    nodes: tuple[Node, ...]
    flows: tuple[Flow, ...]

    def node(self, node_id: str) -> Node:
        """The node, or Refusal("flow.unknown_node")."""
        if node_id not in self._by_id:
            raise Refusal("flow.unknown_node", {"node": node_id})
        return self._by_id[node_id]

    @property
    def start(self) -> Node:
        return next(node for node in self.nodes if node.kind is Kind.START)

    @property
    def tasks(self) -> tuple[Node, ...]:
        """The user tasks in the order of the file."""
        return tuple(node for node in self.nodes if node.kind is Kind.USER)

    @property
    def is_committees(self) -> bool:
        """Whether the Committee decides: one of the steps lies with it or with its Office."""
        return any(node.unit in COMMITTEE_WORDS for node in self.tasks)

    @property
    def predicates(self) -> tuple[str, ...]:
        """Names of the predicates the caller has to supply, in the order of the file."""
        return tuple(dict.fromkeys(flow.predicate for flow in self.flows if flow.predicate))

    def outgoing(self, node_id: str) -> tuple[Flow, ...]:
        return self._outgoing.get(node_id, ())

    def incoming(self, node_id: str) -> tuple[Flow, ...]:
        return self._incoming.get(node_id, ())

    def boundaries(self, node_id: str) -> tuple[Node, ...]:
        """The boundary events attached to a task; armed while it is open."""
        return self._boundaries.get(node_id, ())

    def synchronises(self, node: Node) -> bool:
        """Tokens wait for each other here; an outcome chosen before does not count behind it."""
        return node.kind in _JOINS and len(self.incoming(node.id)) > 1

    def outcomes(self, node_id: str) -> tuple[str, ...]:
        """Names offered to whoever completes the node; `""` is the unnamed one, all a linear step has."""
        if node_id not in self._outcomes:
            self._outcomes[node_id] = tuple(
                name
                for name in dict.fromkeys(("", *self._named(node_id)))
                if self._settles(node_id, name, any)
            )
        return self._outcomes[node_id]

    def outcome_label(self, node_id: str, outcome: str) -> str:
        """What the process's author wrote on the way this outcome takes; empty where nothing is written."""
        for flow in self.flows_after(node_id):
            if outcome in flow.outcomes or (not outcome and flow.default and not flow.outcomes):
                return flow.name
        return ""

    def flows_after(self, node_id: str) -> Iterator[Flow]:
        """Flows an outcome chosen at the node decides on: up to the next rest or join."""
        waiting, seen = [node_id], {node_id}
        while waiting:
            for flow in self.outgoing(waiting.pop(0)):
                yield flow
                if self.passes_through(flow.target) and flow.target not in seen:
                    seen.add(flow.target)
                    waiting.append(flow.target)

    def passes_through(self, node_id: str) -> bool:
        """A token arriving alone goes on in the same move and carries its outcome with it."""
        return node_id in self._passing

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the content; equal nets have equal digests."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column; empty fields are left out."""
        return {
            "id": self.id,
            "name": self.name,
            "nodes": [_plain(node) for node in self.nodes],
            "flows": [_plain(flow) for flow in self.flows],
        }

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Net:
        """The net `to_json` wrote."""
        return Net(
            id=data["id"],
            name=data["name"],
            nodes=tuple(_node(item) for item in data["nodes"]),
            flows=tuple(
                Flow(**{**item, "outcomes": tuple(item.get("outcomes", ()))})
                for item in data["flows"]
            ),
        )

    def _named(self, node_id: str) -> Iterator[str]:
        for flow in self.flows_after(node_id):
            yield from flow.outcomes

    def always_passes(self, node_id: str, choice: str | None) -> bool:
        """With this choice (None: there is nobody to choose) no value of the predicates leaves a
        token that sets off from the node without a way."""
        return self._settles(node_id, choice, all)

    def _settles(
        self, node_id: str, choice: str | None, rule: Callable[[Iterable[bool]], bool]
    ) -> bool:
        """A token comes to rest under some (`any`) or under all (`all`) values of the predicates."""
        good: set[str] = set()
        for here in (*self.gateways_backwards, node_id):
            if rule(
                bool(ways)
                and all(not self.passes_through(f.target) or f.target in good for f in ways)
                for ways in self._possible(here, choice)
            ):
                good.add(here)
        return node_id in good

    def _possible(self, node_id: str, choice: str | None) -> Iterator[tuple[Flow, ...]]:
        # no predicate and each alone: what more of them take together is a union of these
        names = [flow.predicate for flow in self.outgoing(node_id) if flow.predicate]
        for true in (None, *names):
            yield self.taken(node_id, choice, {name: name == true for name in names})

    def taken(
        self, node_id: str, choice: str | None, predicates: Mapping[str, bool]
    ) -> tuple[Flow, ...]:
        """The flows a token leaves the node by; empty where no way is open.

        Exclusive: the first that holds; parallel: all; any other: all that hold, and all
        without a condition. A default flow is taken when nothing else is; one that has a name is
        not taken by an officer who named no outcome.
        """
        flows, kind = self.outgoing(node_id), self.node(node_id).kind
        if kind is Kind.PARALLEL:
            return flows
        true = tuple(flow for flow in flows if _holds(flow, choice, predicates))
        if true:
            return true[:1] if kind is Kind.EXCLUSIVE else true
        return tuple(flow for flow in flows if flow.default and (choice != "" or not flow.outcomes))

    @cached_property
    def gateways_backwards(self) -> tuple[str, ...]:
        """The nodes a token passes through, each after those behind it (where they form no cycle)."""
        order: list[str] = []
        seen: set[str] = set()
        for root in self._passing:
            stack = [(root, False)]
            while stack:
                here, done = stack.pop()
                if done:
                    order.append(here)
                elif here not in seen:
                    seen.add(here)
                    stack.append((here, True))
                    behind = (flow.target for flow in self.outgoing(here))
                    stack.extend((node, False) for node in behind if node in self._passing)
        return tuple(order)

    @cached_property
    def _passing(self) -> dict[str, Node]:
        return {
            node.id: node
            for node in self.nodes
            if not (node.kind.rests or node.kind.ends or self.synchronises(node))
        }

    @cached_property
    def _by_id(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _outgoing(self) -> dict[str, tuple[Flow, ...]]:
        return _grouped((flow.source, flow) for flow in self.flows)

    @cached_property
    def _incoming(self) -> dict[str, tuple[Flow, ...]]:
        return _grouped((flow.target, flow) for flow in self.flows)

    @cached_property
    def _boundaries(self) -> dict[str, tuple[Node, ...]]:
        return _grouped((node.host, node) for node in self.nodes if node.host)

    @cached_property
    def _outcomes(self) -> dict[str, tuple[str, ...]]:
        return {}


def _holds(flow: Flow, choice: str | None, predicates: Mapping[str, bool]) -> bool:
    if choice is not None and choice in flow.outcomes:
        return True
    if flow.default or flow.outcomes:
        return False
    if not flow.predicate:
        return True
    if flow.predicate not in predicates:
        raise Refusal("flow.predicate_missing", {"predicate": flow.predicate, "flow": flow.id})
    return predicates[flow.predicate]


T = TypeVar("T")


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    groups: dict[str, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _plain(item: Node | Flow) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for field in fields(item):
        value = getattr(item, field.name)
        if value == field.default:
            continue
        if isinstance(value, Decimal):
            value = format(value.normalize(), "f")
        plain[field.name] = list(value) if isinstance(value, tuple) else value
    return plain


def _node(item: Mapping[str, Any]) -> Node:
    half_days = item.get("half_days")
    return Node(
        **{
            **item,
            "kind": Kind(item["kind"]),
            "half_days": None if half_days is None else Decimal(half_days),
        }
    )
