"""Real files: the BPMN MIWG models and a city's working processes compile or say why not."""

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.rules import bpmn, flow

SEVERAL = {"bpmn.several_processes"}
MIWG = {
    "A.1.0": set(),
    "A.2.0": {"bpmn.split_without_condition"},
    "A.2.1": {"bpmn.split_without_condition"},
    "A.3.0": {
        "bpmn.sub_process",
        "bpmn.unknown_event",
        "bpmn.unreachable",
        "bpmn.boundary_host",
    },
    "A.4.0": SEVERAL,
    "A.4.1": SEVERAL,
    "B.1.0": SEVERAL,
    "B.2.0": SEVERAL,
    "C.1.0": {"bpmn.condition_not_a_name", "bpmn.split_without_condition"},
    "C.1.1": {"bpmn.condition_not_a_name", "bpmn.split_without_condition"},
    "C.2.0": SEVERAL,
    "C.3.0": {
        "bpmn.sub_process",
        "bpmn.condition_not_a_name",
        "bpmn.split_without_condition",
    },
    "C.4.0": SEVERAL,
    "C.5.0": SEVERAL,
    "C.6.0": {
        "bpmn.unknown_event",
        "bpmn.unknown_element",
        "bpmn.sub_process",
        "bpmn.unreachable",
        "bpmn.dead_end",
    },
    "C.7.0": {
        "bpmn.unknown_element",
        "bpmn.loop_marker",
        "bpmn.split_without_condition",
    },
    "C.8.0": {
        "bpmn.unknown_element",
        "bpmn.unknown_event",
        "bpmn.condition_not_a_name",
        "bpmn.unreachable",
        "bpmn.split_without_condition",
    },
    "C.8.1": {
        "bpmn.unknown_element",
        "bpmn.unknown_event",
        "bpmn.condition_not_a_name",
        "bpmn.unreachable",
        "bpmn.split_without_condition",
    },
    "C.9.0": {
        "bpmn.condition_not_a_name",
        "bpmn.unknown_event",
        "bpmn.sub_process",
        "bpmn.unknown_element",
        "bpmn.unreachable",
        "bpmn.split_without_condition",
    },
    "C.9.1": {"bpmn.timer_cycle"},
    "C.9.2": {
        "bpmn.loop_marker",
        "bpmn.sub_process",
        "bpmn.unknown_event",
        "bpmn.condition_not_a_name",
        "bpmn.dead_end",
        "bpmn.nobody_chooses",
    },
}


@pytest.fixture(scope="module")
def miwg(shared_data):
    folder = shared_data / "05_bpmn_dmn_suites" / "bpmn-miwg"
    if not folder.is_dir():
        pytest.skip("cần bộ mẫu BPMN MIWG (05_bpmn_dmn_suites)")
    return folder


def errors(xml):
    return {finding.code for finding in bpmn.lint(xml) if not finding.is_warning}


@pytest.mark.parametrize("name", MIWG)
def test_a_reference_model_compiles_or_is_refused_for_named_reasons(miwg, name):
    xml = (miwg / "Reference" / f"{name}.bpmn").read_bytes()
    assert errors(xml) == MIWG[name]
    if MIWG[name]:
        with pytest.raises(bpmn.ProcessRefused):
            bpmn.compile_process(xml)
    else:
        assert flow.start(bpmn.compile_process(xml)).opened


def test_every_reference_model_is_in_the_table(miwg):
    assert {path.stem for path in (miwg / "Reference").glob("*.bpmn")} == MIWG.keys()


def test_no_tool_s_export_brings_the_reader_down(miwg):
    exports = sorted((miwg / "tool_exports").rglob("*.bpmn"))
    assert len(exports) > 100
    assert {bpmn.compile_process(p.read_bytes()).id for p in exports if not errors(p.read_bytes())}


def table(process):
    """Its tasks as a table of steps; half days are twice the days printed."""
    for step in process["steps"]:
        for task in step["tasks"]:
            after = task["next"]
            yield bpmn.Step(
                name=task["name"],
                unit=step["group"],
                post="officer",
                half_days=Decimal(str(task["days"])) * 2,
                key=task["code"].replace("::", "."),
                outcomes=[bpmn.Way("", to=after.replace("::", ".") if after else bpmn.END)],
            )


def test_a_city_s_processes_compile_and_are_walked_to_their_end(shared_data):
    path = shared_data / "03_process_samples" / "processes.jsonl"
    if not path.is_file():
        pytest.skip("cần các quy trình mẫu (03_process_samples)")
    for line in path.read_text(encoding="utf-8").splitlines():
        process = json.loads(line)
        steps = list(table(process))
        net = bpmn.compile_process(bpmn.chain(process["name"], steps, key=process["code"]))
        moves, walked = flow.start(net), 0
        while not moves.ended:
            moves = flow.complete(net, moves.marking, moves.opened[0].node_id)
            walked += 1
        assert walked == len(net.tasks) == len(steps)
        assert flow.longest_path_half_days(net) == sum(step.half_days for step in steps)


STEPS = [
    bpmn.Step("Thẩm định", "accountable", "officer", 2, key="a"),
    bpmn.Step("Ký", "accountable", "leader", 1, "sign", (bpmn.Way("yes"), bpmn.Way("no", to="a"))),
]


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_refused_or_read_but_never_brings_the_reader_down(data):
    xml = bytearray(bpmn.chain("Thử", STEPS))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(xml) - 1))
        length = data.draw(st.integers(0, 40))
        xml[at : at + length] = data.draw(st.binary(max_size=4))
    damaged = bytes(xml)
    if errors(damaged):
        with pytest.raises(bpmn.ProcessRefused):
            bpmn.compile_process(damaged)
    else:
        assert flow.start(bpmn.compile_process(damaged)).opened
