"""What is said of a limit, a calendar or an event of the clock that the rules of legal time refuse."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "time.moment_malformed": "“{text}” không phải thời điểm. Hãy ghi ngày và giờ, ví dụ 2022-11-25 10:00.",
    "time.naive_moment": "Thời điểm {moment} thiếu múi giờ. Hãy ghi đủ, ví dụ 2022-11-25T10:00+07:00.",
    "time.moment_out_of_range": "Năm {year} ngoài lịch tính được. Hãy nhập ngày từ năm 1950 đến năm 2150.",
    "time.limit_malformed": "“{text}” không phải một thời hạn. Hãy ghi số và đơn vị, ví dụ 15 ngày làm việc.",
    "time.limit_not_positive": "Thời hạn phải lớn hơn 0. Hãy kiểm tra số ngày hoặc số giờ.",
    "time.limit_too_long": "Thời hạn {limit} dài quá {most}. Hãy kiểm tra số và đơn vị.",
    "time.limit_fraction": "Thời hạn {limit} lẻ quá mức tính được. Ngày làm việc tính tới nửa ngày, "
    "giờ tới phần trăm; ngày và tháng phải là số nguyên.",
    "time.first_not_accepted": "Sự kiện đầu tiên phải là tiếp nhận hồ sơ. Hãy bổ sung thời điểm tiếp nhận.",
    "time.accepted_twice": "Hồ sơ được tiếp nhận hai lần (lần sau {at}). Hãy bỏ một lần.",
    "time.event_out_of_order": "Sự kiện lúc {at} đứng sau sự kiện lúc {last}. Hãy xếp theo thứ tự thời gian.",
    "time.event_unknown": "Không có loại sự kiện “{kind}”. Hãy chọn một loại đã nêu trong hướng dẫn.",
    "time.pause_open_twice": "Đang tạm dừng vì cùng lý do ({ground}). Hãy kết thúc lần trước đã.",
    "time.nothing_to_resume": "Lúc {at} không có lần tạm dừng nào đang mở để tính tiếp. Hãy kiểm tra lại.",
    "time.pause_never_closed": "Hồ sơ còn tạm dừng từ {since}, chưa thể có ngày hẹn cuối. "
    "Hãy ghi thời điểm tính tiếp.",
    "time.ground_not_declared": "Thủ tục này không cho tạm dừng vì lý do đó. Hãy chọn căn cứ đã công bố.",
    "time.extension_not_declared": "Thủ tục này không quy định gia hạn đó. Hãy chọn căn cứ đã công bố.",
    "time.session_empty": "Buổi làm việc phải kết thúc sau khi bắt đầu ({starts}–{ends}). Hãy sửa lại giờ.",
    "time.sessions_overlap": "Các buổi làm việc trong {weekday} chồng lên nhau. Hãy sửa lại giờ.",
    "time.day_twice": "Ngày {on} vừa là ngày nghỉ vừa là ngày làm bù. Hãy giữ một loại.",
    "time.no_working_time": "Lịch không có giờ làm việc nào tới được từ {moment}. Hãy khai báo giờ làm việc.",
}
