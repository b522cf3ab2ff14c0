"""What people are told: one row a notice, with the text as it was sent.

Subjects are named by kind and id alone: what they are is known to the rooms above.
"""

from __future__ import annotations

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
        indexes = [
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
