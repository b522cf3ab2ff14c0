import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from motcua.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0011_to_collect'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('round', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('level', models.CharField(choices=[('very', 'very'), ('satisfied', 'satisfied'), ('dissatisfied', 'dissatisfied')], max_length=12)),
                ('reasons', models.JSONField(default=list)),
                ('text', models.CharField(blank=True, max_length=2000)),
                ('way', models.CharField(choices=[('link', 'link'), ('account', 'account'), ('kiosk', 'kiosk')], max_length=10)),
                ('replaced_at', models.DateTimeField(null=True)),
                ('justified', models.BooleanField(null=True)),
                ('judged_at', models.DateTimeField(null=True)),
                ('judged_reason', models.CharField(blank=True, max_length=1000)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ratings', to='dossiers.dossier')),
                ('judged_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('replaced_at__isnull', True)), fields=['-at'], name='rating_standing')],
                'constraints': [models.UniqueConstraint(fields=('dossier', 'round'), name='dossier_rating_in_order')],
            },
        ),
        guard("dossiers_rating"),
    ]
