"""Certification: the books, what stands in them, what was corrected, what was bound."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.case import Child, Dossier
from motcua.rules.certification import Kind

KINDS = [
    (Kind.COPY.value, _("chứng thực bản sao từ bản chính")),
    (Kind.SIGNATURE.value, _("chứng thực chữ ký")),
    (Kind.CONTRACT.value, _("chứng thực hợp đồng, giao dịch")),
]


class CertificationBook(models.Model):
    """The book of one kind, of one agency, for one year (NĐ 23/2015 Đ13). Once locked it takes no number
    any more; `last_number` and `entries` are then what the year ended with."""

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    year = models.PositiveSmallIntegerField()
    locked_at = models.DateTimeField(null=True)
    locked_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    last_number = models.PositiveIntegerField(null=True)
    entries = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "year"], name="certification_one_book_a_year"
            )
        ]


class Certification(Child):
    """One paper of a request: `originals` of it, `copies` of each, `pages` long, and its fee in đồng.

    It has a number from the moment it is certified; the number stays whatever is corrected later, also
    when the entry is voided.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="certifications")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=KINDS)
    title = models.CharField(max_length=300)
    originals = models.PositiveSmallIntegerField()
    copies = models.PositiveSmallIntegerField()
    pages = models.PositiveSmallIntegerField()
    fee = models.PositiveBigIntegerField(help_text="đồng")
    prepared_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    book = models.ForeignKey(
        CertificationBook, models.PROTECT, related_name="entered", null=True, db_index=False
    )
    number = models.PositiveIntegerField(null=True)
    certified_at = models.DateTimeField(null=True)
    signer = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    signer_name = models.CharField(max_length=120, blank=True)
    signer_title = models.CharField(max_length=200, blank=True)
    voided = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="certification_number_once"),
            models.CheckConstraint(
                condition=models.Q(
                    book__isnull=True, number__isnull=True, certified_at__isnull=True
                )
                | models.Q(book__isnull=False, number__isnull=False, certified_at__isnull=False),
                name="certification_numbered_when_certified",
            ),
        ]
        indexes = [
            models.Index(fields=["book", "certified_at"], name="certification_book_at"),
        ]


class CertificationCorrection(Child):
    """A correction of an entry: what stood there, what stands there now, and why."""

    certification = models.ForeignKey(Certification, models.PROTECT, related_name="corrections")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=1000)
    was = models.JSONField()
    now = models.JSONField()


class BoundMonth(models.Model):
    """A month of a book as it was printed and bound: the SHA-256 of its lines, not the lines themselves,
    so that a later print shows whether it is the same."""

    id = models.UUIDField(primary_key=True)
    book = models.ForeignKey(CertificationBook, models.PROTECT, related_name="bound")
    month = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    sha256 = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    first_number = models.PositiveIntegerField(null=True)
    last_number = models.PositiveIntegerField(null=True)
    pages = models.PositiveSmallIntegerField()
