"""What the portal calls things: levels, channels, limits, fees and how far a dossier is."""

from __future__ import annotations

from dataclasses import dataclass

from motcua.catalogue.content import ChannelRule, FeeRule, Level, OnlineLevel, PaperRule
from motcua.look import formats
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.deadline import Limit, LimitUnit

LEVELS = {
    Level.MINISTRY: "Cấp bộ",
    Level.PROVINCE: "Cấp tỉnh",
    Level.DISTRICT: "Cấp huyện",
    Level.COMMUNE: "Cấp xã",
    Level.OTHER: "Cơ quan khác",
}
CHANNELS = {
    Channel.COUNTER: "Trực tiếp",
    Channel.ONLINE: "Trực tuyến",
    Channel.MAIL: "Bưu chính công ích",
}
ONLINE = {
    OnlineLevel.FULL: ("Trực tuyến toàn trình", "good"),
    OnlineLevel.PARTIAL: ("Trực tuyến một phần", "info"),
}
_UNITS = {
    LimitUnit.WORKING_DAY: "ngày làm việc",
    LimitUnit.WORKING_HOUR: "giờ làm việc",
    LimitUnit.CALENDAR_DAY: "ngày",
    LimitUnit.MONTH: "tháng",
}

NOTHING = {"", "không", "không có", "không có thông tin", "không quy định"}

STAGES = ("Nộp hồ sơ", "Tiếp nhận", "Giải quyết", "Có kết quả", "Trả kết quả")
"""The completion levels anybody may know of a dossier (TT 01/2018 Đ16)."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a dossier is: the stage now (from 1), and a sentence that says no more than that."""

    stage: int
    sentence: str
    tone: str


_PROGRESS = {
    Status.SUBMITTED: Progress(1, "Hồ sơ đã nộp, đang chờ tiếp nhận.", "info"),
    Status.ACCEPTED: Progress(2, "Hồ sơ đã được tiếp nhận.", "info"),
    Status.NOT_ACCEPTED: Progress(1, "Hồ sơ đã kết thúc ở bước nộp.", ""),
    Status.PROCESSING: Progress(3, "Hồ sơ đang được giải quyết.", "info"),
    Status.SUPPLEMENT: Progress(3, "Hồ sơ đang tạm dừng.", "warn"),
    Status.MONEY: Progress(3, "Hồ sơ đang tạm dừng.", "warn"),
    Status.WITHDRAWN: Progress(1, "Hồ sơ đã kết thúc ở bước nộp.", ""),
    Status.STOPPED: Progress(3, "Hồ sơ đang tạm dừng.", "warn"),
    Status.DONE: Progress(4, "Hồ sơ đã giải quyết xong, chờ trả kết quả.", "good"),
    Status.HANDED_OVER: Progress(6, "Đã trả kết quả.", "good"),
}
TONES = {
    Status.SUBMITTED: "",
    Status.ACCEPTED: "info",
    Status.NOT_ACCEPTED: "bad",
    Status.PROCESSING: "info",
    Status.SUPPLEMENT: "warn",
    Status.MONEY: "warn",
    Status.WITHDRAWN: "",
    Status.STOPPED: "warn",
    Status.DONE: "good",
    Status.HANDED_OVER: "good",
}


def progress(status: int) -> Progress:
    """The completion level of a status."""
    return _PROGRESS[Status(status)]


def limit(value: Limit | None) -> str:
    """05 ngày làm việc; "" where there is none to say."""
    if value is None or value.unit is LimitUnit.NONE:
        return ""
    if value.unit is LimitUnit.SAME_DAY or value.amount is None:
        return "Trong ngày"
    whole = value.amount == int(value.amount)
    number = f"{int(value.amount):02d}" if whole else formats.number_text(value.amount, 1)
    return f"{number} {_UNITS[value.unit]}"


def said(text: str) -> str:
    """A text of a source, "" where it only says that there is nothing to say."""
    return "" if text.strip(" .").lower() in NOTHING else text


def channel_limit(rule: ChannelRule) -> str:
    """The limit of a channel as the source prints it, else as it was read."""
    return said(rule.limit_text) or limit(rule.limit) or "Chưa nêu thời hạn"


def fee(rule: FeeRule) -> str:
    """A fee as read, its own words beside it; the words alone where there is no single reading."""
    if rule.amount is None:
        return said(rule.text) or "Chưa nêu mức thu"
    amount = "Không thu" if rule.amount == 0 else formats.money_text(rule.amount)
    amount = f"{amount}/{rule.per}" if rule.per and rule.amount else amount
    return f"{rule.kind}: {amount}" if rule.kind else amount


def quantity(paper: PaperRule) -> str:
    """01 bản chính, 02 bản sao."""
    if not paper.quantity_sure:
        return "Theo hướng dẫn"
    parts = [
        f"{number:02d} {word}"
        for number, word in ((paper.originals, "bản chính"), (paper.copies, "bản sao"))
        if number
    ]
    return ", ".join(parts) or "Xuất trình"
