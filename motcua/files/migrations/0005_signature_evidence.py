import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

from motcua.ledger.guards import record


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0004_certificates'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignatureEvidence',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('sha256', models.CharField(max_length=64)),
                ('verdict', models.CharField(help_text='theo rules.signatures.Verdict', max_length=12)),
                ('facts', models.JSONField()),
                ('covered', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), help_text='SHA-256 của tệp tính đến hết phần từng chữ ký bảo vệ: nhận ra bản bị sửa', size=None)),
                ('asked', models.PositiveSmallIntegerField(help_text='số lần đã hỏi nơi cấp chứng thư về việc thu hồi')),
                ('ask_at', models.DateTimeField(help_text='giờ thật để hỏi lần sau; trống: thôi hỏi', null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['sha256', 'id'], name='files_evidence_of'), django.contrib.postgres.indexes.GinIndex(fields=['covered'], name='files_evidence_covered'), models.Index(condition=models.Q(('ask_at__isnull', False)), fields=['ask_at'], name='files_evidence_to_ask')],
            },
        ),
        record('files_signatureevidence'),
    ]
