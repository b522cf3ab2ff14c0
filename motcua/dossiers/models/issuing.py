"""The issue of a result: its stages, the number it has in its agency's book, and its revocation."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.labels import STAGE_LABELS
from motcua.dossiers.models.case import Child, Dossier
from motcua.rules.casework_issuing import RUNNING, Stage

UNDER_WAY = [stage.value for stage in RUNNING]


class Issue(Child):
    """A result on its way out (decision 0025): the approved text, the signed one, the sealed one.

    `token` is what its QR code asks with; it is public, so it says nothing. `agency` issues it, `title` is
    what kind of document it is. Once issued it is valid until `revoked_at`; `replaced_by` stands in its
    place.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="issues")
    draft = models.ForeignKey("dossiers.ResultDraft", models.PROTECT, related_name="issues")
    agency = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=200)
    symbol = models.CharField(max_length=60)
    stage = models.CharField(max_length=10, choices=[(s.value, STAGE_LABELS[s]) for s in Stage])
    prepared_blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    signer = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    signer_name = models.CharField(max_length=200)
    signed_blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField(null=True)
    signed_title = models.CharField(max_length=200, blank=True)
    signed_with = models.CharField(max_length=64, blank=True)
    number = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    sealed_blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+", null=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    sealed_name = models.CharField(max_length=200, blank=True)
    sealed_with = models.CharField(max_length=64, blank=True)
    issued_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    cancel_reason = models.CharField(max_length=1000, blank=True)
    revoked_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, related_name="replaces", null=True, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(stage__in=UNDER_WAY),
                name="issue_one_under_way",
            )
        ]
        indexes = [
            models.Index(fields=["dossier", "prepared_at"], name="issue_dossier"),
            models.Index(
                fields=["agency", "stage", "prepared_at"],
                name="issue_under_way",
                condition=models.Q(stage__in=UNDER_WAY),
            ),
            models.Index(
                fields=["sealed_blob"],
                name="issue_sealed",
                condition=models.Q(sealed_blob__isnull=False),
            ),
        ]


class ResultNumber(Child):
    """A number given in an agency's book of one symbol and one year (NĐ 30/2020 Đ15). Once given it is
    never given again: what was not issued under it leaves it voided, with the reason."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="numbers")
    agency = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    symbol = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    by_name = models.CharField(max_length=200)
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    void_reason = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "symbol", "year", "number"], name="result_number_once"
            ),
            models.UniqueConstraint(
                fields=["issue"],
                condition=models.Q(voided_at__isnull=True),
                name="result_number_one_an_issue",
            ),
        ]


class Revocation(Child):
    """That an issued result be revoked: what one officer proposes with the reason and a leader decides."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    issue = models.ForeignKey(Issue, models.PROTECT, related_name="revocations")
    replacement = models.ForeignKey(
        Issue, models.PROTECT, related_name="+", null=True, db_index=False
    )
    reason = models.CharField(max_length=1000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    proposed_name = models.CharField(max_length=200)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    decided_name = models.CharField(max_length=200, blank=True)
    rejected = models.BooleanField(default=False)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["issue"],
                condition=models.Q(decided_at__isnull=True),
                name="revocation_one_waits",
            )
        ]
