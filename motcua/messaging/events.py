"""What can have happened to a notice, to its going out, and to who carries it."""

from __future__ import annotations

from motcua.ledger.acts import Event

TOLD = Event("notice.told", "notice")
READ = Event("notice.read", "notice")
CHANNELS_CHOSEN = Event("notice.channels_chosen", "choice")
CLAIMED = Event("deliveries.claimed", "delivery")
ANSWERED = Event("deliveries.answered", "delivery")
REPORTED = Event("deliveries.reported", "delivery")
TAKEN_OVER = Event("deliveries.taken_over", "delivery")
SENT = Event("delivery.sent", "delivery")
DELIVERED = Event("delivery.delivered", "delivery")
FAILED = Event("delivery.failed", "delivery")
DOUBTED = Event("delivery.doubted", "delivery")
SENT_AGAIN = Event("delivery.sent_again", "delivery")
CARRIER_ILL = Event("carrier.ill", "carrier")
CARRIER_WELL = Event("carrier.well", "carrier")

LABELS: dict[Event, str] = {
    TOLD: "Gửi thông báo",
    READ: "Đọc thông báo",
    CHANNELS_CHOSEN: "Chọn cách nhận thông báo",
    CLAIMED: "Lấy tin chờ gửi",
    ANSWERED: "Ghi trả lời của nhà cung cấp",
    REPORTED: "Ghi báo phát",
    TAKEN_OVER: "Tiếp nhận tin của tiến trình đã dừng",
    SENT: "Đã gửi đi",
    DELIVERED: "Đã đến người nhận",
    FAILED: "Không gửi được",
    DOUBTED: "Không rõ đã gửi hay chưa",
    SENT_AGAIN: "Gửi lại",
    CARRIER_ILL: "Kênh gửi tin gặp trục trặc",
    CARRIER_WELL: "Kênh gửi tin hoạt động lại",
}
