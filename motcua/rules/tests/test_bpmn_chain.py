from decimal import Decimal
from itertools import pairwise

from lxml import etree

from motcua.rules import bpmn, flow
from motcua.rules.net import Kind, Net

STEPS = (
    bpmn.Step("Kiểm tra hồ sơ", "received_by", "clerk", 1, "check"),
    bpmn.Step("Thẩm định", "accountable", "officer", Decimal("4.5"), "process", key="assess"),
    bpmn.Step(
        "Ký duyệt",
        "accountable",
        "leader",
        2,
        "sign",
        outcomes=(
            bpmn.Way("approve", "Đồng ý"),
            bpmn.Way("again", "Làm lại", to="assess"),
            bpmn.Way("refuse", "Từ chối", to=bpmn.END),
        ),
    ),
    bpmn.Step("Trả kết quả", "received_by", "clerk", "0.5", "hand_over"),
)


def test_a_table_of_steps_compiles_without_a_finding():
    xml = bpmn.chain("Cấp bản sao", STEPS)
    assert bpmn.lint(xml) == ()
    net = bpmn.compile_process(xml)
    assert net.name == "Cấp bản sao"
    assert [(n.id, n.name, n.unit, n.post, n.half_days, n.act) for n in net.tasks] == [
        ("step_1", "Kiểm tra hồ sơ", "received_by", "clerk", Decimal(1), "check"),
        ("assess", "Thẩm định", "accountable", "officer", Decimal("4.5"), "process"),
        ("step_3", "Ký duyệt", "accountable", "leader", Decimal(2), "sign"),
        ("step_4", "Trả kết quả", "received_by", "clerk", Decimal("0.5"), "hand_over"),
    ]
    assert net.outcomes("step_1") == ("",)
    assert net.outcomes("step_3") == ("approve", "again", "refuse")
    assert net.outcome_label("step_3", "again") == "Làm lại"


def test_the_net_of_a_table_can_be_walked_to_its_end():
    net = bpmn.compile_process(bpmn.chain("Cấp bản sao", STEPS))
    moves = flow.start(net)
    walked = []
    for outcome in (None, None, "again", None, "approve", None):
        (task,) = moves.opened
        walked.append(task.node_id)
        moves = flow.complete(net, moves.marking, task.node_id, outcome)
    assert walked == ["step_1", "assess", "step_3", "assess", "step_3", "step_4"]
    assert moves.ended and not moves.opened


def test_a_net_is_the_same_after_json_and_hashes_by_content():
    net = bpmn.compile_process(bpmn.chain("Cấp bản sao", STEPS))
    again = Net.from_json(net.to_json())
    assert again == net and hash(again) == hash(net) and again.digest == net.digest
    other = bpmn.compile_process(bpmn.chain("Cấp bản chính", STEPS))
    assert other != net and other.digest != net.digest


def test_every_element_of_the_drawing_stands_for_one_of_the_process():
    root = etree.fromstring(bpmn.chain("Cấp bản sao", STEPS))
    drawn = {e.get("bpmnElement") for e in root.iter("{*}BPMNShape", "{*}BPMNEdge")}
    process = root.find("{*}process")
    assert drawn == {e.get("id") for e in process}
    boxes = [
        (int(b.get("x")), int(b.get("width"))) for b in root.iterfind(".//{*}BPMNShape/{*}Bounds")
    ]
    assert all(x + width < after for (x, width), (after, _) in pairwise(boxes))
    for edge in root.iter("{*}BPMNEdge"):
        assert len(edge.findall("{*}waypoint")) in (2, 4)


def test_a_single_named_outcome_is_written_on_the_flow():
    step = bpmn.Step("Đóng dấu", "accountable", "registry", 1, "number", (bpmn.Way("sealed"),))
    net = bpmn.compile_process(bpmn.chain("Đóng dấu", [step]))
    assert net.outcomes("step_1") == ("sealed",)
    assert not any(node.kind is Kind.EXCLUSIVE for node in net.nodes)


def test_a_way_to_a_step_that_is_not_there_is_found():
    step = bpmn.Step("Thẩm định", "accountable", "officer", 1, outcomes=(bpmn.Way("x", to="nơi"),))
    codes = {finding.code for finding in bpmn.lint(bpmn.chain("Sai", [step]))}
    assert "bpmn.dangling_flow" in codes
