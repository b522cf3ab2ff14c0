from django.db import migrations

from motcua.ledger.guards import guard, record

CHILDREN = ("paper", "workitem", "clockevent", "supplement", "charge", "attachment")


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial"), ("ledger", "0002_guards")]
    operations = [
        guard("dossiers_dossier", *(f"dossiers_{name}" for name in CHILDREN)),
        record("dossiers_slip", "dossiers_handover"),
        # Codes are looked up by their beginning; the database's order of letters is the bytes' own.
        migrations.RunSQL(
            "CREATE INDEX dossier_code_prefix ON dossiers_dossier (code text_pattern_ops)",
            "DROP INDEX dossier_code_prefix",
        ),
        # Rows that every act changes keep room for it, so that no index is touched.
        migrations.RunSQL(
            "ALTER TABLE dossiers_dossier SET (fillfactor = 80);"
            "ALTER TABLE dossiers_workitem SET (fillfactor = 80)",
            migrations.RunSQL.noop,
        ),
    ]
