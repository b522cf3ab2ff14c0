"""The saga of a result with real signatures: done, cut off anywhere and gone on with, refused midway."""

import io
import shutil
import subprocess
import threading

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from motcua.dossiers import errors as dossiers_said
from motcua.dossiers import issued, operations
from motcua.dossiers.models import Attachment, Dossier, Issue, ResultDraft, ResultNumber
from motcua.dossiers.tests import issuing as acts
from motcua.dossiers.tests.conftest import later, raise_world
from motcua.dossiers.tests.test_acts import dossier
from motcua.dossiers.tests.test_races import together
from motcua.files import errors as files_said
from motcua.files import operations as files
from motcua.files import shelves, signing
from motcua.files.models import Certificate
from motcua.journeys import hands, issuing, results
from motcua.journeys.tests import keys
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.rules import casework_issuing
from motcua.rules.refusal import Refusal

__all__ = ["dossier"]


@pytest.fixture(autouse=True)
def places(settings, tmp_path):
    settings.BLOBS, settings.CERTIFICATES = tmp_path / "kho", tmp_path / "khoa"
    settings.BLOBS.mkdir()
    settings.PAPERS, settings.PROVINCE, settings.TRUST = "", "Nghệ An", None
    settings.PUBLIC_URL = "https://dich-vu-cong.vi-du"


@pytest.fixture
def people(world):
    return acts.raise_people(world)


@pytest.fixture
def keyed(world, people, settings):
    give_keys(world, people, settings.CERTIFICATES)


@pytest.fixture
def unjudged(monkeypatch):
    """Judging takes a process of its own, a second each: only where it is what is tested."""
    monkeypatch.setattr(hands, "sound", lambda *args: True)


def give_keys(world, people, folder):
    leader = {"unit_id": world.department, "account_id": people.leader.account_id}
    keys.key(folder, "lanh-dao", "Công chức lanh-dao", **leader)
    keys.key(folder, "so-a", "Cơ quan so-a", unit_id=world.department, account_id=None)


def refused(code, call):
    with pytest.raises(Refusal) as found:
        call()
    assert found.value.code == code
    said = files_said.SENTENCES | dossiers_said.SENTENCES
    said[code].format(**found.value.params)


def approved(people, dossier):
    """A draft submitted, approved and on its way out by the leader's one click."""
    draft = operations.draft_result(
        dossier_id=dossier, template="quyet-dinh", actor=people.officer, at=later(1)
    )
    of = {"dossier_id": dossier, "draft_id": draft, "version": 1, "at": later(1)}
    operations.submit_draft(**of, actor=people.officer)
    results.approve(**of, actor=people.leader)
    operations.hand_on(
        dossier_id=dossier, item_id=acts.item_of(dossier), actor=people.officer, at=later(1)
    )
    return draft


def sign(people, issue, **kw):
    issuing.sign(**({"issue_id": issue, "actor": people.leader, "at": later(1)} | kw))


def seal(people, issue, **kw):
    issuing.number_and_seal(**({"issue_id": issue, "actor": people.registry, "at": later(1)} | kw))


def waiting(dossier):
    return Issue.objects.get(dossier_id=dossier).id


def content(sha256):
    with shelves.read(sha256) as file:
        return file.read()


def test_a_result_is_signed_numbered_sealed_and_found_good_by_another_program(
    people, dossier, keyed, tmp_path
):
    approved(people, dossier)
    issue = waiting(dossier)
    sign(people, issue)
    seal(people, issue)
    row = Issue.objects.get()
    assert (row.stage, row.number) == ("issued", "01/QĐ-CQS")
    sealed = content(row.sealed_blob.sha256)
    reader = PdfFileReader(io.BytesIO(sealed))
    assert [one.field_name for one in reader.embedded_signatures] == ["NguoiKy", "CoQuan"]
    assert sealed.startswith(content(row.signed_blob.sha256))
    assert content(row.signed_blob.sha256).startswith(content(row.prepared_blob.sha256))
    assert issued.by_sha256(row.sealed_blob.sha256).token == row.token
    if shutil.which("pdfsig"):
        file = tmp_path / "ket-qua.pdf"
        file.write_bytes(sealed)
        told = subprocess.run(["pdfsig", file], capture_output=True, text=True).stdout
        assert told.count("Signature is Valid") == 2
    assert not hands.sound(sealed.replace(b"/MediaBox", b"/MediaBax", 1), [row.signed_with])


class Cut(Exception):
    """The machine went away."""


def test_cut_off_between_any_two_stages_it_is_gone_on_with_and_nothing_is_doubled(
    people, dossier, keyed, unjudged, monkeypatch
):
    def dies_at(module, name, call):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, lambda *a, **kw: (_ for _ in ()).throw(Cut()))
            with pytest.raises(Cut):
                call()

    dies_at(operations, "prepare_issue", lambda: approved(people, dossier))
    draft = ResultDraft.objects.get()
    assert (draft.state, Issue.objects.count()) == ("approved", 0)
    issue = issuing.prepare(dossier_id=dossier, draft_id=draft.id, actor=people.leader, at=later(1))
    operations.hand_on(
        dossier_id=dossier, item_id=acts.item_of(dossier), actor=people.officer, at=later(1)
    )
    stage = lambda: Issue.objects.get().stage  # noqa: E731
    dies_at(operations, "sign_issue", lambda: sign(people, issue))
    assert stage() == "prepared"
    sign(people, issue)
    refused("issue.passed", lambda: sign(people, issue))
    for module, name, left in (
        (operations, "number_issue", "signed"),
        (hands, "sealed", "numbered"),
        (operations, "seal_issue", "numbered"),
        (operations, "conclude", "sealed"),
    ):
        dies_at(module, name, lambda: seal(people, issue))
        assert stage() == left
    seal(people, issue)
    refused("issue.passed", lambda: seal(people, issue))
    assert (stage(), Issue.objects.get().number) == ("issued", "01/QĐ-CQS")
    assert ResultNumber.objects.count() == Attachment.objects.count() == 1
    done = list(Entry.objects.filter(subject_id=dossier).values_list("event", flat=True))
    for event in ("issue_prepared", "issue_signed", "issue_numbered", "issue_sealed", "concluded"):
        assert done.count(f"dossier.{event}") == 1
    assert list(verify.breaks()) == []


@pytest.mark.parametrize("code", ["sign.token_gone", "sign.no_time_stamp"])
def test_a_key_or_a_time_stamp_that_goes_away_leaves_the_number_and_says_what_to_do(
    people, dossier, keyed, unjudged, monkeypatch, code
):
    approved(people, dossier)
    issue = waiting(dossier)
    sign(people, issue)

    def gone(*args, **kw):
        raise Refusal(code)

    with monkeypatch.context() as patched:
        patched.setattr(signing, "seal", gone)
        for _ in range(2):
            refused(code, lambda: seal(people, issue))
    row = Issue.objects.get()
    assert (row.stage, row.number, ResultNumber.objects.count()) == ("numbered", "01/QĐ-CQS", 1)
    outcome = issuing.number_and_seal_many(ids=[issue], actor=people.registry, at=later(1))
    assert outcome.done == [issue]
    assert Issue.objects.get().number == "01/QĐ-CQS"


def test_nobody_signs_with_what_is_not_his(world, people, dossier, settings, account):
    folder = settings.CERTIFICATES
    keys.key(folder, "so-a", "Cơ quan so-a", unit_id=world.department, account_id=None)
    approved(people, dossier)
    issue = waiting(dossier)
    refused("issue.no_certificate", lambda: sign(people, issue))
    keys.authority().issue(folder, "lanh-dao", "Công chức lanh-dao")
    refused("certificate.not_registered", lambda: sign(people, issue))
    other = {"unit_id": world.department, "account_id": account("nguoi-khac")}
    keys.key(folder, "lanh-dao", "Công chức nguoi-khac", **other)
    refused("certificate.not_yours", lambda: sign(people, issue))
    his = {"unit_id": world.department, "account_id": people.leader.account_id}
    fingerprint = keys.key(folder, "lanh-dao", "Công chức lanh-dao", **his)
    registered = Certificate.objects.get(fingerprint=fingerprint).id
    files.revoke_certificate(
        certificate_id=registered, reason="QĐ 1", actor=keys.SYSTEM, at=later(1)
    )
    refused("certificate.revoked", lambda: sign(people, issue))
    assert Issue.objects.get().stage == "prepared"
    for actor in (people.officer, people.registry):
        refused("issue.another_signs", lambda actor=actor: sign(people, issue, actor=actor))
    refused("dossier.not_visible", lambda: sign(people, issue, actor=world.stranger))
    refused("issue.passed", lambda: seal(people, issue))


def test_a_seal_that_is_not_sound_is_not_issued(people, dossier, keyed, monkeypatch):
    approved(people, dossier)
    issue = waiting(dossier)
    sign(people, issue)
    real = signing.seal

    def damaged(pdf, *args, **kw):
        whole = real(pdf, *args, **kw)
        place = whole.index(b"/MediaBox")
        return whole[:place] + b"/MediaBax" + whole[place + 9 :]

    monkeypatch.setattr(signing, "seal", damaged)
    refused("issue.not_sound", lambda: seal(people, issue))
    assert Issue.objects.get().stage == "numbered"


def test_where_nothing_is_configured_the_leader_records_the_result_as_before(people, dossier):
    draft = approved(people, dossier)
    assert not Issue.objects.exists()
    refused(
        "issue.not_configured",
        lambda: issuing.prepare(
            dossier_id=dossier, draft_id=draft, actor=people.leader, at=later(1)
        ),
    )
    operations.conclude(
        dossier_id=dossier, item_id=acts.item_of(dossier), result_name="Quyết định",
        result_number="", draft_id=draft, actor=people.leader, at=later(1),
    )  # fmt: skip


def test_of_several_each_is_done_for_itself(world, people, dossier, keyed):
    approved(people, dossier)
    second = world.accepted().id
    approved(people, second)
    ids = [waiting(dossier), waiting(second)]
    operations.withdraw(dossier_id=second, reason="Rút", actor=world.clerk, at=later(1))
    outcome = issuing.sign_many(ids=[*ids, ids[0]], actor=people.leader, at=later(1))
    assert (outcome.done, [one.code for one in outcome.left]) == (ids[:1], ["issue.passed"])
    refused(
        "bulk.nothing_chosen", lambda: issuing.sign_many(ids=[], actor=people.leader, at=later(1))
    )


# ---- two clerks at once -----------------------------------------------------------------------------


@pytest.fixture
def signed_by_all(own_database, settings, unjudged):
    world = raise_world()
    people = acts.raise_people(world)
    give_keys(world, people, settings.CERTIFICATES)
    dossier_id = world.accepted().id
    approved(people, dossier_id)
    issue = waiting(dossier_id)
    sign(people, issue)
    return people, issue


def race(people, issue):
    return together(lambda: seal(people, issue), lambda: seal(people, issue))


def test_of_two_clerks_on_one_result_one_number_is_given(signed_by_all):
    people, issue = signed_by_all
    results = race(people, issue)
    assert results.count(None) >= 1
    assert all(isinstance(r, Refusal) for r in results if r is not None)
    row = Issue.objects.get()
    assert (row.stage, row.number) == ("issued", "01/QĐ-CQS")
    assert ResultNumber.objects.count() == Attachment.objects.count() == 1
    assert Dossier.objects.get().status == 9


def test_without_asking_for_the_stage_the_database_has_to_stop_a_second_number(
    signed_by_all, monkeypatch
):
    people, issue = signed_by_all
    both, at_stage = threading.Barrier(2, timeout=20), operations.number_issue
    monkeypatch.setattr(casework_issuing, "at_stage", lambda *args: None)

    def number_together(**kw):
        both.wait()
        at_stage(**kw)

    monkeypatch.setattr(operations, "number_issue", number_together)
    results = race(people, issue)
    loser = next(r for r in results if r is not None)
    assert not isinstance(loser, Refusal)
