"""What can have happened to a notice."""

from __future__ import annotations

from motcua.ledger.acts import Event

TOLD = Event("notice.told", "notice")
READ = Event("notice.read", "notice")

LABELS: dict[Event, str] = {TOLD: "Gửi thông báo", READ: "Đọc thông báo"}
