"""What can be said about a BPMN file: each code with its parameters, for whoever writes the sentences.

Every finding also carries the id and the name of its element, empty where the file as a whole is meant.
"""

from __future__ import annotations

from collections.abc import Mapping

FINDINGS: Mapping[str, tuple[str, ...]] = {
    # the file
    "bpmn.too_large": ("bytes", "most"),
    "bpmn.too_many_elements": ("flows", "most"),
    "bpmn.not_xml": ("line", "reason"),
    "bpmn.document_type": (),
    "bpmn.not_bpmn": ("root",),
    "bpmn.no_process": (),
    "bpmn.several_processes": ("processes",),
    # single elements
    "bpmn.no_id": ("element",),
    "bpmn.duplicate_id": (),
    "bpmn.unknown_element": ("element",),
    "bpmn.unknown_event": ("element", "event"),
    "bpmn.loop_marker": ("marker",),
    "bpmn.sub_process": ("reason",),
    "bpmn.timer_cycle": (),
    "bpmn.bad_duration": ("duration",),
    "bpmn.unknown_post": ("post",),
    "bpmn.two_conditions": ("outcome", "predicate"),
    "bpmn.condition_not_a_name": ("text",),
    "bpmn.outcome_not_a_name": ("outcome",),
    "bpmn.default_unknown": ("flow",),
    # how they hang together
    "bpmn.no_start": (),
    "bpmn.several_starts": ("starts",),
    "bpmn.no_end": (),
    "bpmn.dangling_flow": ("end", "node"),
    "bpmn.flow_into_start": (),
    "bpmn.flow_out_of_end": (),
    "bpmn.flow_into_boundary": (),
    "bpmn.boundary_host": ("host",),
    "bpmn.unreachable": (),
    "bpmn.dead_end": (),
    # who chooses
    "bpmn.split_without_condition": ("flows",),
    "bpmn.condition_on_parallel": ("flows",),
    "bpmn.condition_on_default": (),
    "bpmn.duplicate_outcome": ("outcome",),
    "bpmn.predicate_without_default": (),
    "bpmn.no_outcome": (),
    "bpmn.nobody_chooses": (),
    "bpmn.outcome_never_offered": ("outcome",),
    # how it runs
    "bpmn.loop_without_task": (),
    "bpmn.can_get_stuck": ("reason",),
    # worth a look
    "bpmn.no_duration": (),
    "bpmn.no_unit": (),
    "bpmn.no_post": (),
    "bpmn.no_time": (),
    "bpmn.opens_twice": (),
}

WARNINGS = frozenset(
    {
        "bpmn.no_duration",
        "bpmn.no_unit",
        "bpmn.no_post",
        "bpmn.no_time",
        "bpmn.opens_twice",
    }
)
