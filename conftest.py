"""What every test may ask for (motcua.run.testing)."""

from motcua.run.testing import browser, django_db_setup, own_database, shared_data

__all__ = ["browser", "django_db_setup", "own_database", "shared_data"]
