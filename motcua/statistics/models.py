"""Roll-ups of the postings, and up to where they reach: caches, rebuilt at any time, never a record.

Only `operations.fold` and `operations.rebuild` write the roll-ups, `operations.prove` the proofs.
"""

from __future__ import annotations

from typing import Any

from django.db import models


class TransactionId(models.Field):  # type: ignore[type-arg]
    """PostgreSQL's xid8: the number of a transaction, growing over the life of one server."""

    def db_type(self, connection: Any) -> str:
        return "xid8"


class RollUp(models.Model):
    """How many dossiers went from one account to another; each table says by what."""

    channel = models.PositiveSmallIntegerField()
    from_account = models.PositiveSmallIntegerField()
    to_account = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()

    class Meta:
        abstract = True


class Daily(RollUp):
    """By unit, on a day."""

    on = models.DateField()
    unit_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "on", "channel", "from_account", "to_account"],
                name="statistics_one_daily",
            )
        ]
        indexes = [models.Index(fields=["on"], name="statistics_daily_on")]


class Monthly(RollUp):
    """By unit and procedure, in the month that begins on `month`: nearly as large as its source, read for
    one unit or for a few procedures."""

    month = models.DateField()
    unit_id = models.BigIntegerField()
    procedure_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "unit_id",
                    "month",
                    "procedure_id",
                    "channel",
                    "from_account",
                    "to_account",
                ],
                name="statistics_one_monthly",
            )
        ]
        indexes = [models.Index(fields=["procedure_id", "month"], name="statistics_monthly_proc")]


class MonthlyOfUnit(RollUp):
    """By unit alone, in a month: does not grow with the number of dossiers."""

    month = models.DateField()
    unit_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit_id", "month", "channel", "from_account", "to_account"],
                name="statistics_one_monthly_unit",
            )
        ]


class MonthlyOfProcedure(RollUp):
    """By procedure alone, in a month."""

    month = models.DateField()
    procedure_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["procedure_id", "month", "channel", "from_account", "to_account"],
                name="statistics_one_monthly_proc",
            )
        ]


class Watermark(models.Model):
    """The one row that says which postings the roll-ups hold: those of transactions before `up_to`,
    and all up to the id `base_id` (more than 0 only where the database was restored from a dump)."""

    up_to = TransactionId()
    base_id = models.BigIntegerField(default=0)
    folded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="statistics_one_watermark")
        ]


class Proof(models.Model):
    """A proof of the books: when it was made, for which day, what was compared, what differed.

    `rule_set` is the one that says what is on time and what is late on that day.
    """

    made_at = models.DateTimeField()
    on = models.DateField()
    rule_set = models.CharField(max_length=80, blank=True)
    seconds = models.FloatField()
    checks = models.JSONField()
    differences = models.JSONField()
    found = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["-made_at"], name="statistics_proof_latest")]


class Publication(models.Model):
    """The results of a period as they were sealed: the canonical JSON of the figures and its SHA-256.

    A published one is never changed: a correction is the next version, with its reason, and the old stays.
    """

    class Standing(models.TextChoices):
        DRAFT = "draft", "dự thảo"
        PUBLISHED = "published", "đã công bố"
        DROPPED = "dropped", "bỏ"

    id = models.UUIDField(primary_key=True)
    period = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=10, choices=Standing.choices)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    made_by_name = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    ended_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "version"], name="statistics_one_version_of_a_period"
            ),
            models.UniqueConstraint(
                fields=["period"],
                condition=models.Q(standing="draft"),
                name="statistics_one_draft_of_a_period",
            ),
        ]
