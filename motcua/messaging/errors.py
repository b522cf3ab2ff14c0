"""What is said when a notice cannot be sent or read."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "notice.may_not": "Chỉ hệ thống gửi thông báo về nghiệp vụ đã ghi.",
    "notice.not_visible": "Không có thông báo này trong hộp của ông/bà.",
}
