"""What was handed on can be taken back while it, handed on again, would lead to where the dossier stands."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motcua.rules import casework_recall, flow
from motcua.rules.books import Channel
from motcua.rules.casework import Case, Item, Status
from motcua.rules.casework_desk import ClosedItem
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.tests.test_flow import CHOICE, LINEAR, SIDE_BY_SIDE, net_of
from motcua.rules.worktime import ZONE

NINE = datetime(2022, 11, 21, 9, tzinfo=ZONE)
AN, BINH = 1, 2


def case(items):
    return Case(
        id=new_id(), submission_code="T", status=Status.PROCESSING, channel=Channel.COUNTER,
        procedure_id=1, procedure_version_id=1, process_id=1, received_by_id=1, accountable_id=1,
        holder_id=1, applicant_id=1, received_at=NINE, items=tuple(items),
    )  # fmt: skip


def item(net, token, at):
    rests = net.node(token.node_id).kind.rests
    return Item(
        id=new_id(), node=token.node_id, arrived_via=token.via, name=token.node_id, act="",
        unit_id=1, role="officer", assignee_id=None, opened_at=at, due_at=None, waiting=not rests,
    )  # fmt: skip


def walked(net, *acts):
    """The case after the acts, a minute apart, and the step that the last of them completed."""
    tokens = {t: item(net, t, NINE) for t in flow.start(net).marking.tokens}
    handed = None
    for n, act in enumerate(acts, 1):
        node, _, outcome = act.partition("=")
        at = NINE + timedelta(minutes=n)
        moved = flow.complete(net, flow.Marking.of(tokens), node, outcome or None)
        done = next(t for t in tokens if t.node_id == node)
        handed = ClosedItem(tokens[done], at, AN, outcome)
        tokens = {t: tokens.get(t) or item(net, t, at) for t in moved.marking.tokens}
    return case(tokens.values()), handed


def code_of(case, net, handed, by=AN):
    with pytest.raises(Refusal) as found:
        casework_recall.check(case, net, handed, by)
    return found.value.code


@pytest.mark.parametrize(
    ("model", "acts"),
    [
        (LINEAR, ["a"]),
        (CHOICE, ["a=yes"]),
        (CHOICE, ["a=again"]),
        (SIDE_BY_SIDE, ["a"]),  # both branches are taken back
        (SIDE_BY_SIDE, ["a", "b"]),
        (SIDE_BY_SIDE, ["a", "c"]),  # it waits at the join for the other branch
        (CHOICE, ["a=no"]),
    ],
    ids=str,
)
def test_what_nobody_has_touched_is_taken_back(model, acts):
    net = net_of(model)
    now, handed = walked(net, *acts)
    assert casework_recall.check(now, net, handed, AN) is handed


def test_where_the_branches_have_merged_nothing_is_taken_back():
    net = net_of(SIDE_BY_SIDE)
    now, handed = walked(net, "a", "c", "b", "d")
    assert [i.node for i in now.items] == ["f"]
    assert code_of(now, net, handed) == "dossier.recall_after_merge"


def test_of_two_branches_one_taken_keeps_both():
    net = net_of(SIDE_BY_SIDE)
    now, handed = walked(net, "a")
    first, *rest = now.items
    taken = replace(now, items=(replace(first, assignee_id=BINH), *rest))
    assert code_of(taken, net, handed) == "dossier.recall_after_taken"


def test_only_who_handed_on_takes_back_and_only_while_it_is_under_way():
    net = net_of(LINEAR)
    now, handed = walked(net, "a")
    assert code_of(now, net, handed, BINH) == "dossier.nothing_to_recall"
    assert (
        code_of(now, net, replace(handed, closed_by_id=None), None) == "dossier.nothing_to_recall"
    )
    assert code_of(now, net, None) == "dossier.nothing_to_recall"
    waiting = replace(now, status=Status.SUPPLEMENT)
    assert code_of(waiting, net, handed) == "dossier.not_under_way"


def test_the_end_of_the_process_leaves_nothing_and_another_way_is_seen():
    net = net_of(CHOICE)
    now, handed = walked(net, "a=yes")
    assert code_of(now, net, replace(handed, outcome="no")) == "dossier.recall_after_merge"
    assert code_of(now, net, replace(handed, outcome="lạ")) == "dossier.recall_after_merge"
