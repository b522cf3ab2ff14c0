"""The refusals of the room: code → what the person is told (the fact, then the remedy)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "unit.may_not": "Vị trí công tác của bạn không được quản lý cơ quan, đơn vị. "
    "Hãy chuyển cho người quản trị.",
    "unit.unknown": "Không tìm thấy đơn vị “{key}”. Hãy kiểm tra lại mã đơn vị.",
    "unit.exists": "Đơn vị “{key}” đã có. Hãy dùng đơn vị ấy hoặc đặt mã khác.",
    "unit.code_taken": "Mã “{code}” đang thuộc đơn vị khác trong thời gian này. "
    "Hãy chọn mã khác hoặc đổi ngày hiệu lực.",
    "unit.code_malformed": "Mã “{code}” không đúng dạng. Mã theo QCVN 102 có dạng 000.00.06.H41, "
    "theo Quyết định 20/2020 có dạng H41.06.",
    "unit.without_code": "{unit} chưa có mã định danh, nên chưa cấp được mã hồ sơ. "
    "Hãy cấp mã cho đơn vị trước.",
    "unit.range_empty": "Ngày bắt đầu phải trước ngày kết thúc. Hãy sửa lại thời gian hiệu lực.",
    "calendar.missing": "Chưa khai báo giờ làm việc của tỉnh, nên chưa tính được ngày hẹn trả. "
    "Hãy khai báo giờ làm việc trước.",
    "calendar.session_malformed": "Buổi làm việc phải thuộc một ngày trong tuần và bắt đầu trước khi kết "
    "thúc. Hãy sửa lại giờ.",
    "calendar.sessions_overlap": "Hai buổi làm việc của {weekday} chồng lên nhau. Hãy sửa lại giờ.",
    "calendar.day_twice": "Ngày {on} được khai hai lần. Hãy giữ lại một dòng.",
    "calendar.day_out_of_range": "Ngày {on} ngoài khoảng 2000–2100. Hãy kiểm tra lại năm.",
    "calendar.stale": "Lịch làm việc đã được người khác sửa sau khi bạn xem trước. "
    "Hãy xem trước lại rồi áp dụng.",
    "calendar.nothing_proposed": "Chưa có ngày nào được khai hoặc bỏ. Hãy ghi ít nhất một ngày.",
    "calendar.day_declared": "Ngày {on} đã được khai đúng như thế ({name}). Hãy bỏ dòng này.",
    "calendar.day_not_declared": "Ngày {on} chưa được khai cho cơ quan này, nên không có gì để bỏ. "
    "Hãy kiểm tra lại ngày hoặc cơ quan.",
    "calendar.makeup_needless": "Ngày {on} vốn là ngày làm việc, không cần làm bù. Hãy kiểm tra lại ngày.",
}
