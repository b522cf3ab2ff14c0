"""The small world as a commune that certifies: the same desk, its procedure the certification of copies."""

from __future__ import annotations

import pytest

from motcua.catalogue.models import Procedure
from motcua.dossiers import errors, operations
from motcua.dossiers.tests.conftest import EVER, NINE, World, raise_world
from motcua.ledger.acts import Event, act
from motcua.organisations.models import Post
from motcua.organisations.queries import forget
from motcua.people.models import Account, PostHeld
from motcua.rules.actor import Actor, Role, system
from motcua.rules.certification import Line
from motcua.rules.refusal import Refusal

DEGREE = Line("Bằng tốt nghiệp đại học", copies=3, pages=2)
CODE = "2.000815"


def raise_certifying(code: str = CODE) -> World:
    """A world whose one procedure certifies, on the day."""
    world = raise_world(limit=("same_day", None))
    with act(Event("world.changed", "world"), actor=system("kiểm thử"), at=NINE) as a:
        Procedure.objects.filter(id=world.procedure).update(code=code)
        a.about("world", 2, {})
    return world


def seated(unit_id: int, role: Role, name: str) -> int:
    """An account with a post of a role in a unit; returns the account."""
    with act(Event("account.opened", "account"), actor=system("kiểm thử"), at=NINE) as a:
        account = Account.objects.create(username=name, name=name.title(), kind="officer")
        post = Post.objects.create(unit_id=unit_id, title="Phó Chủ tịch", role=role, valid=EVER)
        PostHeld.objects.create(account=account, post=post, valid=EVER)
        a.about("account", account.id, {})
    forget()
    return int(account.id)


def prepared(world: World, *lines: Line, at=NINE, actor: Actor | None = None):
    return operations.prepare_certification(
        intake=world.intake(papers=()), lines=lines or (DEGREE,), actor=actor or world.clerk, at=at
    )


def certified(world: World, *lines: Line, at=NINE):
    """Prepared and signed; what was prepared, and the numbers."""
    done = prepared(world, *lines, at=at)
    signed = operations.certify(dossier_ids=[done.id], actor=world.leader, at=at)
    return done, signed.done[done.id]


def code_of(call) -> str:
    """The code a call is refused with; the sentence for it can be said."""
    with pytest.raises(Refusal) as found:
        call()
    errors.SENTENCES[found.value.code].format(**found.value.params)
    return found.value.code
