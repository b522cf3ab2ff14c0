"""What every test may ask for (motcua.run.testing)."""

from motcua.run.testing import (
    browser,
    django_db_setup,
    modules_database,
    own_database,
    shared_data,
)

__all__ = ["browser", "django_db_setup", "modules_database", "own_database", "shared_data"]


def pytest_make_parametrize_id(val: object) -> str | None:
    """Bytes are named by how many they are: an archive's own times would name each run differently."""
    return f"{len(val)}-bytes" if isinstance(val, bytes) else None
