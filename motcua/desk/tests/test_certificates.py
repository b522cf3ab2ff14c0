"""The page of the register: who sees which certificates, what is done with one, four thousand of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from motcua.dossiers.tests.conftest import NINE
from motcua.files import certificates, operations, register
from motcua.files.models import Certificate
from motcua.files.operations import Wanted
from motcua.files.register import Filters
from motcua.files.tests.authority import Authority
from motcua.ledger import sql
from motcua.ledger.acts import Event, act
from motcua.ledger.paging import Cursor
from motcua.rules.actor import Role, system
from motcua.rules.worktime import ZONE

SYSTEM = system("kiểm thử")
UNTIL = datetime(2026, 5, 1, tzinfo=ZONE)
HERE = "chung-thu-so/"


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def leader(desk):
    return desk.officer(Role.LEADER, name="Việt")


@pytest.fixture
def operator(desk):
    return desk.officer(Role.ADMINISTRATOR, unit=desk.world.other_department, name="quan-tri")


@pytest.fixture
def registry(desk):
    return desk.officer(Role.REGISTRY, name="Thu")


@pytest.fixture
def his(desk, leader):
    wanted = Wanted("personal", desk.world.department, leader.account_id)
    return operations.request_certificates(
        [wanted], requested_by="45/SXD-VP", actor=SYSTEM, at=NINE
    )[0]


def come(desk, authority, certificate_id, until=UNTIL):
    content = authority.cer("Công chức Việt", until=until)
    return desk.post(
        f"{HERE}{certificate_id}/vao-so/",
        content=SimpleUploadedFile("viet.cer", content),
        token="T1",
    )


def text(answer):
    return answer.content.decode()


def test_the_registry_asks_the_operator_registers_and_the_holder_reports_it_lost(
    desk, authority, leader, registry, operator
):
    desk.standing(registry)
    made = desk.post(
        f"{HERE}de-nghi/", kind="personal", account=leader.account_id, kept="token",
        requested_by="45/SXD-VP",
    )  # fmt: skip
    asked = Certificate.objects.get()
    assert made.status_code == 302 and made["Location"].endswith(f"{asked.id}/")
    assert desk.get(f"{HERE}{asked.id}/vao-so/").status_code == 422
    desk.standing(operator)
    assert come(desk, authority, asked.id).status_code == 302
    handed = desk.post(
        f"{HERE}{asked.id}/ban-giao/",
        to_account_id=leader.account_id,
        minutes="03/BB",
        on="21/11/2022",
    )
    assert handed.status_code == 302
    assert "Công chức Việt giữ" in text(desk.get(HERE))
    desk.standing(leader)
    page = text(desk.get(f"{HERE}{asked.id}/"))
    assert "Báo mất thiết bị" in page and "Thu hồi" not in page and "01/05/2026" in page
    assert desk.post(f"{HERE}{asked.id}/bao-mat/", reason="").status_code == 422
    assert desk.post(f"{HERE}{asked.id}/bao-mat/", reason="Rơi mất").status_code == 302
    assert certificates.held(Certificate.objects.get().fingerprint).standing == "lost"
    assert "Mất thiết bị" in text(desk.get(HERE))


def test_what_is_wrong_with_a_file_is_said_beside_it(desk, operator, his):
    desk.standing(operator)
    wrong = SimpleUploadedFile("a.cer", b"-----BEGIN PRIVATE KEY-----")
    answer = desk.post(f"{HERE}{his}/vao-so/", content=wrong)
    assert answer.status_code == 422
    assert "khóa bí mật" in text(answer)


def test_nobody_sees_anothers_but_the_agencys_registry_and_the_operators(
    desk, leader, registry, operator, his
):
    other = desk.officer(Role.OFFICER, name="Khác")
    far = desk.officer(Role.REGISTRY, unit=desk.world.other_department, name="Xa")
    seen = {}
    for name, actor in {
        "own": leader, "registry": registry, "operator": operator, "other": other, "far": far,
    }.items():  # fmt: skip
        desk.standing(actor)
        seen[name] = desk.get(f"{HERE}{his}/").status_code
        assert ("Công chức Việt" in text(desk.get(HERE))) == (seen[name] == 200)
    assert seen == {"own": 200, "registry": 200, "operator": 200, "other": 404, "far": 404}
    desk.standing(other)
    assert desk.get(f"{HERE}de-nghi/").status_code == 403


def test_the_operator_chooses_the_agency_first(desk, operator):
    desk.standing(operator)
    assert "Ghi đề nghị" not in text(desk.get(f"{HERE}de-nghi/"))
    chosen = desk.get(f"{HERE}de-nghi/", co_quan="cơ quan  so-a")
    assert "Ghi đề nghị" in text(chosen)
    assert "Không có cơ quan tên như vậy" in text(desk.get(f"{HERE}de-nghi/", co_quan="xyz"))


def rows(many, unit_id):
    """So many certificates as they lie in the register, ending one a day from a hundred days ago."""
    for n in range(many):
        until = NINE + timedelta(days=n - 100)
        yield {
            "kind": "organisation", "account_id": None, "unit_id": unit_id, "kept": "hsm", "token": "",
            "status": "active", "requested_by": "1/QĐ", "requested_at": NINE, "serial": f"{n:x}",
            "subject": f"CN={n}", "issuer": "CA", "fingerprint": f"{n:064x}",
            "valid_from": NINE - timedelta(days=2000), "valid_until": until, "der": b"", "renews_id": None,
            "standing_since": NINE, "standing_for": "", "warned": None, "folded": f"co quan so {n}",
        }  # fmt: skip


def raised(many, unit_id):
    with act(Event("world.raised", "world"), actor=SYSTEM, at=NINE) as a:
        a.about("world", a.id, {})
        made = [
            {"id": f"00000000-0000-7000-8000-{n:012x}", **row}
            for n, row in enumerate(rows(many, unit_id))
        ]
        a.insert(Certificate, made)


def test_four_thousand_are_listed_in_a_page_at_a_time_and_counted(desk, operator):
    raised(4000, desk.world.department)
    desk.standing(operator)
    desk.get(HERE)
    with sql.counted() as sent:
        answer = desk.get(HERE)
    assert answer.status_code == 200
    assert len(sent) <= 10
    page = text(answer)
    assert page.count("<tr>") == register.SIZE + 1
    assert "3.839" in page and ">60<" in page
    first, after = register.listed(operator, Filters(), NINE)
    second, _ = register.listed(operator, Filters(), NINE, after=Cursor.parse(str(after)))
    assert first[-1].valid_until < second[0].valid_until
    assert [len(list(register.all_listed(operator, Filters(state=s), NINE))) for s in (
        "active", "ends", "expired", "locked",
    )] == [3839, 60, 101, 0]  # fmt: skip
    assert len(list(register.all_listed(operator, Filters(words="Cơ quan 3999"), NINE))) == 1
    lines = text(desk.get(HERE, tai="csv", tinh_trang="ends")).splitlines()
    assert len(lines) == 61


def test_what_is_asked_for_stands_before_what_ends(desk, operator, his):
    raised(120, desk.world.department)
    found, after = register.listed(operator, Filters(), NINE, size=1)
    assert found[0].id == his and found[0].valid_until is None
    second, _ = register.listed(operator, Filters(), NINE, after=after, size=1)
    assert second[0].serial == "0"
