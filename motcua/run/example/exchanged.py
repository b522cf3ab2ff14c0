"""What the example has from other systems: dossiers of the national portal, some that a ministry settles,
records kept back, and a comparison. Constructed; no system is asked for any of it, and none told.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from motcua.dossiers import exchanged, operations, telling_systems
from motcua.dossiers.models import Foreign
from motcua.dossiers.operations import Compared, Found
from motcua.dossiers.ports import NATIONAL
from motcua.journeys import exchanging
from motcua.ledger import sql
from motcua.rules import national
from motcua.rules.casework import Status

MINISTRY = "Hệ thống của bộ (dựng cho bản ví dụ)"
FROM_THE_PORTAL, OF_THE_MINISTRY = 4, 3
NAMES = (
    "Phan Thị Hiền",
    "Cao Văn Thắng",
    "Hồ Thị Ngân",
    "Đậu Văn Toàn",
    "Lô Thị Mai",
    "Vi Văn Hùng",
    "Trần Thị Tú",
)


def raise_exchange(at: datetime) -> None:
    """Take in a few dossiers of other systems on the morning of the example's today; once."""
    if Foreign.objects.exists():
        return
    places = sql.fetch(PLACES, [at.date(), at.date(), len(NAMES)])
    for n, (name, place) in enumerate(zip(NAMES, cycle(places), strict=False)):
        if n < FROM_THE_PORTAL:
            _received(NATIONAL, n, _filed(n, name, place, at), False, at)
        else:
            _received(MINISTRY, n, _settled(n, name, place, at), True, at)
    unknown = _filed(90, "Bùi Văn Quý", places[0], at) | {"MaTTHC": "9.999901"}
    _received(NATIONAL, 90, unknown, False, at)
    _received(NATIONAL, 91, {"MaHoSo": "G22.99-221121-000092", "MaTTHC": "1.0"}, False, at)
    _compared(at)


def _received(
    system: str, number: int, record: dict[str, Any], mirrors: bool, at: datetime
) -> None:
    exchanging.receive(
        system, number, record, mirrors=mirrors, at=at - timedelta(minutes=20 - number % 20)
    )


def _filed(n: int, name: str, place: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A dossier filed at the portal this morning, or the evening before."""
    return {
        "MaHoSo": f"G22.99-221121-{n + 1:06d}",
        "MaTTHC": place["code"],
        "DonViXuLy": telling_systems.unit_code(place["unit_id"], at),
        "KenhThucHien": "2",
        "ChuHoSo": name,
        "LoaiDoiTuong": "1",
        "DinhDanhCHS": {"LoaiDinhDanh": "1", "SoDinhDanh": f"040{1 + n % 2}85{900000 + n}"},
        "TrichYeuHoSo": place["name"][:300],
        "NgayNopHoSo": national.stamp(at - timedelta(minutes=50 + 7 * n)),
        "TrangThaiHoSo": str(int(Status.SUBMITTED)),
        "TaiLieuNop": [{"TenTepDinhKem": "Tờ khai"}],
    }


def _settled(n: int, name: str, place: dict[str, Any], at: datetime) -> dict[str, Any]:
    """A dossier that the ministry's system settles: one is done there."""
    accepted = at - timedelta(days=3 + n % 2)
    done = (
        {"NgayKetThucXuLy": national.stamp(at - timedelta(days=1))} if n == len(NAMES) - 1 else {}
    )
    return _filed(n, name, place, at) | {
        "MaHoSo": f"BXD-2022-{n + 1:05d}",
        "NgayNopHoSo": national.stamp(accepted - timedelta(hours=1)),
        "NgayTiepNhan": national.stamp(accepted),
        "NgayHenTra": national.stamp(accepted + timedelta(days=7)),
        "TrangThaiHoSo": str(int(Status.DONE if done else Status.PROCESSING)),
        **done,
    }


def _compared(at: datetime) -> None:
    """A comparison that found one dossier in another status there, and one that is only there."""
    since, until = at.date() - exchanging.WINDOW, at.date()
    here = exchanged.here(NATIONAL, at - exchanging.WINDOW, at)
    there = {code: one.status for code, one in here.items()}
    there["G22.99-221121-000091"] = Status.SUBMITTED
    if here:
        there[min(here)] = Status.WITHDRAWN
    found = []
    for one in national.compare({code: d.status for code, d in here.items()}, there):
        ours = here.get(one.code)
        found.append(Found(one, ours.id if ours else None, False))
    compared = Compared(NATIONAL, since, until, len(here), len(there), found)
    operations.reconcile(compared=compared, actor=exchanging.SYSTEM, at=at)


PLACES = """
SELECT DISTINCT ON (p.code) p.code, v.name, o.unit_id FROM catalogue_offering o
JOIN catalogue_procedure p ON p.id = o.procedure_id
JOIN catalogue_procedureversion v ON v.procedure_id = p.id
JOIN catalogue_channelrule c ON c.version_id = v.id AND c.channel = 2 AND c.limit_unit <> ''
JOIN organisations_unit u ON u.id = o.unit_id AND u.key = 'so-xay-dung'
WHERE o.valid @> %s AND v.valid @> %s ORDER BY p.code LIMIT %s
"""
