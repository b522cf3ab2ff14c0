"""Windows of a desk, numbers of the queue, slots and appointments. Written by `operations` alone.

A number exists before any dossier: nothing here points to one. Of who waits no more is kept than is needed
to call him: of a ticket's telephone the last digits, of an appointment name and number.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from motcua.rules.queueing import AT_A_POINT, Lane, Source, Standing

STANDS_THERE = sorted(standing.value for standing in AT_A_POINT)
LANES = [(lane.value, lane.value) for lane in Lane]


class ServicePoint(models.Model):
    """A window of a desk: its number, its name, the lanes and domains it serves (none: all of them).

    `opened_at` is since when somebody sits there today, `opened_by` who.
    """

    desk = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=120)
    lanes = models.JSONField(default=list)
    domains = models.JSONField(default=list)
    active = models.BooleanField(default=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="counter_one_point_a_number")
        ]


class Slot(models.Model):
    """A time of the week at which a desk takes so many appointments."""

    desk = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    capacity = models.PositiveSmallIntegerField()
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "weekday", "starts"], name="counter_one_slot_a_time"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="counter_slot_weekday"),
        ]


class Appointment(models.Model):
    """A place in a slot of one day, kept for somebody; one a telephone, day and desk."""

    id = models.UUIDField(primary_key=True)
    desk = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    lane = models.CharField(max_length=10, choices=LANES)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=12)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", null=True)
    code = models.CharField(max_length=8)
    token = models.CharField(max_length=32, unique=True)
    booked_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    came_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "on", "phone"],
                condition=Q(cancelled_at=None),
                name="counter_one_appointment_a_day",
            ),
            models.UniqueConstraint(fields=["desk", "on", "code"], name="counter_one_code_a_day"),
        ]
        indexes = [models.Index(fields=["desk", "on", "starts_at"], name="counter_appointments")]


class Ticket(models.Model):
    """A number of the queue: whose turn it is at which window, and when each thing happened.

    Numbers of a desk begin with 1 each day and leave no gap. `due_at` is the time of an appointment, from
    which it goes before those who came without one. `token` opens the page that follows it.
    """

    id = models.UUIDField(primary_key=True)
    desk = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    on = models.DateField()
    number = models.PositiveIntegerField()
    lane = models.CharField(max_length=10, choices=LANES)
    source = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Source])
    phone_ending = models.CharField(max_length=12, blank=True)
    token = models.CharField(max_length=32, unique=True)
    appointment = models.OneToOneField(
        Appointment, models.PROTECT, related_name="ticket", null=True
    )
    due_at = models.DateTimeField(null=True)
    standing = models.CharField(max_length=8, choices=[(s.value, s.value) for s in Standing])
    taken_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    recalled = models.PositiveSmallIntegerField(default=0)
    recalled_at = models.DateTimeField(null=True)
    point = models.ForeignKey(ServicePoint, models.PROTECT, related_name="tickets", null=True)
    called_by = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", null=True, db_index=False
    )
    served_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "on", "number"], name="counter_one_ticket_a_number"
            ),
            models.UniqueConstraint(
                fields=["point"],
                condition=Q(standing__in=STANDS_THERE),
                name="counter_one_ticket_at_a_point",
            ),
        ]
        indexes = [
            models.Index(
                fields=["desk", "on", "number"],
                name="counter_waiting",
                condition=Q(standing=Standing.WAITING.value),
            )
        ]


class PostedNotice(models.Model):
    """Since when the list of procedures hangs at the desk for all to read (NĐ 63/2010/NĐ-CP Đ17)."""

    desk = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    posted_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
