"""What heads do to steps and ends, kept as it was: who had a step before, which result was void."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.case import Child, Dossier, WorkItem


class Reassignment(Child):
    """A step went from one officer to another by the head's word, and why (NĐ 61/2018 Đ19.1)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reassignments")
    item = models.ForeignKey(WorkItem, models.PROTECT, related_name="reassignments")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    from_account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    to_account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=1000)


class Reopening(Child):
    """A finished dossier was settled again: since when it had been finished, and the result that is void."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="reopenings")
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    reason = models.CharField(max_length=1000)
    finished_at = models.DateTimeField()
    result = models.JSONField(null=True)


class SavedView(models.Model):
    """A list as an officer keeps it under a name: the page and its query string; one may be his first."""

    account = models.ForeignKey("people.Account", models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    first = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "page", "name"], name="saved_view_named_once"
            ),
            models.UniqueConstraint(
                fields=["account", "page"],
                name="saved_view_one_first",
                condition=models.Q(first=True),
            ),
        ]
