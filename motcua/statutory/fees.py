"""Who pays no fee or duty, or less, from which day (Luật Phí và lệ phí; the province's resolutions)."""

from __future__ import annotations

from datetime import date

from motcua.rules.books import Channel
from motcua.rules.fees import Relief
from motcua.statutory.rule_kinds import Reliefs

_LAW = "Luật 97/2015/QH13 Đ10.1"
_BY_LAW = (
    Relief("child", "Trẻ em", _LAW),
    Relief("poor", "Hộ nghèo", _LAW),
    Relief("elderly", "Người cao tuổi", _LAW),
    Relief("disabled", "Người khuyết tật", _LAW),
    Relief("merit", "Người có công với cách mạng", _LAW),
    Relief("minority", "Đồng bào dân tộc thiểu số ở xã đặc biệt khó khăn", _LAW),
)
_LEVELS = (
    "mức miễn, giảm theo nghị quyết của HĐND tỉnh hoặc thông tư cần đối chiếu; mặc định miễn hẳn"
)
_ONLINE = frozenset({Channel.ONLINE})
_ONLINE_2023, _ONLINE_2025 = (
    Relief("online", "Nộp trực tuyến: 0 đồng", by, channels=_ONLINE, automatic=True)
    for by in ("NQ 14/2023/NQ-HĐND tỉnh Nghệ An", "NQ 09/2025/NQ-HĐND tỉnh Nghệ An")
)
_WHICH = "chỉ các khoản theo nghị quyết của HĐND tỉnh: khoản trung ương quy định thì ghi lý do không áp dụng"
_CARDS = Relief(
    "basic_papers",
    "Công dân đã tích hợp 05 giấy tờ cơ bản trên tài khoản định danh mức 2",
    "NQ 66.22/2026/NQ-CP",
)


def _set(
    key: str, valid_from: date, valid_to: date | None, law: str, note: str, *more: Relief
) -> Reliefs:
    return Reliefs(
        id=f"fees:{key}",
        area="fees",
        valid_from=valid_from,
        valid_to=valid_to,
        law=law,
        unverified=note,
        reliefs=(*more, *_BY_LAW),
    )


RELIEFS: tuple[Reliefs, ...] = (
    _set("2017", date(2017, 1, 1), date(2023, 11, 6), "Luật 97/2015/QH13 Đ10", _LEVELS),
    _set(
        "2023",
        date(2023, 11, 6),
        date(2025, 7, 21),
        "Luật 97/2015/QH13 Đ10; NQ 14/2023/NQ-HĐND tỉnh Nghệ An",
        f"ngày hiệu lực của NQ 14/2023/NQ-HĐND chưa đối chiếu với văn bản; {_WHICH}; {_LEVELS}",
        _ONLINE_2023,
    ),
    _set(
        "2025",
        date(2025, 7, 21),
        date(2026, 8, 15),
        "Luật 97/2015/QH13 Đ10; NQ 09/2025/NQ-HĐND tỉnh Nghệ An",
        f"{_WHICH}; {_LEVELS}",
        _ONLINE_2025,
    ),
    _set(
        "2026",
        date(2026, 8, 15),
        date(2027, 3, 1),
        "Luật 97/2015/QH13 Đ10; NQ 09/2025/NQ-HĐND tỉnh Nghệ An; NQ 66.22/2026/NQ-CP",
        f"danh mục thủ tục của NQ 66.22/2026/NQ-CP chưa đối chiếu với văn bản; {_WHICH}; {_LEVELS}",
        _ONLINE_2025,
        _CARDS,
    ),
    _set(
        "2027",
        date(2027, 3, 1),
        None,
        "Luật 97/2015/QH13 Đ10; NQ 09/2025/NQ-HĐND tỉnh Nghệ An",
        f"{_WHICH}; {_LEVELS}",
        _ONLINE_2025,
    ),
)
