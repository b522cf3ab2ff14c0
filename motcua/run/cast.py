"""The one cast of the example, the tests and the journeys: who there is, and where each works.

All of them are constructed. Posts are those of the example's units (motcua.run.example.organisations).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from motcua.organisations import queries as organisations
from motcua.people import operations
from motcua.people.models import Account, Person
from motcua.people.operations import Identity
from motcua.rules.actor import Actor, Role
from motcua.run.example.organisations import CENTRE, CENTRE_DESK, OFFICE, PROVINCE

PASSWORD = os.environ.get("MOTCUA_EXAMPLE_PASSWORD", "motcua-vi-du-2022")
"""Everybody's password in the example."""
SINCE = date(2021, 1, 1)
"""From this day the officers are in their posts."""
DEPARTMENT = "so-xay-dung"
COMMUNE = "phuong-hung-dung-16675"
OTHER_COMMUNE = "xa-hung-hoa-16711"
VERTICAL = "cuc-thue-tinh"
INSPECTORATE = "thanh-tra-tinh"


@dataclass(frozen=True, slots=True)
class Seated:
    """A post by unit and role; `home` is the unit a seconded officer comes from."""

    unit: str
    role: Role
    home: str | None = None


@dataclass(frozen=True, slots=True)
class Officer:
    """One of the cast who works for the state, in the first free post of each kind named."""

    username: str
    name: str
    title: str
    seats: tuple[Seated, ...]


@dataclass(frozen=True, slots=True)
class Citizen:
    """One of the cast who files dossiers."""

    username: str
    name: str
    title: str
    person: Identity


def _officer(
    username: str, name: str, title: str, unit: str, role: Role, home: str | None = None
) -> Officer:
    return Officer(username, name, title, (Seated(unit, role, home),))


CAST: tuple[Officer | Citizen, ...] = (
    Citizen(
        "cong-dan",
        "Nguyễn Thị Phương",
        "người dân",
        Identity(
            "Nguyễn Thị Phương", "040190001234", born_on=date(1990, 4, 12), phone="0912000001",
            address="Khối 5, phường Hưng Dũng, thành phố Vinh",
        ),
    ),
    Citizen(
        "ke-toan",
        "Trần Thị Hà",
        "kế toán của Công ty TNHH Sông Lam",
        Identity(
            "Công ty TNHH Sông Lam", "2909999907", Person.Kind.ENTERPRISE, phone="0912000002",
            address="Số 10 đường Nguyễn Du, thành phố Vinh",
        ),
    ),
    _officer(
        "mot-cua", "Hoàng Thị Lan", "cán bộ quầy tại Trung tâm, biệt phái từ Sở Xây dựng",
        CENTRE_DESK, Role.CLERK, DEPARTMENT,
    ),
    Officer(
        "can-bo-phuong", "Phan Văn Hải",
        "công chức một cửa và chuyên viên phường Hưng Dũng (hai vị trí)",
        (
            Seated(f"{COMMUNE}-mot-cua", Role.CLERK),
            Seated(f"{COMMUNE}-phong-chuyen-mon", Role.OFFICER),
        ),
    ),
    _officer(
        "chu-tich-phuong", "Lê Đình Thắng", "Chủ tịch UBND phường Hưng Dũng",
        f"{COMMUNE}-lanh-dao", Role.LEADER,
    ),
    _officer("thu-ngan", "Võ Thị Mai", "thu ngân tại Trung tâm", CENTRE_DESK, Role.CASHIER),
    _officer(
        "buu-chinh", "Đặng Văn Bình", "nhân viên bưu chính tại Trung tâm", CENTRE_DESK,
        Role.MAIL_CLERK,
    ),
    _officer(
        "chuyen-vien", "Phạm Văn Sơn", "chuyên viên Sở Xây dựng", f"{DEPARTMENT}-phong-chuyen-mon",
        Role.OFFICER,
    ),
    _officer(
        "truong-phong", "Nguyễn Thị Hồng", "Trưởng phòng, Sở Xây dựng",
        f"{DEPARTMENT}-phong-chuyen-mon", Role.HEAD,
    ),
    _officer(
        "lanh-dao", "Trần Quốc Việt", "Giám đốc Sở Xây dựng", f"{DEPARTMENT}-lanh-dao", Role.LEADER
    ),
    _officer(
        "van-thu", "Cao Thị Thu", "văn thư Sở Xây dựng", f"{DEPARTMENT}-van-thu", Role.REGISTRY
    ),
    _officer(
        "giam-doc", "Hồ Sỹ Nam", "Giám đốc Trung tâm Phục vụ hành chính công",
        f"{CENTRE}-lanh-dao", Role.DIRECTOR,
    ),
    _officer(
        "kiem-soat", "Bùi Thị Nga", "chuyên viên kiểm soát thủ tục hành chính",
        f"{OFFICE}-phong-kiem-soat-tthc", Role.CONTROL_OFFICER,
    ),
    _officer(
        "tong-hop", "Thái Văn Long", "chuyên viên tổng hợp, Văn phòng UBND tỉnh",
        f"{OFFICE}-phong-kiem-soat-tthc", Role.COMMITTEE_OFFICER,
    ),
    _officer(
        "van-phong", "Trần Thị Vân", "chuyên viên Văn phòng UBND tỉnh, kiểm tra tờ trình",
        f"{OFFICE}-phong-chuyen-mon", Role.OFFICER,
    ),
    _officer(
        "chu-tich", "Phan Đình Lộc", "Chủ tịch UBND tỉnh", f"{PROVINCE}-lanh-dao", Role.LEADER
    ),
    _officer(
        "van-thu-tinh", "Lê Thị Hoài", "văn thư UBND tỉnh", f"{PROVINCE}-van-thu", Role.REGISTRY
    ),
    _officer(
        "thue", "Đinh Thị Yến", "chuyên viên Cục Thuế tỉnh (ngành dọc)",
        f"{VERTICAL}-phong-chuyen-mon", Role.OFFICER,
    ),
    _officer(
        "xa-khac", "Ngô Văn Tài", "công chức một cửa xã Hưng Hòa", f"{OTHER_COMMUNE}-mot-cua",
        Role.CLERK,
    ),
    _officer(
        "thanh-tra", "Lương Văn Minh", "thanh tra viên, Thanh tra tỉnh",
        f"{INSPECTORATE}-phong-chuyen-mon", Role.INSPECTOR,
    ),
    _officer(
        "quan-tri", "Vương Đình Khoa", "quản trị hệ thống", f"{OFFICE}-phong-kiem-soat-tthc",
        Role.ADMINISTRATOR,
    ),
)  # fmt: skip


def raise_cast(actor: Actor, at: datetime) -> Mapping[str, int]:
    """Open the accounts of the cast and put its officers in their posts; returns account ids by username.

    Done twice, the second time does nothing. Needs the example's units (raise_units).
    """
    there = dict(Account.objects.values_list("username", "id"))
    taken: set[int] = set()
    for one in CAST:
        posts = _posts(one, taken) if isinstance(one, Officer) else []
        taken |= {post_id for post_id, _ in posts}
        if one.username in there:
            continue
        there[one.username] = account_id = _open(one, actor, at)
        for post_id, home in posts:
            operations.assign_post(
                account_id=account_id, post_id=post_id, since=SINCE, home_unit_id=home,
                actor=actor, at=at,
            )  # fmt: skip
    return {one.username: there[one.username] for one in CAST}


def _open(one: Officer | Citizen, actor: Actor, at: datetime) -> int:
    person_id = None
    if isinstance(one, Citizen):
        person_id = operations.register_persons([one.person], actor=actor, at=at)[0].id
    return operations.open_account(
        username=one.username,
        name=one.name,
        kind=Account.Kind.OFFICER if person_id is None else Account.Kind.CITIZEN,
        password=PASSWORD,
        person_id=person_id,
        actor=actor,
        at=at,
    )


def _posts(one: Officer, taken: set[int]) -> list[tuple[int, int | None]]:
    """The first post of each kind that nobody of the cast before him has, with the home unit."""
    found = []
    for seat in one.seats:
        unit = organisations.unit_by_key(seat.unit)
        posts = organisations.posts_of(unit.id, SINCE, seat.role)
        post = next(p for p in posts if p.id not in taken)
        home = organisations.unit_by_key(seat.home).id if seat.home else None
        found.append((post.id, home))
    return found
