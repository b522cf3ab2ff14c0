"""The small world of the dossiers' tests, seen through the desk's pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import datetime

import pytest
from django.test import Client

from motcua.desk.tests import doors
from motcua.dossiers.models import Dossier, WorkItem
from motcua.dossiers.tests.conftest import EVER, NINE, World, raise_world
from motcua.ledger.acts import Event, act
from motcua.organisations.models import Post
from motcua.organisations.queries import forget
from motcua.people.models import Account, PostHeld
from motcua.rules.actor import Actor, Role, system

BASE = "/ban-lam-viec/"


@dataclass
class Desk:
    """The desk's pages as one officer after another opens them."""

    world: World
    client: Client
    at: datetime = NINE
    accounts: dict[str, int] = field(default_factory=dict)

    def officer(self, role: Role, *, unit: int | None = None, name: str = "") -> Actor:
        """An officer with an account and a post of the role in a unit."""
        home = unit or (self.world.desk if role is Role.CLERK else self.world.department)
        key = name or f"{role}-{home}"
        if key not in self.accounts:
            self.accounts[key] = seated(role, home, key)
        actor = self.world.actor(role, unit=unit, account=self.accounts[key])
        return changed(actor, name=f"Công chức {key}")

    def standing(self, actor: Actor, at: datetime | None = None) -> Desk:
        doors.Standing.actor = actor
        doors.Standing.now = at or self.at
        return self

    def get(self, path: str = "", **query):
        return self.client.get(BASE + path, query)

    def post(self, path: str, **data):
        return self.client.post(BASE + path, data)

    def page_of(self, dossier_id) -> str:
        return f"ho-so/{dossier_id}/"

    def form_of(self, dossier_id, slug: str, **data):
        """What the form of an act would send, with `data` filled in."""
        made = self.get(f"ho-so/{dossier_id}/{slug}/")
        assert made.status_code == 200, made.content.decode()
        form = made.context["form"]
        sent = {f.name: f.value() for f in form if f.value() not in (None, "")}
        return {**sent, **data}

    def act(self, dossier_id, slug: str, **data):
        return self.post(f"ho-so/{dossier_id}/{slug}/", **self.form_of(dossier_id, slug, **data))

    def item(self, dossier_id) -> WorkItem:
        return WorkItem.objects.get(dossier_id=dossier_id, closed_at=None)

    def version(self, dossier_id) -> int:
        return Dossier.objects.get(id=dossier_id).version


def seated(role: Role, unit_id: int, name: str) -> int:
    with act(Event("account.opened", "account"), actor=system("kiểm thử"), at=NINE) as a:
        account = Account.objects.create(
            username=name.lower(), name=f"Công chức {name}", kind="officer"
        )
        post = Post.objects.create(unit_id=unit_id, title=str(role), role=role, valid=EVER)
        PostHeld.objects.create(account=account, post=post, valid=EVER)
        a.about("account", account.id, {})
    forget()
    return account.id


@pytest.fixture
def world(db) -> World:
    return raise_world()


@pytest.fixture
def desk(world, settings) -> Desk:
    settings.MIDDLEWARE = doors.middleware()
    return Desk(world, Client())
