"""What comes in from other systems is taken in once, shown as its owner says, or kept back as it came."""

from __future__ import annotations

from datetime import timedelta

import pytest

from motcua.dossiers import exchanged, operations
from motcua.dossiers.models import Dossier, Feed, Foreign, Held, Sync, WorkItem
from motcua.dossiers.operations import Contact
from motcua.dossiers.tests.conftest import NINE
from motcua.gateways.tests.exchange import Hands, plugged, statuses, tell
from motcua.journeys import exchanging
from motcua.ledger import sql, verify
from motcua.ledger.models import Entry, Posting
from motcua.organisations.models import UnitCode
from motcua.rules import national
from motcua.rules.actor import Role
from motcua.rules.refusal import Refusal

CODE = "000.00.06.H41"


@pytest.fixture
def now() -> Hands:
    return Hands(NINE + timedelta(hours=1))


def record(world, code: str = "G09.99-221121-000001", **changes):
    """A record as the portal sends it."""
    procedure = sql.fetch("SELECT code FROM catalogue_procedure WHERE id = %s", [world.procedure])
    return {
        "MaHoSo": code,
        "MaTTHC": procedure[0]["code"],
        "DonViXuLy": CODE,
        "KenhThucHien": "2",
        "ChuHoSo": "Nguyễn Thị Lam",
        "LoaiDoiTuong": "1",
        "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": "040190000001"},
        "SoDienThoai": "0912345678",
        "Email": "lam@example.vn",
        "TrichYeuHoSo": "Xin cấp giấy phép",
        "NgayNopHoSo": "20221121083000",
        "TrangThaiHoSo": "1",
        "TaiLieuNop": [{"TenTepDinhKem": "Tờ khai"}],
        **changes,
    }


def done_there(world, code="BTP-1", **changes):
    return record(
        world,
        code,
        **{
            "TrangThaiHoSo": "9",
            "NgayTiepNhan": "20221121090000",
            "NgayHenTra": "20221128090000",
            "NgayKetThucXuLy": "20221123100000",
            **changes,
        },
    )


def taken(portal, now, *records) -> list[str]:
    """What the job takes in; the reasons of what it keeps back."""
    portal.ask("arrive", list(records))
    exchanging.take_in(now)
    return list(
        Held.objects.filter(state="open").order_by("number").values_list("reason", flat=True)
    )


def test_a_dossier_of_the_portal_waits_for_the_desk_with_its_code_there(world, portal, now):
    with plugged(portal):
        assert taken(portal, now, record(world)) == []
        dossier = Dossier.objects.get()
        assert dossier.status == 1 and dossier.channel == 2 and dossier.code is None
        assert dossier.received_at == NINE - timedelta(minutes=30)
        assert dossier.applicant_id == world.citizen
        found = exchanged.owner_of(dossier.id)
        assert found and (found.code, found.owner, found.mirrored) == (
            "G09.99-221121-000001", "Cổng Dịch vụ công quốc gia", False
        )  # fmt: skip
        operations.accept_submitted(
            dossier_id=dossier.id, actor=world.clerk, at=now(), contact=Contact()
        )
        now.wait(hours=1)
        assert tell(now) == 1
    assert statuses(portal, "G09.99-221121-000001") == ["2"]
    assert Dossier.objects.get().code == "000.00.06.H41-221121-0001"
    assert list(verify.breaks()) == []


def test_a_record_that_comes_twice_makes_one_dossier(world, portal, now):
    with plugged(portal):
        assert taken(portal, now, record(world), record(world)) == []
        exchanging.receive("national", 1, record(world), mirrors=False, at=now())
    assert Dossier.objects.count() == 1 and Foreign.objects.count() == 1


def test_where_the_worker_was_cut_off_the_records_come_again_and_nothing_is_doubled(
    world, portal, now, monkeypatch
):
    def cut_off(**_):
        raise KeyboardInterrupt

    with plugged(portal):
        portal.ask("arrive", [record(world, f"G-{n}") for n in range(3)])
        with monkeypatch.context() as killed:
            killed.setattr(operations, "move_feed", cut_off)
            with pytest.raises(KeyboardInterrupt):
                exchanging.take_in(now)
        exchanging.take_in(now)
    assert Dossier.objects.count() == 3 and Feed.objects.get().number == 3


BAD = [
    (lambda w: "không phải bản ghi", "exchange.record_unreadable"),
    (lambda w: {"MaHoSo": "G-1"}, "exchange.field_missing"),
    (lambda w: record(w, ChuHoSo=""), "exchange.field_missing"),
    (lambda w: record(w, ChuHoSo="L\x00am"), "exchange.field_malformed"),
    (lambda w: record(w, ChuHoSo="L" * 300), "exchange.field_too_long"),
    (lambda w: record(w, NgayNopHoSo="2022112108"), "exchange.field_malformed"),
    (lambda w: record(w, NgayNopHoSo="20221321083000"), "exchange.field_malformed"),
    (lambda w: record(w, TrangThaiHoSo="11"), "exchange.field_malformed"),
    (lambda w: record(w, TaiLieuNop="x"), "exchange.field_malformed"),
    (lambda w: record(w, DinhDanhCHS={"SoDinhDanh": "12"}), "identity.malformed"),
    (lambda w: record(w, MaTTHC="9.999999"), "exchange.procedure_unknown"),
    (lambda w: record(w, DonViXuLy="000.00.99.H41"), "exchange.unit_unknown"),
    (lambda w: record(w, KenhThucHien="3"), "dossier.no_such_channel"),
    (lambda w: record(w, TrangThaiHoSo="4", NgayTiepNhan="20221121090000"),
     "exchange.begins_in_the_middle"),
    (lambda w: done_there(w, NgayKetThucXuLy="20221120100000"), "exchange.moments_disagree"),
]  # fmt: skip


def test_what_cannot_be_taken_in_is_kept_as_it_came_and_says_what_to_do(world, portal, now):
    with plugged(portal):
        given = [make(world) for make, _ in BAD]
        assert taken(portal, now, *given, record(world, "G-good")) == [reason for _, reason in BAD]
        assert taken(portal, now, *given) == [reason for _, reason in BAD]  # once, however often
    assert Dossier.objects.count() == 1 and Feed.objects.get().number == 2 * len(BAD) + 1
    for one, record_given in zip(Held.objects.order_by("number"), given, strict=True):
        assert exchanged.kept(one.id).record == record_given
    assert list(verify.breaks()) == []


def test_what_was_kept_back_is_taken_in_once_what_it_lacked_is_mended(world, portal, now):
    operator = world.actor(Role.ADMINISTRATOR)
    with plugged(portal):
        taken(portal, now, record(world, DonViXuLy="000.00.77.H41"))
        held = Held.objects.get()
        with pytest.raises(Refusal, match="unit_unknown"):
            exchanging.release(held.id, actor=operator, at=now())
        assert Held.objects.get().state == "open"
        mended(world)
        exchanging.release(held.id, actor=operator, at=now())
        with pytest.raises(Refusal, match="not_held"):
            operations.close_held(held_id=held.id, actor=operator, at=now())
    assert Held.objects.get().state == "done" and Dossier.objects.count() == 1


def mended(world):
    from motcua.ledger.acts import Event, act
    from motcua.organisations import queries as organisations
    from motcua.rules.actor import system

    with act(Event("code.given", "unit"), actor=system("kiểm thử"), at=NINE) as a:
        UnitCode.objects.filter(unit_id=world.department).update(code="000.00.77.H41")
        a.about("unit", world.department, {})
    organisations.forget()


def test_who_operates_leaves_a_record_with_a_reason(world, portal, now):
    with plugged(portal):
        taken(portal, now, {"MaHoSo": "G-1"})
        held = Held.objects.get()
        with pytest.raises(Refusal, match="may_not"):
            operations.drop_held(held_id=held.id, reason="x", actor=world.clerk, at=now())
        operations.drop_held(
            held_id=held.id, reason="Bản ghi thử của bên gửi",
            actor=world.actor(Role.ADMINISTRATOR), at=now(),
        )  # fmt: skip
    assert Held.objects.get().note == "Bản ghi thử của bên gửi"


def test_everything_kept_back_is_tried_again_at_night(world, portal, now):
    with plugged(portal):
        taken(portal, now, record(world, DonViXuLy="000.00.77.H41"), {"MaHoSo": "G-1"})
        mended(world)
        assert exchanging.release_all(now) == 1
    assert Dossier.objects.count() == 1 and Held.objects.filter(state="open").count() == 1


def test_withdrawn_there_is_withdrawn_here_and_after_the_end_kept_back(world, portal, now):
    with plugged(portal):
        taken(portal, now, record(world, "G-1"), record(world, "G-2"))
        assert taken(portal, now, record(world, "G-1", TrangThaiHoSo="7")) == []
        first = Foreign.objects.get(code="G-1").dossier
        assert first.status == 7
        second = Foreign.objects.get(code="G-2").dossier
        operations.refuse_intake(
            intake=None, dossier_id=second.id, reason="Sai cơ quan", actor=world.clerk, at=now()
        )
        assert taken(portal, now, record(world, "G-2", TrangThaiHoSo="7")) == ["dossier.not_open"]


def test_papers_added_there_answer_the_supplement_asked_here(world, portal, now):
    with plugged(portal):
        taken(portal, now, record(world, "G-1"))
        dossier = Dossier.objects.get()
        operations.accept_submitted(
            dossier_id=dossier.id, actor=world.clerk, at=now(), contact=Contact()
        )
        operations.request_supplement(
            dossier_id=dossier.id,
            missing=("Bản vẽ",),
            reason="Thiếu",
            actor=world.officer,
            at=now(),
        )
        now.wait(hours=2)
        more = [{"TenTepDinhKem": "Tờ khai"}, {"TenTepDinhKem": "Bản vẽ"}]
        answered = record(
            world, "G-1", TrangThaiHoSo="4", NgayTiepNhan="20221121100000", TaiLieuNop=more
        )
        assert taken(portal, now, answered) == []
    dossier.refresh_from_db()
    assert dossier.status in (2, 4) and "Bản vẽ" in exchanged.papers_of(dossier.id)


def test_a_dossier_of_a_ministry_is_shown_as_that_says_and_nobody_here_changes_it(
    world, portal, now
):
    with plugged(portal, "ho-tich", mirrors=True):
        assert (
            taken(portal, now, done_there(world, "BTP-1", TrangThaiHoSo="4", NgayKetThucXuLy=""))
            == []
        )
        dossier = Dossier.objects.get()
        assert (dossier.status, dossier.code, dossier.mirrored) == (4, "BTP-1", True)
        assert not WorkItem.objects.exists()
        with pytest.raises(Refusal, match="mirrored"):
            operations.withdraw(dossier_id=dossier.id, reason="x", actor=world.clerk, at=now())
        now.wait(days=3)
        assert taken(portal, now, done_there(world, "BTP-1")) == []
        now.wait(days=1)
        assert tell(now) == 0
    dossier.refresh_from_db()
    assert dossier.status == 9 and dossier.finished_at and Sync.objects.count() == 0
    assert Entry.objects.filter(subject_id=dossier.id).count() == 2
    assert [p.to_account for p in Posting.objects.order_by("id")][-1] == 7  # done early


def test_a_record_out_of_order_changes_nothing_and_is_kept(world, portal, now):
    with plugged(portal, "ho-tich", mirrors=True):
        now.wait(days=3)
        taken(portal, now, done_there(world, "BTP-1"))
        older = done_there(world, "BTP-1", TrangThaiHoSo="4", NgayKetThucXuLy="")
        assert taken(portal, now, older) == []
    assert Dossier.objects.get().status == 9
    assert Held.objects.get().reason == "exchange.record_older"


def test_a_code_that_is_one_of_ours_is_kept_back(world, portal, now):
    done = world.accepted()
    with plugged(portal):
        assert taken(portal, now, record(world, done.code)) == ["exchange.code_taken"]


def test_both_sides_are_compared_and_each_difference_leads_to_its_dossier(world, portal, now):
    operator = world.actor(Role.ADMINISTRATOR)
    with plugged(portal) as adapter:
        same, lost, other = (world.accepted() for _ in range(3))
        now.wait(days=1)
        tell(now)
        portal.ask("set", {"lose": [lost.code], "put": {other.code: "4"}})
        waiting = world.accepted(at=now())
        today = now().date()
        days = (today - timedelta(days=3), today)
        assert exchanging.reconcile("national", adapter, *days, now) == 3
        (made,) = exchanged.reconciliations(operator)
        found = {one.code: one for one in exchanged.mismatches(exchanging.SYSTEM, made.id)}
        assert found[lost.code].gap == "missing_there" and found[lost.code].dossier_id == lost.id
        assert (found[other.code].here, found[other.code].there) == (2, 4)
        assert same.code not in found and waiting.code in found
        assert exchanging.tell_differing(made.id, actor=operator, at=now()) == 3
        now.wait(minutes=1)
        tell(now)
        exchanging.reconcile("national", adapter, *days, now)
    assert exchanged.reconciliations(operator)[0].differences == 0


def test_codes_5_6_and_8_and_numbers_of_nobody_go_out_as_they_are():
    for number in ("000000000000", "111111111", "", "999999999999", "B1234567"):
        who = national.Applicant("citizen", "Lam", number)
        assert national.with_applicant({}, who)["DinhDanhCHS"] is None
