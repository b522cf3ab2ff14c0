import re
from pathlib import Path

import pytest

from motcua.rules import bpmn
from motcua.rules.tests.draw import document, draw

WRONG = {
    "no start": ("a:user e:end", "a>e", {("bpmn.no_start", "p")}),
    "two starts": (
        "s:start t:start a:user e:end",
        "s>a t>a a>e",
        {("bpmn.several_starts", "p")},
    ),
    "no end": ("s:start a:user", "s>a a>a", {("bpmn.no_end", "p")}),
    "a step nobody comes to": (
        "s:start a:user b:user e:end",
        "s>a a>e b>e",
        {("bpmn.unreachable", "b")},
    ),
    "a step nobody comes from": (
        "s:start x:parallel a:user b:user e:end",
        "s>x x>a x>b a>e",
        {("bpmn.dead_end", "b")},
    ),
    "a circle without a way out": (
        "s:start p:parallel a:user b:user c:user e:end",
        "s>p p>a p>b a>e b>c c>b",
        {("bpmn.dead_end", "b"), ("bpmn.dead_end", "c")},
    ),
    "a flow to nowhere": (
        "s:start a:user e:end",
        "s>a a>e a>gone",
        {("bpmn.dangling_flow", "a_gone")},
    ),
    "an element without meaning": (
        "s:start g:eventBasedGateway a:scriptTask e:end",
        "s>g g>a a>e",
        {("bpmn.unknown_element", "g"), ("bpmn.unknown_element", "a")},
    ),
    "a split without conditions": (
        "s:start a:user x:exclusive b:user e:end",
        "s>a a>x x>b x>e b>e",
        {("bpmn.split_without_condition", "x")},
    ),
    "one way of a split without a condition": (
        "s:start a:user x:exclusive b:user e:end",
        "s>a a>x x>b[yes] x>e b>e",
        {("bpmn.split_without_condition", "x")},
    ),
    "an inclusive split that is a parallel one": (
        "s:start a:inclusive b:user c:user e:end",
        "s>a a>b a>c b>e c>e",
        {("bpmn.split_without_condition", "a")},
    ),
    "one outcome, two ways": (
        "s:start a:user x:exclusive b:user c:user e:end",
        "s>a a>x x>b[yes] x>c[yes] b>e c>e",
        {("bpmn.duplicate_outcome", "x")},
    ),
    "an expression": (
        "s:start a:user x:exclusive b:user e:end",
        "s>a a>x x>b=${amount>3} x>e! b>e",
        {("bpmn.condition_not_a_name", "x_b"), ("bpmn.split_without_condition", "x")},
    ),
    "an outcome that is not a name": (
        "s:start a:user x:exclusive b:user e:end",
        "s>a a>x x>b[đồng-ý] x>e! b>e",
        {("bpmn.outcome_not_a_name", "x_b")},
    ),
    "outcome and predicate on one flow": (
        "s:start a:user x:exclusive b:user e:end",
        "s>a a>x x>b[yes]?paid x>e! b>e",
        {("bpmn.two_conditions", "x_b")},
    ),
    "a predicate and no way if it does not hold": (
        "s:start x:exclusive a:user b:user e:end",
        "s>x x>a?paid x>b?free a>e b>e",
        {("bpmn.predicate_without_default", "x"), ("bpmn.nobody_chooses", "s")},
    ),
    "a condition on a parallel gateway": (
        "s:start p:parallel a:user b:user e:end",
        "s>p p>a[yes] p>b a>e b>e",
        {("bpmn.condition_on_parallel", "p"), ("bpmn.outcome_never_offered", "p_a")},
    ),
    "a condition on the default": (
        "s:start a:user x:exclusive b:user e:end",
        "s>a a>x x>b[yes] x>e?paid! b>e",
        {("bpmn.condition_on_default", "x_e")},
    ),
    "an outcome with nobody to choose it": (
        "s:start x:exclusive a:user b:user e:end",
        "s>x x>a[yes] x>b[no] a>e b>e",
        {
            ("bpmn.nobody_chooses", "s"),
            ("bpmn.outcome_never_offered", "x_a"),
            ("bpmn.outcome_never_offered", "x_b"),
        },
    ),
    "an outcome behind a join": (
        "s:start p:parallel a:user b:user j:parallel x:exclusive c:user e:end",
        "s>p p>a p>b a>j b>j j>x x>c[yes] x>e[no] c>e",
        {
            ("bpmn.nobody_chooses", "j"),
            ("bpmn.outcome_never_offered", "x_c"),
            ("bpmn.outcome_never_offered", "x_e"),
        },
    ),
    "branches that ask for different outcomes": (
        "s:start a:user p:parallel x:exclusive y:exclusive b:user c:user e:end",
        "s>a a>p p>x p>y x>b[one] x>e[two] y>c[three] y>e[four] b>e c>e",
        {("bpmn.no_outcome", "a")},
    ),
    "gateways in a circle": (
        "s:start m:exclusive a:user x:exclusive e:end",
        "s>m m>x x>m?again x>a! a>e",
        {("bpmn.loop_without_task", "x")},
    ),
    "a join that waits for what was not taken": (
        "s:start a:user x:exclusive b:user c:user j:parallel e:end",
        "s>a a>x x>b[yes] x>c[no] b>j c>j j>e",
        {("bpmn.can_get_stuck", "b"), ("bpmn.can_get_stuck", "c")},
    ),
    "a step open twice at once": (
        "s:start p:parallel a:user b:user c:user e:end",
        "s>p p>a p>b a>c b>c c>e",
        {("bpmn.opens_twice", "c")},
    ),
    "a boundary event on nothing": (
        "s:start a:user t:timer@gone b:user e:end",
        "s>a a>e t>b b>e",
        {("bpmn.boundary_host", "t"), ("bpmn.unreachable", "t"), ("bpmn.unreachable", "b")},
    ),
    "a flow into a start and out of an end": (
        "s:start a:user e:end",
        "s>a a>s a>e e>a",
        {("bpmn.flow_into_start", "s"), ("bpmn.flow_out_of_end", "e")},
    ),
    "a flow into a boundary event": (
        "s:start a:user t:timer@a e:end",
        "s>a a>e a>t t>e",
        {("bpmn.flow_into_boundary", "t")},
    ),
}


def about(xml):
    findings = bpmn.lint(xml)
    for finding in findings:
        assert tuple(finding.params) == bpmn.FINDINGS[finding.code]
    return {(finding.code, finding.element_id) for finding in findings}


def test_every_code_that_can_be_found_is_listed_with_its_parameters():
    sources = Path(bpmn.__file__).parent.glob("bpmn_*.py")
    used = {
        code
        for source in sources
        if source.name != "bpmn_codes.py"
        for code in re.findall(r'"(bpmn\.\w+)"', source.read_text(encoding="utf-8"))
    }
    assert used - {"bpmn.refused"} == bpmn.FINDINGS.keys()


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_named_with_its_element(case):
    nodes, flows, expected = WRONG[case]
    xml = draw(nodes, flows)
    assert about(xml) == expected
    if expected != {("bpmn.opens_twice", "c")}:
        with pytest.raises(bpmn.ProcessRefused) as refused:
            bpmn.compile_process(xml)
        assert refused.value.code == "bpmn.refused"
        assert {f["element_id"] for f in refused.value.params["findings"]} == {
            element for _, element in expected
        }


def test_a_default_that_is_another_s_flow_is_named():
    xml = draw("s:start a:user x:exclusive b:user e:end", "s>a a>x x>b[yes] x>e[no] b>e")
    wrong = xml.replace(b'<exclusiveGateway id="x"', b'<exclusiveGateway default="s_a" id="x"')
    assert about(wrong) == {("bpmn.default_unknown", "x")}


TASK = '<startEvent id="s"/>{}<endEvent id="e"/>'
FLOWS = '<sequenceFlow id="f" sourceRef="s" targetRef="a"/><sequenceFlow id="g" sourceRef="a" targetRef="e"/>'


@pytest.mark.parametrize(
    ("task", "expected"),
    [
        (
            '<task id="a"/>',
            {("bpmn.no_duration", "a"), ("bpmn.no_unit", "a"), ("bpmn.no_post", "a")},
        ),
        ('<manualTask id="a" mc:unit="x" mc:post="head" mc:duration="0.5"/>', set()),
        (
            '<userTask id="a" mc:unit="x" mc:post="emperor" mc:duration="1"/>',
            {("bpmn.unknown_post", "a")},
        ),
        (
            '<userTask id="a" mc:unit="x" mc:post="head" mc:duration="1">'
            "<multiInstanceLoopCharacteristics/></userTask>",
            {("bpmn.loop_marker", "a")},
        ),
        (
            '<serviceTask id="a" isForCompensation="true"/>',
            {("bpmn.unknown_element", "a")},
        ),
        (
            '<intermediateCatchEvent id="a"><timerEventDefinition><timeCycle>R/P1D</timeCycle>'
            "</timerEventDefinition></intermediateCatchEvent>",
            {("bpmn.timer_cycle", "a")},
        ),
        (
            '<intermediateCatchEvent id="a"><timerEventDefinition/></intermediateCatchEvent>',
            {("bpmn.no_time", "a")},
        ),
        (
            '<intermediateCatchEvent id="a"><signalEventDefinition/></intermediateCatchEvent>',
            {("bpmn.unknown_event", "a")},
        ),
        ('<serviceTask id="a"/><userTask id="a"/>', {("bpmn.duplicate_id", "a")}),
        ('<serviceTask id="a"/><userTask/>', {("bpmn.no_id", "")}),
        ('<subProcess id="a"/>', {("bpmn.sub_process", "a")}),
        (
            '<subProcess id="a" triggeredByEvent="true"><startEvent id="i"/></subProcess>',
            {("bpmn.sub_process", "a")},
        ),
    ],
)
def test_what_is_wrong_with_a_task_is_named(task, expected):
    assert about(document(TASK.format(task) + FLOWS)) == expected


@pytest.mark.parametrize("duration", ["nửa ngày", "-1", "NaN", "1e9", "0.00001"])
def test_a_duration_is_a_number_of_half_days(duration):
    task = f'<userTask id="a" mc:unit="x" mc:post="head" mc:duration="{duration}"/>'
    assert ("bpmn.bad_duration", "a") in about(document(TASK.format(task) + FLOWS))


@pytest.mark.parametrize(
    ("xml", "code"),
    [
        (b"", "bpmn.not_xml"),
        (b"<definitions", "bpmn.not_xml"),
        (b"\xff\xfe\x00", "bpmn.not_xml"),
        (b"%PDF-1.7", "bpmn.not_xml"),
        (b"<html/>", "bpmn.not_bpmn"),
        (document(""), "bpmn.no_process"),
        (b'<!DOCTYPE d [<!ENTITY x "y">]><d>&x;</d>', "bpmn.document_type"),
        (b'<!DOCTYPE d SYSTEM "http://a.example/d.dtd"><d/>', "bpmn.document_type"),
        ('<!DOCTYPE d [<!ENTITY x "y">]><d>&x;</d>'.encode("utf-16"), "bpmn.document_type"),
        (b"<d>" + b" " * 2 * 1024 * 1024 + b"</d>", "bpmn.too_large"),
        (draw("s:start a:user e:end", "s>a a>e " * 301), "bpmn.too_many_elements"),
    ],
)
def test_a_file_that_is_no_process_is_refused_with_its_reason(xml, code):
    assert about(xml) == {(code, "")}
    with pytest.raises(bpmn.ProcessRefused):
        bpmn.parse(xml)


def test_two_processes_in_one_file_need_one_that_is_executable():
    two = document(TASK.format('<serviceTask id="a"/>') + FLOWS).replace(
        b"</process>",
        b'</process><process id="q" name="B"><sequenceFlow id="z"/></process>',
    )
    assert bpmn.compile_process(two).id == "p"
    (finding,) = bpmn.lint(two.replace(b' isExecutable="true"', b""))
    assert finding.code == "bpmn.several_processes"
    assert finding.params["processes"] == ["Thử", "B"]


def test_a_condition_that_is_a_plain_name_counts_as_the_outcome():
    xml = draw("s:start a:user x:exclusive b:user e:end", "s>a a>x x>b=approved x>e=refused b>e")
    assert bpmn.compile_process(xml).outcomes("a") == ("approved", "refused")


def test_an_expression_beside_an_outcome_is_another_engine_s_and_not_read():
    xml = draw("s:start a:user x:exclusive b:user e:end", "s>a a>x x>b[yes]=${a>1} x>e[no] b>e")
    assert bpmn.lint(xml) == ()


def test_an_unnamed_default_is_the_unnamed_outcome():
    xml = draw("s:start a:user x:exclusive b:user e:end", "s>a a>x x>b[again] x>e! b>e")
    assert bpmn.compile_process(xml).outcomes("a") == ("", "again")


def test_a_named_default_is_chosen_by_its_name():
    xml = draw("s:start a:user x:exclusive b:user e:end", "s>a a>x x>b[again] x>e[good]! b>e")
    assert bpmn.compile_process(xml).outcomes("a") == ("again", "good")
