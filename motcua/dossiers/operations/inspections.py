"""A visit on the spot, as its minutes say (NĐ 61/2018 Đ19)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.dossiers import consulting, desk_files, events, policies
from motcua.dossiers.models import DeskFile, Inspection
from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.rules.actor import Actor
from motcua.rules.casework import OPEN
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Member:
    """One who took part: his name, and whom he stood for."""

    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """What the minutes say."""

    place: str
    begun_at: datetime
    members: Sequence[Member]
    findings: str
    conclusion: str


def record_inspection(
    *,
    dossier_id: UUID,
    minutes: Minutes,
    actor: Actor,
    at: datetime,
    files: Sequence[tuple[int, str]] = (),
) -> UUID:
    """Record an inspection of a dossier, with its pictures and files (blob id, name); from one's open step.

    Minutes are not changed: a wrong one is followed by another. Raises dossier.not_your_step,
    dossier.not_under_way, inspection.in_the_future, inspection.part_missing, inspection.nobody_there.
    """
    with act(events.INSPECTION_RECORDED, actor=actor, at=at) as a:
        case, _ = policies.to_change(actor, dossier_id, a)
        policies.to_consult(actor, case)
        if case.accepted_at is None or case.status not in OPEN:
            raise Refusal("dossier.not_under_way", {"status": int(case.status)})
        _whole(minutes, a.at)
        number = int(sql.fetch(NEXT, [dossier_id])[0]["next"])
        inspection_id = new_id()
        row = {
            "id": inspection_id,
            "dossier_id": dossier_id,
            "number": number,
            "place": minutes.place.strip(),
            "begun_at": minutes.begun_at,
            "members": [{"name": m.name, "part": m.part} for m in minutes.members],
            "findings": minutes.findings.strip(),
            "conclusion": minutes.conclusion.strip(),
            "at": a.at,
            "by_id": actor.account_id,
            "by_name": actor.name,
            "by_title": actor.title,
            "agency_id": case.accountable_id,
        }
        a.insert(Inspection, [row])
        a.insert(DeskFile, [r for _, r in desk_files.rows(dossier_id, inspection_id, files, a.at)])
        digest = consulting.digest(case.applicant_id, f"{row['findings']}\n{row['conclusion']}")
        said = {"inspection": inspection_id, "minutes": number, "files": len(files)}
        a.about("dossier", dossier_id, said | ({"text": digest} if digest else {}))
    return inspection_id


def _whole(minutes: Minutes, at: datetime) -> None:
    if minutes.begun_at > at:
        raise Refusal("inspection.in_the_future", {"field": "begun_at"})
    if not minutes.members:
        raise Refusal("inspection.nobody_there", {"field": "members"})
    for name in ("place", "findings", "conclusion"):
        if not getattr(minutes, name).strip():
            raise Refusal("inspection.part_missing", {"field": name})


NEXT = "SELECT count(*) + 1 AS next FROM dossiers_inspection WHERE dossier_id = %s"
