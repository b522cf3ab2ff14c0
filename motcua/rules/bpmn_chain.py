"""Draw a process from an ordered table of steps, as internal-process decisions print it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from motcua.rules.bpmn_read import BPMN, MC

NEXT = "next"
END = "end"

_DI = "http://www.omg.org/spec/BPMN/20100524/DI"
_DC = "http://www.omg.org/spec/DD/20100524/DC"
_LINE = "http://www.omg.org/spec/DD/20100524/DI"
_NAMESPACES = {"bpmn": BPMN, "bpmndi": _DI, "dc": _DC, "di": _LINE, "mc": MC}

_MIDDLE, _LEFT, _GAP, _ROW = 200, 160, 50, 34


@dataclass(frozen=True)
class Way:
    """One outcome of a step: its name, the words on its button, and where it leads: NEXT, END or the
    key of another step."""

    outcome: str
    label: str = ""
    to: str = NEXT


@dataclass(frozen=True)
class Step:
    """One row of the table; `key` names it for ways that lead back to it (default: step_1, step_2 …)."""

    name: str
    unit: str
    post: str
    half_days: Decimal | int | str
    act: str = "process"
    outcomes: Sequence[Way] = ()
    key: str = ""


@dataclass(frozen=True)
class _Box:
    id: str
    x: int
    width: int
    height: int

    @property
    def top(self) -> int:
        return _MIDDLE - self.height // 2

    @property
    def centre(self) -> int:
        return self.x + self.width // 2

    @property
    def right(self) -> int:
        return self.x + self.width


@dataclass(frozen=True)
class _Arrow:
    source: str
    target: str
    outcome: str = ""
    label: str = ""


def chain(name: str, steps: Sequence[Step], key: str = "process") -> bytes:
    """BPMN 2.0 with its drawing. A step without outcomes leads to the next; one with outcomes gets an
    exclusive gateway behind it, or carries the name on its flow if it has only one."""
    keys = [step.key or f"step_{number}" for number, step in enumerate(steps, 1)]
    boxes, arrows = _laid_out(steps, keys)
    root = etree.Element(f"{{{BPMN}}}definitions", nsmap=_NAMESPACES)
    root.set("id", f"{key}_definitions")
    root.set("targetNamespace", MC)
    process = _bpmn(root, "process", id=key, name=name, isExecutable="true")
    diagram = _add(root, _DI, "BPMNDiagram", id=f"{key}_diagram")
    plane = _add(diagram, _DI, "BPMNPlane", id=f"{key}_plane", bpmnElement=key)
    _bpmn(process, "startEvent", id="start", name="Tiếp nhận")
    for step, step_key in zip(steps, keys, strict=True):
        _task(process, step, step_key)
        if len(step.outcomes) > 1:
            _bpmn(process, "exclusiveGateway", id=_gateway(step_key))
    _bpmn(process, "endEvent", id=END, name="Kết thúc")
    for box in boxes.values():
        _shape(plane, box)
    drawn: Counter[tuple[str, str]] = Counter()
    for number, arrow in enumerate(arrows, 1):
        _sequence_flow(process, arrow, f"flow_{number}")
        _edge(plane, arrow, f"flow_{number}", boxes, drawn[arrow.source, arrow.target])
        drawn[arrow.source, arrow.target] += 1
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _laid_out(steps: Sequence[Step], keys: Sequence[str]) -> tuple[dict[str, _Box], list[_Arrow]]:
    boxes = {"start": _Box("start", _LEFT, 36, 36)}
    arrows = [_Arrow("start", keys[0] if keys else END)]
    at = _LEFT + 36 + _GAP
    for number, (step, key) in enumerate(zip(steps, keys, strict=True)):
        after = keys[number + 1] if number + 1 < len(keys) else END
        boxes[key] = _Box(key, at, 120, 80)
        at += 120 + _GAP
        source = key
        if len(step.outcomes) > 1:
            source = _gateway(key)
            boxes[source] = _Box(source, at, 50, 50)
            at += 50 + 2 * _GAP
            arrows.append(_Arrow(key, source))
        for way in step.outcomes or (Way(""),):
            target = after if way.to == NEXT else way.to
            arrows.append(_Arrow(source, target, way.outcome, way.label))
    boxes[END] = _Box(END, at, 36, 36)
    return boxes, arrows


def _gateway(key: str) -> str:
    return f"{key}_choice"


def _task(process: etree._Element, step: Step, key: str) -> None:
    task = _bpmn(process, "userTask", id=key, name=step.name)
    task.set(f"{{{MC}}}unit", step.unit)
    task.set(f"{{{MC}}}post", step.post)
    task.set(f"{{{MC}}}duration", str(step.half_days))
    task.set(f"{{{MC}}}act", step.act)


def _sequence_flow(process: etree._Element, arrow: _Arrow, key: str) -> None:
    flow = _bpmn(process, "sequenceFlow", id=key, sourceRef=arrow.source, targetRef=arrow.target)
    if arrow.label:
        flow.set("name", arrow.label)
    if arrow.outcome:
        flow.set(f"{{{MC}}}outcome", arrow.outcome)


def _shape(plane: etree._Element, box: _Box) -> None:
    shape = _add(plane, _DI, "BPMNShape", id=f"{box.id}_shape", bpmnElement=box.id)
    if box.width == 50:
        shape.set("isMarkerVisible", "true")
    _bounds(shape, box.x, box.top, box.width, box.height)


def _edge(
    plane: etree._Element, arrow: _Arrow, key: str, boxes: dict[str, _Box], beside: int
) -> None:
    """Straight to the neighbour; back, over others, or beside another flow, in an arc below or above
    the row."""
    edge = _add(plane, _DI, "BPMNEdge", id=f"{key}_edge", bpmnElement=key)
    source, target = boxes[arrow.source], boxes.get(arrow.target, boxes[END])
    order = list(boxes)
    if not beside and order.index(target.id) == order.index(source.id) + 1:
        points = [(source.right, _MIDDLE), (target.x, _MIDDLE)]
        label = (source.right + 4, _MIDDLE - 22)
    else:
        back = target.x < source.x
        span = abs(order.index(target.id) - order.index(source.id))
        level = _MIDDLE + (1 if back else -1) * (40 + _ROW + 4 * span + 24 * beside)
        edges = [(box.top + box.height) if back else box.top for box in (source, target)]
        points = [
            (source.centre, edges[0]),
            (source.centre, level),
            (target.centre, level),
            (target.centre, edges[1]),
        ]
        label = ((source.centre + target.centre) // 2 - 40, level + (4 if back else -18))
    for x, y in points:
        _add(edge, _LINE, "waypoint", x=str(x), y=str(y))
    if arrow.label:
        _bounds(_add(edge, _DI, "BPMNLabel"), *label, 80, 14)


def _bounds(parent: etree._Element, x: int, y: int, width: int, height: int) -> None:
    _add(parent, _DC, "Bounds", x=str(x), y=str(y), width=str(width), height=str(height))


def _bpmn(parent: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return _add(parent, BPMN, tag, **attributes)


def _add(parent: etree._Element, namespace: str, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{namespace}}}{tag}", attributes)
