"""Everybody's box of notices: of no dossier that the reader does not see, by page and by API."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import operations
from motcua.journeys import reactions
from motcua.messaging.models import Notice
from motcua.rules.actor import system
from tests.permissions.asking import API, DESK, HREF, OWN, House
from tests.permissions.expected import READERS, Reader, sees
from tests.permissions.world import DOSSIERS, NOW


@pytest.fixture(scope="module")
def told(house: House) -> House:
    """The world after its outbox was drained and its dates were warned of, when all of them had passed."""
    operations.warn(actor=system("nhắc hạn"), at=NOW + timedelta(days=400))
    while reactions.drain(NOW):
        pass
    return house


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_no_box_tells_of_a_dossier_its_reader_does_not_see(told: House, reader: Reader):
    for path in (f"{DESK}thong-bao/", "/thong-bao/", f"{API}/notices"):
        told.get(reader, path)


def test_an_applicants_box_tells_of_each_of_his_dossiers(told: House):
    for reader in (reader for reader in READERS if reader.applicant):
        body = told.get(reader, "/thong-bao/").content.decode()
        seen = {facts.key for facts in DOSSIERS if sees(reader, facts)}
        assert told.keys(OWN.findall(body)) == seen


def test_officers_were_told_of_something_or_the_boxes_prove_nothing(told: House):
    boxes = [
        told.get(reader, f"{DESK}thong-bao/").content.decode()
        for reader in READERS
        if reader.is_officer
    ]
    assert {key for body in boxes for key in told.keys(HREF.findall(body))}
    assert Notice.objects.filter(kind="warning.late").exists()
