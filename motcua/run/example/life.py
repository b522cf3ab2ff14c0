"""The lives of constructed dossiers: what could have happened to one, act by act, until the example's today.

Each step is a decision of rules.casework under real terms; chance (a seeded generator) only chooses who, what
and when. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from motcua.dossiers import events, state
from motcua.dossiers.writer import Done
from motcua.organisations import queries as organisations
from motcua.rules import casework, casework_clock, casework_ratings, casework_transfer, deadline
from motcua.rules.actor import Actor
from motcua.rules.answer_clock import Assisted, Finding
from motcua.rules.books import Channel
from motcua.rules.casework import (
    CONCLUDE,
    HAND_OVER,
    WAITING,
    Case,
    Changes,
    PaperHeld,
    Status,
    Terms,
)
from motcua.rules.casework_ratings import Because, Said, Satisfaction, Way
from motcua.rules.clock_rules import Ground
from motcua.rules.pauses import open_pauses
from motcua.rules.refusal import Refusal

MISSING = (
    "Bản sao giấy tờ tùy thân",
    "Tờ khai có xác nhận",
    "Bản vẽ hiện trạng",
    "Văn bản ủy quyền",
)
REASONS = (
    "Phải xác minh tại thực địa nhiều lần",
    "Chờ ý kiến của cơ quan phối hợp",
    "Hồ sơ có tình tiết phức tạp, cần kiểm tra thêm",
)


RATED = 0.3
PRAISE: tuple[tuple[tuple[Because, ...], str], ...] = (
    ((), ""),
    ((Because.QUICK,), ""),
    ((Because.GOOD_GUIDANCE,), ""),
)
COMPLAINTS: tuple[tuple[tuple[Because, ...], str], ...] = (
    ((Because.MANY_TRIPS,), "Phải đi lại ba lần mới đủ giấy tờ."),
    ((Because.LATE,), ""),
    ((Because.UNCLEAR,), "Hướng dẫn lần đầu thiếu một loại giấy."),
    ((Because.ATTITUDE,), "Chờ lâu mà không được giải thích."),
)
CITIZEN = Actor(account_id=None, kind="citizen", name="Người dân")
INTERCONNECTED = "Quy trình liên thông (dựng cho bản ví dụ)"
PAUSES = {
    Ground.STOP: "Người nộp đề nghị dừng để bổ sung phương án",
    Ground.FORCE_MAJEURE: "Mưa lũ, không kiểm tra thực địa được",
    Ground.CONSULTATION: "Lấy ý kiến bằng văn bản của cơ quan liên quan",
}


@dataclass(frozen=True, slots=True)
class Habits:
    """How an office works: the shares of what may happen, and how near the limit it works."""

    late: float = 0.04
    supplement: float = 0.07
    refusal: float = 0.01
    withdrawal: float = 0.008
    payment: float = 0.05
    pause: float = 0.03
    not_accepted: float = 0.03
    collects_late: float = 0.2


NOT_ACCEPTED = (
    (Finding.WRONG_AGENCY, "Không thuộc thẩm quyền giải quyết của cơ quan"),
    (Finding.DUPLICATE, "Trùng hồ sơ đang được giải quyết"),
    (Finding.UNREADABLE, "Tệp gửi kèm không mở được"),
)
HELPED = (Assisted.NO, Assisted.AT_DESK, Assisted.BY_OFFICER)


def chance_of(case: Case) -> Random:
    """A chance of a dossier's own, so that the others are what they are without it."""
    return Random(case.id.int)  # noqa: S311 — chance for an example


def helped(case: Case) -> Assisted:
    """Who helped to file it online: with a fifth of them the desk's computer or an officer."""
    return chance_of(case).choices(HELPED, weights=(80, 12, 8))[0]


@dataclass(slots=True)
class Life:
    """One dossier being lived. `actors` by role, `colleagues` those of other agencies; `until` is the
    example's today."""

    random: Random
    terms: Terms
    actors: Mapping[str, Actor]
    habits: Habits
    until: datetime
    colleagues: Mapping[int, Mapping[str, Actor]] = field(default_factory=dict)
    pace: float = 0.6
    seated: Mapping[str, Actor] = field(default_factory=dict)

    def live(
        self,
        case: Case,
        at: datetime,
        code: Callable[[datetime], str],
        papers: tuple[PaperHeld, ...],
        facts: Mapping[str, Any],
    ) -> Iterator[Done]:
        """The acts of a dossier that arrives at `at`, in order, up to today; `code` gives the code of a
        dossier accepted at a moment."""
        new: Mapping[str, Any] | None = facts
        if case.channel is Channel.ONLINE:
            described = {**facts, "assisted": str(helped(case))}
            sent = casework.submit(case, self.terms, at, papers=papers, facts=described)
            yield self._done(sent, events.SUBMITTED, at, "clerk")
            case, new = sent.case, None
            at = self.terms.calendar.add(at, self.random.randrange(10, 600))
            if at > self.until:
                return
            if self.random.random() < self.habits.not_accepted:
                finding, reason = chance_of(case).choice(NOT_ACCEPTED)
                no = casework.refuse_intake(case, self.terms, at, reason=reason, finding=finding)
                yield self._done(no, events.NOT_ACCEPTED, at, "clerk")
                return
        changes = casework.accept(case, self.terms, at, code=code(at), papers=papers, new=new)
        yield self._done(changes, events.ACCEPTED, at, "clerk")
        case = changes.case
        self.pace = self._pace()
        fate = self.random.random()
        while case.status not in (Status.HANDED_OVER, Status.WITHDRAWN):
            at = self._next(case, at)
            if at > self.until:
                return
            try:
                done = self._act(case, at, fate)
            except Refusal:
                return
            yield done
            case, fate = done.changes.case, 1.0
        if case.status is Status.HANDED_OVER:
            yield from self._rated(case, at)

    def _rated(self, case: Case, at: datetime) -> Iterator[Done]:
        """A third of those who have their result say how it was; complaints are judged in a few days. By
        a chance of its own, so that the dossiers are what they are without ratings."""
        random = chance_of(case)
        at += timedelta(minutes=random.randrange(5, 2000))
        if random.random() > RATED or at > self.until:
            return
        level = random.choices(list(Satisfaction), weights=(68, 25, 7))[0]
        because = COMPLAINTS if level is Satisfaction.DISSATISFIED else PRAISE
        reason, text = random.choice(because)
        changes = casework_ratings.rate(
            case, self.terms, at, refused=False, before=None, level=level, reasons=reason, text=text,
            way=random.choice(list(Way)), days=30,
        )  # fmt: skip
        yield Done(changes, events.RATED, at, CITIZEN)
        judged_at = self._in_hours(at + timedelta(days=random.randrange(1, 9)))
        if not text or judged_at > self.until:
            return
        said = Said(dict(changes.rows)["rating"]["id"], 1, at, level, text)
        found = casework_ratings.judge(
            changes.case, self.terms, judged_at, None, said=said, justified=random.random() < 0.6,
            reason="Đã làm việc với bộ phận một cửa và đối chiếu nhật ký hồ sơ",
        )  # fmt: skip
        yield self._done(found, events.RATING_JUDGED, judged_at, "leader")

    def _pace(self) -> float:
        """The share of its limit a dossier takes; above 1 it is late."""
        if self.random.random() < self.habits.late:
            return self.random.uniform(1.05, 1.9)
        return self.random.triangular(0.2, 0.9, 0.6)

    def _next(self, case: Case, at: datetime) -> datetime:
        calendar = self.terms.calendar
        if case.proposal is not None:
            return calendar.add(at, self.random.randrange(10, 90))
        if case.status in WAITING:
            days = self.random.choice((1, 2, 3, 5, 8))
            return self._in_hours(at + timedelta(days=days, minutes=self.random.randrange(400)))
        if case.status is Status.DONE:
            late = self.random.random() < self.habits.collects_late
            days = self.random.choice((4, 9, 20)) if late else self.random.choice((0, 1, 2))
            return self._in_hours(
                at + timedelta(days=days, minutes=30 + self.random.randrange(200))
            )
        steps = max(1, sum(1 for node in self.terms.net.tasks if node.act != HAND_OVER))
        whole = 480
        if case.judged_at and case.accepted_at:
            whole = max(15, calendar.between(case.accepted_at, case.judged_at))
        minutes = max(2, int(whole * self.pace / steps * self.random.uniform(0.85, 1.1)))
        return calendar.add(at, minutes)

    def _in_hours(self, at: datetime) -> datetime:
        return self.terms.calendar.next_moment(at)

    def _act(self, case: Case, at: datetime, fate: float) -> Done:
        self.seated = self._seated(case)
        if case.status is Status.SUPPLEMENT:
            return self._done(
                casework_clock.receive_supplement(case, self.terms, at),
                events.SUPPLEMENT_RECEIVED,
                at,
                "clerk",
            )
        if case.status is Status.MONEY:
            charge = case.charges[0]
            number = f"{self.random.randrange(1, 10**6):06d}"
            paid = casework_clock.record_payment(
                case, self.terms, at, charge.id, method="cash", receipt_number=number
            )
            return self._done(paid, events.PAYMENT_RECORDED, at, "clerk")
        if case.status is Status.STOPPED:
            ground = Ground(open_pauses(case.clock)[-1].ground)
            on = casework_clock.resume(case, self.terms, at, ground)
            return self._done(
                on, events.RESUMED, at, "clerk" if ground is Ground.STOP else "officer"
            )
        if case.proposal is not None:
            sorry = casework_clock.reappoint(case, self.terms, at, until=None, by=None)
            return self._done(sorry, events.REAPPOINTED, at, "clerk")
        if case.status is Status.DONE:
            given = casework.hand_over(
                case, self.terms, at, None, method="counter", recipient="Người nộp hồ sơ"
            )
            return self._done(given, events.HANDED_OVER, at, "clerk")
        return self._fated(case, at, fate) or self._forward(case, at)

    def _fated(self, case: Case, at: datetime, fate: float) -> Done | None:
        """What sets a dossier apart happens at its first step."""
        shares = self.habits
        if fate < shares.supplement:
            asked = casework_clock.request_supplement(
                case, self.terms, at, [self.random.choice(MISSING)], "Hồ sơ chưa đủ theo quy định"
            )
            return self._done(asked, events.SUPPLEMENT_REQUESTED, at, "officer")
        fate -= shares.supplement
        if fate < shares.withdrawal:
            back = casework.withdraw(case, self.terms, at, None, "Người nộp xin rút hồ sơ")
            return self._done(back, events.WITHDRAWN, at, "clerk")
        fate -= shares.withdrawal
        item = next(i for i in case.items if not i.waiting)
        if fate < shares.refusal:
            no = casework.refuse_in_process(
                case, self.terms, item.id, at, None, reason="Không đủ điều kiện theo quy định"
            )
            return self._done(no, events.REFUSED, at, item.role)
        fate -= shares.refusal
        if fate < shares.payment:
            return self._owes(case, at)
        fate -= shares.payment
        return self._waits(case, at) if fate < shares.pause else None

    def _owes(self, case: Case, at: datetime) -> Done | None:
        if Ground.MONEY not in self._grounds():
            return None
        money = casework_clock.request_payment(
            case, self.terms, at, name="Nghĩa vụ tài chính", amount=150_000, stops_clock=True
        )
        return self._done(money, events.PAYMENT_REQUESTED, at, "officer")

    def _waits(self, case: Case, at: datetime) -> Done | None:
        """The clock stops on a ground of the procedure, or takes more time by its law."""
        if self.terms.rules.extensions:
            code = self.terms.rules.extensions[0].code
            more = casework_clock.extend_by_law(case, self.terms, at, code, "Phải xác minh thêm")
            return self._done(more, events.EXTENDED_BY_LAW, at, "officer")
        grounds = [ground for ground in self._grounds() if ground in PAUSES]
        if not grounds:
            return None
        ground = self.random.choice(grounds)
        stopped = casework_clock.pause(case, self.terms, at, ground, PAUSES[ground])
        return self._done(
            stopped, events.PAUSED, at, "clerk" if ground is Ground.STOP else "officer"
        )

    def _grounds(self) -> list[Ground]:
        return [declared.ground for declared in self.terms.rules.grounds]

    def _forward(self, case: Case, at: datetime) -> Done:
        item = next(i for i in case.items if not i.waiting)
        outcomes = self.terms.net.outcomes(item.node)
        outcome = outcomes[0] if outcomes else ""
        coming = next((phase for phase in case.phases if phase.begun_at is None), None)
        if item.act == CONCLUDE and coming is not None:
            return self._to_the_next_agency(case, at, coming.unit_id)
        if item.act == CONCLUDE:
            result = {"kind": "granted", "name": "Kết quả giải quyết", "number": ""}
            ready = casework.conclude(
                case, self.terms, item.id, at, None, result=result, outcome=outcome
            )
            return self._done(ready, events.CONCLUDED, at, item.role)
        if self._must_apologise(case, at):
            until = self.terms.calendar.add_days(at, deadline.THREE_DAYS)
            if case.due_at and until > case.due_at:
                asked = casework_clock.propose_reappointment(
                    case, self.terms, at, until=until, reason=self.random.choice(REASONS), by=None
                )
                return self._done(asked, events.REAPPOINTMENT_PROPOSED, at, "leader")
        on = casework.hand_on(case, self.terms, item.id, at, None, outcome)
        return self._done(on, events.HANDED_ON, at, item.role)

    def _to_the_next_agency(self, case: Case, at: datetime, to: int) -> Done:
        terms = state.at_agency(self.terms, case.received_by_id, to, self.terms.day(at))
        moved = casework_transfer.transfer(
            case, terms, at, to=to, reason="Chuyển giai đoạn tiếp theo", article=INTERCONNECTED
        )
        done = self._done(moved, events.TRANSFERRED, at, "leader")
        self.terms = terms
        self.actors = {**self.colleagues.get(to, self.actors), "clerk": self.actors["clerk"]}
        self.seated = self.actors
        return done

    def _must_apologise(self, case: Case, at: datetime) -> bool:
        """Half of those that will be late say so when the day comes near."""
        extended = casework_clock.reappointed(case.clock)
        near = case.due_at is not None and at > case.due_at - timedelta(days=1)
        return self.pace > 1 and near and not extended and self.random.random() < 0.5

    def _done(self, changes: Changes, event: Any, at: datetime, role: str) -> Done:
        actors = self.seated or self.actors
        return Done(changes, event, at, actors.get(role, actors["officer"]))

    def _seated(self, case: Case) -> Mapping[str, Actor]:
        """Who does the open step: the agency's officers, or the Committee's and its Office's."""
        for item in case.items:
            if not item.waiting and self.terms.net.node(item.node).unit in state.COMMITTEE:
                agency = organisations.agency_of(item.unit_id) if item.unit_id else 0
                return {**self.colleagues.get(agency, {}), "clerk": self.actors["clerk"]}
        return self.actors
