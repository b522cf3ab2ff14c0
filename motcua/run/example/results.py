"""A few results of the example on their way out, one at each stage, by the cast. Constructed.

They are signed with the example's keys, whose authority says of itself that it has no legal value.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.dossiers import ahead, operations, queries
from motcua.dossiers.models import Issue, WorkItem
from motcua.files import keys
from motcua.journeys import issuing, results
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.people import queries as people
from motcua.people.models import Account
from motcua.rules.actor import Actor, Role
from motcua.rules.casework import CONCLUDE
from motcua.rules.worktime import ZONE
from motcua.run.cast import DEPARTMENT

STAGES = ("signed", "issued", "prepared", "revoked", "prepared")
"""How far each of them comes, in the order of their codes."""
LEAD = timedelta(minutes=65)
REASON = "Ghi nhầm thửa đất (dựng cho bản ví dụ)"
BY_ROLE = {Role.OFFICER: "chuyen-vien", Role.HEAD: "truong-phong", Role.LEADER: "lanh-dao"}


def raise_results(until: datetime) -> None:
    """Bring some dossiers of a department to the end, each to another stage; once, and only where the
    department has a key for its seal. Needs the cast and its keys."""
    if Issue.objects.exists() or keys.find([DEPARTMENT], until) is None:
        return
    unit_id = organisations.unit_by_key(DEPARTMENT).id
    rows = sql.fetch(AT_THE_OFFICER, [unit_id, len(STAGES)])
    for stage, row in zip(STAGES, rows, strict=False):
        _bring(row["id"], stage, until - LEAD)


def _bring(dossier_id: UUID, stage: str, at: datetime) -> None:
    clock = _clock(at)
    _approved(dossier_id, clock)
    issue_id = UUID(str(Issue.objects.get(dossier_id=dossier_id).id))
    if stage != "prepared":
        issuing.sign(issue_id=issue_id, actor=_acting("lanh-dao", at), at=next(clock))
    if stage in ("issued", "revoked"):
        issuing.number_and_seal(issue_id=issue_id, actor=_acting("van-thu", at), at=next(clock))
    if stage == "revoked":
        named: dict[str, Any] = {"dossier_id": dossier_id, "issue_id": issue_id}
        by = _acting("chuyen-vien", at)
        operations.propose_revocation(**named, reason=REASON, actor=by, at=next(clock))


def _approved(dossier_id: UUID, clock: Iterator[datetime]) -> None:
    """Drafted and submitted by the officer, passed on to the leader, approved by him."""
    at = next(clock)
    officer, leader = _acting("chuyen-vien", at), _acting("lanh-dao", at)
    draft_id = operations.draft_result(
        dossier_id=dossier_id, template="quyet-dinh", actor=officer, at=at
    )
    of: dict[str, Any] = {"dossier_id": dossier_id, "draft_id": draft_id, "version": 1}
    operations.submit_draft(**of, actor=officer, at=next(clock))
    _to_the_last_step(dossier_id, clock)
    results.approve(**of, actor=leader, at=next(clock))


def _to_the_last_step(dossier_id: UUID, clock: Iterator[datetime]) -> None:
    """Passed on by the first way of each step."""
    while (item := WorkItem.objects.get(dossier_id=dossier_id, closed_at=None)).act != CONCLUDE:
        at = next(clock)
        actor = _acting(BY_ROLE[Role(item.role)], at)
        found = queries.detail(actor, dossier_id)
        (step,) = (one for one in found.case.items if one.id == item.id)
        way = ahead.ways(found, step, at.astimezone(ZONE).date())[0]
        operations.hand_on(
            dossier_id=dossier_id, item_id=item.id, outcome=way.outcome, actor=actor, at=at
        )


def _acting(username: str, at: datetime) -> Actor:
    return people.actor_of(int(Account.objects.get(username=username).id), None, at)


def _clock(at: datetime) -> Iterator[datetime]:
    """A moment every few minutes."""
    while True:
        at += timedelta(minutes=4)
        yield at


AT_THE_OFFICER = """
SELECT d.id FROM dossiers_dossier d JOIN dossiers_workitem w ON w.dossier_id = d.id
JOIN organisations_unit u ON u.id = w.unit_id
WHERE d.accountable_id = %s AND u.agency_id = d.accountable_id AND w.closed_at IS NULL
  AND NOT w.waiting AND NOT w.standing AND w.role = 'officer' AND w.assignee_id IS NULL
  AND d.status IN (2, 4) AND NOT d.training AND d.parent_id IS NULL
  AND (SELECT count(*) FROM dossiers_workitem o WHERE o.dossier_id = d.id AND o.closed_at IS NULL) = 1
  AND NOT EXISTS (SELECT 1 FROM dossiers_phase p WHERE p.dossier_id = d.id)
  AND NOT EXISTS (SELECT 1 FROM dossiers_charge c WHERE c.dossier_id = d.id AND c.paid_at IS NULL)
ORDER BY d.code LIMIT %s
"""
