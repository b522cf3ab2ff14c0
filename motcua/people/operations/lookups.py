"""A look at somebody's data outside one's own work, or in a search by number: its reason is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.people import events, policies
from motcua.people.models import LookUp
from motcua.people.operations.common import act_or_refuse
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

Purpose = LookUp.Purpose


def look_up(
    *,
    person_id: int,
    purpose: str,
    actor: Actor,
    at: datetime,
    dossier_id: UUID | None = None,
    code: str = "",
    note: str = "",
    fields: Sequence[str] = (),
) -> None:
    """Keep who looks at whose data, in which post, what for and at what (Luật Căn cước 26/2023/QH15; NĐ
    13/2023; Luật 91/2025/QH15). The note stays out of the record: it may name somebody.

    Raises lookup.may_not, lookup.purpose_missing, lookup.note_missing, person.not_visible.
    """
    account_id, unit_id = policies.to_look_up(actor)
    if purpose not in Purpose.values:
        raise Refusal("lookup.purpose_missing", {"field": "purpose"})
    if purpose == Purpose.OTHER and not note.strip():
        raise Refusal("lookup.note_missing", {"field": "note"})
    with act_or_refuse(events.LOOKED_UP, actor=actor, at=at) as a:
        policies.locked_person(person_id)
        a.hold("person", person_id)
        LookUp.objects.create(
            account_id=account_id, post_id=actor.post_id, title=actor.title,
            unit_id=unit_id, person_id=person_id, dossier_id=dossier_id, code=code,
            purpose=purpose, note=note.strip(), fields=list(fields), at=at,
        )  # fmt: skip
        said = {"purpose": purpose, "dossier": dossier_id, "fields": list(fields)}
        a.about("person", person_id, said)


def look_up_at_counter(*, person_id: int, actor: Actor, at: datetime) -> None:
    """Keep that a person was looked for by number at a counter, once a day for who looks; what is then taken
    in is told by its own acts. Raises lookup.may_not, person.not_visible."""
    account_id, _ = policies.to_look_up(actor)
    begins = at.astimezone(ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = LookUp.objects.filter(person_id=person_id, account_id=account_id)
    if not mine.filter(purpose=Purpose.INTAKE, at__gte=begins).exists():
        look_up(
            person_id=person_id, purpose=Purpose.INTAKE, fields=SHOWN_AT_COUNTER, actor=actor, at=at
        )


SHOWN_AT_COUNTER = ("name", "phone", "email", "address", "papers_held", "open_dossiers")
