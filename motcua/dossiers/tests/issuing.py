"""A result on its way out in the small world: its people, and its stages with files that are not signed."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.dossiers import issuing, operations
from motcua.dossiers.models import Issue
from motcua.dossiers.tests.conftest import World, later, seated
from motcua.dossiers.tests.test_walk import item_of
from motcua.files import operations as files
from motcua.files.tests import samples
from motcua.rules.actor import Actor, Role
from motcua.rules.casework_issuing import Made

SYMBOL = "QĐ-SA"


@dataclass
class People:
    """Who takes part: each with an account of his own."""

    officer: Actor
    leader: Actor
    registry: Actor


def raise_people(world: World) -> People:
    def one(name: str, role: Role) -> Actor:
        return world.actor(role, account=seated(world, name, role))

    return People(
        one("chuyen-vien", Role.OFFICER),
        one("lanh-dao", Role.LEADER),
        one("van-thu", Role.REGISTRY),
    )


def stored(text: str, actor: Actor) -> int:
    """A file of its own for each text."""
    content = samples.PDF + f"%{text}\n".encode()
    return files.store([content], f"{text}.pdf", actor=actor, at=later(1))


def made(text: str, actor: Actor) -> Made:
    return Made(stored(text, actor), hashlib.sha256(text.encode()).hexdigest())


def approved(people: People, dossier: UUID, at: datetime | None = None) -> UUID:
    """A draft, submitted and approved; the dossier at its last step."""
    at = at or later(1)
    draft = operations.draft_result(
        dossier_id=dossier, template="quyet-dinh", actor=people.officer, at=at
    )
    of = {"dossier_id": dossier, "draft_id": draft, "version": 1, "at": at}
    operations.submit_draft(**of, actor=people.officer)
    operations.approve_draft(**of, blob_id=stored("duyet", people.leader), actor=people.leader)
    operations.hand_on(dossier_id=dossier, item_id=item_of(dossier), actor=people.officer, at=at)
    return draft


def prepared(people: People, dossier: UUID, draft: UUID | None = None, **kw) -> UUID:
    values = {"actor": people.leader, "at": later(1), "symbol": SYMBOL}
    return operations.prepare_issue(
        dossier_id=dossier, draft_id=draft or approved(people, dossier), token=secrets.token_urlsafe(16),
        blob_id=stored("trinh", people.leader), **(values | kw),
    )  # fmt: skip


def sign(people: People, issue: UUID, **kw) -> None:
    values = {"actor": people.leader, "at": later(1)}
    operations.sign_issue(**of(issue), made=made("ky", people.leader), **(values | kw))


def number(people: People, issue: UUID, **kw) -> None:
    operations.number_issue(**of(issue), **({"actor": people.registry, "at": later(1)} | kw))


def seal(people: People, issue: UUID, **kw) -> None:
    row = Issue.objects.get(id=issue)
    values = {"number": row.number, "actor": people.registry, "at": later(1)}
    operations.seal_issue(**of(issue), made=made(f"dau-{issue}", people.registry), **(values | kw))


def conclude(people: People, issue: UUID, **kw) -> None:
    row = Issue.objects.get(id=issue)
    values = {"actor": people.registry, "at": later(1), "issue_id": issue}
    operations.conclude(
        dossier_id=row.dossier_id, item_id=item_of(row.dossier_id), result_name=row.title,
        result_number=row.number, **(values | kw),
    )  # fmt: skip


def issued(people: People, dossier: UUID, **kw) -> UUID:
    """All of it, up to the issued result."""
    issue = prepared(people, dossier, **kw)
    for stage in (sign, number, seal, conclude):
        stage(people, issue)
    return issue


def of(issue: UUID) -> dict[str, UUID]:
    return {"dossier_id": Issue.objects.get(id=issue).dossier_id, "issue_id": issue}


def waiting(issue: UUID) -> UUID:
    """The revocation of an issue that waits."""
    rows = issuing.revocations(issue)
    found: UUID = next(row["id"] for row in rows if row["decided_at"] is None)
    return found
