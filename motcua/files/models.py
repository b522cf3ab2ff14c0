"""Files by their content: one blob a SHA-256; what a file is for belongs to the room that links it.
Besides, the register of the certificates that sign them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Q


class Blob(models.Model):
    """Bytes that never change, kept under MOTCUA_FILES by their hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Quarantined(models.Model):
    """Bytes found to harm, and who brought them. They lie apart from the shelves, under their hash."""

    id = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    found = models.CharField(max_length=100)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()


class SignatureEvidence(models.Model):
    """What was found of the signatures of a file, by its hash, each time it was looked at: never changed, the
    latest counts. A file that was not taken in has one too."""

    id = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64)
    verdict = models.CharField(max_length=12, help_text="theo rules.signatures.Verdict")
    facts = models.JSONField()
    covered = ArrayField(
        models.CharField(max_length=64),
        help_text="SHA-256 của tệp tính đến hết phần từng chữ ký bảo vệ: nhận ra bản bị sửa",
    )
    asked = models.PositiveSmallIntegerField(
        help_text="số lần đã hỏi nơi cấp chứng thư về việc thu hồi"
    )
    ask_at = models.DateTimeField(null=True, help_text="giờ thật để hỏi lần sau; trống: thôi hỏi")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["sha256", "id"], name="files_evidence_of"),
            GinIndex(fields=["covered"], name="files_evidence_covered"),
            models.Index(
                fields=["ask_at"],
                name="files_evidence_to_ask",
                condition=models.Q(ask_at__isnull=False),
            ),
        ]


class FileText(models.Model):
    """The words a program read on a file's pages: for search, never for a decision."""

    blob = models.OneToOneField(Blob, models.PROTECT, primary_key=True, related_name="+")
    text = models.TextField()
    folded = models.TextField(help_text="chữ thường, bỏ dấu: để tìm")
    engine = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            GinIndex(SearchVector("folded", config="simple"), name="files_text_words")
        ]


class Certificate(models.Model):
    """A certificate of the register: whose it is, where its key lies, its days, where it stands.

    A personal one names an account and the agency it signs in; one of an agency or of a service the unit
    alone. Until the certificate has come only what was asked for is there. `renews` is the one it follows.
    `warned` is the last warning of its end, in days. Never deleted (NĐ 30/2020 Đ32–33; NĐ 68/2024).
    """

    class Kind(models.TextChoices):
        PERSONAL = "personal", "cá nhân"
        ORGANISATION = "organisation", "cơ quan, tổ chức"
        SERVICE = "service", "thiết bị, dịch vụ"

    class Kept(models.TextChoices):
        TOKEN = "token", "thiết bị lưu khóa (token)"
        HSM = "hsm", "thiết bị HSM dùng chung"
        SIM = "sim", "SIM ký số"
        CLOUD = "cloud", "ký số từ xa"
        FILE = "file", "tệp trên máy chủ"

    class Status(models.TextChoices):
        REQUESTED = "requested", "đã đề nghị, chờ cấp"
        ACTIVE = "active", "đang dùng"
        LOCKED = "locked", "bị khóa"
        LOST = "lost", "mất thiết bị"
        REVOKED = "revoked", "đã thu hồi"

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    account = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    kept = models.CharField(max_length=5, choices=Kept.choices)
    token = models.CharField(max_length=60, blank=True, help_text="số thiết bị lưu khóa")
    status = models.CharField(max_length=9, choices=Status.choices)
    requested_by = models.CharField(max_length=120, help_text="văn bản đề nghị, quyết định")
    requested_at = models.DateTimeField()
    serial = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    issuer = models.CharField(max_length=400, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True, help_text="SHA-256 của chứng thư")
    valid_from = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)
    der = models.BinaryField(null=True)
    renews = models.ForeignKey("self", models.PROTECT, related_name="renewals", null=True)
    standing_since = models.DateTimeField(help_text="từ lúc này ở trạng thái hiện tại")
    standing_for = models.CharField(max_length=300, blank=True, help_text="lý do, văn bản")
    warned = models.PositiveSmallIntegerField(null=True)
    folded = models.TextField(help_text="chữ thường, bỏ dấu: để tìm")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["fingerprint"], condition=~Q(fingerprint=""), name="files_one_certificate"
            ),
            models.CheckConstraint(
                condition=Q(kind="personal", account__isnull=False)
                | (~Q(kind="personal") & Q(account=None)),
                name="files_certificate_of_whom",
            ),
            models.CheckConstraint(
                condition=Q(fingerprint="", valid_from=None, valid_until=None)
                | (~Q(fingerprint="") & Q(valid_from__isnull=False, valid_until__isnull=False)),
                name="files_certificate_whole",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["valid_until", "id"], name="certificate_until"),
            GinIndex(OpClass("folded", "gin_trgm_ops"), name="certificate_words"),
        ]


class KeyHandOver(models.Model):
    """A key given into somebody's hands, with the minutes of it (NĐ 30/2020 Đ32.2); the last one has it."""

    id = models.UUIDField(primary_key=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="hand_overs")
    to = models.ForeignKey("people.Account", models.PROTECT, related_name="+")
    minutes = models.CharField(max_length=120, help_text="biên bản bàn giao")
    on = models.DateField()
    at = models.DateTimeField()
