"""The nine indicators in words: their names, what they mean, and why a point was given."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from motcua.rules.scoring import Completion, Grade, Indicator, Mark
from motcua.statistics.quality import Period

NAMES: Mapping[Indicator, str] = {
    Indicator.TOTAL_TIME: "Thời gian giải quyết so với quy định",
    Indicator.AGENCY_TIME: "Thời gian tại từng cơ quan",
    Indicator.CONTACTS: "Số lần phải liên hệ để hoàn thiện hồ sơ",
    Indicator.AGENCIES: "Số cơ quan phải liên hệ",
    Indicator.ON_SITE: "Giải quyết tại bộ phận một cửa",
    Indicator.PUBLICITY: "Công khai thủ tục",
    Indicator.ATTITUDE: "Thái độ phục vụ",
    Indicator.FEEDBACK: "Xử lý phản ánh, kiến nghị",
    Indicator.ONLINE: "Dịch vụ công trực tuyến",
}
MEANINGS: Mapping[Indicator, str] = {
    Indicator.TOTAL_TIME: "Mỗi hồ sơ: trước hạn 2 điểm, đúng hạn 1 điểm, quá hạn 0 điểm.",
    Indicator.AGENCY_TIME: "Mỗi hồ sơ, theo cơ quan chậm nhất: trước hạn 2, đúng hạn 1, quá hạn 0.",
    Indicator.CONTACTS: "Mỗi hồ sơ: không phải bổ sung lần nào 2, một lần 1, nhiều hơn 0.",
    Indicator.AGENCIES: "Mỗi hồ sơ: không phải đến cơ quan nào 2, chỉ đến bộ phận một cửa 1, hơn nữa 0.",
    Indicator.ON_SITE: "Mỗi cơ quan: tỷ lệ thủ tục làm trọn tại bộ phận một cửa đạt mức của cấp "
    "(tỉnh 20%, huyện 50%, xã 100%) 2; tiếp nhận 100% thủ tục tại đó 1; còn lại 0.",
    Indicator.PUBLICITY: "Mỗi hồ sơ: thủ tục vừa niêm yết vừa công khai điện tử 2, một hình thức 1, không 0.",
    Indicator.ATTITUDE: "Mỗi hồ sơ: trước hạn và không bị phản ánh 2, đúng hạn và không bị phản ánh 1, "
    "bị phản ánh đúng 0.",
    Indicator.FEEDBACK: "Mỗi cơ quan: không có hoặc xử lý đúng hạn 100% 2, từ 90% 1, dưới 90% 0.",
    Indicator.ONLINE: "Mỗi cơ quan: từ 20% thủ tục trực tuyến, từ 30% hồ sơ nộp trực tuyến, không hồ sơ "
    "nào quá hạn 2; từ 15% hồ sơ trực tuyến 1; còn lại 0.",
}
GRADES: Mapping[Grade, str] = {
    Grade.EXCELLENT: "Xuất sắc",
    Grade.GOOD: "Tốt",
    Grade.FAIR: "Khá",
    Grade.AVERAGE: "Trung bình",
    Grade.WEAK: "Yếu",
}
COMPLETIONS: Mapping[Completion, str] = {
    Completion.FULL: "Hoàn thành 100% nhiệm vụ",
    Completion.PART: "Hoàn thành từ 70% đến dưới 100%",
    Completion.POOR: "Hoàn thành dưới 70%",
}
_TIMES = {
    "early": "xong trước hạn",
    "on_time": "xong đúng ngày hẹn",
    "late": "xong sau ngày hẹn",
    "no_limit": "thủ tục không có thời hạn, không tính",
}
_REASONS: Mapping[Indicator, Mapping[str, str]] = {
    Indicator.TOTAL_TIME: _TIMES,
    Indicator.AGENCY_TIME: {
        "early": "cả {agencies} cơ quan xong trước hạn",
        "on_time": "không cơ quan nào quá hạn, có nơi xong đúng ngày",
        "late": "{late}/{agencies} cơ quan quá hạn",
        "no_limit": "không có thời hạn tại cơ quan, không tính",
    },
    Indicator.CONTACTS: {
        "none": "không phải bổ sung lần nào",
        "once": "phải bổ sung một lần",
        "many": "phải bổ sung {rounds} lần; nhật ký chưa ghi lỗi của ai nên tính cả",
    },
    Indicator.AGENCIES: {
        "from_home": "nộp và nhận kết quả không phải đến nơi nào",
        "one_stop": "chỉ đến bộ phận một cửa",
        "elsewhere": "phải đến {agencies} cơ quan",
    },
    Indicator.ON_SITE: {
        "on_site": "{done}/{procedures} thủ tục làm trọn tại bộ phận một cửa, đạt mức của cấp",
        "all_received": "tiếp nhận đủ {received} thủ tục; {done}/{procedures} làm trọn tại chỗ",
        "not_received": "chỉ tiếp nhận {received}/{procedures} thủ tục tại bộ phận một cửa",
        "no_procedures": "chưa khai báo thủ tục nào, không tính",
    },
    Indicator.PUBLICITY: {
        "both": "thủ tục niêm yết tại nơi nhận và công khai trên cổng",
        "posted": "thủ tục chỉ niêm yết tại nơi nhận",
        "electronic": "công khai trên cổng; nơi nhận chưa khai niêm yết",
        "neither": "không niêm yết, không công khai trên cổng",
    },
    Indicator.ATTITUDE: _TIMES
    | {
        "complaint": "có phản ánh được kết luận là đúng",
        "no_complaint": "không có phản ánh; thủ tục không có thời hạn",
        "early": "xong trước hạn, không có phản ánh đúng",
        "on_time": "xong đúng ngày hẹn, không có phản ánh đúng",
    },
    Indicator.FEEDBACK: {
        "not_recorded": "chưa có số liệu phản ánh, kiến nghị trong hệ thống, không tính",
        "none_came": "không có phản ánh nào",
        "all_in_time": "cả {answered} phản ánh xử lý đúng hạn",
        "most_in_time": "{in_time}/{answered} phản ánh xử lý đúng hạn",
        "often_late": "chỉ {in_time}/{answered} phản ánh xử lý đúng hạn",
    },
    Indicator.ONLINE: {
        "online": "{offered}/{procedures} thủ tục, {filed}/{dossiers} hồ sơ trực tuyến, không quá hạn",
        "online_part": "{filed}/{dossiers} hồ sơ trực tuyến, {late} quá hạn; {offered}/{procedures} thủ tục",
        "online_little": "mới {filed}/{dossiers} hồ sơ nộp trực tuyến",
        "no_dossiers": "không có hồ sơ hoặc thủ tục, không tính",
    },
}


def why(mark: Mark) -> str:
    """The reason of a mark as people read it."""
    return _REASONS[mark.indicator][mark.reason].format_map(mark.facts)


def decimal_text(value: Decimal | None) -> str:
    """1,5; a dash where there is nothing."""
    return "–" if value is None else f"{value:.1f}".replace(".", ",")


def period_text(period: Period) -> str:
    """Quý IV năm 2022."""
    if not period.quarter:
        return f"Năm {period.year}"
    return f"Quý {('I', 'II', 'III', 'IV')[period.quarter - 1]} năm {period.year}"
