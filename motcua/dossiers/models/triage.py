"""Who had to answer what was filed online, until when, and what became of it."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.labels import FINDING_LABELS, OUTCOME_LABELS
from motcua.dossiers.models.case import Child, Dossier
from motcua.rules.answer_clock import Finding, Outcome


class Turn(Child):
    """A desk's turn to answer a dossier that is not taken in yet: it begins when the dossier is filed, when
    what was missing has come, and when another desk re-routes it here; it ends with an answer.

    `asked_at` is since when the applicant waits, `came_at` since when this desk has it; `rule_set` gave its
    date.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="turns")
    desk = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    came_at = models.DateTimeField()
    due_at = models.DateTimeField()
    rule_set = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True)
    outcome = models.CharField(
        max_length=12, blank=True, choices=[(o.value, OUTCOME_LABELS[o]) for o in Outcome]
    )
    finding = models.CharField(
        max_length=16, blank=True, choices=[(f.value, FINDING_LABELS[f]) for f in Finding]
    )
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["came_at", "desk"], name="turn_came")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_at__isnull=True, outcome="")
                | (models.Q(answered_at__isnull=False) & ~models.Q(outcome="")),
                name="turn_answered_with_an_outcome",
            )
        ]
