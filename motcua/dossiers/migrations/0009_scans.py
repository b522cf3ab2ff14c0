import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from motcua.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0008_parties_and_drafts'),
        ('files', '0003_quarantine'),
        ('organisations', '0001_initial'),
        ('people', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='attachment',
            name='kind',
            field=models.CharField(choices=[('submitted', 'giấy tờ nộp'), ('result', 'kết quả'), ('digitised', 'bản số hóa')], max_length=12),
        ),
        migrations.CreateModel(
            name='DigitisedCopy',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('pages', models.JSONField(help_text='[{capture, page, turn}], theo thứ tự')),
                ('dpi', models.PositiveSmallIntegerField(null=True)),
                ('signed_by', models.CharField(blank=True, max_length=200)),
                ('made_at', models.DateTimeField()),
                ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.attachment')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='dossiers.dossier')),
                ('made_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Pairing',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.dossier')),
                ('held', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.postheld')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.paper')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Capture',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('source', models.CharField(choices=[('scanner', 'máy quét'), ('phone', 'điện thoại'), ('upload', 'tải lên')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'chờ đưa vào giấy tờ'), ('used', 'đã vào bản số hóa'), ('dropped', 'đã bỏ')], default='waiting', max_length=10)),
                ('name', models.CharField(max_length=255)),
                ('origin', models.CharField(max_length=300, unique=True)),
                ('pages', models.PositiveSmallIntegerField(default=1)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.blob')),
                ('dossier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='captures', to='dossiers.dossier')),
                ('paper', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossiers.paper')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('dossier__isnull', True), ('state', 'waiting')), fields=['unit', 'id'], name='capture_tray')],
            },
        ),
        guard('dossiers_capture', 'dossiers_pairing', 'dossiers_digitisedcopy'),
    ]
