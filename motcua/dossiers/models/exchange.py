"""Dossiers exchanged with other systems: whose they are, what is to be told them, what came in unfit,
how both sides compare."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.case import Child, Dossier


class Foreign(Child):
    """A dossier that another system had first: its code and owner there, beside ours.

    `seen_at` and `seen_rank` are how far the last record had come (rules.national.Seen.stands), `digest` of
    which record; a mirrored one is only shown here.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="foreign")
    system = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    mirrored = models.BooleanField()
    seen_at = models.DateTimeField()
    seen_rank = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="foreign_one_a_code")
        ]
        indexes = [models.Index(fields=["code"], name="foreign_code")]


class Sync(Child):
    """One change of a dossier to be told another system: sent in the order of `number`, once each.

    `record` holds nothing personal. `claim` is who has it in hand until `lease_until`; `uncertain`:
    whether it arrived is not known, the other side is asked before it is sent again.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "chờ gửi"
        SENDING = "sending", "đang gửi"
        SENT = "sent", "đã gửi"
        DEAD = "dead", "bị từ chối"
        SKIPPED = "skipped", "đã bỏ qua"

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="syncs")
    number = models.PositiveIntegerField()
    entry_id = models.UUIDField(unique=True, null=True)
    system = models.CharField(max_length=40)
    service = models.CharField(max_length=40)
    code = models.CharField(max_length=60)
    status = models.PositiveSmallIntegerField()
    record = models.JSONField()
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    uncertain = models.BooleanField(default=False)
    tries = models.PositiveIntegerField(default=0)
    refusals = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    said = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="sync_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"],
                name="sync_open",
                condition=models.Q(state__in=["waiting", "sending"]),
            ),
            models.Index(
                fields=["dossier", "number"],
                name="sync_unsent",
                condition=models.Q(state__in=["waiting", "sending", "dead"]),
            ),
            models.Index(
                fields=["system", "-sent_at"], name="sync_sent", condition=models.Q(state="sent")
            ),
        ]


class Held(models.Model):
    """A record that came in and could not be taken in, as it came, with why; for who can mend it."""

    class State(models.TextChoices):
        OPEN = "open", "chờ xử lý"
        DONE = "done", "đã nhận"
        DROPPED = "dropped", "đã bỏ"

    id = models.UUIDField(primary_key=True)
    system = models.CharField(max_length=40)
    number = models.BigIntegerField()
    code = models.CharField(max_length=60, blank=True)
    record = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=80)
    params = models.JSONField()
    at = models.DateTimeField()
    tried_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "digest"],
                condition=models.Q(state="open"),
                name="held_once",
            )
        ]
        indexes = [models.Index(fields=["at"], name="held_open", condition=models.Q(state="open"))]


class Feed(models.Model):
    """How far the records of a system have been taken in."""

    id = models.UUIDField(primary_key=True)
    system = models.CharField(max_length=40, unique=True)
    number = models.BigIntegerField()
    at = models.DateTimeField()


class Reconciliation(models.Model):
    """Both sides counted and compared: the dossiers filed on some days, here and in another system."""

    id = models.UUIDField(primary_key=True)
    system = models.CharField(max_length=40)
    since = models.DateField()
    until = models.DateField()
    at = models.DateTimeField()
    here = models.PositiveIntegerField()
    there = models.PositiveIntegerField()
    differences = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="reconciliation_at")]


class Mismatch(models.Model):
    """A dossier on which both sides differed in one reconciliation; `waiting`: its message is on its way."""

    id = models.UUIDField(primary_key=True)
    reconciliation = models.ForeignKey(Reconciliation, models.PROTECT, related_name="mismatches")
    dossier = models.ForeignKey(Dossier, models.PROTECT, null=True, related_name="+")
    code = models.CharField(max_length=60)
    gap = models.CharField(max_length=15)
    here = models.PositiveSmallIntegerField(null=True)
    there = models.PositiveSmallIntegerField(null=True)
    waiting = models.BooleanField(default=False)
