"""Persons: found or registered where they show who they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import psycopg

from motcua.ledger import sql
from motcua.ledger.acts import act
from motcua.ledger.canonical import digest
from motcua.people import events, policies
from motcua.people.models import Person, new_key
from motcua.rules import personal_id
from motcua.rules.actor import Actor
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import fold, one_spelling

PERSONAL = ("identity_number", "name", "born_on", "phone", "email", "address")
"""What the ledger keeps as keyed digests only."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody as he shows himself at the counter. `number` is a personal number, an old card or a
    passport of a citizen, a tax code of an enterprise."""

    name: str
    number: str = ""
    kind: str = Person.Kind.CITIZEN
    born_on: date | None = None
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Identified:
    """A registered person; `name` is as registered, `digest_key` is for the ledger's digests."""

    id: int
    name: str
    digest_key: bytes | None
    new: bool


def register_person(
    *,
    name: str,
    identity_number: str = "",
    kind: str = Person.Kind.CITIZEN,
    born_on: date | None = None,
    phone: str = "",
    email: str = "",
    address: str = "",
    actor: Actor,
    at: datetime,
) -> Identified:
    """Find a person by his number (without one: by name and telephone), or register him.

    At a counter he is confirmed. A citizen who files online is himself under his own number; somebody
    else he names is his declaration, a row of its own. What is registered already is not overwritten:
    contacts change by `change_contact` only.
    Raises person.may_not, person.name_missing, person.number_missing, identity.*.
    """
    identity = Identity(name, identity_number, kind, born_on, phone, email, address)
    if actor.sees.person_id is None:
        return register_persons([identity], actor=actor, at=at)[0]
    own, identity = Person.objects.get(id=actor.sees.person_id), clean(identity)
    if (
        identity.number or own.identity_number
    ) == own.identity_number and identity.kind == own.kind:
        return Identified(own.id, own.name, _key_of(own), new=False)
    return _register([identity], actor, at, confirmed=False)[_key(identity)]


def register_persons(
    identities: Sequence[Identity], *, actor: Actor, at: datetime
) -> list[Identified]:
    """`register_person` at a counter, for many at once, in the same order; new ones in one act."""
    policies.to_register(actor)
    cleaned = [clean(identity) for identity in identities]
    known = _find(cleaned)
    missing = {_key(i): i for i in cleaned if _key(i) not in known}
    if missing:
        try:
            known |= _register(list(missing.values()), actor, at)
        except psycopg.errors.UniqueViolation:  # another desk registered one of them meanwhile
            known |= _find(cleaned)
            again = [i for key, i in missing.items() if key not in known]
            known |= _register(again, actor, at) if again else {}
    return [known[_key(i)] for i in cleaned]


def clean(identity: Identity) -> Identity:
    """An identity in its one spelling.

    Raises person.name_missing, person.number_missing, identity.malformed, identity.tax_code_malformed,
    identity.tax_code_wrong, identity.phone_malformed.
    """
    name = one_spelling(identity.name)
    if not name:
        raise Refusal("person.name_missing")
    number = identity.number.strip()
    if identity.kind == Person.Kind.CITIZEN:
        number = personal_id.of_citizen(number).text if number else ""
    elif number:
        number = personal_id.tax_code(number).text
    elif identity.kind == Person.Kind.ENTERPRISE:
        raise Refusal("person.number_missing")
    phone = personal_id.phone(identity.phone) if identity.phone.strip() else ""
    return replace(identity, name=name, number=number, phone=phone)


def change_contact(
    *,
    person_id: int,
    phone: str,
    email: str,
    address: str,
    actor: Actor,
    at: datetime,
) -> None:
    """Where a person is reached from now on. Raises person.not_visible, identity.phone_malformed."""
    new = {
        "phone": personal_id.phone(phone) if phone.strip() else "",
        "email": email.strip(),
        "address": one_spelling(address),
    }
    with act(events.CONTACT_CHANGED, actor=actor, at=at) as a:
        person = policies.to_change_person(actor, person_id)
        a.hold("person", person_id)
        changed = {name: value for name, value in new.items() if getattr(person, name) != value}
        for name, value in changed.items():
            setattr(person, name, value)
        person.save(update_fields=list(changed))
        a.about("person", person_id, recorded(changed, person.digest_key))


def correct_person(
    *, person_id: int, name: str, born_on: date | None = None, actor: Actor, at: datetime
) -> None:
    """Write a person's name (and day of birth) as his card has them, where he was registered otherwise.

    Only where persons are registered: the officer has the card before him. Dossiers taken in keep the
    name their papers had. Raises person.may_not, person.not_visible, person.name_missing.
    """
    policies.to_register(actor)
    spelled = one_spelling(name)
    if not spelled:
        raise Refusal("person.name_missing")
    with act(events.PERSON_CORRECTED, actor=actor, at=at) as a:
        person = policies.to_change_person(actor, person_id)
        a.hold("person", person_id)
        person.name, person.folded_name = spelled, fold(spelled)
        person.born_on = born_on or person.born_on
        person.save(update_fields=["name", "folded_name", "born_on"])
        said = {"name": spelled} | ({"born_on": born_on} if born_on else {})
        a.about("person", person_id, recorded(said, person.digest_key))


def confirm_identity(*, account_id: int, actor: Actor, at: datetime) -> int:
    """An officer has seen the card of the owner of an account: the account is now that person's.

    Where the person was registered at a counter before, the account moves to that registration.
    Returns the person's id. Raises person.may_not, account.unknown, account.officer_or_citizen,
    account.confirmed_already.
    """
    policies.to_register(actor)
    with act(events.IDENTITY_CONFIRMED, actor=actor, at=at) as a:
        account = policies.locked_account(account_id)
        if account.person_id is None:
            raise Refusal("account.officer_or_citizen")
        declared = Person.objects.select_for_update().get(id=account.person_id)
        if declared.confirmed:
            raise Refusal("account.confirmed_already")
        before = Person.objects.filter(
            kind=declared.kind, identity_number=declared.identity_number, confirmed=True
        ).first()
        person = before or declared
        if before:
            account.person = before
            account.save(update_fields=["person"])
        else:
            declared.confirmed = True
            declared.save(update_fields=["confirmed"])
        a.hold("account", account_id)
        a.about("account", account_id, {"person": person.id})
    return int(person.id)


def person_row(identity: Identity, *, confirmed: bool) -> dict[str, Any]:
    """A cleaned identity as the columns of a new row."""
    return {
        "kind": str(identity.kind),
        "identity_number": identity.number or None,
        "name": identity.name,
        "folded_name": fold(identity.name),
        "born_on": identity.born_on,
        "phone": identity.phone,
        "email": identity.email.strip(),
        "address": one_spelling(identity.address),
        "digest_key": new_key(),
        "confirmed": confirmed,
    }


def recorded(row: dict[str, Any], key: bytes | memoryview | None) -> dict[str, Any]:
    """Personal values as the ledger knows them: field names and keyed digests; nothing of empty ones."""
    return {
        name: digest(bytes(key), str(row[name])) if key else ""
        for name in PERSONAL
        if row.get(name)
    }


def _key(identity: Identity) -> tuple[str, ...]:
    """By what two shows of one person are told to be one."""
    if identity.number:
        return str(identity.kind), identity.number
    return str(identity.kind), "", identity.name, identity.phone


def _find(identities: Sequence[Identity]) -> dict[tuple[str, ...], Identified]:
    columns = [
        [str(i.kind) for i in identities],
        [i.number for i in identities],
        [i.name for i in identities],
        [i.phone for i in identities],
    ]
    found = {}
    for row in sql.fetch(_FIND, columns):
        number = (row["number"],) if row["number"] else ("", row["asked_name"], row["phone"])
        key = bytes(row["digest_key"]) if row["digest_key"] else None
        found[(row["kind"], *number)] = Identified(row["id"], row["name"], key, new=False)
    return found


def _key_of(person: Person) -> bytes | None:
    return bytes(person.digest_key) if person.digest_key else None


def _register(
    identities: Sequence[Identity], actor: Actor, at: datetime, *, confirmed: bool = True
) -> dict[tuple[str, ...], Identified]:
    with act(events.PERSONS_REGISTERED, actor=actor, at=at) as a:
        ids = [row["id"] for row in sql.fetch(_NEXT, [len(identities)])]
        rows = [person_row(identity, confirmed=confirmed) for identity in identities]
        sql.insert(Person, [{"id": i} | row for i, row in zip(ids, rows, strict=True)])
        for person_id, row in zip(ids, rows, strict=True):
            a.about("person", person_id, {"kind": row["kind"]} | recorded(row, row["digest_key"]))
    return {
        _key(identity): Identified(person_id, row["name"], row["digest_key"], new=True)
        for identity, person_id, row in zip(identities, ids, rows, strict=True)
    }


_FIND = """
WITH asked AS (SELECT * FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[])
               AS a(kind, number, name, phone))
SELECT a.kind, a.number, a.name AS asked_name, a.phone, p.id, p.name, p.digest_key
FROM asked a JOIN people_person p
  ON p.confirmed AND p.kind = a.kind AND p.identity_number = a.number
WHERE a.number <> ''
UNION ALL
SELECT a.kind, a.number, a.name, a.phone, p.id, p.name, p.digest_key
FROM asked a JOIN people_person p
  ON p.confirmed AND p.kind = a.kind AND p.phone = a.phone AND p.name = a.name
  AND p.identity_number IS NULL
WHERE a.number = '' AND a.phone <> ''
"""
_NEXT = """
SELECT nextval(pg_get_serial_sequence('people_person', 'id')) AS id FROM generate_series(1, %s)
"""
