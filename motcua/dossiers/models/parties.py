"""Who stands behind a dossier besides its applicant, how it came, and what is not a dossier yet."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.labels import BASES, DOCUMENTS, PARTY_ROLES
from motcua.dossiers.models.case import Child, Dossier


class Party(Child):
    """Somebody of a dossier: its owners where more is to be said of them than that they are the applicant,
    and who handed it in where that is another.

    `identity` is masked; `identity_digest` is keyed by the applicant's key, so that forgetting him forgets
    it too.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=10, choices=[(str(r), t) for r, t in PARTY_ROLES.items()])
    name = models.CharField(max_length=200)
    document = models.CharField(
        max_length=10, choices=[(str(d), t) for d, t in DOCUMENTS.items()], blank=True
    )
    identity = models.CharField(max_length=20, blank=True)
    identity_digest = models.CharField(max_length=40, blank=True)
    nationality = models.CharField(max_length=60, blank=True)
    basis = models.CharField(
        max_length=15, choices=[(str(b), t) for b, t in BASES.items()], blank=True
    )
    authority_number = models.CharField(max_length=60, blank=True)
    authority_on = models.DateField(null=True)


class Consignment(Child):
    """How a dossier came by mail: who sent it, under which number, who carried it (NĐ 61/2018 Đ16)."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="consignment")
    sender = models.CharField(max_length=200)
    tracking_number = models.CharField(max_length=40)
    carrier = models.CharField(max_length=60)


class BookLine(Child):
    """The line of the paper book a dossier was first written down in, while the system was away.

    TT 01/2018 Đ10: a paper book is kept only where the system is not available.
    """

    dossier = models.OneToOneField(Dossier, models.PROTECT, related_name="book_line")
    desk = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    book = models.CharField(max_length=40)
    page = models.CharField(max_length=20, blank=True)
    number = models.CharField(max_length=20)
    reason = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "book", "number"], name="dossier_one_line_of_a_book"
            )
        ]


class ParkedIntake(models.Model):
    """What a clerk had written of a dossier not yet taken in: his own scrap, no record.

    It holds personal data, so it goes when the dossier is accepted, when he throws it away, and after
    PARKED_DAYS in any case.
    """

    id = models.UUIDField(primary_key=True)
    account = models.ForeignKey("people.Account", models.CASCADE, related_name="+")
    desk = models.ForeignKey("organisations.Unit", models.CASCADE, related_name="+")
    label = models.CharField(max_length=200)
    typed = models.JSONField()
    parked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["account", "changed_at"], name="parked_of_account")]
