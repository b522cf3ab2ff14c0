"""Applicants as a desk needs them: who a number belongs to, and how the person of a dossier is reached.

Only for officers who take in or work on that person's dossier (Luật Căn cước 26/2023/QH15; NĐ 61/2018 Đ17).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from motcua.people.models import Person, PostHeld


@dataclass(frozen=True, slots=True)
class Known:
    """An applicant already on file."""

    id: int
    kind: str
    identity_number: str
    name: str
    phone: str
    email: str
    address: str


def by_id(person_id: int) -> Known:
    """The applicant of a dossier the reader may see."""
    return _known(Person.objects.get(id=person_id))


def officers(unit_id: int, role: str, on: date) -> list[tuple[int, str]]:
    """Who holds a post of a role in a unit on a day: (account, name and title)."""
    held = PostHeld.objects.filter(
        post__unit_id=unit_id, post__role=role, valid__contains=on, account__is_active=True
    ).select_related("account", "post")
    named = {h.account_id: f"{h.account.name} – {h.post.title}" for h in held}
    return sorted(named.items(), key=lambda pair: pair[1])


def _known(person: Person) -> Known:
    return Known(
        person.id, person.kind, person.identity_number or "", person.name, person.phone, person.email,
        person.address,
    )  # fmt: skip
