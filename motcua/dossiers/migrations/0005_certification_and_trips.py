
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from motcua.ledger.guards import guard, record


class Migration(migrations.Migration):

    dependencies = [
        ('dossiers', '0004_moves_and_trust'),
        ('organisations', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='handover',
            name='authorisation',
            field=models.CharField(blank=True, max_length=100),
        ),
        migrations.AddField(
            model_name='handover',
            name='authorised_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='handover',
            name='collector',
            field=models.CharField(blank=True, choices=[('owner', 'Chủ hồ sơ nhận'), ('authorised', 'Người được ủy quyền nhận thay'), ('mail', 'Bưu chính công ích nhận chuyển')], max_length=12),
        ),
        migrations.AddField(
            model_name='handover',
            name='identity_checked',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='handover',
            name='identity_digest',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='handover',
            name='returned',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='handover',
            name='tracking',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.CreateModel(
            name='CertificationBook',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('copy', 'chứng thực bản sao từ bản chính'), ('signature', 'chứng thực chữ ký'), ('contract', 'chứng thực hợp đồng, giao dịch')], max_length=12)),
                ('year', models.PositiveSmallIntegerField()),
                ('locked_at', models.DateTimeField(null=True)),
                ('last_number', models.PositiveIntegerField(null=True)),
                ('entries', models.PositiveIntegerField(null=True)),
                ('locked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Certification',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('copy', 'chứng thực bản sao từ bản chính'), ('signature', 'chứng thực chữ ký'), ('contract', 'chứng thực hợp đồng, giao dịch')], max_length=12)),
                ('title', models.CharField(max_length=300)),
                ('originals', models.PositiveSmallIntegerField()),
                ('copies', models.PositiveSmallIntegerField()),
                ('pages', models.PositiveSmallIntegerField()),
                ('fee', models.PositiveBigIntegerField(help_text='đồng')),
                ('number', models.PositiveIntegerField(null=True)),
                ('certified_at', models.DateTimeField(null=True)),
                ('signer_name', models.CharField(blank=True, max_length=120)),
                ('signer_title', models.CharField(blank=True, max_length=200)),
                ('voided', models.BooleanField(default=False)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certifications', to='dossiers.dossier')),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('book', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entered', to='dossiers.certificationbook')),
            ],
        ),
        migrations.CreateModel(
            name='BoundMonth',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('month', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField()),
                ('sha256', models.CharField(max_length=64)),
                ('entries', models.PositiveIntegerField()),
                ('first_number', models.PositiveIntegerField(null=True)),
                ('last_number', models.PositiveIntegerField(null=True)),
                ('pages', models.PositiveSmallIntegerField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('book', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bound', to='dossiers.certificationbook')),
            ],
        ),
        migrations.CreateModel(
            name='CertificationCorrection',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=1000)),
                ('was', models.JSONField()),
                ('now', models.JSONField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('certification', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='dossiers.certification')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Trip',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('number', models.PositiveIntegerField()),
                ('carrier', models.CharField(max_length=120)),
                ('sent_at', models.DateTimeField()),
                ('sent_by_name', models.CharField(max_length=120)),
                ('from_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('sent_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='TripLine',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('position', models.PositiveSmallIntegerField()),
                ('transfer_by', models.DateTimeField(null=True)),
                ('late', models.BooleanField(default=False)),
                ('received_at', models.DateTimeField(null=True)),
                ('received_by_name', models.CharField(blank=True, max_length=120)),
                ('missing', models.CharField(blank=True, max_length=500)),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trips', to='dossiers.dossier')),
                ('received_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('trip', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='dossiers.trip')),
            ],
        ),
        migrations.AddConstraint(
            model_name='certificationbook',
            constraint=models.UniqueConstraint(fields=('unit', 'kind', 'year'), name='certification_one_book_a_year'),
        ),
        migrations.AddIndex(
            model_name='certification',
            index=models.Index(fields=['book', 'certified_at'], name='certification_book_at'),
        ),
        migrations.AddConstraint(
            model_name='certification',
            constraint=models.UniqueConstraint(fields=('book', 'number'), name='certification_number_once'),
        ),
        migrations.AddConstraint(
            model_name='certification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('book__isnull', True), ('certified_at__isnull', True), ('number__isnull', True)), models.Q(('book__isnull', False), ('certified_at__isnull', False), ('number__isnull', False)), _connector='OR'), name='certification_numbered_when_certified'),
        ),
        migrations.AddIndex(
            model_name='trip',
            index=models.Index(fields=['from_unit', 'sent_at', 'id'], name='trip_from'),
        ),
        migrations.AddIndex(
            model_name='trip',
            index=models.Index(fields=['to_unit', 'sent_at', 'id'], name='trip_to'),
        ),
        migrations.AddIndex(
            model_name='tripline',
            index=models.Index(condition=models.Q(('received_at__isnull', True)), fields=['trip'], name='tripline_on_the_way'),
        ),
        migrations.AddConstraint(
            model_name='tripline',
            constraint=models.UniqueConstraint(fields=('trip', 'dossier'), name='tripline_once_a_trip'),
        ),
        guard(
            'dossiers_certificationbook', 'dossiers_certification', 'dossiers_trip', 'dossiers_tripline',
        ),
        record('dossiers_certificationcorrection', 'dossiers_boundmonth'),
    ]
