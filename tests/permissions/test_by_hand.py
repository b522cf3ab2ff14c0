"""Somebody with the application's password and psql: refused, told why, and nothing changed."""

from __future__ import annotations

import os
import subprocess

import pytest
from django.apps import apps
from django.db import connection

from motcua.run import postgres

GUARDED = "chỉ được ghi trong một nghiệp vụ đang mở"
FINAL = "không cho phép thao tác"
REMEDY = "HINT:"
NO_RECORD = {"ledger_outbox", "dossiers_parkedintake"}
"""What is still to be sent on: drained by the worker, and each row tells of an entry that stays. A clerk's
unfinished draft: it changes as he types and is thrown away."""
CACHES = "statistics_"
"""Folded from the postings, rebuilt and compared every night."""
STATEMENTS = {
    "UPDATE dossiers_dossier SET due_at = now()": GUARDED,
    "DELETE FROM dossiers_workitem": GUARDED,
    "UPDATE people_account SET is_active = TRUE": GUARDED,
    "UPDATE organisations_unit SET name = 'khác'": GUARDED,
    "DELETE FROM catalogue_offering": GUARDED,
    "UPDATE files_blob SET size = 0": FINAL,
    "UPDATE ledger_entry SET actor_name = 'ai đó'": FINAL,
    "DELETE FROM ledger_posting": FINAL,
    "TRUNCATE dossiers_dossier CASCADE": "permission denied",
    "ALTER TABLE dossiers_dossier DISABLE TRIGGER ALL": "must be owner",
    "SET session_replication_role = replica": "permission denied",
}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_psql_as_the_application_is_refused_with_what_to_do_instead(own_database, statement):
    program = postgres.find_binaries() / "psql"
    done = subprocess.run(
        [str(program), own_database, "-X", "-v", "ON_ERROR_STOP=1", "-c", statement],
        capture_output=True,
        text=True,
        env={**os.environ, "PGCLIENTENCODING": "UTF8", "LC_ALL": "C"},
    )
    assert done.returncode != 0, done.stdout
    assert STATEMENTS[statement] in done.stderr
    if STATEMENTS[statement] in (GUARDED, FINAL):
        assert REMEDY in done.stderr


@pytest.mark.django_db
def test_every_table_that_holds_a_record_is_guarded():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'guard'")
        guarded = {row[0] for row in cursor.fetchall()}
    ours = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("motcua.")
    }
    assert [t for t in sorted(ours - guarded - NO_RECORD) if not t.startswith(CACHES)] == []
