"""What is counted, declared once: the number and the list behind it come from the same words.

A measure counts the dossiers that cross from some accounts (`source`) into others (`target`), over a span
of the window; a crossing back takes one off. "In hand at the end" is every crossing into the accounts in
hand until the last day. So Biểu II.06a adds up by construction (domain: 6.1):

    carried over + received + transferred in = done + withdrawn + transferred out + in hand at the end

Every measure counts a dossier once, but for the transfers, which count moves (`by_move`): what left one
agency for a second and that for a third was transferred twice, and its list has it twice. What is moved
before it is received is not yet in hand: it waits, and is received, in the books of the second.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from motcua.rules.books import DONE, OPEN, WAITING, Account, Channel
from motcua.rules.refusal import Refusal


class Span(StrEnum):
    """Which days of the books a measure looks at, for a window of days."""

    BEFORE = "before"
    DURING = "during"
    UNTIL = "until"


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. `channel` narrows it to dossiers that came that way, `without` to those that came another
    way; `tone` is how it is shown.

    `by_move`: every crossing counts, and none goes back; otherwise a dossier counts once.
    """

    key: str
    label: str
    explanation: str
    source: frozenset[Account]
    target: frozenset[Account]
    span: Span
    channel: Channel | None = None
    tone: str = ""
    by_move: bool = False
    without: Channel | None = None

    @property
    def crossing(self) -> str:
        """SQL over from_account and to_account: 1 for a crossing, −1 for one back, else 0."""
        return (
            f"(CASE WHEN from_account IN {_list(self.source)} AND to_account IN {_list(self.target)}"
            f" THEN 1 WHEN from_account IN {_list(self.target)} AND to_account IN {_list(self.source)}"
            " THEN -1 ELSE 0 END)"
        )

    @property
    def touching(self) -> str:
        """SQL that is true for postings the measure has to look at."""
        source, target = _list(self.source), _list(self.target)
        test = (
            f"((from_account IN {source} AND to_account IN {target})"
            f" OR (from_account IN {target} AND to_account IN {source}))"
        )
        return f"{test} AND {self.coming}" if self.coming else test

    @property
    def coming(self) -> str:
        """SQL over the channel that is true for the dossiers it counts; "" where it counts all."""
        if self.channel is not None:
            return f"channel = {int(self.channel)}"
        return f"channel <> {int(self.without)}" if self.without is not None else ""


def _list(accounts: Iterable[Account]) -> str:
    return f"({', '.join(str(int(a)) for a in sorted(accounts))})"


ACCOUNTS: Mapping[Account, str] = {
    Account.OUTSIDE: "ngoài sổ",
    Account.SUBMITTED: "chờ tiếp nhận",
    Account.OPEN_IN_TIME: "đang giải quyết, trong hạn",
    Account.OPEN_LATE: "đang giải quyết, quá hạn",
    Account.WAITING_SUPPLEMENT: "chờ bổ sung",
    Account.WAITING_MONEY: "chờ nghĩa vụ tài chính",
    Account.STOPPED: "dừng xử lý",
    Account.DONE_EARLY: "đã giải quyết, trước hạn",
    Account.DONE_ON_TIME: "đã giải quyết, đúng hạn",
    Account.DONE_LATE: "đã giải quyết, quá hạn",
    Account.NOT_ACCEPTED: "không tiếp nhận",
    Account.WITHDRAWN: "rút hồ sơ",
    Account.TRANSFERRED_OUT: "chuyển cơ quan khác",
    Account.TRANSFERRED_IN: "cơ quan khác chuyển đến",
}
"""What an account of the books is called."""

ALL = frozenset(Account)
IN_HAND = frozenset({*OPEN, *WAITING})
NOT_YET = frozenset({Account.OUTSIDE, Account.SUBMITTED})


def _into(
    key: str,
    label: str,
    explanation: str,
    *accounts: Account,
    source: frozenset[Account] | None = None,
    span: Span = Span.DURING,
    channel: Channel | None = None,
    without: Channel | None = None,
    tone: str = "",
    by_move: bool = False,
) -> Measure:
    target = frozenset(accounts)
    source = source or ALL - target
    return Measure(key, label, explanation, source, target, span, channel, tone, by_move, without)


_DECLARED = (
    _into(
        "carried-over",
        "Kỳ trước chuyển qua",
        "Đã tiếp nhận trước kỳ và chưa giải quyết xong khi kỳ bắt đầu.",
        *IN_HAND,
        span=Span.BEFORE,
    ),
    _into(
        "received",
        "Tiếp nhận trong kỳ",
        "Được tiếp nhận (cấp mã, hẹn trả) trong kỳ. Chỉ đếm ở cơ quan đã tiếp nhận; không đếm phần việc liên "
        "thông, vì người nộp chỉ nộp một lần.",
        *IN_HAND,
        source=NOT_YET,
        without=Channel.INTERCONNECTED,
    ),
    _into(
        "received-linked",
        "Phần việc liên thông nhận về",
        "Hồ sơ liên thông do cơ quan chủ trì gửi đến trong kỳ, tính riêng với hồ sơ của người nộp.",
        *IN_HAND,
        source=NOT_YET,
        channel=Channel.INTERCONNECTED,
    ),
    _into(
        "received-online",
        "Tiếp nhận trực tuyến",
        "Được tiếp nhận trong kỳ, nộp trực tuyến.",
        *IN_HAND,
        source=NOT_YET,
        channel=Channel.ONLINE,
    ),
    _into(
        "transferred-in",
        "Cơ quan khác chuyển đến",
        "Lượt nhận trách nhiệm giải quyết từ cơ quan khác trong kỳ. Cộng toàn tỉnh bằng số chuyển đi.",
        *IN_HAND,
        source=frozenset({Account.TRANSFERRED_IN}),
        by_move=True,
    ),
    _into("done", "Đã giải quyết", "Có kết quả trong kỳ.", *DONE),
    _into(
        "done-early",
        "Trước hạn",
        "Có kết quả trước ngày hẹn trả.",
        Account.DONE_EARLY,
        tone="good",
    ),
    _into(
        "done-on-time",
        "Đúng hạn",
        "Có kết quả đúng ngày hẹn trả.",
        Account.DONE_ON_TIME,
        tone="good",
    ),
    _into("done-late", "Quá hạn", "Có kết quả sau ngày hẹn trả.", Account.DONE_LATE, tone="bad"),
    _into(
        "in-hand",
        "Đang giải quyết",
        "Đã tiếp nhận, cuối kỳ chưa có kết quả (kể cả hồ sơ tạm dừng chờ).",
        *IN_HAND,
        span=Span.UNTIL,
    ),
    _into(
        "open-in-time",
        "Trong hạn",
        "Đang giải quyết, cuối kỳ chưa quá ngày hẹn trả.",
        Account.OPEN_IN_TIME,
        span=Span.UNTIL,
    ),
    _into(
        "open-late",
        "Đang quá hạn",
        "Đang giải quyết, cuối kỳ đã quá ngày hẹn trả.",
        Account.OPEN_LATE,
        span=Span.UNTIL,
        tone="bad",
    ),
    _into(
        "waiting",
        "Tạm dừng chờ",
        "Đang tạm dừng tính hạn, vì chờ bổ sung, chờ nộp tiền hoặc dừng xử lý.",
        *WAITING,
        span=Span.UNTIL,
        tone="warn",
    ),
    _into(
        "waiting-supplement",
        "Chờ bổ sung",
        "Tạm dừng tính hạn, chờ người nộp bổ sung hồ sơ.",
        Account.WAITING_SUPPLEMENT,
        span=Span.UNTIL,
        tone="warn",
    ),
    _into(
        "waiting-money",
        "Chờ nghĩa vụ tài chính",
        "Tạm dừng tính hạn, chờ nộp nghĩa vụ tài chính.",
        Account.WAITING_MONEY,
        span=Span.UNTIL,
        tone="warn",
    ),
    _into(
        "stopped",
        "Dừng xử lý",
        "Dừng giải quyết theo đề nghị hoặc theo quy định.",
        Account.STOPPED,
        span=Span.UNTIL,
        tone="warn",
    ),
    _into(
        "submitted",
        "Chờ tiếp nhận",
        "Đã nộp trực tuyến hoặc qua bưu chính, cuối kỳ chưa được tiếp nhận.",
        Account.SUBMITTED,
        span=Span.UNTIL,
    ),
    _into(
        "not-accepted",
        "Không tiếp nhận",
        "Bị từ chối tiếp nhận trong kỳ (có phiếu từ chối).",
        Account.NOT_ACCEPTED,
    ),
    _into(
        "withdrawn",
        "Rút hồ sơ",
        "Người nộp rút sau khi đã tiếp nhận.",
        Account.WITHDRAWN,
        source=IN_HAND,
    ),
    _into(
        "withdrawn-before",
        "Rút trước khi tiếp nhận",
        "Người nộp rút khi hồ sơ chưa được tiếp nhận.",
        Account.WITHDRAWN,
        source=NOT_YET,
    ),
    _into(
        "transferred-out",
        "Chuyển cơ quan khác",
        "Lượt chuyển trách nhiệm giải quyết sang cơ quan khác trong kỳ.",
        Account.TRANSFERRED_OUT,
        source=IN_HAND,
        by_move=True,
    ),
)

MEASURES: Mapping[str, Measure] = {m.key: m for m in _DECLARED}
ENTERING = ("carried-over", "received", "received-linked", "transferred-in")
LEAVING = ("done", "withdrawn", "transferred-out", "in-hand")
"""Σ entering = Σ leaving, for every unit and window."""


def measure(key: str) -> Measure:
    """A measure by its key; raises measure.unknown."""
    found = MEASURES.get(key)
    if found is None:
        raise Refusal("measure.unknown", {"measure": key})
    return found
