import django.db.models.deletion
from django.db import migrations, models

from motcua.ledger.guards import guard


class Migration(migrations.Migration):

    dependencies = [
        ('catalogue', '0005_anywhere'),
        ('dossiers', '0014_issuing'),
        ('organisations', '0001_initial'),
        ('people', '0003_look_ups'),
    ]

    operations = [
        migrations.CreateModel(
            name='Turn',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('asked_at', models.DateTimeField()),
                ('came_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('rule_set', models.CharField(blank=True, max_length=80)),
                ('answered_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('accepted', 'Đã tiếp nhận'), ('refused', 'Từ chối tiếp nhận'), ('supplement', 'Yêu cầu bổ sung'), ('rerouted', 'Chuyển nơi khác'), ('withdrawn', 'Người nộp rút')], max_length=12)),
                ('finding', models.CharField(blank=True, choices=[('unreadable', 'Tệp không đọc được'), ('incomplete', 'Thiếu giấy tờ hoặc thông tin'), ('wrong_agency', 'Nộp nhầm cơ quan'), ('wrong_procedure', 'Chọn nhầm thủ tục'), ('duplicate', 'Trùng hồ sơ đã nộp')], max_length=16)),
                ('note', models.CharField(blank=True, max_length=1000)),
            ],
        ),
        migrations.AddField(
            model_name='dossier',
            name='answer_asked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='dossier',
            name='assisted',
            field=models.CharField(blank=True, choices=[('', 'Tự nộp'), ('desk', 'Nộp bằng máy tại quầy'), ('officer', 'Công chức nộp giúp')], max_length=8),
        ),
        migrations.AddField(
            model_name='dossier',
            name='turn_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddIndex(
            model_name='dossier',
            index=models.Index(condition=models.Q(('status', 1)), fields=['received_by', 'answer_due_at', 'id'], name='dossier_to_answer'),
        ),
        migrations.AddField(
            model_name='turn',
            name='desk',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisations.unit'),
        ),
        migrations.AddField(
            model_name='turn',
            name='dossier',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='turns', to='dossiers.dossier'),
        ),
        migrations.AddIndex(
            model_name='turn',
            index=models.Index(fields=['came_at', 'desk'], name='turn_came'),
        ),
        migrations.AddConstraint(
            model_name='turn',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('outcome', '')), models.Q(('answered_at__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='turn_answered_with_an_outcome'),
        ),
        guard("dossiers_turn"),
    ]
