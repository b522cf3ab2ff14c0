"""Trips of paper dossiers between units: the list that travels with them, and who received what."""

from __future__ import annotations

from django.db import models

from motcua.dossiers.models.case import Child, Dossier


class Trip(models.Model):
    """One carrying of paper dossiers from a unit to another (NĐ 61/2018 Đ18.2; TT 01/2018 Mẫu 05)."""

    id = models.UUIDField(primary_key=True)
    from_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    to_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    carrier = models.CharField(max_length=120)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    sent_by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [
            models.Index(fields=["from_unit", "sent_at", "id"], name="trip_from"),
            models.Index(fields=["to_unit", "sent_at", "id"], name="trip_to"),
        ]


class TripLine(Child):
    """A dossier on a trip. `transfer_by` is when the law wants it there, `late` that it left after that;
    `missing` what the receiver did not find."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="trips")
    trip = models.ForeignKey(Trip, models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    transfer_by = models.DateTimeField(null=True)
    late = models.BooleanField(default=False)
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey("people.Account", models.PROTECT, related_name="+", null=True)
    received_by_name = models.CharField(max_length=120, blank=True)
    missing = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["trip"],
                name="tripline_on_the_way",
                condition=models.Q(received_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trip", "dossier"], name="tripline_once_a_trip")
        ]
