"""What can have happened at a counter."""

from __future__ import annotations

from motcua.ledger.acts import Event

POINTS_SET = Event("counter.points_set", "counter")
POINT_OPENED = Event("counter.point_opened", "counter")
POINT_CLOSED = Event("counter.point_closed", "counter")
SLOTS_SET = Event("counter.slots_set", "counter")
NOTICE_POSTED = Event("counter.notice_posted", "counter")
TICKET_TAKEN = Event("ticket.taken", "ticket")
TICKET_CALLED = Event("ticket.called", "ticket")
TICKET_RECALLED = Event("ticket.recalled", "ticket")
TICKET_STARTED = Event("ticket.started", "ticket")
TICKET_FINISHED = Event("ticket.finished", "ticket")
TICKET_ABSENT = Event("ticket.absent", "ticket")
TICKET_MOVED = Event("ticket.moved", "ticket")
TICKET_LEFT = Event("ticket.left", "ticket")
APPOINTMENT_BOOKED = Event("appointment.booked", "appointment")
APPOINTMENT_CANCELLED = Event("appointment.cancelled", "appointment")
CHECKED_IN = Event("appointment.checked_in", "appointment")
