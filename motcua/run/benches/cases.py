"""The benches: what each sends, and what it is held against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from motcua.ledger import sql
from motcua.look.clock import door_now
from motcua.organisations import queries as organisations
from motcua.people import operations as people
from motcua.rules.actor import Role, system
from motcua.run.benches.clients import Call
from motcua.run.benches.stage import UNITS
from motcua.run.example import raising
from motcua.run.example.names import full_name

CLIENTS = 4
SYSTEM = system("Phép đo")
FROM, UNTIL = date(2021, 1, 1), date(2030, 1, 1)
Calls = Sequence[Sequence[Call]]


@dataclass(frozen=True, slots=True)
class Bench:
    """A bench: its calls for each client, its aim, and the nearest Python peer's figure on such a machine."""

    name: str
    about: str
    calls: Callable[[int], Calls]
    aim: float
    unit: str = "/s"
    peer: float | None = None
    beside: Callable[[int], Calls] | None = None
    """The same asked by somebody who sees everything, measured in the same run."""


@cache
def token(unit_id: int, role: Role, *, sees_all: bool = False) -> str:
    """A key of an officer who holds a post of this role in the unit; made for the bench."""
    at = door_now()
    post = organisations.posts_of(unit_id, FROM, role)[0 if sees_all else -1]
    if sees_all:
        _let_see_all(post.id)
    name = f"do-{unit_id}-{role.value}-{Random().randrange(10**9)}"  # noqa: S311
    account_id = people.open_account(
        username=name[:60], name="Phép đo", kind="officer", password=None, actor=SYSTEM, at=at
    )
    held = people.assign_post(
        account_id=account_id, post_id=post.id, since=FROM, actor=SYSTEM, at=at
    )
    _, secret = people.issue_token(
        account_id=account_id, held_id=held, name="đo", since=FROM, until=UNTIL, actor=SYSTEM, at=at
    )
    return secret


def _let_see_all(post_id: int) -> None:
    if not sql.fetch(SEES_ALL, [post_id]):
        people.grant(
            post_id=post_id,
            capability="see",
            since=FROM,
            reason="Phép đo",
            actor=SYSTEM,
            at=door_now(),
        )


def accept(number: int) -> Calls:
    """Intakes over the counter of at least UNITS agencies, each by a new applicant."""
    random = Random(number)  # noqa: S311
    filed = _filed()
    calls = []
    for n in range(2400):
        procedure_id, unit_id, desk_id, papers = filed[n % len(filed)]
        applicant = {
            "name": full_name(random),
            "identity_number": f"040{random.randrange(2)}{random.randrange(60, 99)}"
            f"{random.randrange(10**6):06d}",
            "phone": f"09{random.randrange(10**8):08d}",
        }
        body = {
            "procedure": procedure_id,
            "unit": organisations.unit(unit_id).key,
            "applicant": applicant,
            "papers": papers,
        }
        calls.append(Call("POST", "/api/v1/dossiers", token(desk_id, Role.CLERK), body, 201))
    return _dealt(calls)


def hand_on(number: int) -> Calls:
    """Open steps of officers, each handed on once."""
    rows = sql.fetch(OPEN_STEPS, [UNITS * 4, 3000])
    calls = [
        Call(
            "POST",
            f"/api/v1/dossiers/{row['dossier_id']}/hand-on",
            token(row["unit_id"], Role.OFFICER),
            {"item": str(row["id"])},
            204,
        )
        for row in rows
    ]
    return _dealt(calls)


def dossier(number: int) -> Calls:
    """The data of dossiers' pages."""
    rows = sql.fetch(SOME_DOSSIERS, [UNITS * 2, 2000])
    return _dealt(
        [
            Call(
                "GET",
                f"/api/v1/dossiers/{row['id']}",
                token(_desk_officer(row["accountable_id"]), Role.OFFICER),
            )
            for row in rows
        ]
    )


def listing(number: int) -> Calls:
    """Lists of 100 with three filters, first pages and deep ones."""
    rows = sql.fetch(BUSIEST, [UNITS * 2])
    calls = []
    for row in rows:
        query = f"status=10&procedure={row['procedure_id']}&channel={row['channel']}&size=100"
        own = token(_desk_officer(row["accountable_id"]), Role.OFFICER)
        calls.append(Call("GET", f"/api/v1/dossiers?{query}", own))
        deep = sql.fetch(
            DEEP, [row["accountable_id"], row["procedure_id"], row["channel"], row["n"] // 2]
        )
        if deep:
            after = f"{deep[0]['received_at'].isoformat()}~{deep[0]['id']}".replace("+", "%2B")
            calls.append(Call("GET", f"/api/v1/dossiers?{query}&after={after}", own))
    return _dealt(calls * 20)


def inbox(number: int) -> Calls:
    """Inboxes of officers of many agencies."""
    return _inboxes(sees_all=False)


def inbox_seeing_all(number: int) -> Calls:
    """The same inboxes, asked by colleagues whose post may see every dossier."""
    return _inboxes(sees_all=True)


def _inboxes(*, sees_all: bool) -> Calls:
    units = [row["unit_id"] for row in sql.fetch(INBOXES, [UNITS * 2])]
    keys = [token(unit_id, Role.OFFICER, sees_all=sees_all) for unit_id in units]
    return _dealt([Call("GET", "/api/v1/inbox", key) for key in keys] * 20)


BENCHES: Mapping[str, Bench] = {
    bench.name: bench
    for bench in (
        Bench("accept", "tiếp nhận qua HTTP, trọn một giao dịch", accept, 120, "/s", 21.7),
        Bench("hand-on", "chuyển bước qua HTTP", hand_on, 120, "/s", 10.3),
        Bench("dossier", "dữ liệu trang hồ sơ qua API", dossier, 220, "/s", 24.5),
        Bench("list", "danh sách 100 hồ sơ, ba bộ lọc, qua API", listing, 150, "/s", 7.1),
        Bench(
            "inbox",
            "hộp việc của một chuyên viên, cạnh hộp việc của người thấy mọi hồ sơ",
            inbox,
            40,
            "ms p95",
            None,
            inbox_seeing_all,
        ),
    )
}


def _filed() -> list[tuple[int, int, int, list[dict[str, Any]]]]:
    """Procedures with the counter channel at UNITS × 2 agencies, with their desks and papers."""
    found = []
    for row in sql.fetch(FILED, [UNITS * 2]):
        papers = [
            {"name": p["name"][:1000], "originals": p["originals"], "copies": p["copies"]}
            for p in sql.fetch(PAPERS, [row["version_id"]])
        ]
        found.append((row["procedure_id"], row["unit_id"], row["desk_id"], papers))
    return found


@cache
def _desk_officer(agency_id: int) -> int:
    part = organisations.part_with(agency_id, Role.OFFICER, raising.FIRST)
    return part.id if part else agency_id


def _dealt(calls: Sequence[Call]) -> Calls:
    """The calls dealt out to the clients in turn."""
    return [list(islice(calls, n, None, CLIENTS)) for n in range(CLIENTS)]


FILED = """
SELECT DISTINCT ON (o.unit_id) o.procedure_id, o.unit_id, o.received_at_id AS desk_id, v.id AS version_id
FROM catalogue_offering o
JOIN catalogue_procedureversion v ON v.procedure_id = o.procedure_id AND v.valid @> '2022-11-21'::date
JOIN catalogue_channelrule c ON c.version_id = v.id AND c.channel = 1 AND c.limit_unit <> ''
JOIN organisations_unit u ON u.id = o.unit_id AND u.kind IN ('district', 'commune')
WHERE o.valid @> '2022-11-21'::date ORDER BY o.unit_id, o.procedure_id LIMIT %s
"""
PAPERS = "SELECT name, originals, copies FROM catalogue_paperrule WHERE version_id = %s LIMIT 12"
OPEN_STEPS = """
WITH busy AS (
    SELECT unit_id FROM dossiers_workitem WHERE closed_at IS NULL AND NOT waiting AND NOT standing
    AND role = 'officer' GROUP BY unit_id ORDER BY count(*) DESC LIMIT %s
)
SELECT i.id, i.dossier_id, i.unit_id FROM dossiers_workitem i JOIN busy USING (unit_id)
WHERE i.closed_at IS NULL AND NOT i.waiting AND NOT i.standing AND i.role = 'officer'
AND i.assignee_id IS NULL AND i.act <> 'conclude' ORDER BY md5(i.id::text) LIMIT %s
"""
SOME_DOSSIERS = """
WITH busy AS (
    SELECT accountable_id FROM dossiers_dossier GROUP BY 1 ORDER BY count(*) DESC LIMIT %s
)
SELECT id, accountable_id FROM dossiers_dossier JOIN busy USING (accountable_id)
ORDER BY md5(id::text) LIMIT %s
"""
BUSIEST = """
SELECT DISTINCT ON (accountable_id) accountable_id, procedure_id, channel, count(*) AS n
FROM dossiers_dossier WHERE status = 10 GROUP BY 1, 2, 3
ORDER BY accountable_id, count(*) DESC LIMIT %s
"""
DEEP = """
SELECT received_at, id FROM dossiers_dossier
WHERE accountable_id = %s AND procedure_id = %s AND channel = %s AND status = 10
ORDER BY received_at DESC, id DESC OFFSET %s LIMIT 1
"""
INBOXES = """
SELECT unit_id FROM dossiers_workitem WHERE closed_at IS NULL AND NOT waiting AND role = 'officer'
GROUP BY unit_id ORDER BY count(*) DESC LIMIT %s
"""
SEES_ALL = (
    "SELECT 1 FROM people_grant WHERE post_id = %s AND capability = 'see' AND unit_id IS NULL"
)
