"""Results that wait: who was told of them, and who was called again."""

from motcua.dossiers import collecting
from motcua.dossiers.collecting import Waiting
from motcua.dossiers.tests.conftest import later
from motcua.dossiers.tests.test_collecting import finished, listed, remind
from motcua.journeys.reactions import drain
from motcua.messaging.models import Notice


def test_the_list_tells_who_was_told_and_when_last_reminded(world):
    told = finished(world, later(1))
    drain(later(1))
    untold = finished(world, later(2))
    assert listed(world, Waiting(told=True)) == [told]
    assert listed(world, Waiting(told=False)) == [untold]
    remind(world, untold)
    drain(later(3))
    assert listed(world, Waiting(told=False)) == []
    row = collecting.to_collect(world.clerk, Waiting()).rows[1]
    assert row["reminded_at"] == later(3)
    assert Notice.objects.filter(kind="dossier.to_collect", subject_id=untold).count() == 1
