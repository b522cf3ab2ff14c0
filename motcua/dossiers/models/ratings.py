"""What citizens said of the service, and what was found of complaints."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.case import Child, Dossier
from motcua.rules.casework_ratings import Satisfaction, Way


class Rating(Child):
    """One word on one dossier; the one without `replaced_at` stands. `justified` is None until judged."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    level = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Satisfaction])
    reasons = models.JSONField(default=list)
    text = models.CharField(max_length=2000, blank=True)
    way = models.CharField(max_length=10, choices=[(w.value, w.value) for w in Way])
    replaced_at = models.DateTimeField(null=True)
    justified = models.BooleanField(null=True)
    judged_at = models.DateTimeField(null=True)
    judged_by = models.ForeignKey(
        "people.Account", models.PROTECT, related_name="+", null=True, db_index=False
    )
    judged_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "round"], name="dossier_rating_in_order")
        ]
        indexes = [
            models.Index(
                fields=["-at"],
                name="rating_standing",
                condition=models.Q(replaced_at__isnull=True),
            )
        ]
