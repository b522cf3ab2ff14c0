"""A small load on the example's own structure: books, ledger and codes hold; a second load goes on."""

import pytest

from motcua.dossiers.models import Dossier
from motcua.ledger import verify
from motcua.run.example import raising
from motcua.statistics import proving


@pytest.mark.django_db
def test_what_is_loaded_proves_and_a_second_load_goes_on_after_its_codes():
    windows = raising.raise_structure()
    first = sum(raising.raise_dossiers(windows, 120, seed=1))
    assert Dossier.objects.count() == first
    assert raising.raise_structure() == windows
    second = sum(raising.raise_dossiers(windows, 60, seed=2))
    assert Dossier.objects.count() == first + second
    assert list(verify.breaks()) == []
    assert [check for check in proving.compare(raising.TODAY.date()) if check.differences] == []
