import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from motcua.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0004_clock_rules'),
        ('dossiers', '0002_guards'),
        ('organisations', '0001_initial'),
        ('people', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Phase',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('limit', models.JSONField()),
                ('planned_at', models.DateTimeField()),
                ('begun_at', models.DateTimeField(null=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('finished_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Reappointment',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('proposed_at', models.DateTimeField()),
                ('proposed_until', models.DateTimeField()),
                ('reason', models.CharField(max_length=1000)),
                ('decided_at', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='clockevent',
            name='calendar_revision_id',
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='clockevent',
            name='rule_set',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name='dossier',
            name='answer_due_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='calendar_unit',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='dossier',
            name='clock_rules',
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='warn_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='warned',
            field=models.CharField(blank=True, max_length=8),
        ),
        migrations.AlterField(
            model_name='dossier',
            name='rule_set',
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', [2, 4])), fields=['judged_at', 'id'], name='dossier_running'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('warn_at__isnull', False)), fields=['warn_at', 'id'], name='dossier_to_warn'),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status__in', [1, 2, 4, 5, 6, 8])), fields=['calendar_revision_id', 'id'], name='dossier_to_resettle'),
        ),
        migrations.AddField(
            model_name='phase',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='phases', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='phase',
            name='unit',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='reappointment',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reappointment',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reappointments', to='dossiers.dossier'),
        ),
        migrations.AddField(
            model_name='reappointment',
            name='proposed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='phase',
            constraint=models.UniqueConstraint(fields=('dossier', 'position'), name='dossier_phase_in_order'),
        ),
        guard('dossiers_reappointment', 'dossiers_phase'),
    ]
