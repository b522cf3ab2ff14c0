"""A small town: a department, its desk, two procedures as a source states them, and citizens."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal

import orjson
import psycopg
import pytest
from django.test import Client

from motcua.catalogue import operations as catalogue
from motcua.catalogue import queries
from motcua.catalogue.operations import DecisionGiven, OfferingGiven, ProcessGiven
from motcua.catalogue.records import read_lines
from motcua.organisations import operations as organisations
from motcua.organisations.operations import CodeGiven, Founding, SessionGiven
from motcua.people import operations as people
from motcua.people.models import Account
from motcua.portal import views_find, views_track
from motcua.rules.actor import CAPABILITIES, Actor, Role, Scope, system
from motcua.rules.bpmn_chain import Step, chain
from motcua.rules.clock_rules import ClockRules, Declared, Ground

DECLARED = ClockRules(
    grounds=(
        Declared(Ground.MONEY, "Điều 1 quy định thử"),
        Declared(Ground.STOP, "Điều 2 quy định thử"),
    )
)
SYSTEM = system("kiểm thử")
BEFORE = datetime(2022, 1, 10, 2, 0, tzinfo=UTC)
NINE = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
"""Monday 2022-11-21 09:00 in Nghệ An."""
STEPS = (
    Step("Thụ lý hồ sơ", "accountable", "officer", Decimal(2), "process"),
    Step("Phê duyệt kết quả", "accountable", "leader", Decimal(2), "conclude"),
    Step("Trả kết quả", "received_by", "clerk", Decimal(1), "hand_over"),
)
PERMIT = {
    "name": "Cấp giấy phép xây dựng nhà ở riêng lẻ",
    "code": "1.000001",
    "source": "tinh",
    "field": "Xây dựng",
    "levels": ["Cấp tỉnh"],
    "subjects": ["Công dân Việt Nam", "Doanh nghiệp"],
    "channels": [
        {"channel": "counter", "time_text": "15 ngày làm việc", "fees": [{"text": "75.000 đồng"}]},
        {
            "channel": "online",
            "time_text": "15 ngày làm việc",
            "fees": [{"text": "Theo nghị quyết của Hội đồng nhân dân tỉnh"}],
        },
    ],
    "components": [
        {
            "case": None,
            "items": [
                {"name": "Đơn đề nghị cấp giấy phép", "originals": 1, "copies": 0},
                {"name": "Bản vẽ thiết kế", "originals": 2, "copies": 0},
            ],
        }
    ],
    "results": [{"name": "Giấy phép xây dựng", "code": "KQ.1"}],
    "steps_text": "Bước 1: Nộp hồ sơ.\nBước 2: Nhận kết quả.",
}
COUNTER_ONLY = PERMIT | {
    "name": "Xác nhận nguồn gốc gỗ",
    "code": "1.000002",
    "field": "Lâm nghiệp",
    "channels": PERMIT["channels"][:1],
}


@dataclass
class Town:
    """Ids in the small town, and actors in it."""

    department: int
    other: int
    desk: int
    permit: int
    counter_only: int

    def officer(self, role: Role) -> Actor:
        at_desk = role is Role.CLERK
        return Actor(
            account_id=None,
            kind="officer",
            name="Trần Văn Sơn",
            role=role,
            title="Chuyên viên",
            unit_id=self.desk if at_desk else self.department,
            agency_id=self.department,
            units=frozenset({self.desk} if at_desk else {self.department}),
            may=CAPABILITIES[role],
            sees=Scope(accountable=frozenset({self.department})),
        )


def decided(number: str, kind: str) -> DecisionGiven:
    day = date(2022, 1, 5)
    return DecisionGiven(kind, number, "Quyết định của kiểm thử", day, day, "kiểm thử")


@pytest.fixture
def town(db) -> Town:
    units = organisations.found_units(
        [
            Founding("tinh", "province", "Tỉnh Nghệ An", "Nghệ An", "tinh", "thử"),
            Founding(
                "so-xd", "department", "Sở Xây dựng", "Sở Xây dựng", "tinh", "thử",
                codes=(CodeGiven("qcvn102", "000.00.06.H41"),),
            ),
            Founding("so-yt", "department", "Sở Y tế", "Sở Y tế", "tinh", "thử"),
            Founding("mot-cua", "desk", "Bộ phận một cửa", "Một cửa", "so-xd", "thử", agency="so-xd"),
        ],
        actor=SYSTEM,
        at=BEFORE,
    )  # fmt: skip
    organisations.set_office_hours(
        None,
        [
            SessionGiven(day, *hours)
            for day in range(5)
            for hours in ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
        ],
        source="thử",
        actor=SYSTEM,
        at=BEFORE,
    )
    lines = [orjson.dumps(record) for record in (PERMIT, COUNTER_ONLY)]
    catalogue.import_procedures(
        read_lines(lines), source="thu.jsonl", in_force=date(2022, 1, 1), actor=SYSTEM, at=BEFORE
    )
    process = catalogue.approve_processes(
        decided("2/QĐ-UBND", "process"),
        [ProcessGiven("chung", "Quy trình chung", chain("Quy trình chung", STEPS))],
        actor=SYSTEM,
        at=BEFORE,
    )["chung"]
    ids = queries.procedure_ids("tinh")
    offered = [
        OfferingGiven(ids[code], units["so-xd"], units["mot-cua"], process, clock_rules=DECLARED)
        for code in ("1.000001", "1.000002")
    ]
    catalogue.offer(decided("3/QĐ-UBND", "list"), offered, actor=SYSTEM, at=BEFORE)
    return Town(units["so-xd"], units["so-yt"], units["mot-cua"], ids["1.000001"], ids["1.000002"])


@pytest.fixture(autouse=True)
def today(settings):
    settings.EXAMPLE_TODAY = NINE
    settings.EXAMPLE_ANCHOR = datetime.now(UTC)
    views_track.lookups.forget()
    views_find.front.cache_clear()
    views_find.figures.cache_clear()


def person(name: str, number: str) -> Client:
    """A browser in which a new citizen is signed in."""
    account_id = people.sign_up(
        name=name, number=number, phone="0912345678", password="mat-khau-thu-1", at=BEFORE
    )
    client = Client()
    client.force_login(
        Account.objects.get(id=account_id), "django.contrib.auth.backends.ModelBackend"
    )
    return client


@pytest.fixture
def lam(town) -> Client:
    return person("Nguyễn Thị Lam", "040190000001")


@pytest.fixture
def hung(town) -> Client:
    return person("Lê Văn Hùng", "040080000002")


@pytest.fixture
def statements(monkeypatch):
    """Counts statements sent to the database, Django's and our own: `with statements(5): …`."""
    sent = []
    execute = psycopg.Cursor.execute

    def counted(self, query, *args, **kwargs):
        sent.append(query)
        return execute(self, query, *args, **kwargs)

    monkeypatch.setattr(psycopg.Cursor, "execute", counted)

    @contextmanager
    def at_most(most):
        sent.clear()
        yield sent
        assert len(sent) <= most, "\n".join(str(query)[:100] for query in sent)

    return at_most
