import pytest

from motcua.dossiers.tests.conftest import world
from motcua.gateways.peers import peer

__all__ = ["world"]


@pytest.fixture(scope="module")
def portal():
    """The national portal, a process of its own."""
    with peer("national_portal") as running:
        yield running
