"""What a second person looks at: corrections that wait for him, and signals he has looked into."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.case import Child, Dossier


class Correction(Child):
    """A fact of a dossier that was written wrong: what one officer proposes and another confirms.

    `old` and `new` hold the values that differ, by name; the record keeps their digests only. `kind` says
    what is corrected, and so which act carries it out.
    """

    class Kind(models.TextChoices):
        FACTS = "facts", _("thông tin hồ sơ")
        RECEIPT = "receipt", _("giấy tiếp nhận")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    proposed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    proposed_at = models.DateTimeField()
    old = models.JSONField()
    new = models.JSONField()
    reason = models.CharField(max_length=1000)
    decided_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    rejected = models.BooleanField(default=False)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=models.Q(decided_at__isnull=True),
                name="dossiers_one_correction_waits",
            )
        ]
        indexes = [
            models.Index(
                fields=["proposed_at", "id"],
                name="correction_waiting",
                condition=models.Q(decided_at__isnull=True),
            )
        ]


class SignalReview(Child):
    """A signal that was looked into: what was found, by whom. A signal is no verdict."""

    class Finding(models.TextChoices):
        JUSTIFIED = "justified", _("có lý do chính đáng")
        FOLLOW_UP = "follow_up", _("cần làm rõ thêm")

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="signal_reviews")
    signal = models.CharField(max_length=30)
    finding = models.CharField(max_length=10, choices=Finding.choices)
    note = models.CharField(max_length=1000)
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "signal", "at"], name="signal_review")]
