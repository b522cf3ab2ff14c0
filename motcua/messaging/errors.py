"""What is said when a notice cannot be sent or read."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "notice.may_not": "Chỉ hệ thống gửi thông báo về nghiệp vụ đã ghi.",
    "notice.not_visible": "Không có thông báo này trong hộp của ông/bà.",
    "choice.may_not": "Chỉ chính chủ, hoặc cán bộ tiếp nhận theo đề nghị, chọn cách nhận thông báo.",
    "choice.unknown_channel": "Không có cách nhận này. Hãy chọn thư điện tử, tin nhắn SMS hoặc Zalo.",
    "choice.unknown_language": "Thông báo chỉ có tiếng Việt và tiếng Anh. Hãy chọn một trong hai.",
    "delivery.may_not": "Chỉ người vận hành hệ thống xem kết nối và gửi lại tin.",
    "delivery.not_dead": "Tin này đang được gửi hoặc đã gửi xong, nên không gửi lại.",
    "delivery.reason_missing": "Hãy ghi lý do gửi lại.",
    "delivery.no_address": "Chủ hồ sơ không còn địa chỉ nhận theo kênh này. "
    "Hãy đề nghị bộ phận tiếp nhận ghi số điện thoại hoặc thư điện tử mới.",
}
