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
                ('asked', models.PositiveSmallIntegerField(help_text='số lần đã hỏi nơi cấp chứng thư về việc thu hồi')),
                ('ask_at', models.DateTimeField(help_text='giờ thật để hỏi lần sau; trống: thôi hỏi', null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['sha256', 'id'], name='files_evidence_of'), models.Index(condition=models.Q(('ask_at__isnull', False)), fields=['ask_at'], name='files_evidence_to_ask')],
            },
        ),
        record('files_signatureevidence'),
    ]
