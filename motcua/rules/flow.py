"""How a dossier moves over its net: pure moves from marking to marking.

A marking is what a dossier's open work items (and what waits at joins) say; the room keeps it as rows,
asks here for the move and writes what was consumed and opened. Same net, same marking, same choice:
same move. Nothing is evaluated but outcome names and predicates the caller has already decided.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from motcua.rules.net import Flow, Kind, Net, Node
from motcua.rules.refusal import Refusal

NO_PREDICATES: Mapping[str, bool] = {}
MANY = 10_000


class Token(NamedTuple):
    """One open place: the node, and the flow it was reached by (empty after a return, for a boundary
    event the host it is armed for)."""

    node_id: str
    via: str = ""


@dataclass(frozen=True)
class Marking:
    """A multiset of tokens in a fixed order; equal markings are equal values."""

    tokens: tuple[Token, ...] = ()

    @staticmethod
    def of(tokens: Iterable[tuple[str, str]]) -> Marking:
        """From rows (node_id, arrived_via) in any order."""
        return Marking(tuple(sorted(Token(*token) for token in tokens)))

    def open_at(self, node_id: str) -> int:
        """How many tokens are at the node."""
        return sum(token.node_id == node_id for token in self.tokens)


@dataclass(frozen=True)
class OpenedTask:
    """Something that now waits for somebody: a user, service or call task, a message, a timer (for a
    boundary event `host` is the task it may interrupt)."""

    node_id: str
    via: str
    kind: Kind
    name: str
    unit: str
    post: str
    half_days: Decimal | None
    act: str
    host: str = ""


@dataclass(frozen=True)
class Moves:
    """What one act does: tokens taken away (close these work items), tasks opened, the marking after."""

    consumed: tuple[Token, ...]
    opened: tuple[OpenedTask, ...]
    marking: Marking
    ended: bool


def start(net: Net, predicates: Mapping[str, bool] = NO_PREDICATES) -> Moves:
    """Set a new case going."""
    run = _Run(net, Marking(), predicates)
    run.leave(net.start.id, None)
    return run.moves()


def complete(
    net: Net,
    marking: Marking,
    node_id: str,
    outcome: str | None = None,
    predicates: Mapping[str, bool] = NO_PREDICATES,
) -> Moves:
    """Finish an open user, service or call task with one of `net.outcomes(node_id)`.

    Refuses: flow.not_open, flow.not_a_task, flow.unknown_outcome, flow.predicate_missing, flow.no_way,
    flow.stuck.
    """
    if net.node(node_id).kind not in (Kind.USER, Kind.SERVICE, Kind.CALL):
        raise Refusal("flow.not_a_task", {"node": node_id})
    return _go_on(net, marking, node_id, outcome or "", predicates)


def receive_message(
    net: Net,
    marking: Marking,
    node_id: str,
    outcome: str | None = None,
    predicates: Mapping[str, bool] = NO_PREDICATES,
) -> Moves:
    """The message an open node waits for has come (with an outcome, where the process asks for one)."""
    if net.node(node_id).kind is not Kind.MESSAGE:
        raise Refusal("flow.not_a_message", {"node": node_id})
    return _go_on(net, marking, node_id, outcome or "", predicates)


def fire_timer(
    net: Net, marking: Marking, node_id: str, predicates: Mapping[str, bool] = NO_PREDICATES
) -> Moves:
    """The time of an open timer has come; a boundary timer that interrupts takes its task away."""
    if net.node(node_id).kind is not Kind.TIMER:
        raise Refusal("flow.not_a_timer", {"node": node_id})
    return _go_on(net, marking, node_id, None, predicates)


def send_back(net: Net, marking: Marking, node_id: str, to_node_id: str) -> Moves:
    """Return an open user task to an earlier one (`returns`).

    A return to before a parallel split takes back what is open in the other branches as well: the work
    starts again from there.
    """
    if net.node(node_id).kind is not Kind.USER:
        raise Refusal("flow.not_a_task", {"node": node_id})
    if to_node_id not in returns(net, node_id):
        raise Refusal(
            "flow.not_an_earlier_step",
            {"node": node_id, "to": net.node(to_node_id).id, "allowed": returns(net, node_id)},
        )
    run = _Run(net, marking, NO_PREDICATES)
    run.close(run.token_at(node_id))
    covered = _covered(net, to_node_id)
    for token in tuple(run.tokens):
        again = token.node_id == to_node_id or bool(_came_by(net, token) & covered)
        if again and not net.node(token.node_id).host:
            run.close(token)
    run.open(Token(to_node_id))
    return run.moves()


def returns(net: Net, node_id: str) -> tuple[str, ...]:
    """Earlier user tasks, in the order of the file, from which the node is reached without a part done
    in another branch; what can only be reached through the node itself is not earlier."""
    before = reachable(net, net.start.id, avoiding=node_id)
    into = {flow.id for flow in net.incoming(node_id)}
    return tuple(
        task.id
        for task in net.tasks
        if task.id != node_id and task.id in before and into & _covered(net, task.id)
    )


def _go_on(
    net: Net, marking: Marking, node_id: str, outcome: str | None, predicates: Mapping[str, bool]
) -> Moves:
    run = _Run(net, marking, predicates)
    token = run.token_at(node_id)
    if outcome is not None and outcome not in net.outcomes(node_id):
        raise Refusal(
            "flow.unknown_outcome",
            {"node": node_id, "outcome": outcome, "allowed": net.outcomes(node_id)},
        )
    node = net.node(node_id)
    if node.host and node.interrupting:
        run.close(run.token_at(node.host))
    else:
        run.close(token)
    run.leave(node_id, outcome)
    return run.moves()


class _Run:
    """One move in the making."""

    def __init__(self, net: Net, marking: Marking, predicates: Mapping[str, bool]) -> None:
        self.net = net
        self.predicates = predicates
        self.tokens = list(marking.tokens)
        self.fresh: list[Token] = []
        self.consumed: list[Token] = []
        self.queue: deque[tuple[Flow, str | None]] = deque()

    def token_at(self, node_id: str) -> Token:
        for token in self.tokens:
            if token.node_id == node_id:
                return token
        raise Refusal("flow.not_open", {"node": node_id})

    def open(self, token: Token) -> None:
        self._put(token)
        for event in self.net.boundaries(token.node_id):
            self._put(Token(event.id, token.node_id))

    def close(self, token: Token) -> None:
        self._take(token)
        for event in self.net.boundaries(token.node_id):
            armed = Token(event.id, token.node_id)
            if armed in self.tokens:
                self._take(armed)

    def leave(self, node_id: str, choice: str | None) -> None:
        ways = self.net.taken(node_id, choice, self.predicates)
        if not ways:
            raise Refusal("flow.no_way", {"node": node_id, "outcome": choice or ""})
        self.queue.extend((flow, choice) for flow in ways)

    def moves(self) -> Moves:
        """Let every token run to where it rests, then say what has changed."""
        steps = 0
        while self.queue or self._release():
            while self.queue:
                self._arrive(*self.queue.popleft())
                steps += 1
                if steps > MANY:
                    raise Refusal("flow.endless_loop", {"process": self.net.id})
        waiting = [self.net.node(token.node_id) for token in self.tokens]
        if waiting and not any(node.kind.rests and not node.host for node in waiting):
            raise Refusal("flow.stuck", {"waiting_at": tuple(sorted({n.id for n in waiting}))})
        return Moves(
            consumed=tuple(self.consumed),
            opened=tuple(
                opened(self.net.node(token.node_id), token.via)
                for token in self.fresh
                if self.net.node(token.node_id).kind.rests
            ),
            marking=Marking.of(self.tokens),
            ended=not self.tokens,
        )

    def _arrive(self, flow: Flow, choice: str | None) -> None:
        node = self.net.node(flow.target)
        if node.kind.rests:
            self.open(Token(node.id, flow.id))
        elif node.kind is Kind.TERMINATE:
            self.queue.clear()
            for token in tuple(self.tokens):
                self._take(token)
        elif self.net.synchronises(node):
            self._put(Token(node.id, flow.id))
            if node.kind is Kind.PARALLEL:
                self._join(node)
        elif node.kind is not Kind.END:
            self.leave(node.id, choice)

    def _join(self, node: Node) -> None:
        needed = [Token(node.id, flow.id) for flow in self.net.incoming(node.id)]
        if all(token in self.tokens for token in needed):
            for token in needed:
                self._take(token)
            self.leave(node.id, None)

    def _release(self) -> bool:
        """Let the first inclusive join go that nothing under way can still reach."""
        waiting = {token.node_id for token in self.tokens}
        for node in self.net.nodes:
            if node.id in waiting and node.kind in (Kind.INCLUSIVE, Kind.CLOSE):
                arrived = {token for token in self.tokens if token.node_id == node.id}
                if not self._expects_more(node, {token.via for token in arrived}):
                    for token in sorted(arrived):
                        self._take(token)
                    self.leave(node.id, None)
                    return True
        return False

    def _expects_more(self, join: Node, filled: set[str]) -> bool:
        """BPMN 2.0.2 §13.4.3: a token elsewhere reaches an empty way into the join, and no filled one."""
        empty = {flow.id for flow in self.net.incoming(join.id)} - filled
        for node_id in {token.node_id for token in self.tokens} - {join.id}:
            entries = _entries(self.net, node_id, join.id)
            if entries & empty and not entries & filled:
                return True
        return False

    def _put(self, token: Token) -> None:
        self.tokens.append(token)
        self.fresh.append(token)

    def _take(self, token: Token) -> None:
        self.tokens.remove(token)
        if token in self.fresh:
            self.fresh.remove(token)
        else:
            self.consumed.append(token)


def opened(node: Node, via: str) -> OpenedTask:
    """The task a token at this node stands for."""
    return OpenedTask(
        node_id=node.id,
        via=via,
        kind=node.kind,
        name=node.name,
        unit=node.unit,
        post=node.post,
        half_days=node.half_days,
        act=node.act,
        host=node.host,
    )


def longest_path_half_days(net: Net) -> Decimal:
    """The half days of the longest course from start to end, every loop gone through once.

    To be held against the limit of the procedure (QĐ phê duyệt quy trình nội bộ: Σ bước ≤ thời hạn);
    parallel branches run side by side, a boundary event's branch follows its task.
    """
    longest: dict[str, Decimal] = {}
    for node_id in _backwards(net, net.start.id):
        behind = (longest.get(flow.target, Decimal(0)) for flow in _leaving(net, node_id))
        own = net.node(node_id).half_days or Decimal(0)
        longest[node_id] = own + max(behind, default=Decimal(0))
    return longest[net.start.id]


def _backwards(net: Net, node_id: str) -> list[str]:
    """What can be reached, each node after those behind it; a way back into what is still being
    followed counts for nothing."""
    order: list[str] = []
    seen: set[str] = set()
    stack = [(node_id, False)]
    while stack:
        here, done = stack.pop()
        if done:
            order.append(here)
        elif here not in seen:
            seen.add(here)
            stack.append((here, True))
            stack.extend((flow.target, False) for flow in reversed(_leaving(net, here)))
    return order


def _leaving(net: Net, node_id: str) -> tuple[Flow, ...]:
    """All flows a token at the node may set off by, those of its boundary events included."""
    events = net.boundaries(node_id)
    return net.outgoing(node_id) + tuple(f for event in events for f in net.outgoing(event.id))


def reachable(net: Net, node_id: str, avoiding: str = "") -> set[str]:
    """The nodes a token at the node may come to, itself included."""
    seen, waiting = {node_id}, [node_id]
    while waiting:
        for flow in _leaving(net, waiting.pop()):
            if flow.target not in seen and flow.target != avoiding:
                seen.add(flow.target)
                waiting.append(flow.target)
    return seen


def _entries(net: Net, node_id: str, join_id: str) -> set[str]:
    """The ways into a join that a token at the node can come by without passing the join."""
    places = reachable(net, node_id, avoiding=join_id)
    sources = places | {event.id for place in places for event in net.boundaries(place)}
    return {flow.id for flow in net.incoming(join_id) if flow.source in sources}


def _covered(net: Net, node_id: str) -> set[str]:
    """The flows that a token at the node alone can lead to: it passes a join only when it can supply
    all its ways."""
    covered: set[str] = set()
    left, waiting = set[str](), [node_id]
    while waiting:
        here = waiting.pop()
        left.add(here)
        for flow in _leaving(net, here):
            covered.add(flow.id)
            target = net.node(flow.target)
            if target.id in left or target.kind.ends:
                continue
            if not net.synchronises(target) or all(
                other.id in covered for other in net.incoming(target.id)
            ):
                waiting.append(target.id)
    return covered


def _came_by(net: Net, token: Token) -> set[str]:
    return {token.via} if token.via else {flow.id for flow in net.incoming(token.node_id)}
