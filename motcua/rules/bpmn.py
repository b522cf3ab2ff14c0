"""Processes as BPMN 2.0 files: lint, compile, and draw one from a table of steps.

Steps, events and flows carry what BPMN has no place for in the namespace `https://motcua.vn/bpmn`:
on a task `mc:unit` ("received_by", "accountable", "committee", "committee_office"), `mc:post` (a role),
`mc:duration` (half days), `mc:act`; on a flow `mc:outcome` (names, separated by blanks) or `mc:predicate`.
"""

from __future__ import annotations

from motcua.rules.bpmn_chain import END, NEXT, Step, Way, chain
from motcua.rules.bpmn_checks import check
from motcua.rules.bpmn_codes import FINDINGS
from motcua.rules.bpmn_read import MC, Finding, Process, ProcessRefused, read
from motcua.rules.net import Net

__all__ = [
    "END",
    "FINDINGS",
    "MC",
    "NEXT",
    "Finding",
    "Process",
    "ProcessRefused",
    "Step",
    "Way",
    "chain",
    "compile_process",
    "lint",
    "parse",
]


def parse(xml: bytes) -> Process:
    """The raw process with what reading found; ProcessRefused where there is none to be read."""
    return read(xml)


def lint(xml: bytes) -> tuple[Finding, ...]:
    """Everything to be said about a file, warnings included; empty for a process without a fault."""
    try:
        return check(read(xml))
    except ProcessRefused as refused:
        return refused.findings


def compile_process(xml: bytes) -> Net:
    """The net to store with a process version; ProcessRefused with every error found."""
    process = read(xml)
    errors = tuple(finding for finding in check(process) if not finding.is_warning)
    if errors:
        raise ProcessRefused(errors)
    return process.net
