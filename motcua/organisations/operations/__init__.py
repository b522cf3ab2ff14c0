"""Every write of the room: units, codes and posts (units.py); office hours and days off (calendar.py)."""

from motcua.organisations.operations.calendar import (
    DayDeclared,
    SessionGiven,
    declare_days,
    set_office_hours,
)
from motcua.organisations.operations.units import (
    CodeGiven,
    Founding,
    ImportReport,
    PostGiven,
    create_post,
    create_posts,
    found_units,
    give_codes,
    import_units,
)

__all__ = [
    "CodeGiven",
    "DayDeclared",
    "Founding",
    "ImportReport",
    "PostGiven",
    "SessionGiven",
    "create_post",
    "create_posts",
    "declare_days",
    "found_units",
    "give_codes",
    "import_units",
    "set_office_hours",
]
