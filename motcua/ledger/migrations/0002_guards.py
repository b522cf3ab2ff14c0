from django.db import migrations

from motcua.ledger.guards import FUNCTIONS, guard, record


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [
        migrations.RunSQL(
            [FUNCTIONS],
            "DROP TABLE ledger_openact; DROP FUNCTION ledger_act_is_whole(); "
            "DROP FUNCTION ledger_guard(); DROP FUNCTION ledger_refuse()",
        ),
        migrations.RunSQL(
            "ALTER TABLE ledger_posting ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id(); "
            "CREATE INDEX ledger_posting_xid ON ledger_posting (xid)",
            "ALTER TABLE ledger_posting DROP COLUMN xid",
        ),
        record("ledger_entry", "ledger_posting"),
        guard("ledger_counter", "ledger_idempotencykey"),
        migrations.RunSQL(
            "REVOKE TRUNCATE, REFERENCES, TRIGGER ON ALL TABLES IN SCHEMA public FROM PUBLIC",
            migrations.RunSQL.noop,
        ),
    ]
