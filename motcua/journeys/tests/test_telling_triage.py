"""Who is told of what waits to be taken in, and of what is re-routed."""

from motcua.dossiers import operations
from motcua.dossiers.tests.test_triage import SYSTEM, at, elsewhere, filed  # noqa: F401
from motcua.journeys.tests.test_telling import drain, told
from motcua.messaging.models import Notice


def test_the_desk_is_told_before_its_answer_is_late_and_its_director_when_it_is(world):
    filed(world)
    for moment in ("2022-11-21 17:30", "2022-11-22 09:30"):
        operations.warn(actor=SYSTEM, at=at(moment))
        drain()
    assert told(unit_id=world.desk, role="clerk") == ["answer.used", "answer.late"]
    assert told(unit_id=world.desk, role="director") == ["answer.late"]
    assert "09:00" in Notice.objects.filter(kind="answer.late").first().text


def test_the_applicant_and_the_desk_that_gets_it_are_told_where_it_went(
    world, elsewhere  # noqa: F811
):  # fmt: skip
    dossier = filed(world)
    operations.reroute(
        dossier_id=dossier, to=world.other_department, reason="Nhầm", actor=world.clerk,
        at=at("2022-11-21 11:00"),
    )  # fmt: skip
    drain()
    assert told(person_id=world.citizen) == ["dossier.submitted", "dossier.rerouted"]
    assert told(unit_id=world.other_department) == ["desk.rerouted"]
