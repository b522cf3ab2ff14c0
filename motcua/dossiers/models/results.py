"""What comes before a result: notes of the officers, records of inspections, drafts and their versions."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.labels import DRAFT_LABELS
from motcua.dossiers.models.case import Child, Dossier
from motcua.rules.casework_drafts import State, Written


class Note(Child):
    """What officers tell each other about a dossier; struck out, never deleted, never the applicant's."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notes")
    text = models.CharField(max_length=4000)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    strike_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "at"], name="note_dossier")]


class Inspection(Child):
    """A visit on the spot, as its minutes say (NĐ 61/2018 Đ19: verification is recorded)."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="inspections")
    number = models.PositiveIntegerField()
    place = models.CharField(max_length=500)
    begun_at = models.DateTimeField()
    members = models.JSONField()
    findings = models.CharField(max_length=8000)
    conclusion = models.CharField(max_length=4000)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)
    by_title = models.CharField(max_length=200, blank=True)
    agency = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["dossier", "number"], name="inspection_dossier")]


class ResultDraft(Child):
    """A result in the making: who prepared it, where it stands, which version was approved.

    `sha256` is of the version approved, `blob` its PDF; `issued_at` when the dossier was concluded with it.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="drafts")
    template = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=[(s.value, DRAFT_LABELS[s]) for s in State])
    version = models.PositiveIntegerField()
    prepared_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    decided_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=1000, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", null=True)
    issued_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["dossier", "begun_at"], name="draft_dossier")]


class DraftVersion(Child):
    """One saved version of a draft: text with simple marks, or a Word file with the PDF made of it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    draft = models.ForeignKey(ResultDraft, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    written = models.CharField(max_length=4, choices=[(w.value, w.value) for w in Written])
    text = models.TextField(blank=True)
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", null=True)
    pdf = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", null=True)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="draft_version_once")
        ]
