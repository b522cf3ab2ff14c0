"""Accounts: opened, closed, given a password or a key."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from motcua.ledger.canonical import digest
from motcua.people import events, policies
from motcua.people.models import Account, ApiToken, Person, PostHeld
from motcua.people.operations.common import act_or_refuse, days, ended, text
from motcua.people.operations.persons import Identity, clean, person_row, recorded
from motcua.rules import personal_id
from motcua.rules.actor import ANONYMOUS, Actor
from motcua.rules.refusal import Refusal
from motcua.rules.vietnamese import one_spelling


def open_account(
    *,
    username: str,
    name: str,
    kind: str,
    password: str | None,
    person_id: int | None = None,
    email: str = "",
    training: bool = False,
    actor: Actor,
    at: datetime,
) -> int:
    """Open an officer's account, or a citizen's for a registered person; returns its id.

    Without a password nobody signs in until one is set. Raises account.may_not,
    account.officer_or_citizen, account.username_malformed, account.username_taken, person.name_missing,
    person.not_visible, account.password_weak.
    """
    policies.to_open(actor, kind)
    if (kind == Account.Kind.CITIZEN) != (person_id is not None):
        raise Refusal("account.officer_or_citizen")
    username, name = _username(username), one_spelling(name)
    if not name:
        raise Refusal("person.name_missing")
    hashed = _hashed(password)
    clash = {"username": username}
    with act_or_refuse(events.ACCOUNT_OPENED, actor=actor, at=at, params=clash) as a:
        person = policies.to_change_person(actor, person_id) if person_id is not None else None
        account = Account.objects.create(
            username=username, name=name, kind=kind, person=person, email=email, training=training,
            password=hashed,
        )  # fmt: skip
        a.about("account", account.id, _opened(account, person))
    return int(account.id)


def sign_up(*, name: str, number: str, phone: str, password: str, at: datetime) -> int:
    """A citizen opens an account for himself; the personal number is the user name. Returns its id.

    What is declared here is confirmed by nobody yet: it makes a person of its own (models.Person).
    Raises person.name_missing, identity.personal_malformed, identity.phone_malformed,
    account.username_taken, account.password_weak.
    """
    number = personal_id.personal(number).text
    row = person_row(clean(Identity(name=name, number=number, phone=phone)), confirmed=False)
    hashed = _hashed(password)
    clash = {"username": number}
    with act_or_refuse(events.ACCOUNT_OPENED, actor=ANONYMOUS, at=at, params=clash) as a:
        person = Person.objects.create(**row)
        account = Account.objects.create(
            username=number, name=row["name"][:120], kind=Account.Kind.CITIZEN, person=person,
            password=hashed,
        )  # fmt: skip
        a.about("account", account.id, _opened(account, person))
        a.about("person", person.id, {"kind": row["kind"]} | recorded(row, person.digest_key))
    return int(account.id)


def close_account(*, account_id: int, reason: str, actor: Actor, at: datetime) -> None:
    """Nobody signs in by it any more, its keys and delegations hold no longer; its acts stay.

    Raises account.may_not, account.unknown, account.closed.
    """
    with act_or_refuse(events.ACCOUNT_CLOSED, actor=actor, at=at) as a:
        account = policies.to_change_account(actor, account_id)
        if not account.is_active:
            raise Refusal("account.closed")
        account.is_active = False
        account.save(update_fields=["is_active"])
        a.hold("account", account_id)
        a.about("account", account_id, {"active": False, "reason": reason})


def change_password(*, account_id: int, password: str, actor: Actor, at: datetime) -> str:
    """Set a new password: one's own, another's (the administrator), a citizen's who has shown his card
    (the desk); returns its hash.

    Sessions opened with the old one end. Raises account.may_not, account.unknown,
    account.password_weak.
    """
    hashed = _hashed(password)
    with act_or_refuse(events.PASSWORD_CHANGED, actor=actor, at=at) as a:
        account = policies.to_set_password(actor, account_id)
        account.password = hashed
        account.save(update_fields=["password"])
        a.hold("account", account_id)
        a.about("account", account_id, {"password": None})
    return hashed


def issue_token(
    *,
    account_id: int,
    held_id: int | None,
    name: str,
    since: date,
    until: date,
    actor: Actor,
    at: datetime,
) -> tuple[int, str]:
    """Make a key for another system to act as an account, in one of its posts; returns its id and the
    secret, which is shown once and kept nowhere.

    Raises account.may_not, account.unknown, post.not_held, token.name_missing, range.empty.
    """
    valid = days(since, until)
    if not name.strip():
        raise Refusal("token.name_missing")
    secret = f"mc_{secrets.token_urlsafe(32)}"
    with act_or_refuse(events.TOKEN_ISSUED, actor=actor, at=at) as a:
        policies.to_change_account(actor, account_id, own=True)
        if (
            held_id is not None
            and not PostHeld.objects.filter(id=held_id, account_id=account_id).exists()
        ):
            raise Refusal("post.not_held")
        token = ApiToken.objects.create(
            account_id=account_id, held_id=held_id, name=name.strip(), valid=valid,
            digest=token_digest(secret),
        )  # fmt: skip
        a.hold("account", account_id)
        a.about("account", account_id, {"token": token.id, "held": held_id, "valid": text(valid)})
    return int(token.id), secret


def revoke_token(*, token_id: int, on: date, actor: Actor, at: datetime) -> None:
    """End a key; `on` is the first day without it.

    Raises token.unknown, account.may_not, range.end_outside.
    """
    with act_or_refuse(events.TOKEN_REVOKED, actor=actor, at=at) as a:
        token = ApiToken.objects.select_for_update().filter(id=token_id).first()
        if token is None:
            raise Refusal("token.unknown")
        policies.to_change_account(actor, token.account_id, own=True)
        token.valid = ended(token.valid, on)
        token.save(update_fields=["valid"])
        a.hold("account", token.account_id)
        a.about("account", token.account_id, {"token": token_id, "valid": text(token.valid)})


def token_digest(secret: str) -> bytes:
    """What is kept of a key: its secret is long and random, so one plain hash is enough."""
    return hashlib.sha256(secret.encode()).digest()


def _username(text: str) -> str:
    username = text.strip().lower()
    if not re.fullmatch(r"[a-z0-9][a-z0-9._@-]{2,59}", username):
        raise Refusal("account.username_malformed")
    return username


def _hashed(password: str | None) -> str:
    if password is None:
        return make_password(None)
    try:
        validate_password(password)
    except ValidationError as weak:
        raise Refusal("account.password_weak", {"reasons": " ".join(weak.messages)}) from None
    return make_password(password)


def _opened(account: Account, person: Person | None) -> dict[str, object]:
    """An officer's name is public; a citizen's is his own."""
    if person is None:
        return {"kind": str(account.kind), "username": account.username, "name": account.name}
    key = bytes(person.digest_key) if person.digest_key else b""
    return {"kind": str(account.kind), "person": person.id} | (
        {"username": digest(key, account.username)} if key else {}
    )
