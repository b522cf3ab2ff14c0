"""Files by their content: one blob a SHA-256; what a file is for belongs to the room that links it."""

from __future__ import annotations

from django.db import models


class Blob(models.Model):
    """Bytes that never change, kept under MOTCUA_FILES by their hash."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256
