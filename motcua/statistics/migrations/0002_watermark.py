from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "INSERT INTO statistics_watermark (id, up_to, base_id) VALUES (1, '0', 0)",
            "DELETE FROM statistics_watermark",
        ),
    ]
