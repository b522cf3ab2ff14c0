"""Units founded, coded and staffed by acts of their own: what each refuses and leaves in the record."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.organisations import operations, queries
from motcua.organisations.operations import CodeGiven, Founding, PostGiven
from motcua.rules.actor import ANONYMOUS, Role, system
from motcua.rules.refusal import Refusal

AT = datetime(2022, 1, 3, 1, 0, tzinfo=UTC)
ACTOR = system("kiểm thử")
QCVN = "qcvn102"


def founding(key: str, **more) -> Founding:
    return Founding(key, "department", f"Sở {key}", key, "tinh-nghe-an-40", "kiểm thử", **more)


def refused(code, act, *args, actor=ACTOR):
    with pytest.raises(Refusal) as refusal:
        act(*args, actor=actor, at=AT)
    assert refusal.value.code == code


@pytest.fixture
def department(db) -> int:
    content = "level,code,name,parent_code,valid_from,valid_to\ntinh,40,Tỉnh Nghệ An,,,\n".encode()
    operations.import_units({"a.csv": content}, actor=ACTOR, at=AT)
    return operations.found_unit(founding("so-a"), actor=ACTOR, at=AT)


def test_a_unit_is_founded_once_under_a_parent_that_is_there(department):
    assert queries.unit_by_key("so-a").id == department
    refused("unit.exists", operations.found_unit, founding("so-a"))
    refused("unit.exists", operations.found_units, [founding("so-b"), founding("so-b")])
    ended = founding("so-b", since=date(2022, 1, 1), until=date(2022, 1, 1))
    refused("unit.range_empty", operations.found_unit, ended)
    orphan = Founding("so-c", "department", "Sở C", "so-c", "khong-co", "kiểm thử")
    refused("unit.unknown", operations.found_unit, orphan)


def test_only_who_manages_units_founds_codes_and_staffs_them(department):
    code, post = CodeGiven(QCVN, "000.00.08.H41"), PostGiven("Công chức", Role.CLERK)
    for act, args in (
        (operations.found_unit, [founding("so-b")]),
        (operations.give_codes, [[(department, code)]]),
        (operations.create_post, [department, post]),
    ):
        refused("unit.may_not", act, *args, actor=ANONYMOUS)


def test_a_code_belongs_to_one_unit_at_a_time(department):
    other = operations.found_unit(founding("so-b"), actor=ACTOR, at=AT)
    code = CodeGiven(QCVN, "000.00.08.H41")
    operations.give_codes([(department, code)], actor=ACTOR, at=AT)
    assert queries.unit_by_code(QCVN, "000.00.08.H41", date(2022, 11, 21)).id == department
    entry = Entry.objects.get(event="unit.codes_given", subject_kind="unit")
    assert entry.fields == {"codes": ["000.00.08.H41"]}
    refused("unit.code_taken", operations.give_codes, [(other, code)])


def test_a_code_has_its_form_and_its_unit(department):
    refused("unit.code_malformed", operations.give_codes, [(department, CodeGiven(QCVN, "H41"))])
    code = CodeGiven(QCVN, "000.00.09.H41")
    refused("unit.unknown", operations.give_codes, [(department + 1000, code)])


def test_posts_are_created_in_the_order_they_were_given(department):
    posts = [PostGiven("Trưởng phòng", Role.HEAD), PostGiven("Chuyên viên", Role.OFFICER)]
    ids = operations.create_posts([(department, post) for post in posts], actor=ACTOR, at=AT)
    ids.append(
        operations.create_post(department, PostGiven("Thu ngân", Role.CASHIER), actor=ACTOR, at=AT)
    )
    there = {post.id: post.title for post in queries.posts_of(department, date(2022, 11, 21))}
    assert [there[post_id] for post_id in ids] == ["Trưởng phòng", "Chuyên viên", "Thu ngân"]
    assert list(verify.breaks()) == []
