"""Applicants as a desk needs them: who a number belongs to, and how the person of a dossier is reached.

Only for officers who take in or work on that person's dossier (Luật Căn cước 26/2023/QH15; NĐ 61/2018 Đ17).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from motcua.people.models import Person, PostHeld
from motcua.rules.actor import Role


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


@dataclass(frozen=True, slots=True)
class OnFile:
    """An applicant's number as it is on file, to be compared with what somebody shows, and the key of the
    digests that the record keeps of him."""

    number: str
    digest_key: bytes | None


def number_of(person_id: int) -> OnFile:
    """The number on file of a dossier's applicant."""
    found = Person.objects.only("identity_number", "digest_key").get(id=person_id)
    return OnFile(
        found.identity_number or "", bytes(found.digest_key) if found.digest_key else None
    )


def officers(unit_id: int, role: str, on: date) -> list[tuple[int, str]]:
    """Who holds a post of a role in a unit on a day: (account, name and title)."""
    held = PostHeld.objects.filter(
        post__unit_id=unit_id, post__role=role, valid__contains=on, account__is_active=True
    ).select_related("account", "post")
    named = {h.account_id: f"{h.account.name} – {h.post.title}" for h in held}
    return sorted(named.items(), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class Leader:
    """Who signs for an agency on a day."""

    account_id: int
    name: str
    title: str


def leaders(agency_id: int, on: date) -> list[Leader]:
    """Who holds a leader's post of an agency on a day, the agency's own or of one of its parts."""
    held = PostHeld.objects.filter(
        post__unit__agency_id=agency_id, post__role=Role.LEADER, post__valid__contains=on,
        valid__contains=on, account__is_active=True,
    ).select_related("account", "post")  # fmt: skip
    found = {h.account_id: Leader(h.account_id, h.account.name, h.post.title) for h in held}
    return sorted(found.values(), key=lambda leader: leader.name)


def of_units(units: Iterable[int], on: date) -> dict[int, str]:
    """Who holds a post in some units on a day, by account, in the order of their names."""
    held = PostHeld.objects.filter(
        post__unit_id__in=list(units), valid__contains=on, account__is_active=True
    ).select_related("account")
    named = {h.account_id: h.account.name for h in held}
    return dict(sorted(named.items(), key=lambda pair: pair[1]))


def _known(person: Person) -> Known:
    return Known(
        person.id, person.kind, person.identity_number or "", person.name, person.phone, person.email,
        person.address,
    )  # fmt: skip
