"""A part of a dossier goes to another agency as a dossier of its own, and comes back (NĐ 61/2018 Đ19.6–7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.dossiers import attachments, children, events, policies, writer
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment
from motcua.dossiers.operations import intake as intakes
from motcua.dossiers.operations.common import work_on
from motcua.dossiers.operations.intake import Accepted, Intake
from motcua.dossiers.writer import Done
from motcua.ledger.acts import Key, act
from motcua.rules import casework, casework_children
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.refusal import Refusal


def open_child(
    *,
    dossier_id: UUID,
    unit_id: int,
    procedure_id: int,
    subject: str,
    actor: Actor,
    at: datetime,
    seen: int | None = None,
    key: Key | None = None,
) -> Accepted:
    """Forward a part of a dossier to another agency as a dossier there, with its own code, date and process;
    the files go with it, a receipt does not: the applicant has his.

    Where a step of the process waits for it, the child is that step's. Raises dossier.not_your_step,
    dossier.not_offered, dossier.limit_unknown, child.of_a_child, child.own_agency.
    """
    with act(events.CHILD_OPENED, actor=actor, at=at, key=key) as a:
        case, terms = policies.to_change(actor, dossier_id, a, seen=seen)
        waiting = casework_children.calling(case, terms.net)
        policies.to_open_child(actor, case, called=bool(waiting))
        parent = children.link_of(dossier_id)
        if parent["parent_id"] is not None:
            raise Refusal("child.of_a_child")
        intake = Intake(
            procedure_id=procedure_id,
            unit_id=unit_id,
            channel=Channel.COUNTER,
            applicant_id=case.applicant_id,
            applicant_name=parent["applicant_name"],
            submitter_name=parent["submitter_name"],
            subject=subject,
            papers=(),
        )
        found, child_terms = intakes.terms_for(intake, a.at)
        if found.limit is None:
            raise Refusal("dossier.limit_unknown", {"text": found.limit_text})
        case_there = intakes.new_case(found, intake, a.at, training=case.training)
        case_there = replace(case_there, channel=Channel.INTERCONNECTED)
        item = waiting[0] if waiting else None
        casework_children.opened(case, terms, a.at, child=case_there, item=item)
        code = intakes.next_code(unit_id, child_terms.day(a.at))
        link = {"parent_id": dossier_id, "called_by": item.id if item else None}
        made = casework.accept(
            case_there, child_terms, a.at, code=code, new=intakes.facts(found, intake) | link
        )
        here = casework_children.opened(case, terms, a.at, child=made.case, item=item)
        writer.apply_all([Done(here), Done(made, event=events.ACCEPTED)], a)
        sent = [Attached(f["blob_id"], f["name"]) for f in children.files_of(dossier_id)]
        a.insert(Attachment, attachments.rows(made.case.id, sent, a.at))
        done = intakes.answered(made.case)
        a.outcome |= done.to_json()
    return done


def receive_child(*, child_id: UUID, actor: Actor, at: datetime) -> None:
    """A child has ended: its parent is told, has the files of its result, and the step that waited goes on.

    Once for each child: again raises ledger.acts.AlreadyDone. Raises dossier.may_not, child.none.
    """
    policies.to_receive_child(actor)
    child = children.link_of(child_id)
    if child["parent_id"] is None:
        raise Refusal("child.none")
    key = Key.of(f"child:{child_id}", [str(child_id)])
    with work_on(events.CHILD_RETURNED, child["parent_id"], actor, at, None, key) as w:
        granted = child["status"] in (Status.DONE, Status.HANDED_OVER)
        granted = granted and (child["result"] or {}).get("kind") != "refusal"
        w.changes = casework_children.returned(
            w.case, w.terms, w.at, child=child, called_by=child["called_by"], granted=granted
        )
        files = [
            Attached(f["blob_id"], f["name"], kind=Attachment.Kind.SUBMITTED)
            for f in children.results_of(child_id)
        ]
        w.act.insert(Attachment, attachments.rows(w.case.id, files, w.at))
