"""What every test may ask for (motcua.run.testing)."""

from motcua.run.testing import django_db_setup, own_database, shared_data

__all__ = ["django_db_setup", "own_database", "shared_data"]
