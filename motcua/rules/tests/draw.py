"""A short notation for processes in tests: `draw("s:start a:user e:end", "s>a a>e")`.

Nodes are `id:kind`, boundary events `id:timer@host` (interrupting) or `id:timer~host`. Flows are
`a>b`, with `[outcome]`, `?predicate`, `!` for the default, `=text` for a condition's text; the id of
`a>b` is `a_b`.
"""

import re
from html import escape

TAGS = {
    "start": "startEvent",
    "end": "endEvent",
    "user": "userTask",
    "service": "serviceTask",
    "send": "sendTask",
    "receive": "receiveTask",
    "call": "callActivity",
    "exclusive": "exclusiveGateway",
    "parallel": "parallelGateway",
    "inclusive": "inclusiveGateway",
    "throw": "intermediateThrowEvent",
}
TIME = "<timerEventDefinition><timeDuration>P3D</timeDuration></timerEventDefinition>"
NOTE = '<messageEventDefinition messageRef="note"/>'
FLOW = re.compile(r"(\w+)>(\w*)(?:\[([^\]]*)\])?(?:\?(\w+))?(?:=([^!]+))?(!)?")


def draw(nodes: str, flows: str, extra: str = "", name: str = "Thử") -> bytes:
    parsed = [FLOW.fullmatch(flow) for flow in flows.split()]
    defaults = {flow[1]: f"{flow[1]}_{flow[2]}" for flow in parsed if flow[6]}
    body = [_node(item, defaults) for item in nodes.split()]
    body += [_flow(*flow.groups()) for flow in parsed]
    return document("".join(body) + extra, name)


def document(body: str, name: str = "Thử") -> bytes:
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
        'xmlns:mc="https://motcua.vn/bpmn" targetNamespace="t">'
        '<message id="note" name="Thông báo thuế"/>'
        f'<process id="p" name="{name}" isExecutable="true">{body}</process></definitions>'
    ).encode()


def _node(item: str, defaults: dict[str, str]) -> str:
    key, kind, host = re.fullmatch(r"(\w+):(\w+)(?:[@~](\w+))?", item).groups()
    attributes = f' id="{key}" name="{key.upper()}"'
    if key in defaults:
        attributes += f' default="{defaults[key]}"'
    if kind == "user":
        attributes += ' mc:unit="accountable" mc:post="officer" mc:duration="2"'
    if kind == "call":
        attributes += ' calledElement="other"'
    inner = {"timer": TIME, "message": NOTE, "terminate": "<terminateEventDefinition/>"}.get(
        kind, ""
    )
    tag = TAGS.get(kind)
    if host:
        attributes += f' attachedToRef="{host}"' + (
            ' cancelActivity="false"' if "~" in item else ""
        )
        tag = "boundaryEvent"
    elif kind == "terminate":
        tag = "endEvent"
    elif tag is None:
        tag = "intermediateCatchEvent" if inner else kind
    return f"<{tag}{attributes}>{inner}</{tag}>"


def _flow(source, target, outcome, predicate, text, _default) -> str:
    attributes = f' id="{source}_{target}" sourceRef="{source}" targetRef="{target}"'
    if outcome:
        attributes += f' mc:outcome="{outcome.replace(",", " ")}"'
    if predicate:
        attributes += f' mc:predicate="{predicate}"'
    inner = f"<conditionExpression>{escape(text)}</conditionExpression>" if text else ""
    return f"<sequenceFlow{attributes}>{inner}</sequenceFlow>"
