"""What people are told: one row a notice, with the text as it was sent.

Subjects are named by kind and id alone: what they are is known to the rooms above.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """What a person, an account, or a post of a unit is told of an event.

    `entry_id` is the event's entry in the ledger: of one event a recipient has one notice of a kind. `at`
    is when it happened, by the doors' clock. A notice to a post is read for all who hold the post.
    """

    id = models.UUIDField(primary_key=True)
    entry_id = models.UUIDField()
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(
        "people.Person", models.PROTECT, related_name="+", null=True, db_index=False
    )
    account = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", null=True, db_index=False
    )
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, related_name="+", null=True, db_index=False
    )
    role = models.CharField(max_length=20, blank=True)
    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", null=True, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry_id", "kind", "person", "account", "unit", "role"],
                nulls_distinct=False,
                name="messaging_one_notice_an_event",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, account=None, unit=None, role="")
                | Q(person=None, account__isnull=False, unit=None, role="")
                | (Q(person=None, account=None, unit__isnull=False) & ~Q(role="")),
                name="messaging_one_recipient",
            ),
        ]
        indexes = [models.Index(fields=["subject_id"], name="notice_subject")] + [
            index
            for name, fields in (
                ("person", ["person"]),
                ("account", ["account"]),
                ("post", ["unit", "role"]),
            )
            for index in (
                models.Index(
                    fields=[*fields, "-at", "-id"],
                    name=f"notice_{name}_at",
                    condition=Q(**{f"{fields[0]}__isnull": False}),
                ),
                models.Index(
                    fields=fields,
                    name=f"notice_{name}_unread",
                    condition=Q(**{f"{fields[0]}__isnull": False}, read_at=None),
                ),
            )
        ]


class Choice(models.Model):
    """How a person wants to be told: by which channels, in which language. Who has chosen nothing is told
    by those that `reach.DEFAULT` names."""

    person = models.OneToOneField(
        "people.Person", models.PROTECT, primary_key=True, related_name="+"
    )
    language = models.CharField(max_length=2, default="vi")
    channels = ArrayField(models.CharField(max_length=8), default=list)
    at = models.DateTimeField()


class Delivery(models.Model):
    """A notice by one channel: where to, the exact words, and where it is (rules.delivery.State).

    Of a notice there is one a channel, however often it was tried. `claim` is the worker's that has it;
    `next_at` when something is to be done next, none when nothing is; `first_at` when it was first claimed;
    `tried` are the carriers that took it and failed; `said` what a carrier's own template is filled in with.
    """

    id = models.UUIDField(primary_key=True)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=8)
    language = models.CharField(max_length=2)
    address = models.CharField(max_length=254)
    title = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=2600)
    said = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="queued")
    carrier = models.CharField(max_length=20, blank=True)
    ref = models.CharField(max_length=100, blank=True)
    tried = ArrayField(models.CharField(max_length=20), default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    answer = models.CharField(max_length=300, blank=True)
    claim = models.UUIDField(null=True)
    queued_at = models.DateTimeField()
    first_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "channel"], name="messaging_once_a_notice_and_channel"
            )
        ]
        indexes = [
            models.Index(
                fields=["channel", "next_at", "id"],
                name="delivery_to_send",
                condition=Q(state="queued"),
            ),
            models.Index(
                fields=["next_at", "id"],
                name="delivery_to_ask",
                condition=~Q(state="queued") & Q(next_at__isnull=False),
            ),
            models.Index(fields=["claim"], name="delivery_claim", condition=Q(claim__isnull=False)),
            models.Index(
                fields=["-changed_at"],
                name="delivery_dead",
                condition=Q(state__in=["refused", "given_up", "unknown"]),
            ),
            models.Index(fields=["address"], name="delivery_refused", condition=Q(state="refused")),
        ]


class CarrierHealth(models.Model):
    """A carrier that does not do its part: since when, until when it is left alone, and its words."""

    name = models.CharField(max_length=20, unique=True)
    failures = models.PositiveIntegerField(default=0)
    failing_since = models.DateTimeField(null=True)
    rests_until = models.DateTimeField(null=True)
    said = models.CharField(max_length=300, blank=True)
