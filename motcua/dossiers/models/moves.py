"""How the dossiers of a unit that ends go on: a plan, and its lines."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MovePlan(models.Model):
    """Where the open dossiers of a unit go from the day it has ended, by which decision.

    Who fills it neither checks nor approves it. `dossiers` is how many there were when it began to run;
    what is left is counted from their rows.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("đang lập")
        CHECKED = "checked", _("đã kiểm tra")
        APPROVED = "approved", _("đã duyệt")
        RUNNING = "running", _("đang chuyển")
        DONE = "done", _("đã chuyển xong")

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    effective_on = models.DateField()
    decision = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status.choices)
    made_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    checked_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    checked_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    dossiers = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "effective_on"], name="dossiers_one_move_plan")
        ]


class MoveLine(models.Model):
    """One line of a plan: the dossiers of a procedure (none: all that no other line names), of applicants
    of an area (none: of any), go to a unit."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(MovePlan, models.PROTECT, related_name="lines")
    procedure = models.ForeignKey(
        "catalogue.Procedure", models.PROTECT, related_name="+", null=True
    )
    area = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+", null=True)
    to = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    set_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "procedure", "area"],
                name="dossiers_one_move_line",
                nulls_distinct=False,
            )
        ]
