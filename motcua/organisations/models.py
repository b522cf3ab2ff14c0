"""Units, their names, places, codes and successions over time; posts; office hours and days off.

Every range is half-open: `[from, to)`. An empty lower bound means "since before the records began".
"""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models


class Unit(models.Model):
    """A body of the state, from its founding act to its end; never deleted.

    `agency` is the legal entity a desk or division belongs to (itself, for an agency). The dossiers'
    accountable unit is always an agency. `listed_on` is the day of the list its name was taken from
    (none: the oldest list), so that an older list read again does not bring an older spelling back.
    `constructed` says that no source gives the unit and the example made it.
    """

    class Kind(models.TextChoices):
        PROVINCE = "province", "tỉnh"
        COMMITTEE_OFFICE = "committee_office", "văn phòng UBND tỉnh"
        DEPARTMENT = "department", "sở, ban, ngành"
        VERTICAL = "vertical", "cơ quan ngành dọc"
        CENTRE = "centre", "trung tâm phục vụ hành chính công"
        DISTRICT = "district", "UBND cấp huyện"
        COMMUNE = "commune", "UBND cấp xã"
        DESK = "desk", "bộ phận một cửa"
        DIVISION = "division", "phòng, ban chuyên môn"

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=240, db_index=True)
    agency = models.ForeignKey("self", models.PROTECT, related_name="parts")
    valid = DateRangeField()
    source = models.CharField(max_length=300)
    constructed = models.BooleanField(default=False)
    listed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """Where a unit stands in the tree, and when."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, related_name="children")
    valid = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisations_one_parent_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            )
        ]


class UnitCode(models.Model):
    """A code of a unit under one scheme; a code may pass to another unit, so time is part of it."""

    class Scheme(models.TextChoices):
        QCVN102 = "qcvn102", "QCVN 102:2016"
        QD20 = "qd20", "QĐ 20/2020/QĐ-TTg"
        GSO = "gso", "mã đơn vị hành chính"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="codes")
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    code = models.CharField(max_length=35)
    valid = DateRangeField()
    constructed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="organisations_one_owner_of_a_code",
                expressions=[
                    ("scheme", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="organisations_one_code_of_a_scheme",
                expressions=[
                    ("unit", RangeOperators.EQUAL),
                    ("scheme", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Succession(models.Model):
    """What a unit became."""

    class Kind(models.TextChoices):
        MERGE = "merge", "sáp nhập"
        SPLIT = "split", "chia tách"
        RENAME = "rename", "đổi tên"
        ABOLISH = "abolish", "giải thể"
        TRANSFER = "transfer", "chuyển chức năng"

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins", null=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    effective_on = models.DateField()
    partial = models.BooleanField(default=False)
    legal_document = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "effective_on"],
                name="organisations_succession_once",
                nulls_distinct=False,
            )
        ]


class Post(models.Model):
    """A place in a unit that somebody holds for a time (people.PostHeld)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=160)
    role = models.CharField(max_length=20)
    valid = DateRangeField()
    constructed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title


class CalendarRevision(models.Model):
    """Each change of hours or days is a revision; every dossier keeps the one its date was set by."""

    made_at = models.DateTimeField()
    reason = models.CharField(max_length=300)


class Revised(models.Model):
    """A row of the calendar, in force from the revision `since` until the revision `until` (none: now).

    Rows are replaced, never rewritten, so that a calendar of any past revision can be built again.
    """

    since = models.ForeignKey(CalendarRevision, models.PROTECT, related_name="+")
    until = models.ForeignKey(CalendarRevision, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True


class OfficeHours(Revised):
    """One session of one weekday, for one unit or (no unit) for the province.

    `season_from`/`season_to` are month × 100 + day, both included, and may wrap the year's end.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="hours")
    valid = DateRangeField()
    season_from = models.PositiveSmallIntegerField(default=101)
    season_to = models.PositiveSmallIntegerField(default=1231)
    weekday = models.PositiveSmallIntegerField(help_text="0 là thứ Hai")
    starts = models.TimeField()
    ends = models.TimeField()
    counts = models.BooleanField(default=True, help_text="tính vào thời hạn giải quyết")
    public = models.BooleanField(default=True, help_text="mở cửa tiếp nhận")
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts__lt=models.F("ends")), name="organisations_hours_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6), name="organisations_hours_weekday"
            ),
        ]


class CalendarDay(Revised):
    """A day off, or a Saturday worked instead, for the province or for one unit.

    `weekday_hours` is the weekday whose hours a made-up day has (none: Monday's).
    """

    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="days")
    on = models.DateField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=200)
    verified = models.BooleanField(default=False)
    weekday_hours = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "on"],
                condition=models.Q(until__isnull=True),
                name="organisations_one_kind_a_day",
                nulls_distinct=False,
            )
        ]


class Current(models.Model):
    """The one row that says what is current: the calendar revision and the state of the directory.

    Who sets a date reads it FOR SHARE; who declares days or hours updates it. So no dossier keeps an
    older revision than the one in force when its date was set. `directory` changes with every change
    of units, codes and posts; copies kept in memory are compared with it.
    """

    calendar = models.ForeignKey(CalendarRevision, models.PROTECT, null=True, related_name="+")
    directory = models.UUIDField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="organisations_one_current")
        ]
