"""What can have happened to units, posts and the working calendar."""

from __future__ import annotations

from motcua.ledger.acts import Event

UNITS_IMPORTED = Event("units.imported", "unit")
UNITS_FOUNDED = Event("units.founded", "unit")
CODES_GIVEN = Event("unit.codes_given", "unit")
POSTS_CREATED = Event("unit.posts_created", "unit")
HOURS_SET = Event("calendar.hours_set", "calendar")
DAYS_DECLARED = Event("calendar.days_declared", "calendar")
