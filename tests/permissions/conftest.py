"""One world for all that is asked, on a database of its own; what is done in it is undone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from motcua.run import testing
from tests.permissions import world as worlds
from tests.permissions.asking import House


@pytest.fixture(scope="module")
def house(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, tmp_path_factory
) -> Iterator[House]:
    settings = override_settings(
        EXAMPLE_TODAY=worlds.NOW, BLOBS=tmp_path_factory.mktemp("files"), EXAMPLE_ANCHOR=None
    )
    with (
        django_db_blocker.unblock(),
        settings,
        testing.separate(testing.example(0)),
    ):
        yield House(worlds.raise_world())


@pytest.fixture(autouse=True)
def fresh_directory() -> None:
    """Nothing asked here changes the units: what is known of them stays known from test to test."""
