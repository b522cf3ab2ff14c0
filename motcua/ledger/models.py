"""What happened: entries, their chain, the outbox, the books' postings, counters, idempotency keys.

Rows are written by `motcua.ledger.acts` alone; the database refuses changes and deletions of the
record, and refuses any write to a guarded table while no act is open (migrations, `guards`).
Subjects are named by value (kind and id): nothing here points upwards.
"""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act upon one subject. `prev` is the hash of the subject's entry before it.

    `at` is when the act counts, `recorded_at` when it was written. Names and titles are as of then.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    subject_seq = models.PositiveIntegerField()
    account_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    on_behalf_of = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    actor_title = models.CharField(max_length=160)
    fields = models.JSONField()
    parent_id = models.UUIDField(null=True)
    prev = models.BinaryField(null=True)
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "subject_seq", "subject_kind"], name="ledger_one_chain"
            )
        ]
        indexes = [
            models.Index(fields=["recorded_at"], name="ledger_entry_recorded"),
            models.Index(
                fields=["account_id", "at"],
                name="ledger_entry_account_day",
                condition=models.Q(account_id__isnull=False),
            ),
        ]


class Outbox(models.Model):
    """What follows from an entry, still to be done; drained in `subject_seq` order per subject."""

    entry_id = models.UUIDField()
    event = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    subject_seq = models.PositiveIntegerField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["id"], name="ledger_outbox_open", condition=models.Q(done_at__isnull=True)
            )
        ]


class Posting(models.Model):
    """One movement in the books: a dossier leaves one account for another, effective on a day.

    Accounts are rules.books.Account, channels rules.books.Channel. `xid` is the writing transaction,
    by which roll-ups know what they have already counted.
    """

    dossier_id = models.UUIDField(db_index=True)
    from_account = models.PositiveSmallIntegerField()
    to_account = models.PositiveSmallIntegerField()
    effective_on = models.DateField()
    unit_id = models.BigIntegerField()
    procedure_id = models.BigIntegerField()
    channel = models.PositiveSmallIntegerField()
    entry_id = models.UUIDField()
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["unit_id", "effective_on", "to_account"], name="ledger_posting_unit_day"
            )
        ]


class Counter(models.Model):
    """The last number given in a series; numbers are never given twice."""

    series = models.CharField(max_length=80)
    on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "on"], name="ledger_one_counter_a_series")
        ]


class IdempotencyKey(models.Model):
    """A request already done under this key, and what came of it."""

    account_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    digest = models.BinaryField()
    outcome = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "key"], name="ledger_key_once")
        ]
