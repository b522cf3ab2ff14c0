"""What the example has from other systems is there once, with something of each kind."""

import pytest

from motcua.dossiers.models import Dossier, Foreign, Held, Reconciliation, Sync
from motcua.ledger import verify
from motcua.run.example import exchanged, raising
from motcua.statistics import proving


@pytest.mark.django_db
def test_the_example_shows_what_comes_from_other_systems_once():
    raising.raise_structure()
    for _ in range(2):
        exchanged.raise_exchange(raising.TODAY)
    assert Foreign.objects.filter(mirrored=False).count() == exchanged.FROM_THE_PORTAL
    assert Foreign.objects.filter(mirrored=True).count() == exchanged.OF_THE_MINISTRY
    assert set(Dossier.objects.values_list("status", flat=True)) == {1, 4, 9}
    reasons = {"exchange.procedure_unknown", "exchange.field_missing"}
    assert set(Held.objects.values_list("reason", flat=True)) == reasons
    assert Reconciliation.objects.get().differences == 2
    assert Sync.objects.count() == 0
    assert list(verify.breaks()) == []
    assert [check for check in proving.compare(raising.TODAY.date()) if check.differences] == []
