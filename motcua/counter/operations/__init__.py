"""Every act at a counter: its windows and slots (points.py), numbers (tickets.py), appointments.

All take `actor` and `at` (aware; the door's clock) and raise `Refusal` (errors.py has the sentences).
"""

from motcua.counter.operations.appointments import (
    Booked,
    book_appointment,
    cancel_appointment,
    check_in,
)
from motcua.counter.operations.points import (
    PointGiven,
    SlotGiven,
    close_point,
    open_point,
    post_notice,
    set_points,
    set_slots,
)
from motcua.counter.operations.tickets import (
    Called,
    Taken,
    call_next,
    finish_ticket,
    leave_queue,
    mark_absent,
    move_ticket,
    recall_ticket,
    start_serving,
    take_ticket,
)

__all__ = [
    "Booked",
    "Called",
    "PointGiven",
    "SlotGiven",
    "Taken",
    "book_appointment",
    "call_next",
    "cancel_appointment",
    "check_in",
    "close_point",
    "finish_ticket",
    "leave_queue",
    "mark_absent",
    "move_ticket",
    "open_point",
    "post_notice",
    "recall_ticket",
    "set_points",
    "set_slots",
    "start_serving",
    "take_ticket",
]
