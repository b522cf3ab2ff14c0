import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from motcua.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0002_guards'),
        ('statistics', '0005_rule_set_of_a_proof'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('period', models.CharField(max_length=8)),
                ('version', models.PositiveSmallIntegerField()),
                ('standing', models.CharField(choices=[('draft', 'dự thảo'), ('published', 'đã công bố'), ('dropped', 'bỏ')], max_length=10)),
                ('content', models.TextField()),
                ('sha256', models.CharField(max_length=64)),
                ('reason', models.CharField(blank=True, max_length=1000)),
                ('made_at', models.DateTimeField()),
                ('made_by_name', models.CharField(max_length=200)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ended_by_name', models.CharField(blank=True, max_length=200)),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('period', 'version'), name='statistics_one_version_of_a_period'), models.UniqueConstraint(condition=models.Q(('standing', 'draft')), fields=('period',), name='statistics_one_draft_of_a_period')],
            },
        ),
        guard("statistics_publication"),
    ]
