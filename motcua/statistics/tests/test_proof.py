from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from motcua.dossiers import operations as acts
from motcua.dossiers.models import Dossier
from motcua.dossiers.tests.conftest import NINE, later, raise_world
from motcua.ledger import sql
from motcua.rules.actor import Role, system
from motcua.rules.refusal import Refusal
from motcua.statistics import operations, proving
from motcua.statistics.models import Daily, Monthly, Proof
from motcua.statistics.tests.conftest import BEGIN, as_owner, live, lives, undone
from motcua.statistics.tests.test_figures import FEW

pytestmark = pytest.mark.alone
OPERATOR = system("motcua prove")
ON = date(2022, 12, 5)
ROLLED = set(proving.ROLLED)


def red(on=ON):
    """The checks that found a difference."""
    return {c.key: c.found for c in proving.compare(on) if c.found}


@FEW
@given(lives, st.lists(st.integers(-1, 45), min_size=1, max_size=4))
def test_the_books_are_what_the_ledger_says_on_every_day(world, all_lives, days):
    with undone():
        live(world, all_lives)
        for day in days:
            found = [d for c in proving.compare(BEGIN + timedelta(days=day)) for d in c.differences]
            assert found == []


def test_a_proof_compares_something_and_is_kept(world):
    world.accepted()
    proof = operations.prove(on=ON, actor=OPERATOR, at=NINE)
    assert (proof.found, proof.differences) == (0, [])
    assert {c["key"]: c["compared"] for c in proof.checks} == {
        "recount": 1, "one-account": 4, "rows": 1, "daily": 2, "monthly": 2,
        "of-unit": 2, "of-procedure": 2, "province": 45,
    }  # fmt: skip
    assert Proof.objects.get().id == proof.id


def test_only_who_operates_the_system_proves(world):
    with pytest.raises(Refusal) as refused:
        operations.prove(on=ON, actor=world.actor(Role.LEADER), at=NINE)
    assert refused.value.code == "proof.may_not"
    assert operations.prove(on=ON, actor=world.actor(Role.ADMINISTRATOR), at=NINE).found == 0


@pytest.fixture
def committed(own_database, django_db_blocker):
    with django_db_blocker.unblock():
        made = raise_world()
        for n in range(3):
            made.accepted(at=later(hours=n))
        operations.fold()
        yield made


@pytest.mark.parametrize(
    ("corruption", "checks"),
    [
        ("UPDATE statistics_daily SET n = n + 1 WHERE to_account = 2", {"daily", "province"}),
        ("DELETE FROM statistics_daily WHERE to_account = 3", {"daily", "province"}),
        ("UPDATE statistics_monthly SET n = n + 1 WHERE to_account = 2", {"monthly", "province"}),
        (
            "UPDATE statistics_watermark SET up_to = '0'",
            {"daily", "monthly", "of-unit", "of-procedure", "province"},
        ),
        ("UPDATE statistics_monthlyofunit SET n = n + 1", {"of-unit", "province"}),
        ("DELETE FROM statistics_monthlyofprocedure", {"of-procedure", "province"}),
    ],
)
def test_a_corrupt_roll_up_is_found_and_mended_by_rebuilding(committed, corruption, checks):
    assert red() == {}
    sql.execute(corruption)
    assert set(red()) <= checks
    assert red()
    operations.rebuild()
    assert red() == {}
    assert Daily.objects.count() == 2
    assert Monthly.objects.count() == 2


@pytest.mark.parametrize(
    ("table", "corruption", "checks"),
    [
        (
            "ledger_posting",
            "DELETE FROM ledger_posting WHERE id = (SELECT min(id) FROM ledger_posting)",
            {"recount", "one-account", *ROLLED},
        ),
        (
            "ledger_posting",
            "UPDATE ledger_posting SET unit_id = unit_id + 1 "
            "WHERE id = (SELECT min(id) FROM ledger_posting)",
            {"recount", *ROLLED - {"of-procedure"}},
        ),
        (
            "ledger_posting",
            "INSERT INTO ledger_posting (dossier_id, from_account, to_account, effective_on, unit_id, "
            "procedure_id, channel, entry_id, recorded_at) SELECT dossier_id, 2, 7, effective_on, "
            "unit_id, procedure_id, channel, entry_id, recorded_at FROM ledger_posting LIMIT 1",
            {"recount", "one-account"},
        ),
        (
            "dossiers_dossier",
            "UPDATE dossiers_dossier SET status = 9 WHERE code LIKE '%0001'",
            {"rows"},
        ),
        (
            "ledger_entry",
            "UPDATE ledger_entry SET fields = jsonb_set(fields, '{judged_at}', "
            "'\"2023-01-30T09:00:00.000000Z\"') WHERE subject_id = "
            "(SELECT id FROM dossiers_dossier WHERE code LIKE '%0001')",
            {"recount", "rows"},
        ),
    ],
)
def test_one_row_changed_behind_the_acts_makes_the_proof_red(committed, table, corruption, checks):
    assert red() == {}
    with as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(corruption)
    assert set(red()) == checks
    assert Dossier.objects.count() == 3
    proof = operations.prove(on=ON, actor=OPERATOR, at=NINE)
    assert proof.found == len(proof.differences) > 0


@pytest.mark.parametrize(
    "corruption",
    [
        "UPDATE ledger_posting SET from_account = 0 WHERE from_account = 13",
        "UPDATE ledger_posting SET effective_on = effective_on + 1 WHERE from_account = 13",
        "DELETE FROM ledger_posting WHERE from_account = 13",
        "DELETE FROM ledger_posting WHERE to_account = 12",
    ],
)
def test_a_transfer_booked_on_one_side_only_makes_the_proof_red(committed, corruption):
    dossier = Dossier.objects.earliest("id")
    acts.transfer(
        dossier_id=dossier.id, to=committed.other_department, reason="Sai thẩm quyền",
        article="NĐ 61/2018/NĐ-CP", actor=OPERATOR, at=later(1),
    )  # fmt: skip
    on = later(1).date()
    assert red(on) == {}
    with as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute("ALTER TABLE ledger_posting DISABLE TRIGGER USER")
        owner.execute(corruption)
    operations.rebuild()
    assert set(red(on)) == {"recount", "one-account", "province"}


def test_a_proof_says_which_rule_set_on_time_and_late_were_judged_under(db):
    proof = operations.prove(on=date(2022, 11, 21), actor=OPERATOR, at=NINE)
    assert proof.rule_set == "on_time:2019"
