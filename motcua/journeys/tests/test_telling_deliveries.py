"""A wrong number is told to the desk and to the person, an outage to who runs the system."""

from datetime import UTC, datetime

from motcua.journeys import reactions
from motcua.journeys.telling_deliveries import tell_of_carrier, tell_of_failed
from motcua.ledger.acts import Event, act
from motcua.messaging import ports, sender
from motcua.messaging.models import Delivery, Notice
from motcua.messaging.tests.test_sending import Fake
from motcua.organisations import directory
from motcua.organisations.models import Post
from motcua.people.models import Person
from motcua.people.tests.conftest import EVER
from motcua.rules.actor import Role, system
from motcua.rules.delivery import Answer, Outcome

SYSTEM = system("kiểm thử")


def drain() -> None:
    while reactions.drain(datetime.now(UTC)):
        pass


def reached(world) -> None:
    with act(Event("world.changed", "world"), actor=SYSTEM, at=datetime.now(UTC)) as a:
        Person.objects.filter(id=world.citizen).update(phone="0912000001", email="")
        a.about("world", a.id, {})


def sending(*answers: Answer):
    ports.SMS.plug(Fake("sms", *answers))


def teardown_function():
    ports.SMS.plug(None)


def test_a_wrong_number_is_told_to_the_desk_and_to_the_person_once(world):
    reached(world)
    sending(Answer(Outcome.REFUSED, said="số điện thoại không có thật"))
    done = world.accepted()
    drain()
    at = Delivery.objects.get().queued_at
    sender.send_all(lambda: at)
    drain()
    drain()
    desk = Notice.objects.get(kind="delivery.refused")
    assert (desk.role, desk.subject_kind, desk.subject_id) == ("clerk", "dossier", done.id)
    assert "tin nhắn SMS" in desk.text
    assert "0912000001" not in desk.text
    assert Notice.objects.get(kind="delivery.check_contact").person_id == world.citizen
    assert Delivery.objects.count() == 1
    assert tell_of_failed in reactions.REACTIONS["delivery.failed"]


def test_an_outage_is_told_to_the_administrators(world):
    with act(Event("world.changed", "world"), actor=SYSTEM, at=datetime.now(UTC)) as a:
        Post.objects.create(
            unit_id=world.department, title="Quản trị", role=Role.ADMINISTRATOR, valid=EVER
        )
        a.about("world", a.id, {})
    directory.forget()
    reached(world)
    sending(Answer(Outcome.FAULT, said="tài khoản tin nhắn hết tiền"))
    world.accepted()
    drain()
    at = Delivery.objects.get().queued_at
    sender.send_all(lambda: at)
    drain()
    told = Notice.objects.get(kind="carrier.ill")
    assert told.role == "administrator"
    assert "tin nhắn SMS" in told.title
    assert tell_of_carrier in reactions.REACTIONS["carrier.ill"]
