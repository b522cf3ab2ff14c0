"""The case itself: the dossier, its papers, work items, clock, supplements, charges, slips, hand-over."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.labels import (
    ASSISTED_LABELS,
    CHANNEL_LABELS,
    CHARGE_LABELS,
    COLLECTOR_LABELS,
    STATUS_LABELS,
)
from motcua.rules.answer_clock import Assisted
from motcua.rules.books import Channel
from motcua.rules.casework import OPEN, UNDER_WAY, Status
from motcua.rules.collection import Collector
from motcua.rules.fees import Kind

RUNNING = sorted(s.value for s in UNDER_WAY)
SETTLED_ANEW = sorted(s.value for s in OPEN | {Status.SUBMITTED})
AT_A_DESK = sorted(s.value for s in OPEN | {Status.SUBMITTED, Status.DONE})


class Dossier(models.Model):
    """A case from its submission to the hand-over of its result.

    `received_by` took it in, `accountable` is the agency whose figure it is, `holder` has it now.
    `due_at` is what was promised last, `judged_at` what it will be judged by (an apology moves only the
    first). `version` counts its acts, so that a stale page is refused.

    `limit`, `rule_set`, `clock_rules`, `calendar_unit` and `calendar_revision_id` are what its dates were
    set by: the grounds and extensions its procedure declared on the day, and the office whose hours
    count, whoever has it now. `answer_due_at` is until when the desk answers what was filed online, `turn_id`
    its turn (models.Turn) while that is open, `answer_asked_at` since when the applicant waits for an answer;
    `assisted` is who helped him to file.
    `parent` is the dossier whose part it settles, in an interconnected procedure (NĐ 61/2018 Đ19.6–7), and
    `called_by` the item of the parent that waits for it, where one does.
    `warn_at` is the next moment to warn of the date, `warned` the last warning given.
    A `mirrored` one is settled in another system and only shown here (`foreign`).
    """

    id = models.UUIDField(primary_key=True)
    code = models.CharField(max_length=60, unique=True, null=True)
    submission_code = models.CharField(max_length=20, unique=True)
    status = models.PositiveSmallIntegerField(choices=[(s.value, STATUS_LABELS[s]) for s in Status])
    channel = models.PositiveSmallIntegerField(
        choices=[(c.value, CHANNEL_LABELS[c]) for c in Channel]
    )
    procedure = models.ForeignKey("catalogue.Procedure", models.PROTECT, related_name="+")
    procedure_version = models.ForeignKey(
        "catalogue.ProcedureVersion", models.PROTECT, related_name="+"
    )
    process = models.ForeignKey("catalogue.Process", models.PROTECT, related_name="+", null=True)
    paper_case = models.CharField(max_length=300, blank=True)
    applicant = models.ForeignKey("people.Person", models.PROTECT, related_name="dossiers")
    applicant_name = models.CharField(max_length=200)
    submitter_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=500)
    received_by = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    accountable = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    holder = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", models.PROTECT, related_name="children", null=True, db_index=False
    )
    called_by = models.UUIDField(null=True)
    received_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    handed_over_at = models.DateTimeField(null=True)
    result = models.JSONField(null=True)
    limit = models.JSONField(null=True)
    rule_set = models.CharField(max_length=80, blank=True)
    clock_rules = models.JSONField(null=True)
    calendar_unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, related_name="+", null=True, db_index=False
    )
    calendar_revision_id = models.BigIntegerField(null=True)
    turn_id = models.UUIDField(null=True)
    answer_asked_at = models.DateTimeField(null=True)
    answer_due_at = models.DateTimeField(null=True)
    warn_at = models.DateTimeField(null=True)
    warned = models.CharField(max_length=8, blank=True)
    assisted = models.CharField(
        max_length=8, blank=True, choices=[(a.value, ASSISTED_LABELS[a]) for a in Assisted]
    )
    training = models.BooleanField(default=False)
    mirrored = models.BooleanField(default=False, db_default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["received_at", "id"], name="dossier_at"),
            models.Index(fields=["status", "received_at", "id"], name="dossier_status_at"),
            models.Index(
                fields=["accountable", "status", "received_at", "id"], name="dossier_unit_status_at"
            ),
            models.Index(
                fields=["accountable", "procedure", "received_at", "id"],
                name="dossier_unit_proc_at",
            ),
            models.Index(fields=["received_by", "received_at", "id"], name="dossier_desk_at"),
            models.Index(
                fields=["received_by", "id"],
                name="dossier_desk_open",
                condition=models.Q(status__in=AT_A_DESK),
            ),
            models.Index(
                fields=["received_by", "answer_due_at", "id"],
                name="dossier_to_answer",
                condition=models.Q(status=Status.SUBMITTED.value),
            ),
            models.Index(fields=["applicant", "received_at"], name="dossier_applicant_at"),
            models.Index(
                fields=["judged_at", "id"],
                name="dossier_running",
                condition=models.Q(status__in=RUNNING),
            ),
            models.Index(
                fields=["received_by", "finished_at", "id"],
                name="dossier_to_collect",
                condition=models.Q(status=Status.DONE.value),
            ),
            models.Index(
                fields=["warn_at", "id"],
                name="dossier_to_warn",
                condition=models.Q(warn_at__isnull=False),
            ),
            models.Index(
                fields=["parent", "id"],
                name="dossier_child",
                condition=models.Q(parent__isnull=False),
            ),
            models.Index(
                fields=["calendar_revision_id", "id"],
                name="dossier_to_resettle",
                condition=models.Q(status__in=SETTLED_ANEW),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__gte=1, status__lte=10), name="dossier_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(code__isnull=False) | models.Q(accepted_at__isnull=True),
                name="dossier_accepted_has_a_code",
            ),
        ]

    def __str__(self) -> str:
        return self.code or self.submission_code


class Child(models.Model):
    """A row that belongs to one dossier."""

    id = models.UUIDField(primary_key=True)

    class Meta:
        abstract = True


class Paper(Child):
    """A required paper as this dossier has it; `reused_from` where the province had it already."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=1000)
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    held = models.BooleanField(default=True)
    reused_from = models.ForeignKey(
        Dossier, models.PROTECT, related_name="+", null=True, db_index=False
    )
    reused_result = models.CharField(max_length=100, blank=True)


class WorkItem(Child):
    """A step of the process, open or done; `waiting` is a branch that has reached a join and waits.

    The open items are the marking of the process. While the dossier waits, its items stand still
    (`standing`) and their due times move with it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="items")
    node = models.CharField(max_length=80)
    arrived_via = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=200)
    act = models.CharField(max_length=30, blank=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", null=True)
    role = models.CharField(max_length=20, blank=True)
    assignee = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    standing = models.BooleanField(default=False)
    waiting = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "role", "due_at", "id"],
                name="workitem_inbox",
                condition=models.Q(closed_at__isnull=True, waiting=False),
            ),
            models.Index(fields=["dossier", "opened_at"], name="workitem_dossier"),
        ]


class ClockEvent(Child):
    """One event of legal time, and the dates that held after it: every due date there ever was, with the
    rule set and the calendar revision it was set by."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="clock")
    seq = models.PositiveSmallIntegerField()
    event = models.JSONField()
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField(null=True)
    rule_set = models.CharField(max_length=80, blank=True)
    calendar_revision_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "seq"], name="dossier_clock_in_order")
        ]


class Supplement(Child):
    """What the applicant was asked to add (Mẫu 02), and when it came in full."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="supplements")
    round = models.PositiveSmallIntegerField()
    items = models.JSONField()
    reason = models.CharField(max_length=1000)
    late = models.BooleanField(
        default=False, help_text="yêu cầu sau 03 ngày làm việc kể từ khi tiếp nhận"
    )
    asked_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)


class Reappointment(Child):
    """A new date asked for with an apology by who settles, and given by the desk (NĐ 61/2018 Đ19.9)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reappointments")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    proposed_until = models.DateTimeField()
    reason = models.CharField(max_length=1000)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    until = models.DateTimeField(null=True)


class Phase(Child):
    """One agency's part of an interconnected procedure: its limit, the date planned at acceptance, and
    its own date from the moment the dossier reached it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="phases")
    position = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    limit = models.JSONField()
    planned_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "position"], name="dossier_phase_in_order")
        ]


class Charge(Child):
    """Money asked of the applicant: a fee or a duty, and its payment.

    `fee_position` is the line of the sealed version it comes from and `stated` what that line states for it;
    `relief` and `basis` are who pays less and by which law, `reason` why another amount was typed. What a
    relief frees of wholly is 0 and counts as paid. `before_result`: the result does not go out before.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="charges")
    name = models.CharField(max_length=300)
    amount = models.PositiveBigIntegerField(help_text="đồng")
    kind = models.CharField(
        max_length=10, choices=[(k.value, CHARGE_LABELS[k]) for k in Kind], default=Kind.OBLIGATION
    )
    fee_position = models.PositiveSmallIntegerField(null=True)
    quantity = models.PositiveSmallIntegerField(default=1)
    stated = models.PositiveBigIntegerField(null=True)
    relief = models.CharField(max_length=20, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    stops_clock = models.BooleanField(default=False)
    before_result = models.BooleanField(default=True)
    asked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    method = models.CharField(max_length=20, blank=True)
    receipt_number = models.CharField(max_length=40, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "fee_position"],
                name="charge_line_once",
                condition=models.Q(cancelled_at__isnull=True),
            )
        ]


class Slip(Child):
    """A statutory paper as issued: which form, the sheet it was printed on and the data it was made from,
    so that it is printed again as it was. A paper found wrong is replaced by another, never changed."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="slips")
    form = models.CharField(max_length=20)
    number = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    sheet = models.JSONField(null=True)
    data = models.JSONField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")


class HandOver(Child):
    """Who took the result, when and how (NĐ 61/2018 Đ20).

    `collector` is the owner himself, somebody he authorised, or the postal service; "" where nobody asked.
    Of the number that was shown only the last digits and a keyed digest are kept: `identity_checked` says
    that it was compared with the owner's. `returned` are the papers whose originals were given back.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="hand_over")
    at = models.DateTimeField()
    method = models.CharField(max_length=20)
    recipient = models.CharField(max_length=200)
    identity = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    collector = models.CharField(
        max_length=12, blank=True, choices=[(c.value, COLLECTOR_LABELS[c]) for c in Collector]
    )
    identity_checked = models.BooleanField(default=False)
    identity_digest = models.CharField(max_length=40, blank=True)
    authorisation = models.CharField(max_length=100, blank=True)
    authorised_on = models.DateField(null=True)
    tracking = models.CharField(max_length=40, blank=True)
    returned = models.JSONField(default=list)


class Attachment(Child):
    """A file of a dossier; the file is reached through its dossier, never by its hash."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("giấy tờ nộp")
        RESULT = "result", _("kết quả")
        DIGITISED = "digitised", _("bản số hóa")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="attachments")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="attachments", null=True)
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=255)
    at = models.DateTimeField()
