"""Every write of the room: persons, accounts, posts held, delegations, grants, keys."""

from motcua.people.operations.accounts import (
    change_password,
    close_account,
    issue_token,
    open_account,
    revoke_token,
    sign_up,
)
from motcua.people.operations.lookups import Purpose, look_up, look_up_at_counter
from motcua.people.operations.persons import (
    Identified,
    Identity,
    change_contact,
    confirm_identity,
    correct_person,
    register_person,
    register_persons,
)
from motcua.people.operations.posts import (
    assign_post,
    delegate,
    end_delegation,
    end_grant,
    end_post,
    grant,
)

__all__ = [
    "Identified",
    "Identity",
    "Purpose",
    "assign_post",
    "change_contact",
    "change_password",
    "close_account",
    "confirm_identity",
    "correct_person",
    "delegate",
    "end_delegation",
    "end_grant",
    "end_post",
    "grant",
    "issue_token",
    "look_up",
    "look_up_at_counter",
    "open_account",
    "register_person",
    "register_persons",
    "revoke_token",
    "sign_up",
]
