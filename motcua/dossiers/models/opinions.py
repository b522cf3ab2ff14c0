"""Consultations: what other agencies are asked about a dossier, and what they say."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.case import Child, Dossier


class Opinion(Child):
    """One agency asked about a dossier (NĐ 61/2018 Đ19.5): what, until when by its own calendar, and what
    it said. Open until it is answered or taken back; it lapses with its dossier.

    `late_told_at`: when the asker and the head of the one-stop desk were told that it is late.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="opinions")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    question = models.CharField(max_length=4000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    asked_in = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    due_at = models.DateTimeField()
    late_told_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    answered_name = models.CharField(max_length=200, blank=True)
    stance = models.CharField(max_length=12, blank=True)
    answer = models.CharField(max_length=4000, blank=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "due_at", "id"],
                name="opinion_to_answer",
                condition=models.Q(answered_at__isnull=True, cancelled_at__isnull=True),
            ),
            models.Index(
                fields=["unit", "dossier"],
                name="opinion_seen_by",
                condition=models.Q(cancelled_at__isnull=True),
            ),
            models.Index(
                fields=["due_at", "id"],
                name="opinion_to_warn",
                condition=models.Q(
                    answered_at__isnull=True, cancelled_at__isnull=True, late_told_at__isnull=True
                ),
            ),
            models.Index(fields=["dossier", "asked_at"], name="opinion_dossier"),
        ]


class DeskFile(Child):
    """A file that belongs to the work on a dossier (an opinion, an inspection), for officers only: no way
    of the applicant's leads to it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="desk_files")
    about = models.UUIDField(help_text="ý kiến, biên bản hoặc dự thảo mà tệp thuộc về")
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["dossier", "about"], name="desk_file_about")]
