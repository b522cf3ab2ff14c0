from django.db import migrations

INDEXES = {
    "signal_late_supplement": "dossiers_supplement (asked_at) WHERE late",
    "signal_paused": "dossiers_clockevent (at) WHERE event->>'kind' = 'paused'",
    "signal_at_once": "dossiers_dossier (finished_at) "
    "WHERE finished_at - accepted_at < interval '15 minutes' "
    "AND judged_at - accepted_at > interval '1 day'",
    "signal_last_minute": "dossiers_dossier (finished_at) "
    "WHERE judged_at - finished_at BETWEEN interval '0' AND interval '30 minutes'",
    "signal_sent_back": "dossiers_workitem (closed_at) WHERE outcome = 'send_back'",
}


class Migration(migrations.Migration):
    """One index a signal (dossiers/signals.py); their conditions compare two columns."""

    dependencies = [("dossiers", "0012_rating"), ("people", "0003_look_ups")]
    operations = [
        migrations.RunSQL(
            [f"CREATE INDEX {name} ON {what}" for name, what in INDEXES.items()],
            [f"DROP INDEX {name}" for name in INDEXES],
        )
    ]
