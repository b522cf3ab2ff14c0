"""The refusals of the room: code → what the person is told (the fact, then the remedy)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "counter.may_not": "Vị trí công tác của bạn không làm được việc này ở quầy. "
    "Hãy chọn vị trí một cửa ở đầu trang, hoặc nhờ người phụ trách bộ phận một cửa.",
    "counter.not_found": "Nơi này không lấy số tự động. Hãy hỏi cán bộ hướng dẫn tại bộ phận một cửa.",
    "point.not_found": "Không có quầy này ở bộ phận một cửa. Hãy chọn lại quầy.",
    "counter.point_twice": "Số quầy {number} ghi hai lần. Hãy cho mỗi quầy một số.",
    "counter.point_in_use": "Quầy {number} đang có người được phục vụ. Hãy kết thúc lượt ấy trước.",
    "counter.point_closed": "Quầy này chưa mở. Hãy mở quầy rồi gọi số.",
    "ticket.not_found": "Không tìm thấy số thứ tự này. Hãy lấy số mới.",
    "appointment.not_found": "Không tìm thấy lịch hẹn. Hãy kiểm tra lại mã hẹn và ngày hẹn.",
    "counter.posted_backwards": "Ngày niêm yết không được ở tương lai. Hãy ghi lại ngày.",
    "queue.closed_today": "Hôm nay bộ phận một cửa không làm việc. Hãy lấy số vào ngày làm việc khác.",
    "queue.closed": "Ngoài giờ lấy số: hôm nay làm việc từ {opens} đến {closes}. Hãy quay lại trong giờ.",
    "queue.nobody_waits": "Không còn ai chờ ở quầy này. Khi có người lấy số, số sẽ hiện ra.",
    "queue.point_busy": "Quầy đang có một số được gọi. Hãy bấm “Xong” hoặc “Vắng mặt” trước khi gọi số khác.",
    "queue.not_called": "Số này không ở trạng thái vừa được gọi. Hãy tải lại trang để xem số đang gọi.",
    "queue.not_at_point": "Số này không còn ở quầy. Hãy tải lại trang.",
    "queue.not_waiting": "Số này không còn trong hàng chờ. Hãy lấy số mới nếu cần.",
    "queue.same_lane": "Số này đang ở đúng loại việc đó. Hãy chọn loại việc khác.",
    "queue.slot_malformed": "Khung giờ {starts} chưa hợp lý. Mỗi khung dài 5–240 phút, nhận 1–200 người.",
    "queue.slot_unknown": "Bộ phận một cửa không nhận hẹn vào giờ này. Hãy chọn giờ khác trong danh sách.",
    "queue.slot_past": "Giờ hẹn này đã qua. Hãy chọn giờ khác.",
    "queue.slot_full": "Khung giờ này vừa hết chỗ. Hãy chọn giờ khác.",
    "queue.too_far_ahead": "Chỉ nhận hẹn trước tối đa {days} ngày. Hãy chọn ngày gần hơn.",
    "queue.outside_office_hours": "Ngày {on} bộ phận một cửa không làm việc vào giờ này. Hãy chọn giờ khác.",
    "queue.one_a_day": "Số điện thoại hoặc tài khoản này đã có lịch hẹn trong ngày. "
    "Hãy hủy lịch cũ nếu muốn đổi giờ.",
    "queue.name_missing": "Chưa ghi họ tên. Hãy ghi họ tên người đến làm việc.",
    "queue.cancelled": "Lịch hẹn này đã hủy. Hãy đặt lịch mới nếu cần.",
    "queue.came": "Lịch hẹn này đã đổi thành số thứ tự. Hãy theo dõi số trên màn hình.",
    "queue.too_early": "Chưa đến giờ: lịch hẹn lúc {starts_at}. Hãy nhận số sớm nhất trước 30 phút.",
    "queue.too_late": "Đã quá giờ hẹn {starts_at}. Hãy lấy số thứ tự như bình thường.",
}
