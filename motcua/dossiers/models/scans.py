"""Pictures of papers before they are a dossier's, the phones that send them, and digitised copies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.models.case import Attachment, Child, Dossier, Paper


class Pairing(Child):
    """A phone allowed to send pictures to one dossier, for minutes. Of its token only a digest is kept."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    held = models.ForeignKey("people.PostHeld", models.PROTECT, related_name="+", null=True)
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()


class Capture(models.Model):
    """A file from a scanner, a phone or a clerk's machine, as it came: the original, never altered.

    `origin` says where from, so that the same file is taken in once however often it is picked up.
    Without a dossier it lies in the tray of its unit.
    """

    class Source(models.TextChoices):
        SCANNER = "scanner", _("máy quét")
        PHONE = "phone", _("điện thoại")
        UPLOAD = "upload", _("tải lên")

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ đưa vào giấy tờ")
        USED = "used", _("đã vào bản số hóa")
        DROPPED = "dropped", _("đã bỏ")

    id = models.UUIDField(primary_key=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="captures", null=True)
    paper = models.ForeignKey(Paper, models.PROTECT, related_name="+", null=True)
    blob = models.ForeignKey("files.Blob", models.PROTECT, related_name="+")
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    name = models.CharField(max_length=255)
    origin = models.CharField(max_length=300, unique=True)
    pages = models.PositiveSmallIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["unit", "id"],
                name="capture_tray",
                condition=models.Q(state="waiting", dossier__isnull=True),
            ),
        ]


class DigitisedCopy(Child):
    """How a digitised copy was made: from which pages of which originals, how dense, signed by whom."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="copies")
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="+")
    pages = models.JSONField(help_text="[{capture, page, turn}], theo thứ tự")
    dpi = models.PositiveSmallIntegerField(null=True)
    signed_by = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
