"""From an act to the message in the receiver's hands: the outbox is drained, the notice told, the message
sent, each by its duty."""

from motcua.dossiers.tests.conftest import NINE
from motcua.gateways.folder import Folder
from motcua.jobs import tasks
from motcua.ledger import verify
from motcua.ledger.acts import Event, act
from motcua.messaging import ports
from motcua.messaging.models import Delivery
from motcua.people.models import Person
from motcua.rules.actor import system


def test_an_act_is_followed_by_a_message_and_a_second_minute_by_none(world, settings, tmp_path):
    settings.EXAMPLE_TODAY = None
    ports.SMS.plug(Folder("folder_sms", tmp_path))
    try:
        done = world.accepted()
        with act(Event("world.changed", "world"), actor=system("kiểm thử"), at=NINE) as a:
            Person.objects.filter(id=world.citizen).update(phone="0912000001")
            a.about("world", a.id, {})
        for _ in range(2):
            tasks.drain_outbox(0)
            tasks.send_notices(0)
    finally:
        ports.SMS.plug(None)
    (file,) = tmp_path.iterdir()
    only = Delivery.objects.get()
    assert file.read_text() == f"0912000001\n\n{only.text}\n"
    assert done.code in only.text
    assert list(verify.breaks()) == []
