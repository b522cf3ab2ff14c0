"""Files by their content: one blob a SHA-256; what a file is for belongs to the room that links it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models


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
