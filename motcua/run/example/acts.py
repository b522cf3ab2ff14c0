"""Single acts in a running example, so that anybody can watch a figure move."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from random import Random
from uuid import UUID

from motcua.catalogue.offered import net_of
from motcua.dossiers import operations, queries
from motcua.dossiers.queries import Filters
from motcua.journeys import intake
from motcua.journeys.intake import Applicant, Application
from motcua.organisations.calendar import work_calendar
from motcua.rules.actor import system
from motcua.rules.books import Channel
from motcua.rules.casework import CONCLUDE, HAND_OVER, Case, Status
from motcua.rules.clock_rules import Ground
from motcua.rules.deadline import THREE_DAYS
from motcua.rules.pauses import open_pauses
from motcua.rules.worktime import ZONE
from motcua.run.example import moving, raising
from motcua.run.example.catalogue import raise_catalogue
from motcua.run.example.life import PAUSES
from motcua.run.example.names import full_name
from motcua.run.example.organisations import TWO_TIERS

SYSTEM = system("Dữ liệu minh họa")


class NothingToDo(LookupError):
    """No dossier of the example is in a state this act could be done on."""


def accept(at: datetime, random: Random) -> str:
    """Tiếp nhận một hồ sơ mới tại quầy."""
    window = random.choice(raise_catalogue(SYSTEM, raising.FOUNDED))
    applicant = Applicant(full_name(random), f"040190{random.randrange(10**6):06d}")
    application = Application(applicant, window.procedure_id, window.unit_id, Channel.COUNTER)
    done = intake.accept(application, actor=SYSTEM, at=at)
    return f"Đã tiếp nhận {done.code}"


def hand_on(at: datetime, random: Random) -> str:
    """Chuyển bước một hồ sơ đang xử lý."""
    case = _find(lambda c: _item(c) not in (CONCLUDE, HAND_OVER))
    operations.hand_on(
        dossier_id=case.id, item_id=case.items[0].id, actor=SYSTEM, at=at, outcome=_way(case)
    )
    return f"Đã chuyển bước {case.code}"


def finish(at: datetime, random: Random) -> str:
    """Hoàn thành một hồ sơ còn trong hạn."""
    case = _find(lambda c: c.judged_at is not None and c.judged_at > at)
    return _finish(case, at)


def finish_late(at: datetime, random: Random) -> str:
    """Hoàn thành một hồ sơ đã quá hạn."""
    case = _find(lambda c: c.judged_at is not None and c.judged_at.date() < at.date())
    return _finish(case, at)


def withdraw(at: datetime, random: Random) -> str:
    """Rút một hồ sơ đang xử lý."""
    case = _find(lambda c: True)
    operations.withdraw(dossier_id=case.id, reason="Người nộp xin rút", actor=SYSTEM, at=at)
    return f"Đã rút {case.code}"


def request_supplement(at: datetime, random: Random) -> str:
    """Yêu cầu bổ sung một hồ sơ đang xử lý."""
    case = _find(lambda c: True)
    operations.request_supplement(
        dossier_id=case.id,
        missing=["Bản sao giấy tờ tùy thân"],
        reason="Hồ sơ chưa đủ",
        actor=SYSTEM,
        at=at,
    )
    return f"Đã yêu cầu bổ sung {case.code}"


def receive_supplement(at: datetime, random: Random) -> str:
    """Nhận bổ sung của một hồ sơ đang chờ."""
    case = _find(lambda c: c.supplement_id is not None, Status.SUPPLEMENT)
    operations.receive_supplement(dossier_id=case.id, papers=[], actor=SYSTEM, at=at)
    return f"Đã nhận bổ sung {case.code}"


def reappoint(at: datetime, random: Random) -> str:
    """Đề nghị hẹn lại, xin lỗi và hẹn lại một hồ sơ."""
    case = _find(lambda c: c.due_at is not None and len(c.clock) == 1)
    calendar = work_calendar(case.accountable_id)
    until = calendar.add_days(max(at, case.due_at or at), THREE_DAYS)
    operations.propose_reappointment(
        dossier_id=case.id, until=until, reason="Chờ xác minh", actor=SYSTEM, at=at
    )
    operations.reappoint(dossier_id=case.id, actor=SYSTEM, at=at)
    return f"Đã hẹn lại {case.code}"


def pause(at: datetime, random: Random) -> str:
    """Tạm dừng một hồ sơ theo căn cứ đã công bố."""
    for status in (Status.PROCESSING, Status.ACCEPTED):
        for row in queries.dossiers(SYSTEM, Filters(status=int(status))).rows:
            found = queries.detail(SYSTEM, UUID(str(row["id"])))
            if found.pausable:
                ground = found.pausable[0]
                operations.pause(
                    dossier_id=found.case.id,
                    ground=ground,
                    reason=PAUSES[ground],
                    actor=SYSTEM,
                    at=at,
                )
                return f"Đã tạm dừng {found.case.code}"
    raise NothingToDo


def resume(at: datetime, random: Random) -> str:
    """Tính tiếp thời hạn một hồ sơ đang tạm dừng."""
    case = _find(lambda c: bool(open_pauses(c.clock)), Status.STOPPED)
    ground = Ground(open_pauses(case.clock)[-1].ground)
    operations.resume(dossier_id=case.id, ground=ground, actor=SYSTEM, at=at)
    return f"Đã tính tiếp {case.code}"


def hand_over(at: datetime, random: Random) -> str:
    """Trả một kết quả đang chờ."""
    case = _find(lambda c: True, Status.DONE)
    operations.hand_over(
        dossier_id=case.id,
        recipient="Người nộp hồ sơ",
        identity="",
        method="counter",
        actor=SYSTEM,
        at=at,
    )
    return f"Đã trả kết quả {case.code}"


def move_units(at: datetime, random: Random) -> str:
    """Lập phương án chuyển hồ sơ của huyện, xã kết thúc ngày 01/7/2025; từ ngày ấy thì chuyển luôn."""
    made = moving.plan_moves(at)
    if at.astimezone(ZONE).date() < TWO_TIERS:
        return (
            f"Đã lập, kiểm tra, duyệt {len(made)} phương án; xem trước tại /ban-lam-viec/sap-xep/ bằng "
            "tài khoản kiem-soat. Hồ sơ chuyển khi minh họa chạy với MOTCUA_EXAMPLE_TODAY=2025-07-01T08:00:00"
        )
    moved = sum(done.dossiers for done in operations.run_moves(actor=SYSTEM, at=at))
    return f"Đã chuyển {moved} hồ sơ theo {len(made)} phương án"


ACTS: dict[str, Callable[[datetime, Random], str]] = {
    one.__name__.replace("_", "-"): one
    for one in (
        *(accept, hand_on, finish, finish_late, withdraw, request_supplement),
        *(receive_supplement, pause, resume, reappoint, hand_over, move_units),
    )
}


def _find(fits: Callable[[Case], bool], status: Status = Status.PROCESSING) -> Case:
    statuses = [status, Status.ACCEPTED] if status is Status.PROCESSING else [status]
    for one in statuses:
        for row in queries.dossiers(SYSTEM, Filters(status=int(one))).rows:
            case = queries.detail(SYSTEM, UUID(str(row["id"]))).case
            if fits(case):
                return case
    raise NothingToDo


def _item(case: Case) -> str:
    return case.items[0].act if case.items else HAND_OVER


def _way(case: Case) -> str:
    outcomes = net_of(case.process_id or 0).outcomes(case.items[0].node)
    return outcomes[0] if outcomes else ""


def _finish(case: Case, at: datetime) -> str:
    for _ in range(10):
        if _item(case) == CONCLUDE:
            operations.conclude(
                dossier_id=case.id, item_id=case.items[0].id, result_name="Kết quả giải quyết",
                result_number="", actor=SYSTEM, at=at,
            )  # fmt: skip
            return f"Đã có kết quả {case.code}"
        operations.hand_on(
            dossier_id=case.id, item_id=case.items[0].id, actor=SYSTEM, at=at, outcome=_way(case)
        )
        case = queries.detail(SYSTEM, case.id).case
    raise NothingToDo
