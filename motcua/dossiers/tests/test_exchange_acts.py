"""Only the system takes in from other systems and tells them; who operates it mends what got stuck."""

from __future__ import annotations

from uuid import uuid4

import pytest

from motcua.dossiers import exchanged, operations
from motcua.dossiers.tests.conftest import NINE
from motcua.rules import national
from motcua.rules.actor import Role
from motcua.rules.refusal import Refusal

SEEN = national.read(
    {
        "MaHoSo": "G-1", "MaTTHC": "1.000001", "DonViXuLy": "H41", "KenhThucHien": "2", "LoaiDoiTuong": "1",
        "ChuHoSo": "Lam", "NgayNopHoSo": "20221121083000", "TrangThaiHoSo": "1",
    }
)  # fmt: skip
BY_THE_SYSTEM = {
    "receive": {"system": "national", "seen": SEEN, "intake": None, "digest": ""},
    "mirror": {"system": "national", "seen": SEEN, "intake": None, "digest": ""},
    "mirror_again": {"dossier_id": uuid4(), "seen": SEEN, "digest": ""},
    "note_seen": {"dossier_id": uuid4(), "seen": SEEN, "digest": ""},
    "hold_record": {
        "system": "national", "number": 1, "record": {}, "digest": "", "reason": "x", "params": {},
    },
    "move_feed": {"system": "national", "number": 1},
    "queue_syncs": {"rows": []},
    "claim_syncs": {"system": "national"},
    "answer_syncs": {"answered": []},
}  # fmt: skip
BY_WHO_OPERATES = {
    "retry_sync": {"sync_id": uuid4()},
    "skip_sync": {"sync_id": uuid4(), "reason": "x"},
    "tell_again": {"dossier_ids": []},
    "close_held": {"held_id": uuid4()},
    "drop_held": {"held_id": uuid4(), "reason": "x"},
    "reconcile": {"compared": None},
}


@pytest.mark.parametrize("act", BY_THE_SYSTEM)
def test_no_officer_does_what_the_system_does(world, act):
    for role in (Role.CLERK, Role.ADMINISTRATOR):
        with pytest.raises(Refusal, match="may_not"):
            getattr(operations, act)(**BY_THE_SYSTEM[act], actor=world.actor(role), at=NINE)


@pytest.mark.parametrize("act", BY_WHO_OPERATES)
def test_only_who_operates_mends(world, act):
    for role in (Role.CLERK, Role.HEAD, Role.DIRECTOR, Role.LEADER):
        with pytest.raises(Refusal, match="may_not"):
            getattr(operations, act)(**BY_WHO_OPERATES[act], actor=world.actor(role), at=NINE)


@pytest.mark.parametrize("read", ["queues", "held", "stuck", "reconciliations", "held_to_try"])
def test_only_who_operates_looks(world, read):
    with pytest.raises(Refusal, match="may_not"):
        getattr(exchanged, read)(world.clerk)
