"""Every change of the public status reaches the national portal, in order and once, whatever that does."""

from __future__ import annotations

import pytest

from motcua.dossiers import operations
from motcua.dossiers.models import Sync
from motcua.dossiers.tests.conftest import World
from motcua.gateways.peers import Peer
from motcua.gateways.tests.exchange import Hands, plugged, statuses, tell, told_once_each, walk
from motcua.ledger import verify
from motcua.rules.actor import Role
from motcua.rules.refusal import Refusal

WALK = ["2", "4", "9", "10"]


@pytest.fixture
def now() -> Hands:
    return Hands()


def test_a_walk_is_told_status_by_status_with_its_moments(world: World, portal: Peer, now):
    with plugged(portal):
        done = world.accepted()
        walk(world, done.id)
        assert tell(now) == 4
        there = portal.ask("state")["dossiers"][done.code]
    assert statuses(portal, done.code) == WALK
    assert there["MaHoSo"] == done.code and there["KenhThucHien"] == "1"
    assert there["NgayTiepNhan"] == "20221121090000" and there["NgayTra"] == "20221121230000"
    assert there["DinhDanhCHS"] == {"LoaiDinhDanh": "1", "SoDinhDanh": "040190000001"}
    assert there["ChuHoSo"] == "Nguyễn Thị Lam"
    assert "Lam" not in str(list(Sync.objects.values_list("record", flat=True)))
    assert list(verify.breaks()) == []


def test_draining_again_queues_nothing_twice(world, portal, now):
    with plugged(portal):
        walk(world, world.accepted().id)
        tell(now)
        assert tell(now) == 0 and Sync.objects.count() == 4


def test_training_is_never_told_nor_what_waits_without_a_code(world, portal, now):
    from dataclasses import replace

    with plugged(portal):
        operations.accept(
            intake=world.intake(), actor=replace(world.clerk, training=True), at=now()
        )
        operations.submit(intake=world.intake(channel=2), actor=world.clerk, at=now())
        assert tell(now) == 0
    assert Sync.objects.count() == 0


def test_nothing_is_queued_where_no_portal_is_connected(world, now):
    world.accepted()
    assert tell(now) == 0 and Sync.objects.count() == 0


def test_a_connection_dropped_after_the_deed_is_asked_about_and_not_told_twice(world, portal, now):
    with plugged(portal):
        done = world.accepted()
        walk(world, done.id)
        portal.ask("set", {"drop": 2})  # the login's answer, and again the first message's
        for _ in range(8):
            tell(now)
            now.wait(minutes=5)
    assert statuses(portal, done.code) == WALK and told_once_each(portal)


def test_a_portal_that_answers_too_late_is_not_told_twice(world, portal, now):
    with plugged(portal, seconds=0.4):
        done = world.accepted()
        walk(world, done.id)
        portal.ask("set", {"answer_ms": 1000})
        assert tell(now) == 0
        portal.ask("set", {"answer_ms": 0})
        assert tell(now) == 0  # whether it arrived is not known yet: nothing is asked so soon
        for _ in range(4):
            now.wait(minutes=5)
            tell(now)
    assert statuses(portal, done.code) == WALK and told_once_each(portal)


def test_a_portal_gone_for_a_day_hears_everything_in_order(world, portal, now):
    with plugged(portal) as adapter:
        base, adapter.line = (
            adapter.line,
            type(adapter.line)("cổng", "http://127.0.0.1:9", seconds=0.3),
        )
        codes = []
        for _ in range(3):
            done = world.accepted()
            walk(world, done.id)
            codes.append(done.code)
        for _ in range(12):
            assert tell(now) == 0
            now.wait(hours=2)
        adapter.line = base
        for _ in range(3):
            tell(now)
            now.wait(hours=1)
    assert [statuses(portal, code) for code in codes] == [WALK] * 3
    assert told_once_each(portal)


def test_sessions_that_end_are_renewed(world, portal, now):
    with plugged(portal):
        portal.ask("set", {"sessions": 1})
        walk(world, world.accepted().id)
        assert tell(now) == 4
        portal.ask("set", {"end_sessions": True})
        done = world.accepted()
        assert tell(now) == 1
    assert statuses(portal, done.code) == ["2"] and portal.ask("state")["logins"] > 1


def test_an_unreadable_answer_is_no_answer(world, portal, now):
    with plugged(portal):
        done = world.accepted()
        portal.ask("set", {"garbage": 1})
        assert tell(now) == 0
        now.wait(minutes=5)
        tell(now)
    assert statuses(portal, done.code) == ["2"] and told_once_each(portal)


def refused_for_good(world, portal, now):
    done = world.accepted()
    walk(world, done.id)
    portal.ask("set", {"codes": {done.code: "21"}})
    for _ in range(7):
        tell(now)
        now.wait(hours=1)
    return done


def test_what_the_portal_refuses_stops_its_dossier_alone_and_says_why(world, portal, now):
    with plugged(portal):
        done = refused_for_good(world, portal, now)
        other = world.accepted()
        assert tell(now) == 1
    stuck = Sync.objects.get(state="dead")
    assert stuck.number == 1 and stuck.refusals == 5 and "không hợp lệ" in stuck.said
    assert statuses(portal, done.code) == [] and statuses(portal, other.code) == ["2"]


def test_who_operates_sends_it_again_once_mended_and_the_rest_follows(world, portal, now):
    operator = world.actor(Role.ADMINISTRATOR)
    with plugged(portal):
        done = refused_for_good(world, portal, now)
        stuck = Sync.objects.get(state="dead")
        with pytest.raises(Refusal, match="may_not"):
            operations.retry_sync(sync_id=stuck.id, actor=world.clerk, at=now())
        portal.ask("set", {"codes": {}})
        operations.retry_sync(sync_id=stuck.id, actor=operator, at=now())
        with pytest.raises(Refusal, match="not_stuck"):
            operations.retry_sync(sync_id=stuck.id, actor=operator, at=now())
        assert tell(now) == 4
    assert statuses(portal, done.code) == WALK


def test_who_operates_passes_over_what_cannot_be_mended(world, portal, now):
    with plugged(portal):
        done = refused_for_good(world, portal, now)
        portal.ask("set", {"codes": {}})
        operations.skip_sync(
            sync_id=Sync.objects.get(state="dead").id, reason="Bên nhận không nhận mốc này",
            actor=world.actor(Role.ADMINISTRATOR), at=now(),
        )  # fmt: skip
        assert tell(now) == 3
    assert statuses(portal, done.code) == WALK[1:]


def test_supplement_and_money_keep_their_codes(world, portal, now):
    with plugged(portal):
        done = world.accepted()
        operations.request_supplement(
            dossier_id=done.id,
            missing=("Bản vẽ",), reason="Thiếu bản vẽ", actor=world.officer, at=now(),
        )  # fmt: skip
        tell(now)
        there = portal.ask("state")["dossiers"][done.code]
    assert statuses(portal, done.code) == ["2", "5"]
    assert there["DanhSachHoSoBoSung"][0]["NoiDungBoSung"] == "Thiếu bản vẽ"
