"""Who may open accounts, assign posts and register persons."""

from __future__ import annotations

from motcua.people.models import Account, Delegation, Person, PostHeld
from motcua.rules.actor import Actor, May
from motcua.rules.refusal import Refusal


def may_operate(actor: Actor) -> bool:
    """Whether the actor runs the system: opens officers' accounts, assigns posts, grants."""
    return May.OPERATE in actor.may


def may_register(actor: Actor) -> bool:
    """Whether the actor stands where applicants show who they are."""
    return May.ACCEPT in actor.may or may_operate(actor)


def to_operate(actor: Actor) -> None:
    """Raises account.may_not unless `may_operate`."""
    if not may_operate(actor):
        raise Refusal("account.may_not")


def to_register(actor: Actor) -> None:
    """Raises person.may_not unless `may_register`."""
    if not may_register(actor):
        raise Refusal("person.may_not")


def to_open(actor: Actor, kind: str) -> None:
    """Officers' accounts are the administrator's to open, citizens' also the desk's."""
    if not (may_operate(actor) or (kind == Account.Kind.CITIZEN and May.ACCEPT in actor.may)):
        raise Refusal("account.may_not")


def to_change_account(actor: Actor, account_id: int, *, own: bool = False) -> Account:
    """Lock an account; `own` lets its owner in beside the administrator.

    Raises account.may_not, account.unknown.
    """
    if not (may_operate(actor) or (own and actor.account_id == account_id)):
        raise Refusal("account.may_not")
    return locked_account(account_id)


def to_set_password(actor: Actor, account_id: int) -> Account:
    """Lock an account whose owner, the administrator or, for a citizen's, the desk sets its password.

    Raises account.may_not, account.unknown.
    """
    found = locked_account(account_id)
    at_desk = found.kind == Account.Kind.CITIZEN and may_register(actor)
    if not (may_operate(actor) or at_desk or actor.account_id == account_id):
        raise Refusal("account.may_not")
    return found


def locked_account(account_id: int) -> Account:
    """Lock an account; raises account.unknown."""
    found = Account.objects.select_for_update().filter(id=account_id).first()
    if found is None:
        raise Refusal("account.unknown")
    return found


def officer(account_id: int) -> Account:
    """Lock an account that can hold a post; raises account.unknown, .not_officer, .closed."""
    found = locked_account(account_id)
    if found.kind != Account.Kind.OFFICER:
        raise Refusal("account.not_officer")
    if not found.is_active:
        raise Refusal("account.closed")
    return found


def to_change_held(actor: Actor, held_id: int) -> PostHeld:
    """Lock a post held, to end it; raises account.may_not, post.not_held."""
    to_operate(actor)
    return locked_held(held_id)


def locked_held(held_id: int) -> PostHeld:
    """Lock a post held; raises post.not_held."""
    found = PostHeld.objects.select_for_update().filter(id=held_id).first()
    if found is None:
        raise Refusal("post.not_held")
    return found


def heads(actor: Actor) -> bool:
    """Whether the actor gives out the work of the unit he sits in."""
    return May.ASSIGN in actor.may


def to_delegate(actor: Actor, held_id: int) -> PostHeld:
    """A post held whose holder or the head of its unit (acting as himself) or the administrator delegates it.

    Raises post.not_held, delegation.may_not.
    """
    held = locked_held(held_id)
    of_unit = heads(actor) and held.post.unit_id == actor.unit_id
    is_his = actor.on_behalf_of is None and (of_unit or actor.account_id == held.account_id)
    if not (is_his or may_operate(actor)):
        raise Refusal("delegation.may_not")
    return held


def to_end_delegation(actor: Actor, delegation_id: int) -> Delegation:
    """Who may delegate a post may end its delegation; raises delegation.unknown, delegation.may_not."""
    found = Delegation.objects.select_for_update().filter(id=delegation_id).first()
    if found is None:
        raise Refusal("delegation.unknown")
    to_delegate(actor, found.held_id)
    return found


def to_change_person(actor: Actor, person_id: int) -> Person:
    """The person himself, or whoever registers persons; raises person.not_visible."""
    found = None
    if may_register(actor) or actor.sees.person_id == person_id:
        found = Person.objects.select_for_update().filter(id=person_id).first()
    if found is None:
        raise Refusal("person.not_visible")
    return found


def to_look_up(actor: Actor) -> tuple[int, int]:
    """The account and the unit of an officer in a post; raises lookup.may_not for anybody else."""
    if actor.account_id is None or actor.unit_id is None:
        raise Refusal("lookup.may_not")
    return actor.account_id, actor.unit_id


def locked_person(person_id: int) -> Person:
    """Lock a person, so that the chain of what is recorded of him can be read; raises person.not_visible."""
    found = Person.objects.select_for_update(no_key=True).filter(id=person_id).first()
    if found is None:
        raise Refusal("person.not_visible")
    return found
