"""Files linked to a dossier, and read through it alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.dossiers import attachments, operations
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Attachment
from motcua.dossiers.tests.conftest import NINE, later
from motcua.files import operations as files
from motcua.files.tests import samples
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules.actor import Actor, Scope, system
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal


@pytest.fixture
def blob(db, settings, tmp_path):
    settings.BLOBS = tmp_path
    return files.store([samples.PDF], "don.pdf", actor=system("kiểm thử"), at=NINE)


@pytest.fixture
def citizen(world):
    return Actor(
        account_id=None, kind="citizen", name="Công dân", sees=Scope(person_id=world.citizen)
    )


def attach(dossier_id, actor, *given, at=NINE):
    return operations.attach(dossier_id=dossier_id, files=given, actor=actor, at=at)


def refusal(call):
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def test_a_file_is_linked_to_its_paper_and_recorded_without_its_name(world, blob, citizen):
    done = world.accepted()
    paper = attachments.papers(citizen, done.id)[0]
    (made,) = attach(done.id, citizen, Attached(blob, "đơn của Lam.pdf", paper))
    assert Attachment.objects.get(id=made).paper_id == paper
    entry = Entry.objects.get(event="dossier.file_attached")
    assert entry.fields == {"files": [blob]}
    assert list(verify.breaks()) == []


def test_a_file_is_read_by_whoever_sees_the_dossier_and_by_nobody_else(world, blob, citizen):
    done = world.accepted()
    (made,) = attach(done.id, citizen, Attached(blob, "don.pdf"))
    assert attachments.one(world.clerk, done.id, made).media_type == "application/pdf"
    other = replace(citizen, sees=Scope(person_id=world.citizen + 1000))
    for actor in (world.stranger, other):
        assert refusal(lambda a=actor: attachments.one(a, done.id, made)) == "dossier.not_visible"
    elsewhere = world.accepted(later(hours=1))
    assert refusal(lambda: attachments.one(citizen, elsewhere.id, made)) == "dossier.not_visible"


def test_a_stranger_a_finished_dossier_and_a_foreign_paper_are_refused(world, blob, citizen):
    done, other = world.accepted(), world.accepted(later(hours=1))
    file = Attached(blob, "don.pdf")
    assert refusal(lambda: attach(done.id, world.stranger, file)) == "dossier.not_visible"
    foreign = replace(file, paper_id=attachments.papers(citizen, other.id)[0])
    assert refusal(lambda: attach(done.id, citizen, foreign)) == "dossier.no_such_paper"
    unknown = replace(file, paper_id=new_id())
    assert refusal(lambda: attach(done.id, citizen, unknown)) == "dossier.no_such_paper"
    operations.withdraw(dossier_id=done.id, reason="đổi ý", actor=citizen, at=later(hours=2))
    assert refusal(lambda: attach(done.id, citizen, file)) == "dossier.takes_no_files"
    assert not Attachment.objects.exists()
