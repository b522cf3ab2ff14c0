from decimal import Decimal

import pytest

from motcua.rules import bpmn, flow
from motcua.rules.flow import Marking, Token
from motcua.rules.net import Kind
from motcua.rules.refusal import Refusal
from motcua.rules.tests.draw import draw

LINEAR = ("s:start a:user b:user e:end", "s>a a>b b>e")
CHOICE = (
    "s:start a:user x:exclusive b:user c:user e:end",
    "s>a a>x x>b[yes] x>c[no] x>a[again] b>e c>e",
)
SIDE_BY_SIDE = (
    "s:start a:user p:parallel b:user c:user d:user j:parallel f:user e:end",
    "s>a a>p p>b p>c b>d d>j c>j j>f f>e",
)
SOME_OF = (
    "s:start a:user o:inclusive b:user c:user d:user j:inclusive f:user e:end",
    "s>a a>o o>b[one,both] o>c?taxed o>d! b>j c>j d>j j>f f>e",
)
TIMED = (
    "s:start a:user late:timer@a slow:timer~a b:user c:user d:user e:end f:end",
    "s>a a>b late>c slow>d b>e c>e d>f",
)


def net_of(model):
    return bpmn.compile_process(draw(*model))


def at(moves):
    return sorted(task.node_id for task in moves.opened)


def places(marking):
    return [token.node_id for token in marking.tokens]


def walk(net, *acts, predicates=None):
    """Start, then complete 'node' or 'node=outcome' one after the other."""
    predicates = predicates or {}
    moves = flow.start(net, predicates)
    for act in acts:
        node, _, outcome = act.partition("=")
        moves = flow.complete(net, moves.marking, node, outcome or None, predicates)
    return moves


def refused(code, act, *args):
    with pytest.raises(Refusal) as caught:
        act(*args)
    assert caught.value.code == code
    return caught.value.params


def test_a_case_starts_at_the_first_task_and_ends_after_the_last():
    net = net_of(LINEAR)
    moves = flow.start(net)
    assert at(moves) == ["a"] and moves.consumed == () and not moves.ended
    (task,) = moves.opened
    assert (task.kind, task.unit, task.post) == (Kind.USER, "accountable", "officer")
    assert task.half_days == Decimal(2)
    moves = walk(net, "a", "b")
    assert moves.ended and moves.marking == Marking() and moves.consumed == (Token("b", "a_b"),)


def test_the_chosen_outcome_leads_through_the_gateway():
    net = net_of(CHOICE)
    assert net.outcomes("a") == ("yes", "no", "again")
    assert at(walk(net, "a=yes")) == ["b"]
    assert at(walk(net, "a=no")) == ["c"]


def test_a_task_that_leads_back_to_itself_is_closed_and_opened_anew():
    moves = walk(net_of(CHOICE), "a=again", "a=again")
    assert moves.consumed == (Token("a", "x_a"),)
    assert [(task.node_id, task.via) for task in moves.opened] == [("a", "x_a")]


@pytest.mark.parametrize("outcome", ["maybe", None, ""])
def test_an_outcome_that_is_not_offered_is_refused(outcome):
    net = net_of(CHOICE)
    params = refused(
        "flow.unknown_outcome", flow.complete, net, flow.start(net).marking, "a", outcome
    )
    assert params["allowed"] == ("yes", "no", "again")


def test_a_task_that_is_not_open_is_refused():
    net = net_of(LINEAR)
    refused("flow.not_open", flow.complete, net, flow.start(net).marking, "b")
    refused("flow.unknown_node", flow.complete, net, flow.start(net).marking, "nowhere")
    refused("flow.not_a_task", flow.complete, net, flow.start(net).marking, "s")
    refused("flow.not_a_timer", flow.fire_timer, net, flow.start(net).marking, "a")
    refused("flow.not_a_message", flow.receive_message, net, flow.start(net).marking, "a")


def test_a_parallel_join_waits_for_all_its_branches():
    net = net_of(SIDE_BY_SIDE)
    moves = walk(net, "a")
    assert at(moves) == ["b", "c"]
    moves = walk(net, "a", "c", "b")
    assert at(moves) == ["d"] and places(moves.marking) == ["d", "j"]
    moves = walk(net, "a", "c", "b", "d")
    assert at(moves) == ["f"] and set(moves.consumed) == {Token("d", "b_d"), Token("j", "c_j")}


def test_the_order_of_parallel_work_does_not_matter():
    net = net_of(SIDE_BY_SIDE)
    assert walk(net, "a", "b", "c", "d").marking == walk(net, "a", "c", "b", "d").marking


@pytest.mark.parametrize(
    ("outcome", "taxed", "branches"),
    [("one", False, ["b"]), ("both", True, ["b", "c"]), (None, True, ["c"]), (None, False, ["d"])],
)
def test_an_inclusive_split_takes_what_holds_and_its_join_waits_for_just_that(
    outcome, taxed, branches
):
    net = net_of(SOME_OF)
    holds = {"taxed": taxed}
    moves = flow.complete(net, flow.start(net, holds).marking, "a", outcome, holds)
    assert at(moves) == branches
    for node_id in branches:
        assert "f" not in at(moves)
        moves = flow.complete(net, moves.marking, node_id, None, holds)
    assert at(moves) == ["f"] and places(moves.marking) == ["f"]


def test_an_inclusive_join_waits_for_a_branch_still_on_its_way():
    net = net_of(
        (
            "s:start o:inclusive a:user b:user c:user j:inclusive f:user e:end",
            "s>o o>a o>b?more a>c c>j b>j j>f f>e",
        )
    )
    moves = walk(net, "b", predicates={"more": True})
    assert at(moves) == [] and places(moves.marking) == ["a", "j"]
    assert at(walk(net, "b", "a", "c", predicates={"more": True})) == ["f"]
    assert at(walk(net, "a", "c", predicates={"more": False})) == ["f"]


def test_a_predicate_that_nobody_decided_is_asked_for():
    net = net_of(SOME_OF)
    assert net.predicates == ("taxed",)
    assert refused("flow.predicate_missing", flow.complete, net, flow.start(net).marking, "a")[
        "predicate"
    ] == ("taxed")


def test_terminate_takes_everything_away():
    net = net_of(
        (
            "s:start p:parallel a:user b:user x:exclusive t:terminate e:end",
            "s>p p>a p>b a>x x>t[refuse] x>e! b>e",
        )
    )
    moves = walk(net, "a=refuse")
    assert moves.ended and {token.node_id for token in moves.consumed} == {"a", "b"}
    assert places(walk(net, "a").marking) == ["b"]


def test_boundary_timers_are_armed_with_their_task_and_go_with_it():
    net = net_of(TIMED)
    moves = flow.start(net)
    assert [(t.node_id, t.kind, t.host) for t in moves.opened] == [
        ("a", Kind.USER, ""),
        ("late", Kind.TIMER, "a"),
        ("slow", Kind.TIMER, "a"),
    ]
    done = flow.complete(net, moves.marking, "a")
    assert {token.node_id for token in done.consumed} == {"a", "late", "slow"}
    assert places(done.marking) == ["b"]


def test_an_interrupting_timer_takes_its_task_away():
    net = net_of(TIMED)
    moves = flow.fire_timer(net, flow.start(net).marking, "late")
    assert {token.node_id for token in moves.consumed} == {"a", "late", "slow"}
    assert at(moves) == ["c"]


def test_a_timer_that_does_not_interrupt_fires_once_beside_its_task():
    net = net_of(TIMED)
    moves = flow.fire_timer(net, flow.start(net).marking, "slow")
    assert at(moves) == ["d"] and places(moves.marking) == ["a", "d", "late"]
    refused("flow.not_open", flow.fire_timer, net, moves.marking, "slow")


def test_messages_and_intermediate_timers_wait_until_they_come():
    net = net_of(
        (
            "s:start m:message w:timer r:receive q:service c:call e:end",
            "s>m m>w w>r r>q q>c c>e",
        )
    )
    moves = flow.start(net)
    seen = []
    acts = (
        flow.receive_message,
        flow.fire_timer,
        flow.receive_message,
        flow.complete,
        flow.complete,
    )
    for act in acts:
        (task,) = moves.opened
        seen.append((task.node_id, task.kind, net.node(task.node_id).refers))
        moves = act(net, moves.marking, task.node_id)
    assert moves.ended
    assert seen == [
        ("m", Kind.MESSAGE, "Thông báo thuế"),
        ("w", Kind.TIMER, "P3D"),
        ("r", Kind.MESSAGE, ""),
        ("q", Kind.SERVICE, ""),
        ("c", Kind.CALL, "other"),
    ]


def test_a_step_can_be_returned_to_an_earlier_one():
    net = net_of(LINEAR)
    assert flow.returns(net, "b") == ("a",) and flow.returns(net, "a") == ()
    moves = flow.send_back(net, walk(net, "a").marking, "b", "a")
    assert at(moves) == ["a"] and moves.consumed == (Token("b", "a_b"),)
    assert at(flow.complete(net, moves.marking, "a")) == ["b"]


def test_a_loop_does_not_make_a_later_step_an_earlier_one():
    net = net_of(("s:start a:user b:user x:exclusive e:end", "s>a a>b b>x x>a[again] x>e[good]"))
    assert flow.returns(net, "a") == ()
    params = refused(
        "flow.not_an_earlier_step", flow.send_back, net, flow.start(net).marking, "a", "b"
    )
    assert params["allowed"] == ()


def test_a_return_within_a_branch_leaves_the_other_branches_alone():
    net = net_of(SIDE_BY_SIDE)
    moves = flow.send_back(net, walk(net, "a", "b", "c").marking, "d", "b")
    assert moves.consumed == (Token("d", "b_d"),)
    assert places(moves.marking) == ["b", "j"]
    assert at(walk(net, "a", "b", "c", "d")) == ["f"]


def test_a_return_to_before_the_split_takes_back_the_other_branches():
    net = net_of(SIDE_BY_SIDE)
    assert flow.returns(net, "d") == ("a", "b")
    for marking in (walk(net, "a", "b").marking, walk(net, "a", "b", "c").marking):
        moves = flow.send_back(net, marking, "d", "a")
        assert places(moves.marking) == ["a"] and set(moves.consumed) == set(marking.tokens)
        again = flow.complete(net, moves.marking, "a")
        assert at(again) == ["b", "c"]


def test_a_return_from_behind_a_join_into_one_branch_is_not_possible():
    net = net_of(SIDE_BY_SIDE)
    assert flow.returns(net, "f") == ("a",)
    marking = walk(net, "a", "b", "c", "d").marking
    refused("flow.not_an_earlier_step", flow.send_back, net, marking, "f", "b")


def test_a_returned_task_arms_its_timers_again():
    net = net_of(TIMED)
    moves = flow.send_back(net, walk(net, "a").marking, "b", "a")
    assert at(moves) == ["a", "late", "slow"]


def test_a_return_to_a_task_still_open_opens_it_anew_and_only_once():
    net = net_of(TIMED)
    beside = flow.fire_timer(net, flow.start(net).marking, "slow")
    moves = flow.send_back(net, beside.marking, "d", "a")
    assert places(moves.marking) == ["a", "late", "slow"]


def test_a_marking_comes_back_from_rows_in_any_order():
    marking = walk(net_of(SIDE_BY_SIDE), "a", "c").marking
    assert Marking.of((t.node_id, t.via) for t in reversed(marking.tokens)) == marking
    assert marking.open_at("b") == 1 and marking.open_at("j") == 1 and marking.open_at("f") == 0


def test_an_embedded_sub_process_is_walked_as_part_of_the_process():
    inside = (
        '<startEvent id="s2"/><parallelGateway id="p"/><userTask id="b"/><userTask id="c"/>'
        '<endEvent id="e2"/><endEvent id="e3"/>'
        '<sequenceFlow id="f1" sourceRef="s2" targetRef="p"/>'
        '<sequenceFlow id="f2" sourceRef="p" targetRef="b"/>'
        '<sequenceFlow id="f3" sourceRef="p" targetRef="c"/>'
        '<sequenceFlow id="f4" sourceRef="b" targetRef="e2"/>'
        '<sequenceFlow id="f5" sourceRef="c" targetRef="e3"/>'
    )
    net = bpmn.compile_process(
        draw(
            "s:start a:user d:user e:end",
            "s>a a>sub sub>d d>e",
            f'<subProcess id="sub" name="Lấy ý kiến">{inside}</subProcess>',
        )
    )
    assert at(walk(net, "a")) == ["b", "c"]
    assert at(walk(net, "a", "b")) == []
    assert at(walk(net, "a", "b", "c")) == ["d"]


@pytest.mark.parametrize(
    ("model", "half_days"),
    [
        (LINEAR, 4),
        (CHOICE, 4),
        (SIDE_BY_SIDE, 8),
        (TIMED, 4),
        (("s:start a:user b:user x:exclusive e:end", "s>a a>b b>x x>a[again] x>e[good]"), 4),
    ],
)
def test_the_longest_course_counts_each_loop_once(model, half_days):
    assert flow.longest_path_half_days(net_of(model)) == half_days
