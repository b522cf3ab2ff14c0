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
