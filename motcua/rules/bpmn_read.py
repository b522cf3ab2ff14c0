"""From BPMN 2.0 XML to the raw process: what maps to the small net, and a finding for what does not.

Entities, document types and network access are off. No expression is evaluated: the text of a
`conditionExpression` is taken only where it is a plain name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from lxml import etree

from motcua.rules.bpmn_codes import WARNINGS
from motcua.rules.net import Flow, Kind, Net, Node
from motcua.rules.refusal import Refusal

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
MC = "https://motcua.vn/bpmn"
MAX_BYTES = 2 * 1024 * 1024
MAX_ELEMENTS = 600
MAX_HALF_DAYS = 10_000


@dataclass(frozen=True)
class Finding:
    """One thing said about a process: a code, the element it is about, plain parameters."""

    code: str
    element_id: str = ""
    element_name: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_warning(self) -> bool:
        """The process can be used, but somebody should look."""
        return self.code in WARNINGS


class ProcessRefused(Refusal):
    """A BPMN file that cannot be used; `findings` says everything that is wrong with it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        plain = [
            {
                "code": finding.code,
                "element_id": finding.element_id,
                "element_name": finding.element_name,
                "params": dict(finding.params),
            }
            for finding in findings
        ]
        super().__init__("bpmn.refused", {"findings": plain})
        self.findings = findings


@dataclass(frozen=True)
class Process:
    """What was read: the net as drawn, what reading found, and the elements that have no meaning here
    (kept in the net as bare nodes, so that the rest can still be judged)."""

    net: Net
    findings: tuple[Finding, ...]
    unknown: frozenset[str]


_TASKS = {
    "task": Kind.USER,
    "userTask": Kind.USER,
    "manualTask": Kind.USER,
    "serviceTask": Kind.SERVICE,
    "sendTask": Kind.SERVICE,
    "receiveTask": Kind.MESSAGE,
    "callActivity": Kind.CALL,
}
_GATEWAYS = {
    "exclusiveGateway": Kind.EXCLUSIVE,
    "parallelGateway": Kind.PARALLEL,
    "inclusiveGateway": Kind.INCLUSIVE,
}
_EVENTS = {
    ("startEvent", ""): Kind.START,
    ("startEvent", "message"): Kind.START,
    ("endEvent", ""): Kind.END,
    ("endEvent", "terminate"): Kind.TERMINATE,
    ("intermediateThrowEvent", ""): Kind.PASS,
    ("intermediateThrowEvent", "message"): Kind.SERVICE,
    ("intermediateCatchEvent", "message"): Kind.MESSAGE,
    ("intermediateCatchEvent", "timer"): Kind.TIMER,
    ("boundaryEvent", "message"): Kind.MESSAGE,
    ("boundaryEvent", "timer"): Kind.TIMER,
}
_EVENT_TAGS = frozenset(tag for tag, _ in _EVENTS)
_SILENT = frozenset(
    {
        "association",
        "auditing",
        "correlationSubscription",
        "dataInputAssociation",
        "dataObject",
        "dataObjectReference",
        "dataOutputAssociation",
        "dataStoreReference",
        "documentation",
        "extensionElements",
        "group",
        "humanPerformer",
        "incoming",
        "ioBinding",
        "ioSpecification",
        "laneSet",
        "monitoring",
        "outgoing",
        "performer",
        "potentialOwner",
        "property",
        "resourceRole",
        "supports",
        "textAnnotation",
    }
)


def read(xml: bytes) -> Process:
    """The one process of a file; ProcessRefused when there is nothing that could be judged further."""
    definitions = _tree(xml)
    messages = {m.get("id", ""): m.get("name", "") for m in definitions.iter(_tag("message"))}
    element = _the_process(definitions)
    size = sum(1 for _ in element.iter(_tag("sequenceFlow")))
    if size > MAX_ELEMENTS:
        raise _refused("bpmn.too_many_elements", flows=size, most=MAX_ELEMENTS)
    reader = _Reader(messages)
    reader.scope(element)
    return reader.process(element.get("id", ""), element.get("name", ""))


def _tree(xml: bytes) -> etree._Element:
    if len(xml) > MAX_BYTES:
        raise _refused("bpmn.too_large", bytes=len(xml), most=MAX_BYTES)
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise _refused("bpmn.document_type")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        raise _refused("bpmn.not_xml", line=line, reason=str(error)[:200]) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise _refused("bpmn.document_type")
    if root.tag != _tag("definitions"):
        raise _refused("bpmn.not_bpmn", root=etree.QName(root).localname)
    return root


def _the_process(definitions: etree._Element) -> etree._Element:
    """The only process with something in it, or the only one of these marked executable."""
    filled = [
        p for p in definitions.findall(_tag("process")) if p.find(_tag("sequenceFlow")) is not None
    ]
    if not filled:
        raise _refused("bpmn.no_process")
    if len(filled) > 1:
        names = [p.get("name") or p.get("id") or "" for p in filled]
        filled = [p for p in filled if p.get("isExecutable") == "true"]
        if len(filled) != 1:
            raise _refused("bpmn.several_processes", processes=names)
    return filled[0]


class _Reader:
    def __init__(self, messages: Mapping[str, str]) -> None:
        self.messages = messages
        self.findings: list[Finding] = []
        self.nodes: dict[str, Node] = {}
        self.flows: dict[str, Flow] = {}
        self.defaults: dict[str, str] = {}
        self.unknown: set[str] = set()
        self.entries: dict[str, str] = {}
        self.closing: set[str] = set()

    def scope(self, element: etree._Element) -> None:
        """Read what a process or an embedded sub-process holds."""
        for child in element:
            tag = _local(child)
            if tag in _SILENT:
                continue
            if tag.endswith("LoopCharacteristics"):
                self.find("bpmn.loop_marker", element, marker=tag)
                continue
            if not child.get("id"):
                self.find("bpmn.no_id", child, element=tag)
            elif child.get("id") in self.nodes or child.get("id") in self.flows:
                self.find("bpmn.duplicate_id", child)
            elif tag == "sequenceFlow":
                self.flow(child)
            else:
                self.node(tag, child)

    def node(self, tag: str, element: etree._Element) -> None:
        if default := element.get("default"):
            self.defaults[element.get("id", "")] = default
        if tag in _TASKS:
            self.task(_TASKS[tag], element)
        elif tag in _GATEWAYS:
            self.add(element, _GATEWAYS[tag])
        elif tag in _EVENT_TAGS:
            self.event(tag, element)
        elif tag == "subProcess":
            self.sub_process(element)
        else:
            self.find("bpmn.unknown_element", element, element=tag)
            self.placeholder(element)

    def task(self, kind: Kind, element: etree._Element) -> None:
        for child in element:
            if _local(child).endswith("LoopCharacteristics"):
                self.find("bpmn.loop_marker", element, marker=_local(child))
        if element.get("isForCompensation") == "true":
            self.find("bpmn.unknown_element", element, element="isForCompensation")
        refers = element.get("calledElement", "") or self.message(element)
        self.add(element, kind, refers=refers)

    def event(self, tag: str, element: etree._Element) -> None:
        definitions = [c for c in element if _local(c).endswith("EventDefinition")]
        names = [_local(c).removesuffix("EventDefinition") for c in definitions]
        name = names[0] if len(names) == 1 else "+".join(names)
        kind = _EVENTS.get((tag, name))
        if kind is None:
            self.find("bpmn.unknown_event", element, element=tag, event=name)
            self.placeholder(element)
            return
        refers = self.message(definitions[0]) if definitions else ""
        if kind is Kind.TIMER:
            refers = self.time(element, definitions[0])
        self.add(
            element,
            kind,
            refers=refers,
            host=element.get("attachedToRef", ""),
            interrupting=element.get("cancelActivity") != "false",
        )

    def time(self, element: etree._Element, definition: etree._Element) -> str:
        for child in definition:
            if _local(child) == "timeCycle":
                self.find("bpmn.timer_cycle", element)
            if text := (child.text or "").strip():
                return text
        if element.get(f"{{{MC}}}duration") is None:
            self.find("bpmn.no_time", element)
        return ""

    def message(self, element: etree._Element) -> str:
        reference = element.get("messageRef", "").rpartition(":")[2]
        return self.messages.get(reference) or reference

    def sub_process(self, element: etree._Element) -> None:
        """An embedded sub-process is flattened: its start is passed, its ends become one place that
        waits for what is still inside."""
        outer = element.get("id", "")
        nodes, flows = set(self.nodes), set(self.flows)
        self.scope(element)
        inside = [node for key, node in self.nodes.items() if key not in nodes]
        starts = [node.id for node in inside if node.kind is Kind.START]
        ends = {node.id for node in inside if node.kind is Kind.END}
        reason = _why_not_flat(element, inside)
        if reason:
            self.find("bpmn.sub_process", element, reason=reason)
            self.nodes = {key: node for key, node in self.nodes.items() if key in nodes}
            self.flows = {key: flow for key, flow in self.flows.items() if key in flows}
            self.placeholder(element)
            return
        self.entries[outer] = starts[0]
        self.nodes[starts[0]] = replace(self.nodes[starts[0]], kind=Kind.PASS)
        for key in ends:
            del self.nodes[key]
        for key in set(self.flows) - flows:
            if self.flows[key].target in ends:
                self.flows[key] = replace(self.flows[key], target=outer)
                self.closing.add(key)
        self.add(element, Kind.CLOSE)

    def flow(self, element: etree._Element) -> None:
        names = tuple(element.get(f"{{{MC}}}outcome", "").split())
        predicate = element.get(f"{{{MC}}}predicate", "").strip()
        text = (element.findtext(_tag("conditionExpression")) or "").strip()
        if names and predicate:
            self.find("bpmn.two_conditions", element, outcome=names[0], predicate=predicate)
        if text and not (names or predicate):
            if text.isidentifier():
                names = (text,)
            else:
                self.find("bpmn.condition_not_a_name", element, text=text[:80])
        for name in (*names, *filter(None, [predicate])):
            if not name.isidentifier():
                self.find("bpmn.outcome_not_a_name", element, outcome=name[:80])
        self.flows[element.get("id", "")] = Flow(
            id=element.get("id", ""),
            source=element.get("sourceRef", ""),
            target=element.get("targetRef", ""),
            name=_name(element),
            outcomes=tuple(dict.fromkeys(names)),
            predicate=predicate,
        )

    def add(self, element: etree._Element, kind: Kind, **more: Any) -> None:
        key = element.get("id", "")
        self.nodes[key] = Node(
            id=key,
            kind=kind,
            name=_name(element),
            unit=element.get(f"{{{MC}}}unit", "").strip(),
            post=element.get(f"{{{MC}}}post", "").strip(),
            half_days=self.half_days(element),
            act=element.get(f"{{{MC}}}act", "").strip(),
            **more,
        )

    def half_days(self, element: etree._Element) -> Decimal | None:
        text = element.get(f"{{{MC}}}duration", "").strip()
        if not text:
            return None
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal(-1)
        if not value.is_finite() or not 0 <= value <= MAX_HALF_DAYS or value != round(value, 4):
            self.find("bpmn.bad_duration", element, duration=text[:80])
            return None
        return value

    def placeholder(self, element: etree._Element) -> None:
        self.unknown.add(element.get("id", ""))
        self.nodes[element.get("id", "")] = Node(
            id=element.get("id", ""), kind=Kind.PASS, name=_name(element)
        )

    def find(self, code: str, element: etree._Element, /, **params: Any) -> None:
        self.findings.append(Finding(code, element.get("id", ""), _name(element), params))

    def process(self, key: str, name: str) -> Process:
        """What has been read, with defaults marked and flows into sub-processes led to their starts."""
        flows = []
        for flow in self.flows.values():
            if flow.id not in self.closing:
                target = flow.target
                while target in self.entries:
                    target = self.entries[target]
                flow = replace(flow, target=target)
            if self.defaults.get(flow.source) == flow.id:
                flow = replace(flow, default=True)
            flows.append(flow)
        own = {(flow.source, flow.id) for flow in flows}
        for source, default in self.defaults.items():
            if (source, default) not in own and source in self.nodes:
                node = self.nodes[source]
                self.findings.append(
                    Finding("bpmn.default_unknown", node.id, node.name, {"flow": default})
                )
        net = Net(id=key, name=name, nodes=tuple(self.nodes.values()), flows=tuple(flows))
        return Process(net, tuple(self.findings), frozenset(self.unknown))


def _why_not_flat(element: etree._Element, inside: list[Node]) -> str:
    kinds = [node.kind for node in inside]
    if element.get("triggeredByEvent") == "true":
        return "triggered_by_event"
    if kinds.count(Kind.START) != 1:
        return "not_one_start"
    if Kind.END not in kinds:
        return "no_end"
    return "terminate" if Kind.TERMINATE in kinds else ""


def _refused(code: str, **params: Any) -> ProcessRefused:
    return ProcessRefused((Finding(code, params=params),))


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _local(element: etree._Element) -> str:
    """The BPMN name of an element; comments and foreign elements have none that means anything here."""
    if not isinstance(element.tag, str):
        return "documentation"
    name = etree.QName(element)
    return name.localname if name.namespace == BPMN else "extensionElements"


def _name(element: etree._Element) -> str:
    return " ".join(element.get("name", "").split())
