"""What the Committee decides goes out in its name: the Chairman signs, its registry numbers and seals."""

import uuid

import pytest

from motcua.dossiers import drafting, issuing, operations
from motcua.dossiers.models import Dossier, Issue
from motcua.dossiers.tests import issuing as acts
from motcua.dossiers.tests.conftest import NINE, seated
from motcua.dossiers.tests.issuing import People
from motcua.dossiers.tests.test_acts import refused
from motcua.dossiers.tests.test_committee import hands, noon, on, world
from motcua.ledger.acts import Event, act
from motcua.organisations import queries as organisations
from motcua.organisations.models import Current
from motcua.people import queries as people
from motcua.rules.actor import Role, system

__all__ = ["hands", "world"]


@pytest.fixture(autouse=True)
def shelf(settings, tmp_path):
    settings.BLOBS, settings.PAPERS, settings.PROVINCE = tmp_path, "", "Nghệ An"


@pytest.fixture
def registry(world):
    account = seated(world, "van-thu-tinh", Role.REGISTRY, world.committee)
    with act(Event("world.raised", "world"), actor=system("kiểm thử"), at=NINE) as a:
        Current.objects.update_or_create(id=1, defaults={"directory": uuid.uuid4()})
        a.about("world", a.id, {})
    organisations.forget()
    yield people.actor_of(account, None, NINE)
    organisations.forget()


def test_the_chairman_signs_and_his_registry_seals_in_the_committees_book(world, hands, registry):
    dossier = world.accepted().id
    draft = operations.draft_result(
        dossier_id=dossier, template="quyet-dinh", actor=hands.officer, at=noon(22)
    )
    of = {"dossier_id": dossier, "draft_id": draft, "version": 1, "at": noon(23)}
    operations.submit_draft(**of, actor=hands.officer)
    on(dossier, hands.officer, noon(23))
    on(dossier, hands.leader, noon(23))
    on(dossier, hands.office, noon(23), "agree")
    blob = acts.stored("duyet", hands.chairman)
    for other in (hands.leader, registry):
        refused(
            "dossier.may_not",
            lambda other=other: operations.approve_draft(**of, blob_id=blob, actor=other),
        )
    found = drafting.one(hands.chairman, dossier, draft)
    assert drafting.document(found, 1).agency == "UBND tỉnh Nghệ An"
    operations.approve_draft(**of, blob_id=blob, actor=hands.chairman)
    team = People(hands.officer, hands.chairman, registry)
    issue = acts.prepared(team, dossier, draft, at=noon(23), symbol="QĐ-UBND")
    assert [row["ready"] for row in issuing.to_sign(hands.chairman)] == [True]
    acts.sign(team, issue, at=noon(24))
    assert [row["ready"] for row in issuing.to_seal(registry)] == [True]
    for stage in (acts.number, acts.seal, acts.conclude):
        stage(team, issue, at=noon(24))
    row = Issue.objects.get()
    assert (row.number, row.agency_id) == ("01/QĐ-UBND", world.committee)
    assert Dossier.objects.get(id=dossier).status == 9
    assert [one["number"] for one in issuing.book(registry, 2022, voided=False)] == [1]
