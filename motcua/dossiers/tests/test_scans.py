"""Captures, phones and digitised copies: who may, what is kept, what happens twice happens once."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest
from django.db import connection

from motcua.dossiers import attachments, operations, scans
from motcua.dossiers.models import Attachment, Capture, DigitisedCopy
from motcua.dossiers.operations import ChosenPage, Taken
from motcua.dossiers.tests.conftest import NINE, later, raise_world
from motcua.files import keys, shelves, verification
from motcua.files import operations as files
from motcua.files.models import Blob, Certificate
from motcua.files.tests import samples
from motcua.files.tests.authority import Authority
from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.people.models import Account
from motcua.rules.actor import Actor, Role, Scope, system
from motcua.rules.identity import new_id
from motcua.rules.refusal import Refusal
from motcua.rules.signatures import Verdict

SYSTEM = system("máy quét")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BLOBS = tmp_path / "files"
    return settings.BLOBS


@pytest.fixture
def clerk(world, account):
    return world.actor(Role.CLERK, account=account("lan"))


@pytest.fixture
def dossier(world):
    return world.accepted().id


def refusal(call):
    with pytest.raises(Refusal) as refused:
        call()
    return refused.value.code


def take(unit_id, actor, *, content=samples.JPEG, name="a.jpg", dossier_id=None, origin=None, **of):
    blob = files.store([content], name, actor=SYSTEM, at=NINE)
    taken = Taken(blob, name, "upload", origin or str(new_id()), dossier_id=dossier_id, **of)
    return operations.capture(taken=taken, unit_id=unit_id, actor=actor, at=NINE)


def digitise(dossier_id, actor, *chosen, paper_id=None):
    return operations.digitise(
        dossier_id=dossier_id, paper_id=paper_id, chosen=chosen, name="Tờ khai", actor=actor,
        at=later(hours=1),
    )  # fmt: skip


# ---- taking in -------------------------------------------------------------------------------------


def test_a_capture_of_a_dossier_is_seen_through_the_dossier_alone(world, clerk, dossier):
    made = take(world.desk, clerk, dossier_id=dossier)
    assert [one.id for one in scans.of_dossier(clerk, dossier)] == [made]
    assert scans.of_dossier(world.stranger, dossier) == []
    assert refusal(lambda: scans.one(world.stranger, made)) == "capture.not_visible"
    assert refusal(lambda: scans.one(clerk, new_id())) == "capture.not_visible"
    entry = Entry.objects.get(event="capture.taken_in")
    assert entry.fields == {"source": "upload", "file": Blob.objects.get().id}
    assert list(verify.breaks()) == []


def test_a_tray_is_for_who_works_at_its_desk(world, clerk):
    made = take(world.desk, SYSTEM)
    assert [one.id for one in scans.tray(clerk)] == [made]
    assert scans.one(clerk, made).name == "a.jpg"
    cashier = world.actor(Role.CASHIER)
    for other in (world.stranger, cashier, SYSTEM):
        assert scans.tray(other) == []
    assert refusal(lambda: scans.one(cashier, made)) == "capture.not_visible"
    assert refusal(lambda: take(world.desk, world.stranger)) == "capture.not_your_tray"


def test_a_stranger_a_finished_dossier_and_a_foreign_paper_take_no_capture(world, clerk, dossier):
    assert refusal(lambda: take(world.desk, world.stranger, dossier_id=dossier)) == (
        "dossier.not_visible"
    )
    foreign = {"dossier_id": dossier, "paper_id": new_id()}
    assert refusal(lambda: take(world.desk, clerk, **foreign)) == "dossier.no_such_paper"
    operations.withdraw(dossier_id=dossier, reason="đổi ý", actor=clerk, at=NINE)
    assert refusal(lambda: take(world.desk, clerk, dossier_id=dossier)) == "dossier.takes_no_files"
    assert not Capture.objects.exists()


def test_the_same_origin_is_taken_in_once(world, clerk):
    first = take(world.desk, SYSTEM, origin="scanner:1")
    assert take(world.desk, SYSTEM, origin="scanner:1") == first
    assert take(world.desk, SYSTEM, origin="scanner:2") != first
    assert Entry.objects.filter(event="capture.taken_in").count() == 2


def test_a_capture_put_aside_keeps_its_bytes_and_is_offered_no_more(world, clerk, dossier):
    made = take(world.desk, clerk, dossier_id=dossier)
    operations.drop_capture(capture_id=made, actor=clerk, at=NINE)
    assert scans.of_dossier(clerk, dossier) == []
    assert shelves.path_of(Blob.objects.get().sha256).exists()
    drop = lambda actor: operations.drop_capture(capture_id=made, actor=actor, at=NINE)  # noqa: E731
    assert refusal(lambda: drop(clerk)) == "capture.not_waiting"
    assert refusal(lambda: drop(world.stranger)) == "capture.not_visible"
    assert refusal(lambda: digitise(dossier, clerk, ChosenPage(made))) == "capture.not_waiting"
    assert list(verify.breaks()) == []


# ---- phones ----------------------------------------------------------------------------------------


def pair(dossier_id, actor, **more):
    given = {"paper_id": None, "minutes": 10, "held_id": None, **more}
    return operations.pair_phone(dossier_id=dossier_id, actor=actor, at=NINE, **given)


def test_a_phone_is_paired_for_minutes_and_of_its_token_only_a_digest_is_kept(
    world, clerk, dossier
):
    paper = attachments.papers(clerk, dossier)[0]
    made, token = pair(dossier, clerk, paper_id=paper)
    found = scans.phone(token, later(hours=0.16))
    assert (found.id, found.dossier_id, found.paper_id) == (made, dossier, paper)
    assert (found.account_id, found.unit_id) == (clerk.account_id, clerk.unit_id)
    assert refusal(lambda: scans.phone(token, later(hours=0.17))) == "phone.link_gone"
    assert refusal(lambda: scans.phone("đoán", NINE)) == "phone.link_gone"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dossiers_pairing p WHERE p::text LIKE %s", [token])
        assert cursor.fetchone() == (0,)


def test_a_pairing_ends_when_it_is_closed(world, clerk, dossier):
    made, token = pair(dossier, clerk)
    end = lambda: operations.end_pairing(  # noqa: E731
        dossier_id=dossier, pairing_id=made, actor=clerk, at=later(hours=0.05)
    )
    end()
    assert refusal(lambda: scans.phone(token, later(hours=0.06))) == "phone.link_gone"
    end()
    ended = Entry.objects.filter(event="phone.pairing_ended").values_list("fields", flat=True)
    assert sorted(entry["ended"] for entry in ended) == [False, True]
    assert list(verify.breaks()) == []


def test_only_an_officer_who_may_attach_pairs_a_phone(world, clerk, dossier):
    citizen = Actor(None, "citizen", "Công dân", sees=Scope(person_id=world.citizen))
    assert refusal(lambda: pair(dossier, citizen)) == "phone.only_officers"
    assert refusal(lambda: pair(dossier, world.stranger)) == "dossier.not_visible"
    assert refusal(lambda: pair(dossier, clerk, paper_id=new_id())) == "dossier.no_such_paper"


# ---- copies ----------------------------------------------------------------------------------------


def test_a_copy_is_made_of_captures_in_order_and_the_originals_stay(world, clerk, dossier):
    paper = attachments.papers(clerk, dossier)[0]
    scan = samples.picture("JPEG", (1654, 2339), dpi=(300, 300))
    first = take(world.desk, clerk, content=scan, dossier_id=dossier, paper_id=paper)
    second = take(world.desk, SYSTEM, content=samples.picture("PNG", (90, 60)), name="b.png")
    made = digitise(dossier, clerk, ChosenPage(second, turn=90), ChosenPage(first), paper_id=paper)
    attached = Attachment.objects.get(id=made)
    assert (attached.kind, attached.paper_id, attached.name) == ("digitised", paper, "Tờ khai.pdf")
    held = attachments.one(clerk, dossier, made)
    read = pypdf.PdfReader(io.BytesIO(shelves.read(held.sha256).read()))
    assert [page.mediabox.height > page.mediabox.width for page in read.pages] == [True, True]
    assert (
        read.pages[0].extract_text().startswith("Bản số hóa, chưa ký số\nCơ quan so-a\n21/11/2022")
    )
    copy = DigitisedCopy.objects.get()
    assert (copy.dpi, copy.signed_by, copy.made_by_id) == (None, "", clerk.account_id)
    assert [(p["capture"], p["turn"]) for p in copy.pages] == [(str(second), 90), (str(first), 0)]
    states = Capture.objects.values_list("state", "dossier_id", "paper_id")
    assert set(states) == {("used", dossier, paper)}
    assert shelves.read(
        Blob.objects.get(id=Capture.objects.get(id=first).blob_id).sha256
    ).read() == (scan)
    (told,) = scans.copies(dossier)
    assert (told.attachment_id, told.paper_id, told.signed_by) == (made, paper, "")
    entry = Entry.objects.get(event="dossier.digitised")
    assert entry.fields == {"files": [attached.blob_id], "signed": False}
    assert list(verify.breaks()) == []


def test_a_copy_is_signed_by_the_clerks_certificate(world, clerk, dossier, settings, tmp_path):
    settings.CERTIFICATES = tmp_path / "chung-thu"
    authority = Authority()
    authority.issue(settings.CERTIFICATES, "lan", "Nguyễn Thị Lan")
    settings.TRUST = tmp_path / "tin-cay"
    authority.publish(settings.TRUST)
    made = digitise(dossier, clerk, ChosenPage(take(world.desk, clerk, dossier_id=dossier)))
    pdf = shelves.read(attachments.one(clerk, dossier, made).sha256).read()
    found = verification.judge_bytes(pdf)
    assert (found.verdict, found.signatures[0].holder) == (Verdict.UNCONFIRMED, "Nguyễn Thị Lan")
    assert DigitisedCopy.objects.get().signed_by == "Nguyễn Thị Lan"
    text = pypdf.PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert text.split("\n") == ["Bản số hóa", "Cơ quan so-a", "21/11/2022 10:00:00 +07:00"]


def test_a_certificate_that_fails_makes_no_copy(world, clerk, dossier, settings, tmp_path):
    settings.CERTIFICATES = tmp_path
    (tmp_path / "lan.p12").write_bytes(b"x")
    scan = take(world.desk, clerk, dossier_id=dossier)
    assert refusal(lambda: digitise(dossier, clerk, ChosenPage(scan))) == (
        "file.certificate_unreadable"
    )
    assert not Attachment.objects.exists()
    assert Capture.objects.get().state == "waiting"


def test_a_certificate_its_holder_lost_signs_no_copy(world, clerk, dossier, settings, tmp_path):
    settings.CERTIFICATES = tmp_path
    name = Account.objects.get(id=clerk.account_id).name
    Authority().issue(tmp_path, "lan", name)
    own = keys.find(["lan"], NINE).certificate.dump()
    wanted = files.Wanted(Certificate.Kind.PERSONAL, clerk.unit_id, clerk.account_id)
    (one,) = files.request_certificates([wanted], requested_by="1/SNV", actor=SYSTEM, at=NINE)
    files.register_certificate(certificate_id=one, content=own, actor=SYSTEM, at=NINE)
    first, second = (take(world.desk, clerk, dossier_id=dossier) for _ in range(2))
    assert digitise(dossier, clerk, ChosenPage(first))
    files.lose_certificate(certificate_id=one, reason="Rơi", actor=SYSTEM, at=NINE)
    assert refusal(lambda: digitise(dossier, clerk, ChosenPage(second))) == "certificate.lost"


def test_who_may_not_attach_makes_no_copy_and_nothing_of_another_dossier_goes_in(
    world, clerk, dossier
):
    scan = take(world.desk, clerk, dossier_id=dossier)
    other = world.accepted(later(hours=1)).id
    assert refusal(lambda: digitise(other, clerk, ChosenPage(scan))) == "capture.not_waiting"
    assert refusal(lambda: digitise(dossier, world.stranger, ChosenPage(scan))) == (
        "dossier.not_visible"
    )
    assert refusal(lambda: digitise(dossier, clerk)) == "file.nothing_to_digitise"
    assert refusal(lambda: digitise(dossier, clerk, ChosenPage(scan), paper_id=new_id())) == (
        "dossier.no_such_paper"
    )
    leader = world.actor(Role.LEADER, account=clerk.account_id)
    assert refusal(lambda: digitise(dossier, leader, ChosenPage(scan))) == ("dossier.not_your_step")
    assert not Attachment.objects.exists()


def test_two_who_pick_up_one_scan_take_it_in_once(own_database):
    world = raise_world()
    blob = files.store([samples.JPEG], "a.jpg", actor=SYSTEM, at=NINE)
    taken = Taken(blob, "a.jpg", "scanner", "scanner:một")

    def pick(_):
        try:
            return operations.capture(taken=taken, unit_id=world.desk, actor=SYSTEM, at=NINE)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as four:
        made = list(four.map(pick, range(4)))
    assert len(set(made)) == 1
    assert Capture.objects.count() == 1
    assert Entry.objects.filter(event="capture.taken_in").count() == 1
