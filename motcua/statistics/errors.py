"""The refusals of the room: code → what the person is told."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "figures.may_not": "Vị trí công tác của bạn không xem được số liệu thống kê. "
    "Hãy đăng nhập bằng tài khoản công chức, hoặc chọn vị trí khác ở đầu trang.",
    "figures.not_your_unit": "Bạn chỉ xem được số liệu của cơ quan mình. "
    "Hãy bỏ chọn cơ quan khác, hoặc liên hệ đơn vị tổng hợp số liệu.",
    "figures.window_backwards": "“Từ ngày” phải không sau “đến ngày”. Hãy chọn lại khoảng thời gian.",
    "figures.window_too_long": "Khoảng thời gian dài quá 10 năm. Hãy chọn khoảng ngắn hơn.",
    "measure.unknown": "Không có chỉ số này. Hãy chọn một chỉ số trên trang thống kê.",
    "proof.may_not": "Chỉ người vận hành hệ thống mới chạy được đối chiếu số liệu.",
}
