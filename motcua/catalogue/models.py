"""What should be: procedures and their versions, decisions, papers, fees, processes, offerings.

A version is sealed by its decision and never changes; only the end of its validity is set when the next
one comes. Three layers (design §3): contents (`ProcedureVersion` and its rules), the province's list and
the province's parameters (`Offering`). Ranges are half-open.
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models

from motcua.rules.books import FILED


class Domain(models.Model):
    """A field of administration (lĩnh vực)."""

    key = models.SlugField(max_length=120, unique=True)
    name = models.TextField()

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """The document by which the catalogue changed: its number, and its three dates."""

    class Kind(models.TextChoices):
        IMPORT = "import", "nhập dữ liệu"
        PUBLICATION = "publication", "công bố danh mục"
        PROCESS = "process", "phê duyệt quy trình"
        LIST = "list", "danh mục tiếp nhận"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    signed_on = models.DateField()
    effective_on = models.DateField()
    norm_effective_on = models.DateField(null=True)
    signer = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=300)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class Procedure(models.Model):
    """An administrative procedure, known by its source and code (or slug of its name)."""

    source = models.CharField(max_length=60)
    code = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "code"], name="catalogue_one_procedure")
        ]

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """The contents of a procedure from one decision to the next; sealed.

    `content` is the whole of them (content.ProcedureContent.to_json) and what `content_digest` is of;
    the rows of channels, papers and results are the same, for SQL to read.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="versions")
    valid = DateRangeField()
    name = models.TextField()
    folded_name = models.TextField()
    domain = models.ForeignKey(Domain, models.PROTECT, related_name="+")
    levels = models.JSONField(default=list)
    applicant_kinds = models.JSONField(default=list)
    online_level = models.CharField(max_length=20, blank=True)
    content = models.JSONField(default=dict)
    content_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="catalogue_one_version_at_a_time",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
        indexes = [
            GinIndex(OpClass("folded_name", "gin_trgm_ops"), name="catalogue_name_trigram"),
        ]

    def __str__(self) -> str:
        return self.name


class ChannelRule(models.Model):
    """How a procedure may be filed, and its limit there; text that could not be read stays text."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="channels")
    channel = models.PositiveSmallIntegerField(choices=[(c.value, c.name) for c in FILED])
    limit_amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    limit_unit = models.CharField(max_length=20, blank=True)
    limit_text = models.TextField(blank=True)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "channel"], name="catalogue_one_channel")
        ]


class FeeRule(models.Model):
    """A fee or a duty on a channel; `amount` is in đồng, null where the text could not be read."""

    channel = models.ForeignKey(ChannelRule, models.PROTECT, related_name="fees")
    position = models.PositiveSmallIntegerField()
    amount = models.PositiveBigIntegerField(null=True)
    text = models.TextField(blank=True)
    note = models.TextField(blank=True)


class PaperRule(models.Model):
    """A required paper, by case (trường hợp)."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="papers")
    position = models.PositiveSmallIntegerField()
    case = models.TextField(blank=True)
    name = models.TextField()
    originals = models.PositiveSmallIntegerField(default=0)
    copies = models.PositiveSmallIntegerField(default=0)
    quantity_sure = models.BooleanField(default=True)
    form_file = models.TextField(blank=True)
    replaced_by = models.TextField(blank=True)


class ResultRule(models.Model):
    """What the procedure gives."""

    version = models.ForeignKey(ProcedureVersion, models.PROTECT, related_name="results")
    position = models.PositiveSmallIntegerField()
    code = models.TextField(blank=True)
    name = models.TextField()


class Process(models.Model):
    """An approved process: its BPMN file and the net compiled from it; sealed."""

    key = models.SlugField(max_length=120)
    name = models.CharField(max_length=300)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="processes")
    bpmn = models.TextField()
    net = models.JSONField()
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self) -> str:
        return self.name


class Offering(models.Model):
    """The province's parameters: this agency settles this procedure, so, from–to.

    `received_at` is the desk that takes it in, `anywhere` whether every other desk may as well, for the
    agency (NĐ 107/2021: regardless of territory); the approved limit, where set, is what a due date uses.
    `clock_rules` (rules.clock_rules) are the grounds for a pause, the extensions by special law and the
    phases of other agencies, each with its article.
    """

    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="offerings")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    received_at = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    process = models.ForeignKey(Process, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="offerings")
    approved_amount = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    approved_unit = models.CharField(max_length=20, blank=True)
    supplement_policy = models.CharField(max_length=20, blank=True)
    clock_rules = models.JSONField(default=dict, blank=True)
    anywhere = models.BooleanField(default=False)
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="catalogue_one_offering_at_a_time",
                expressions=[
                    ("procedure", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            )
        ]
