import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from motcua.ledger.guards import guard


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisations', '0001_initial'),
        ('ledger', '0002_guards'),
        ('people', '0002_guards'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('starts_at', models.DateTimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('lane', models.CharField(choices=[('file', 'file'), ('collect', 'collect'), ('certify', 'certify'), ('advice', 'advice')], max_length=10)),
                ('name', models.CharField(max_length=200)),
                ('phone', models.CharField(max_length=12)),
                ('code', models.CharField(max_length=8)),
                ('token', models.CharField(max_length=32, unique=True)),
                ('booked_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(null=True)),
                ('came_at', models.DateTimeField(null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='PostedNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('posted_on', models.DateField()),
                ('note', models.CharField(blank=True, max_length=300)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='ServicePoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('label', models.CharField(max_length=120)),
                ('lanes', models.JSONField(default=list)),
                ('domains', models.JSONField(default=list)),
                ('active', models.BooleanField(default=True)),
                ('opened_at', models.DateTimeField(null=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('opened_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Slot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField()),
                ('starts', models.TimeField()),
                ('minutes', models.PositiveSmallIntegerField()),
                ('capacity', models.PositiveSmallIntegerField()),
                ('active', models.BooleanField(default=True)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
            ],
        ),
        migrations.CreateModel(
            name='Ticket',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('on', models.DateField()),
                ('number', models.PositiveIntegerField()),
                ('lane', models.CharField(choices=[('file', 'file'), ('collect', 'collect'), ('certify', 'certify'), ('advice', 'advice')], max_length=10)),
                ('source', models.CharField(choices=[('page', 'page'), ('phone', 'phone'), ('kiosk', 'kiosk'), ('appointment', 'appointment')], max_length=12)),
                ('phone_ending', models.CharField(blank=True, max_length=12)),
                ('token', models.CharField(max_length=32, unique=True)),
                ('due_at', models.DateTimeField(null=True)),
                ('standing', models.CharField(choices=[('waiting', 'waiting'), ('called', 'called'), ('serving', 'serving'), ('done', 'done'), ('absent', 'absent'), ('left', 'left')], max_length=8)),
                ('taken_at', models.DateTimeField()),
                ('called_at', models.DateTimeField(null=True)),
                ('recalled', models.PositiveSmallIntegerField(default=0)),
                ('recalled_at', models.DateTimeField(null=True)),
                ('served_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('appointment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ticket', to='counter.appointment')),
                ('called_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('desk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit')),
                ('point', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='counter.servicepoint')),
            ],
        ),
        migrations.AddIndex(
            model_name='appointment',
            index=models.Index(fields=['desk', 'on', 'starts_at'], name='counter_appointments'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at', None)), fields=('desk', 'on', 'phone'), name='counter_one_appointment_a_day'),
        ),
        migrations.AddConstraint(
            model_name='appointment',
            constraint=models.UniqueConstraint(fields=('desk', 'on', 'code'), name='counter_one_code_a_day'),
        ),
        migrations.AddConstraint(
            model_name='servicepoint',
            constraint=models.UniqueConstraint(fields=('desk', 'number'), name='counter_one_point_a_number'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.UniqueConstraint(fields=('desk', 'weekday', 'starts'), name='counter_one_slot_a_time'),
        ),
        migrations.AddConstraint(
            model_name='slot',
            constraint=models.CheckConstraint(condition=models.Q(('weekday__lte', 6)), name='counter_slot_weekday'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(condition=models.Q(('standing', 'waiting')), fields=['desk', 'on', 'number'], name='counter_waiting'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(fields=('desk', 'on', 'number'), name='counter_one_ticket_a_number'),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.UniqueConstraint(condition=models.Q(('standing__in', ['called', 'serving'])), fields=('point',), name='counter_one_ticket_at_a_point'),
        ),
        guard(
            *(
                f"counter_{name}"
                for name in ("servicepoint", "slot", "appointment", "ticket", "postednotice")
            )
        ),
    ]
