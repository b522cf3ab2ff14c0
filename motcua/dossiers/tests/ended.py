"""The small world, of which a unit ends: so-a falls to so-b, or is divided between so-b and so-c."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.dossiers import operations
from motcua.dossiers.tests.conftest import EVER, NINE, World, later, raise_world
from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.organisations import queries as organisations
from motcua.organisations.models import Post, Succession, Unit
from motcua.people.models import Account, PostHeld
from motcua.rules.actor import CAPABILITIES, Actor, Role, system

ON = date(2022, 12, 1)
DAY: datetime = later(10)
"""Thursday 2022-12-01 09:00: so-a stands no more."""
DECISION = "1678/NQ-UBTVQH15"
WORKER = system("Sắp xếp đơn vị")


def made(key: str, kind: str, agency: int | None = None, **more) -> int:
    unit = Unit(
        key=key, kind=kind, name=f"Cơ quan {key}", short_name=more.pop("short_name", key),
        sort_key=key, valid=more.pop("valid", EVER), source="kiểm thử",
    )  # fmt: skip
    (row,) = sql.fetch(
        "SELECT nextval(pg_get_serial_sequence('organisations_unit', 'id'))::int AS id"
    )
    unit.id = int(row["id"])
    unit.agency_id = agency or unit.id
    unit.save(force_insert=True)
    return int(unit.id)


def raise_ended(*, divided: bool = False) -> World:
    """so-a, with its desk, ends on ON; so-b (and so-c) stand, each with a desk and an officers' part."""
    world = raise_world()
    with act(Event("world.ended", "world"), actor=WORKER, at=NINE) as a:
        until = DateRange(EVER.lower, ON)
        Unit.objects.filter(id=world.department).update(valid=until, kind="district")
        Unit.objects.filter(id=world.desk).update(valid=until, agency_id=world.department)
        Unit.objects.filter(id=world.other_department).update(kind="commune")
        heirs = [world.other_department]
        if divided:
            heirs.append(made("so-c", "commune"))
        for heir in heirs:
            key = Unit.objects.get(id=heir).key
            made(f"{key}-mot-cua", "desk", heir)
            part = made(f"{key}-phong", "division", heir)
            for unit_id, role in (
                (part, Role.OFFICER),
                (part, Role.LEADER),
            ):
                Post.objects.create(unit_id=unit_id, title=f"{role} {key}", role=role, valid=EVER)
            Post.objects.create(
                unit=Unit.objects.get(key=f"{key}-mot-cua"), title="Một cửa", role=Role.CLERK, valid=EVER,
            )  # fmt: skip
            Succession.objects.create(
                predecessor_id=world.department, successor_id=heir, kind="merge", effective_on=ON,
                partial=divided,
            )  # fmt: skip
        a.about("world", 7, {})
    organisations.forget()
    return world


def unit(key: str) -> int:
    return int(Unit.objects.get(key=key).id)


def people() -> tuple[Actor, Actor, Actor]:
    """Three who may plan moves, each with an account."""
    found = []
    with act(Event("account.opened", "account"), actor=WORKER, at=NINE) as a:
        for name in ("lap", "kiem", "duyet"):
            account = Account.objects.create(username=f"ks-{name}", name=name, kind="officer")
            a.about("account", account.id, {})
            found.append(
                Actor(
                    account_id=account.id, kind="officer", name=name, role=Role.CONTROL_OFFICER,
                    may=CAPABILITIES[Role.CONTROL_OFFICER],
                )
            )  # fmt: skip
    return found[0], found[1], found[2]


def seat(account_id: int, unit_id: int, role: Role) -> None:
    """Put an account in the first post of a role in a unit, for ever."""
    with act(Event("post.assigned", "account"), actor=WORKER, at=NINE) as a:
        a.hold("account", account_id)
        post = Post.objects.filter(unit_id=unit_id, role=role).first() or Post.objects.create(
            unit_id=unit_id, title=str(role), role=role, valid=EVER
        )
        PostHeld.objects.create(account_id=account_id, post=post, valid=EVER)
        a.about("account", account_id, {})


def approved(world: World, *lines, decision: str = DECISION):
    """A plan of so-a with these lines, made, checked and approved by three; its id."""
    maker, checker, approver = people()
    (plan_id,) = operations.draft_move_plans(on=ON, decision=decision, actor=maker, at=later(2))
    if lines:
        operations.set_move_lines(plan_id=plan_id, lines=lines, actor=maker, at=later(2))
    operations.check_move_plans(plan_ids=[plan_id], actor=checker, at=later(2, 1))
    operations.approve_move_plans(plan_ids=[plan_id], actor=approver, at=later(2, 2))
    return plan_id


def run(at: datetime = DAY):
    return list(operations.run_moves(actor=WORKER, at=at))


def with_account(actor: Actor, account_id: int) -> Actor:
    return replace(actor, account_id=account_id)
