from django.db import migrations


class Migration(migrations.Migration):
    """New roll-ups begin empty, so all begin anew: the next fold fills them."""

    dependencies = [("statistics", "0003_monthly_of_unit_and_procedure")]
    operations = [
        migrations.RunSQL(
            "DELETE FROM statistics_daily; DELETE FROM statistics_monthly; "
            "UPDATE statistics_watermark SET up_to = '0', base_id = 0",
            migrations.RunSQL.noop,
        ),
    ]
