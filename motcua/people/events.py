"""What can have happened to persons, accounts and the posts they hold."""

from __future__ import annotations

from motcua.ledger.acts import Event

PERSONS_REGISTERED = Event("persons.registered", "person")
CONTACT_CHANGED = Event("person.contact_changed", "person")
PERSON_CORRECTED = Event("person.corrected", "person")
IDENTITY_CONFIRMED = Event("account.identity_confirmed", "account")
ACCOUNT_OPENED = Event("account.opened", "account")
ACCOUNT_CLOSED = Event("account.closed", "account")
PASSWORD_CHANGED = Event("account.password_changed", "account")
POST_ASSIGNED = Event("account.post_assigned", "account")
POST_ENDED = Event("account.post_ended", "account")
POST_DELEGATED = Event("account.post_delegated", "account")
DELEGATION_ENDED = Event("account.delegation_ended", "account")
GRANTED = Event("post.granted", "post")
GRANT_ENDED = Event("post.grant_ended", "post")
TOKEN_ISSUED = Event("account.token_issued", "account")
TOKEN_REVOKED = Event("account.token_revoked", "account")
LOOKED_UP = Event("person.looked_up", "person")
