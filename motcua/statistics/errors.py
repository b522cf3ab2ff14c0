"""The refusals of the room: code → what the person is told."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "figures.may_not": "Vị trí công tác của bạn không xem được số liệu thống kê. "
    "Hãy đăng nhập bằng tài khoản công chức, hoặc chọn vị trí khác ở đầu trang.",
    "figures.not_your_unit": "Bạn chỉ xem được số liệu của cơ quan mình. "
    "Hãy bỏ chọn cơ quan khác, hoặc liên hệ đơn vị tổng hợp số liệu.",
    "figures.window_backwards": "“Từ ngày” phải không sau “đến ngày”. Hãy chọn lại khoảng thời gian.",
    "figures.window_too_long": "Khoảng thời gian dài quá 10 năm. Hãy chọn khoảng ngắn hơn.",
    "figures.not_your_officers": "Chỉ người đứng đầu cơ quan, đơn vị mới xem được điểm của từng công chức. "
    "Hãy xem điểm của chính mình ở mục “Điểm của tôi”.",
    "quality.period_unknown": "Kỳ đánh giá không đúng. Hãy chọn một quý, ví dụ 2022-q4.",
    "quality.period_open": "Quý này chưa kết thúc nên chưa công bố được. Hãy chờ hết ngày {until}.",
    "quality.may_not": "Chỉ công chức kiểm soát thủ tục hành chính, Văn phòng UBND tỉnh, Giám đốc "
    "Trung tâm mới công bố kết quả đánh giá. Hãy chuyển cho người có nhiệm vụ.",
    "quality.own_draft": "Người lập dự thảo không tự công bố. Hãy nhờ người thứ hai kiểm tra và công bố.",
    "quality.not_found": "Không tìm thấy bản đánh giá này. Hãy chọn lại kỳ.",
    "quality.published": "Bản này đã công bố, không sửa được. Muốn đính chính, hãy lập bản mới kèm lý do.",
    "quality.reason_missing": "Kỳ này đã có bản công bố. Hãy ghi lý do đính chính cho bản mới.",
    "quality.draft_waits": "Kỳ này đang có dự thảo chờ công bố. Hãy công bố hoặc bỏ dự thảo ấy trước.",
    "measure.unknown": "Không có chỉ số này. Hãy chọn một chỉ số trên trang thống kê.",
    "proof.may_not": "Chỉ người vận hành hệ thống mới chạy được đối chiếu số liệu.",
}
