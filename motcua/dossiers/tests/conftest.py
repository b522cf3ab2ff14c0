"""A small world: one department, one desk, one procedure with a three-step process, and its people."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from motcua.catalogue.models import (
    ChannelRule,
    Decision,
    Domain,
    FeeRule,
    Offering,
    PaperRule,
    Procedure,
    ProcedureVersion,
    Process,
)
from motcua.dossiers import operations
from motcua.dossiers.operations import Intake
from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.organisations import queries as organisations
from motcua.organisations.models import CalendarRevision, Current, OfficeHours, Post, Unit, UnitCode
from motcua.people.models import Account, Person, PostHeld
from motcua.rules.actor import CAPABILITIES, Actor, Role, Scope, system
from motcua.rules.books import Channel
from motcua.rules.bpmn import compile_process
from motcua.rules.bpmn_chain import Step, chain
from motcua.rules.casework import PaperHeld
from motcua.rules.clock_rules import ClockRules, Declared, Extension, Ground
from motcua.rules.deadline import Limit, LimitUnit

EVER = DateRange(date(2020, 1, 1), None)
NINE = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
"""Monday 2022-11-21 09:00 in Nghệ An."""

DECLARED = ClockRules(
    grounds=(
        Declared(Ground.MONEY, "Điều 1 quy định thử"),
        Declared(Ground.STOP, "Điều 2 quy định thử"),
        Declared(Ground.FORCE_MAJEURE, "Điều 3 quy định thử"),
        Declared(Ground.CONSULTATION, "Điều 4 quy định thử"),
    ),
    extensions=(
        Extension(
            "verification",
            "Xác minh",
            Limit(Decimal(3), LimitUnit.WORKING_DAY),
            "Điều 5 quy định thử",
        ),
    ),
)
"""What the procedure of the small world declares about its clock."""
AT_DESK = (Role.CLERK, Role.CASHIER, Role.MAIL_CLERK, Role.DIRECTOR)
STEPS = (
    Step("Thụ lý hồ sơ", "accountable", "officer", Decimal(2), "process"),
    Step("Phê duyệt kết quả", "accountable", "leader", Decimal(2), "conclude"),
    Step("Trả kết quả", "received_by", "clerk", Decimal(1), "hand_over"),
)


@dataclass
class World:
    """Ids of the small world, and actors in it."""

    department: int
    other_department: int
    desk: int
    procedure: int
    citizen: int

    def actor(self, role: Role, *, unit: int | None = None, account: int | None = None) -> Actor:
        home = unit or self.department
        at_desk = role in AT_DESK and home == self.department
        return Actor(
            account_id=account,
            kind="officer",
            name=f"Công chức {role}",
            role=role,
            title=str(role),
            unit_id=home,
            agency_id=home,
            units=frozenset({home, self.desk} if at_desk else {home}),
            may=CAPABILITIES[role],
            sees=Scope(
                accountable=frozenset({home}),
                received_by=frozenset({self.desk} if at_desk else ()),
            ),
        )

    @property
    def clerk(self) -> Actor:
        return self.actor(Role.CLERK)

    @property
    def officer(self) -> Actor:
        return self.actor(Role.OFFICER)

    @property
    def leader(self) -> Actor:
        return self.actor(Role.LEADER)

    @property
    def stranger(self) -> Actor:
        return self.actor(Role.OFFICER, unit=self.other_department)

    def intake(self, **changes) -> Intake:
        values = {
            "procedure_id": self.procedure,
            "unit_id": self.department,
            "channel": Channel.COUNTER,
            "applicant_id": self.citizen,
            "applicant_name": "Nguyễn Thị Lam",
            "papers": (PaperHeld("Tờ khai", 1, 0), PaperHeld("Bản sao căn cước", 0, 1)),
            "digest_key": b"k" * 32,
        }
        return Intake(**{**values, **changes})

    def accepted(self, at: datetime = NINE, **changes):
        return operations.accept(intake=self.intake(**changes), actor=self.clerk, at=at)


def raise_world(
    declared: ClockRules = DECLARED,
    limit: tuple[str, Decimal | None] = ("working_day", Decimal(5)),
    *,
    anywhere: bool = False,
    steps: Sequence[Step] = STEPS,
) -> World:
    with act(Event("world.raised", "world"), actor=system("kiểm thử"), at=NINE) as a:
        revision = CalendarRevision.objects.create(made_at=NINE, reason="kiểm thử")
        Current.objects.update_or_create(
            id=1, defaults={"calendar": revision, "directory": uuid.uuid4()}
        )
        units = {}
        for key, kind in (("so-a", "department"), ("so-b", "department"), ("mot-cua", "desk")):
            made = Unit(
                key=key, kind=kind, name=f"Cơ quan {key}", short_name=key, sort_key=key, valid=EVER,
                source="kiểm thử",
            )  # fmt: skip
            made.id = made.agency_id = sql.fetch(
                "SELECT nextval(pg_get_serial_sequence('organisations_unit', 'id')) AS id"
            )[0]["id"]
            made.save(force_insert=True)
            units[key] = made
        UnitCode.objects.create(
            unit=units["so-a"], scheme="qcvn102", code="000.00.06.H41", valid=EVER
        )
        for weekday, starts, ends in itertools.product(
            range(5), (time(7, 30), time(13, 30)), (time(11, 30), time(17, 30))
        ):
            if (starts.hour < 12) == (ends.hour < 12):
                OfficeHours.objects.create(
                    since=revision, valid=EVER, weekday=weekday, starts=starts, ends=ends,
                    source="kiểm thử",
                )  # fmt: skip
        decision = Decision.objects.create(
            kind="import", number="1/QĐ-UBND", title="Công bố", signed_on=date(2022, 1, 1),
            effective_on=date(2022, 1, 5), source="kiểm thử", made_at=NINE,
        )  # fmt: skip
        xml = chain("Cấp giấy phép", steps)
        net = compile_process(xml)
        process = Process.objects.create(
            key="cap-giay-phep", name="Cấp giấy phép", decision=decision, bpmn=xml.decode(),
            net=net.to_json(), digest=net.digest,
        )  # fmt: skip
        procedure = Procedure.objects.create(source="tỉnh", code=f"1.{decision.id:06d}")
        version = ProcedureVersion.objects.create(
            procedure=procedure, decision=decision, valid=EVER, name="Cấp giấy phép",
            folded_name="cap giay phep", domain=Domain.objects.create(key="xd", name="Xây dựng"),
            content_digest="0" * 64,
        )  # fmt: skip
        for channel in (Channel.COUNTER, Channel.ONLINE):
            rule = ChannelRule.objects.create(
                version=version, channel=channel, limit_amount=limit[1], limit_unit=limit[0],
                limit_text="05 ngày làm việc" if limit[1] else "",
            )  # fmt: skip
            FeeRule.objects.create(channel=rule, position=1, amount=50_000, text="Lệ phí")
        PaperRule.objects.create(version=version, position=1, name="Tờ khai", originals=1)
        Offering.objects.create(
            procedure=procedure, unit=units["so-a"], received_at=units["mot-cua"], process=process,
            decision=decision, valid=EVER, clock_rules=declared.to_json(), anywhere=anywhere,
        )  # fmt: skip
        citizen = Person.objects.create(
            name="Nguyễn Thị Lam", folded_name="nguyen thi lam", identity_number="040190000001"
        )
        a.about("world", 1, {})
    organisations.forget()
    return World(units["so-a"].id, units["so-b"].id, units["mot-cua"].id, procedure.id, citizen.id)


@pytest.fixture
def world(db) -> World:
    return raise_world()


def seated(world: World, name: str, role: Role = Role.OFFICER, unit: int | None = None) -> int:
    """An account that holds a post of the role in the department, or another unit."""
    with act(Event("account.opened", "account"), actor=system("kiểm thử"), at=NINE) as a:
        made = Account.objects.create(username=name, name=f"Công chức {name}", kind="officer")
        post = Post.objects.create(
            unit_id=unit or world.department, title=str(role), role=role, valid=EVER
        )
        PostHeld.objects.create(account=made, post=post, valid=EVER)
        a.about("account", made.id, {})
    return made.id


@pytest.fixture
def account(world):
    return lambda name: seated(world, name)


def later(days: float = 0, hours: float = 0) -> datetime:
    return NINE + timedelta(days=days, hours=hours)
