import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from motcua.ledger.guards import guard, record


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FileText',
            fields=[
                ('blob', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='files.blob')),
                ('text', models.TextField()),
                ('folded', models.TextField(help_text='chữ thường, bỏ dấu: để tìm')),
                ('engine', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.search.SearchVector('folded', config='simple'), name='files_text_words')],
            },
        ),
        migrations.CreateModel(
            name='Quarantined',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('name', models.CharField(max_length=255)),
                ('found', models.CharField(max_length=100)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        record('files_quarantined'),
        guard('files_filetext'),
    ]
