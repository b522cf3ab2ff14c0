"""Every read of the room that another room or a door may use; who acts is built here."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.people import policies, ports
from motcua.people.models import Person
from motcua.people.operations.accounts import token_digest
from motcua.rules import personal_id
from motcua.rules.actor import ANONYMOUS, CAPABILITIES, Actor, May, Role, Scope
from motcua.rules.refusal import Refusal
from motcua.rules.worktime import ZONE

SEE = "see"
AT_THE_DESK = frozenset({Role.CLERK, Role.CASHIER, Role.MAIL_CLERK})
IN_THE_AGENCY = frozenset({Role.OFFICER, Role.HEAD, Role.LEADER, Role.REGISTRY})
COMMITTEE = frozenset({organisations.Kind.PROVINCE, organisations.Kind.COMMITTEE_OFFICE})


@dataclass(frozen=True, slots=True)
class Granted:
    """What a post was given beyond its role."""

    capability: str
    unit_id: int | None
    agency_id: int | None
    kind: str | None


@dataclass(frozen=True, slots=True)
class Seat:
    """A post an account may act in on a day: its own, or one delegated to it (`delegated_by`)."""

    held_id: int
    post_id: int
    role: Role
    title: str
    unit_id: int
    unit_name: str
    unit_kind: str
    agency_id: int
    home_agency_id: int | None
    holder_id: int
    delegated_by: str
    granted: tuple[Granted, ...]

    @property
    def label(self) -> str:
        """What the switcher in the header calls it."""
        label = f"{self.title} – {self.unit_name}"
        return f"{label} (thay {self.delegated_by})" if self.delegated_by else label


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, in which seat, and the seats there are to choose from."""

    actor: Actor
    name: str = ""
    seat: Seat | None = None
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A person as a dossier names him; the number is masked."""

    id: int
    kind: str
    name: str
    masked_number: str
    phone: str
    email: str
    address: str
    digest_key: bytes | None
    confirmed: bool


NOBODY = Acting(ANONYMOUS)


def actor_of(account_id: int, held_id: int | None, at: datetime) -> Actor:
    """The actor an account is at a moment, in the post it chose (see `acting`)."""
    return acting(account_id, held_id, at).actor


def acting(account_id: int, held_id: int | None, at: datetime) -> Acting:
    """Who acts by an account at a moment: in the post held `held_id` where it is his or delegated to him
    that day, else in his first own post, else in the first delegated to him. One statement, and one more
    where the seat may be consulted by other agencies.

    A closed or unknown account is nobody. A post, a delegation or a grant counts on the local days of
    its half-open range.
    """
    on = at.astimezone(ZONE).date()
    rows = sql.fetch(_BY_ACCOUNT, [account_id, on])
    return _acting(rows, held_id, on) if rows else NOBODY


def username(account_id: int) -> str:
    """The name an account signs in with."""
    return str(sql.fetch(_USERNAME, [account_id])[0]["username"])


def in_seats(found: Acting, at: datetime) -> list[tuple[Seat, Actor]]:
    """Every seat an account may act in, with the actor it would be there."""
    on = at.astimezone(ZONE).date()
    actor = found.actor
    bare = Actor(actor.account_id, actor.kind, actor.name, training=actor.training)
    return [(seat, _seated(bare, seat, on)) for seat in found.seats]


def actor_of_token(secret: str, at: datetime) -> Actor | None:
    """The actor by whose key another system calls, in the post the key was made for (where it was made
    for one, in no other). None for an unknown, ended or not yet valid key, or a closed account.
    """
    on = at.astimezone(ZONE).date()
    rows = sql.fetch(_BY_KEY, [on, token_digest(secret), on])
    if not rows:
        return None
    held_id = rows[0]["asked_held_id"]
    found = _acting(rows, held_id, on)
    if held_id is not None and (found.seat is None or found.seat.held_id != held_id):
        return None
    return found.actor


def person(actor: Actor, person_id: int) -> PersonFacts:
    """A person, for himself or for whoever registers persons; raises person.not_visible."""
    found = None
    if policies.may_register(actor) or actor.sees.person_id == person_id:
        found = Person.objects.filter(id=person_id).first()
    if found is None:
        raise Refusal("person.not_visible")
    return _person(found)


def person_by_number(actor: Actor, kind: str, number: str) -> PersonFacts | None:
    """The confirmed person of a number, for whoever registers persons; raises person.may_not."""
    policies.to_register(actor)
    found = Person.objects.filter(kind=kind, identity_number=number, confirmed=True).first()
    return _person(found) if found else None


@dataclass(frozen=True, slots=True)
class Looked:
    """A look at a person's data by somebody whose work it was not, as the person is told of it."""

    title: str
    unit: str
    purpose: str
    code: str
    at: datetime


def looks_at_me(actor: Actor, size: int = 100) -> list[Looked]:
    """Who has looked at the actor's own data, in which post and what for, the newest first; never a name."""
    if actor.sees.person_id is None:
        return []
    return [Looked(**row) for row in sql.fetch(LOOKED, [actor.sees.person_id, size])]


def has_looked(account_id: int, dossier_id: UUID, on: date) -> bool:
    """Whether an account has given its reason on a day for looking at a dossier."""
    begins = datetime.combine(on, time.min, ZONE)
    rows = sql.fetch(HAS_LOOKED, [account_id, dossier_id, begins, begins + timedelta(days=1)])
    return bool(rows)


def digest_key(person_id: int) -> bytes | None:
    """What keys the digests the record keeps of a person's values; none of one who is forgotten."""
    row = sql.fetch("SELECT digest_key FROM people_person WHERE id = %s", [person_id])[0]
    return bytes(row["digest_key"]) if row["digest_key"] else None


@dataclass(frozen=True, slots=True)
class Known:
    """A person as another authority is told of him: with his whole number."""

    kind: str
    number: str
    phone: str
    email: str


def known_as(actor: Actor, person_ids: Collection[int]) -> Mapping[int, Known]:
    """Persons by id, for the system itself about to tell another authority of their dossiers; raises
    person.not_visible."""
    if actor.kind != "system":
        raise Refusal("person.not_visible")
    rows = sql.fetch(KNOWN_AS, [sorted(person_ids)])
    return {row.pop("id"): Known(**row) for row in rows}


def addresses(person_ids: Collection[int]) -> Mapping[int, str]:
    """Where persons say they live, by id: for the act that asks by their area; shown to nobody."""
    rows = sql.fetch(
        "SELECT id, address FROM people_person WHERE id = ANY(%s)", [sorted(person_ids)]
    )
    return {row["id"]: row["address"] for row in rows}


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a person is written and called."""

    phone: str
    email: str


def contacts(person_ids: Collection[int]) -> Mapping[int, Contact]:
    """Where persons are reached, by id: for what the system sends them."""
    rows = sql.fetch(CONTACTS, [sorted(person_ids)])
    return {row["id"]: Contact(row["phone"], row["email"]) for row in rows}


def seated_in(agency_id: int, on: date) -> set[tuple[int, str, int]]:
    """Who holds which kind of post in an agency and its parts on a day: (unit, role, account)."""
    rows = sql.fetch(SEATED, [agency_id, on])
    return {(row["unit_id"], row["role"], row["account_id"]) for row in rows}


@dataclass(frozen=True, slots=True)
class LeftOver:
    """An officer of a unit that ends, who on the day after holds no post anywhere."""

    account_id: int
    name: str
    title: str
    unit_id: int


def without_post(agency_id: int, on: date) -> list[LeftOver]:
    """The officers in an agency's posts on the day before who hold none on the day, by unit and name."""
    rows = sql.fetch(WITHOUT_POST, [on - timedelta(days=1), agency_id, on, on])
    return [LeftOver(**row) for row in rows]


def names_by_number(actor: Actor, kind: str, numbers: Collection[str]) -> dict[str, str]:
    """The names of the confirmed persons of these numbers, for whoever registers persons; raises
    person.may_not."""
    policies.to_register(actor)
    known = Person.objects.filter(kind=kind, identity_number__in=set(numbers), confirmed=True)
    return {str(number): name for number, name in known.values_list("identity_number", "name")}


def _acting(rows: list[dict[str, Any]], held_id: int | None, on: date) -> Acting:
    account = rows[0]
    if account["kind"] == "citizen":
        return Acting(_citizen(account), account["name"])
    seats = tuple(_seat(row) for row in rows if row["held_id"] is not None)
    chosen = next((s for s in seats if s.held_id == held_id), seats[0] if seats else None)
    officer = Actor(
        account_id=account["id"],
        kind="officer",
        name=account["name"],
        training=account["training"],
    )
    if chosen is None:
        return Acting(officer, account["name"])
    return Acting(_seated(officer, chosen, on), account["name"], chosen, seats)


def _person(found: Person) -> PersonFacts:
    return PersonFacts(
        id=found.id,
        kind=found.kind,
        name=found.name,
        masked_number=personal_id.mask(found.identity_number or ""),
        phone=found.phone,
        email=found.email,
        address=found.address,
        digest_key=bytes(found.digest_key) if found.digest_key else None,
        confirmed=found.confirmed,
    )


def _citizen(account: dict[str, Any]) -> Actor:
    """A citizen's name is personal and stays out of the record: he is named by what he is."""
    return Actor(
        account_id=account["id"],
        kind="citizen",
        name=Person.Kind(account["person_kind"]).label.capitalize(),
        sees=Scope(person_id=account["person_id"]),
        training=account["training"],
    )


def _seat(row: dict[str, Any]) -> Seat:
    return Seat(
        held_id=row["held_id"],
        post_id=row["post_id"],
        role=Role(row["role"]),
        title=row["title"],
        unit_id=row["unit_id"],
        unit_name=row["unit_name"],
        unit_kind=row["unit_kind"],
        agency_id=row["agency_id"],
        home_agency_id=row["home_agency_id"],
        holder_id=row["holder_id"],
        delegated_by=row["holder_name"] if row["delegated"] else "",
        granted=tuple(Granted(*one) for one in row["granted"] or ()),
    )


def _seated(officer: Actor, seat: Seat, on: date) -> Actor:
    capabilities = {g.capability for g in seat.granted}
    units = {seat.unit_id}
    if seat.role is Role.DIRECTOR:
        units |= _desks(seat.agency_id, on)
    return replace(
        officer,
        post_id=seat.post_id,
        role=seat.role,
        title=seat.title,
        unit_id=seat.unit_id,
        agency_id=seat.agency_id,
        units=frozenset(units),
        may=CAPABILITIES[seat.role] | {m for m in May if m.value in capabilities},
        sees=_scope(seat, on),
        on_behalf_of=seat.holder_id if seat.delegated_by else None,
    )


def _scope(seat: Seat, on: date) -> Scope:
    """Whose dossiers a seat sees: an agency's own people its dossiers, the desk what it received and those
    of the agency it works for (seconded: the home agency), the centre's director what the centre received,
    the Committee and its Office what came before the Committee, the inspector all. What a unit closed before
    all of it fell to another is the other's to read. A right to figures is not a right to rows.
    """
    accountable: set[int] = set()
    received_by: set[int] = set()
    everything = seat.role is Role.INSPECTOR
    if seat.role in AT_THE_DESK or seat.role in IN_THE_AGENCY:
        agency = seat.home_agency_id or seat.agency_id
        accountable |= {agency} | organisations.wholly_from(agency, on)
    if seat.role in AT_THE_DESK:
        received_by |= {seat.unit_id} | _desks_before(seat, on)
    if seat.role is Role.DIRECTOR:
        received_by |= {seat.unit_id} | _desks(seat.agency_id, on)
    own = accountable | received_by
    for grant in seat.granted:
        if grant.capability != SEE:
            continue
        if grant.unit_id is None or grant.agency_id is None:
            everything = True
        elif grant.kind == organisations.Kind.DESK:
            received_by.add(grant.unit_id)
        elif grant.kind == organisations.Kind.CENTRE:
            received_by |= {grant.unit_id} | _desks(grant.agency_id, on)
        else:
            accountable.add(grant.agency_id)
    return Scope(
        everything,
        frozenset(accountable),
        frozenset(received_by),
        frozenset(_consulted(seat)),
        frozenset(_decides(seat, on)),
        lent=frozenset((accountable | received_by) - own),
    )


def _consulted(seat: Seat) -> set[int]:
    """The agency, where its officers are ever asked about the dossiers of others."""
    if seat.role not in IN_THE_AGENCY or not ports.is_consulted(seat.agency_id):
        return set()
    return {seat.agency_id}


def _decides(seat: Seat, on: date) -> set[int]:
    """The committee whose decisions the seat has a part in: its own, or the one its Office works for."""
    kind = organisations.unit(seat.agency_id).kind
    if seat.role not in IN_THE_AGENCY or kind not in COMMITTEE:
        return set()
    return {unit.id for unit in organisations.units_of_kind(organisations.Kind.PROVINCE, on)}


def _desks_before(seat: Seat, on: date) -> set[int]:
    """The desks of the units that fell to the seat's own, where it is at a desk of it: theirs is its now."""
    if seat.unit_kind != organisations.Kind.DESK:
        return set()
    ended = organisations.wholly_from(seat.agency_id, on)
    parts = (part for unit_id in ended for part in organisations.parts_ever(unit_id))
    return {part.id for part in parts if part.kind == organisations.Kind.DESK}


def _desks(agency_id: int, on: date) -> set[int]:
    parts = organisations.parts_of(agency_id, on)
    return {part.id for part in parts if part.kind == organisations.Kind.DESK}


LOOKED = """
SELECT l.title, u.name AS unit, l.purpose, l.code, l.at FROM people_lookup l
JOIN organisations_unit u ON u.id = l.unit_id WHERE l.person_id = %s ORDER BY l.at DESC, l.id DESC LIMIT %s
"""
CONTACTS = "SELECT id, phone, email FROM people_person WHERE id = ANY(%s)"
HAS_LOOKED = """
SELECT 1 FROM people_lookup WHERE account_id = %s AND dossier_id = %s AND at >= %s AND at < %s LIMIT 1
"""
SEATED = """
SELECT po.unit_id, po.role, h.account_id FROM people_postheld h
JOIN organisations_post po ON po.id = h.post_id JOIN organisations_unit u ON u.id = po.unit_id
JOIN people_account a ON a.id = h.account_id AND a.is_active
WHERE u.agency_id = %s AND h.valid @> %s::date
"""
WITHOUT_POST = """
SELECT DISTINCT ON (po.unit_id, a.name, a.id) a.id AS account_id, a.name, po.title, po.unit_id
FROM people_postheld h JOIN people_account a ON a.id = h.account_id AND a.is_active
JOIN organisations_post po ON po.id = h.post_id JOIN organisations_unit u ON u.id = po.unit_id
WHERE h.valid @> %s::date AND u.agency_id = %s AND NOT EXISTS (
    SELECT FROM people_postheld later JOIN organisations_post other ON other.id = later.post_id
    WHERE later.account_id = a.id AND later.valid @> %s::date AND other.valid @> %s::date)
ORDER BY po.unit_id, a.name, a.id
"""
_ASKED = """
SELECT a.id, a.kind, a.name, a.training, a.person_id, p.kind AS person_kind,
       s.held_id, s.delegated, s.holder_id, s.holder_name, s.post_id, s.role, s.title,
       s.unit_id, s.unit_name, s.unit_kind, s.agency_id, s.home_agency_id, s.granted,
       asked.held_id AS asked_held_id
FROM asked
JOIN people_account a ON a.id = asked.account_id AND a.is_active
LEFT JOIN people_person p ON p.id = a.person_id
LEFT JOIN LATERAL (
    SELECT h.id AS held_id, mine.delegated, h.account_id AS holder_id, holder.name AS holder_name,
           po.id AS post_id, po.role, po.title, u.id AS unit_id, u.name AS unit_name,
           u.kind AS unit_kind, u.agency_id, home.agency_id AS home_agency_id,
           (SELECT jsonb_agg(jsonb_build_array(g.capability, g.unit_id, gu.agency_id, gu.kind))
              FROM people_grant g LEFT JOIN organisations_unit gu ON gu.id = g.unit_id
             WHERE g.post_id = po.id AND g.valid @> asked.on_day) AS granted
    FROM (SELECT id, FALSE AS delegated FROM people_postheld WHERE account_id = a.id
          UNION ALL
          SELECT held_id, TRUE FROM people_delegation
           WHERE to_id = a.id AND valid @> asked.on_day) mine
    JOIN people_postheld h ON h.id = mine.id AND h.valid @> asked.on_day
    JOIN people_account holder ON holder.id = h.account_id AND holder.is_active
    JOIN organisations_post po ON po.id = h.post_id AND po.valid @> asked.on_day
    JOIN organisations_unit u ON u.id = po.unit_id
    LEFT JOIN organisations_unit home ON home.id = h.home_unit_id
) s ON TRUE
ORDER BY s.delegated, s.held_id
"""
_BY_ACCOUNT = (
    "WITH asked(account_id, on_day, held_id) AS (VALUES (%s::bigint, %s::date, NULL::bigint))"
    + _ASKED
)
_BY_KEY = (
    "WITH asked AS (SELECT account_id, %s::date AS on_day, held_id FROM people_apitoken "  # noqa: S608 — fixed words only
    "WHERE digest = %s AND valid @> %s::date)" + _ASKED
)
_USERNAME = "SELECT username FROM people_account WHERE id = %s"
KNOWN_AS = """
SELECT id, kind, coalesce(identity_number, '') AS number, phone, email FROM people_person WHERE id = ANY(%s)
"""
