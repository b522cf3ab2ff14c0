import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import motcua.people.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('capability', models.CharField(max_length=20)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('reason', models.CharField(max_length=300)),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='grants', to='organisations.post')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('citizen', 'công dân'), ('enterprise', 'doanh nghiệp'), ('organisation', 'cơ quan, tổ chức')], default='citizen', max_length=12)),
                ('identity_number', models.CharField(max_length=20, null=True)),
                ('name', models.CharField(max_length=200)),
                ('folded_name', models.CharField(editable=False, max_length=200)),
                ('born_on', models.DateField(null=True)),
                ('phone', models.CharField(blank=True, max_length=20)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('address', models.CharField(blank=True, max_length=300)),
                ('digest_key', models.BinaryField(default=motcua.people.models.new_key, null=True)),
                ('confirmed', models.BooleanField(default=True)),
            ],
            options={
                'indexes': [models.Index(fields=['identity_number'], name='people_number'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('folded_name', 'gin_trgm_ops'), name='people_name_trigram'), models.Index(fields=['phone'], name='people_phone')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed', True)), fields=('kind', 'identity_number'), name='people_one_person_a_number')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('username', models.CharField(max_length=60, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('kind', models.CharField(choices=[('officer', 'cán bộ, công chức'), ('citizen', 'công dân, doanh nghiệp')], max_length=10)),
                ('is_active', models.BooleanField(default=True)),
                ('training', models.BooleanField(default=False)),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='PostHeld',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts_held', to=settings.AUTH_USER_MODEL)),
                ('home_unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holders', to='organisations.post')),
            ],
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('reason', models.CharField(max_length=300)),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegated', to=settings.AUTH_USER_MODEL)),
                ('held', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='people.postheld')),
            ],
        ),
        migrations.CreateModel(
            name='ApiToken',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('valid', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to=settings.AUTH_USER_MODEL)),
                ('held', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='people.postheld')),
            ],
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'officer'), ('person__isnull', True)), models.Q(('kind', 'citizen'), ('person__isnull', False)), _connector='OR'), name='people_officer_or_citizen'),
        ),
        migrations.AddConstraint(
            model_name='account',
            constraint=models.CheckConstraint(condition=models.Q(('username', django.db.models.functions.text.Lower('username'))), name='people_username_lower_case'),
        ),
        migrations.AddConstraint(
            model_name='postheld',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('account', '='), ('post', '='), ('valid', '&&')], name='people_post_held_once'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('held', '='), ('to', '='), ('valid', '&&')], name='people_delegated_once'),
        ),
    ]
