"""Why a due date is what it is, in sentences (rules.deadline.explain)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from motcua.look import formats
from motcua.rules.clock_rules import Ground
from motcua.rules.deadline import Segment, SegmentKind

_WHY = {
    "weekly_rest": "nghỉ hằng tuần",
    "public_only": "chỉ mở cửa tiếp nhận",
    "outside_hours": "ngoài giờ làm việc",
    "first_day": "ngày tiếp nhận không tính, đếm từ ngày tiếp theo",
    "after_cutoff": "nhận sau giờ chuyển hồ sơ trong ngày, đếm từ ngày làm việc tiếp theo",
    "rest_of_last_day": "hạn hết vào cuối ngày làm việc",
    "last_day_off": "ngày cuối là ngày nghỉ, hạn lùi tới cuối ngày làm việc tiếp theo",
}
_WORKED = {"makeup_work": ", ngày làm bù", "weekend_hours": ", ngày cuối tuần có tính thời hạn"}
GROUNDS = {
    Ground.SUPPLEMENT: "chờ người nộp bổ sung hồ sơ",
    Ground.MONEY: "chờ người nộp thực hiện nghĩa vụ tài chính",
    Ground.STOP: "dừng theo đề nghị của người nộp",
    Ground.FORCE_MAJEURE: "vì sự kiện bất khả kháng",
    Ground.CONSULTATION: "chờ ý kiến của cơ quan liên quan",
}
"""What a pause waits for, as it goes on after "tạm dừng"."""

_SAID = {str(ground): text for ground, text in GROUNDS.items()}


def sentences(segments: Iterable[Segment]) -> list[str]:
    """One sentence a segment, in the order of time."""
    return [_sentence(segment) for segment in segments]


def ground(segment: Segment) -> str:
    """What a pause waits for."""
    return _SAID.get(segment.reason, segment.name or segment.reason)


def ground_text(ground: str) -> str:
    """The ground of a pause in words; one that is not known is said as it stands."""
    return _SAID.get(ground, ground)


def promise(segment: Segment) -> str:
    """Why a later date was promised."""
    return "gia hạn theo quy định" if segment.reason == "by_law" else "đã xin lỗi và hẹn lại"


def why_off(segment: Segment) -> str:
    """Why a stretch of time does not count, with the document that says so."""
    why = segment.name or _WHY.get(segment.reason, "ngày nghỉ")
    return f"{why} ({segment.source})" if segment.source else why


def plain(amount: Decimal) -> str:
    """2,5 or 0,88: an amount without idle zeros."""
    rounded = amount.quantize(Decimal("0.01")).normalize()
    return formats.number_text(rounded, max(-int(rounded.as_tuple().exponent), 0))


def _sentence(segment: Segment) -> str:
    if segment.kind is SegmentKind.RESTARTED:
        said = f"{formats.moment_text(segment.start)}: đã nhận đủ hồ sơ bổ sung, "
        said += "tính theo thời hạn mới" if segment.reason == "other_limit" else "tính lại từ đầu"
    elif segment.kind is SegmentKind.COUNTED:
        said = f"{_stretch(segment)}: tính {_days(segment)}{_WORKED.get(segment.reason, '')}"
    elif segment.kind is SegmentKind.PAUSED:
        said = f"{_stretch(segment)}: tạm dừng, {ground(segment)}"
    elif segment.kind is SegmentKind.EXTENDED:
        said = f"Hẹn tới {formats.moment_text(segment.end)}: {promise(segment)}"
    else:
        return f"{_stretch(segment)}: không tính, {why_off(segment)}."
    return f"{said} ({segment.source})." if segment.source else f"{said}."


def _days(segment: Segment) -> str:
    unit = "ngày" if segment.reason == "calendar_time" else "ngày làm việc"
    return f"{plain(segment.days)} {unit}"


def _stretch(segment: Segment) -> str:
    """From when to when: whole days by their dates, parts of days with their hours."""
    start, end = formats.local(segment.start), formats.local(segment.end)
    if _midnight(start) and _midnight(end):
        last = end - timedelta(days=1)
        if last.date() == start.date():
            return formats.weekday_text(start)
        return f"Từ {formats.date_text(start)} đến hết {formats.date_text(last)}"
    if start.date() == end.date():
        since = "" if _midnight(start) else f" từ {start:%H:%M}"
        return f"Ngày {formats.date_text(start)}{since} đến {end:%H:%M}"
    until = f"hết {formats.date_text(end - timedelta(days=1))}" if _midnight(end) else _at(end)
    since = formats.date_text(start) if _midnight(start) else _at(start)
    return f"Từ {since} đến {until}"


def _midnight(at: datetime) -> bool:
    return (at.hour, at.minute) == (0, 0)


def _at(moment: datetime) -> str:
    return f"{moment:%H:%M} ngày {formats.date_text(moment)}"
