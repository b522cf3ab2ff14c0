import argparse
import json

import pytest

from motcua.dossiers.tests.conftest import later, world
from motcua.jobs import tasks
from motcua.ledger import sql
from motcua.run.commands import prove
from motcua.statistics.models import Proof

__all__ = ["world"]


def ran(*words):
    parser = argparse.ArgumentParser()
    prove.arguments(parser)
    return prove.run(parser.parse_args(["--on", "2022-11-25", *words]))


def test_a_sound_record_is_proven_and_the_last_line_is_json(world, capsys):
    world.accepted(at=later())
    assert ran("--json") == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (said["on"], said["found"], said["differences"]) == ("2022-11-25", 0, [])


@pytest.mark.parametrize("table", ["statistics_daily", "statistics_monthlyofunit"])
def test_a_difference_is_listed_and_the_exit_status_says_so(world, capsys, table):
    day = "month" if "month" in table else '"on"'
    sql.execute(
        f"INSERT INTO {table} ({day}, unit_id, channel, from_account, to_account, n) "  # noqa: S608
        "VALUES ('2022-11-01', %s, 1, 0, 2, 5)",
        [world.department],
    )
    assert ran() == 1
    assert "1 chênh lệch" in capsys.readouterr().out
    assert ran("--rebuild") == 0


def test_the_night_proves_yesterday_and_the_folding_is_a_duty(world):
    world.accepted(at=later())
    tasks.fold_figures(0)
    tasks.prove_figures(0)
    assert Proof.objects.get().found == 0
