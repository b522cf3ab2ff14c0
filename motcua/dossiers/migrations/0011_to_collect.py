
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_clock_rules'),
        ('dossiers', '0010_consulting_and_drafts'),
        ('organisations', '0001_initial'),
        ('people', '0002_guards'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status', 9)), fields=['received_by', 'finished_at', 'id'], name='dossier_to_collect'),
        ),
    ]
