"""The rule sets in figures: reviewed data, each with law, article and validity.

What was not read in the text itself says so (`unverified`) and is configuration to confirm.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from motcua.rules import certification
from motcua.rules.deadline import Limit, LimitUnit, Policy, SupplementReading
from motcua.statutory.rule_kinds import (
    Certification,
    Classification,
    FilingDoor,
    Holidays,
    OneStop,
    OnlineAnswer,
    OnlineLevels,
    Term,
    Terms,
)

_UNREAD_107 = "toàn văn NĐ 107/2021/NĐ-CP chưa đọc; cách tính thời hạn giữ theo NĐ 61/2018/NĐ-CP"
_UNREAD_118 = (
    "điều khoản, thời hạn của NĐ 118/2025/NĐ-CP và NĐ 367/2025/NĐ-CP chưa tìm được; "
    "giữ cách tính của năm 2018"
)
_COMMON = {
    "weekly_rest": "BLLĐ 2019 Đ111",
    "first_day": "BLDS 2015 Đ147",
    "rest_of_last_day": "BLDS 2015 Đ148",
    "last_day_off": "BLDS 2015 Đ148",
}
_SOURCES_2018 = _COMMON | {
    "supplement": "NĐ 61/2018/NĐ-CP Đ19.4",
    "apology": "NĐ 61/2018/NĐ-CP Đ19.9",
    "after_cutoff": "NĐ 61/2018/NĐ-CP Đ18.2",
}
_SOURCES_2025 = _COMMON | dict.fromkeys(
    ("supplement", "apology", "after_cutoff"), "NĐ 118/2025/NĐ-CP"
)
TWO_TIERS = date(2025, 7, 1)
"""The government of two levels, and NĐ 118/2025 with it."""

ONE_STOP = (
    OneStop(
        id="one_stop:2018",
        area="one_stop",
        valid_from=date(2018, 6, 21),
        valid_to=date(2021, 12, 6),
        law="NĐ 61/2018/NĐ-CP",
        article="Đ17–Đ20",
        policy=Policy("one_stop:2018", SupplementReading.RESTART, sources=_SOURCES_2018),
    ),
    OneStop(
        id="one_stop:2021",
        area="one_stop",
        valid_from=date(2021, 12, 6),
        valid_to=TWO_TIERS,
        law="NĐ 61/2018/NĐ-CP, sửa đổi bởi NĐ 107/2021/NĐ-CP",
        article="Đ17–Đ20",
        unverified=_UNREAD_107,
        policy=Policy("one_stop:2021", SupplementReading.RESTART, sources=_SOURCES_2018),
    ),
    OneStop(
        id="one_stop:2025",
        area="one_stop",
        valid_from=TWO_TIERS,
        valid_to=None,
        law="NĐ 118/2025/NĐ-CP, sửa đổi bởi NĐ 367/2025/NĐ-CP",
        unverified=_UNREAD_118,
        policy=Policy("one_stop:2025", SupplementReading.RESTART, sources=_SOURCES_2025),
    ),
)

ON_TIME = (
    Classification(
        id="on_time:2019",
        area="on_time",
        valid_from=date(2019, 1, 6),
        valid_to=TWO_TIERS,
        law="TT 01/2018/TT-VPCP",
        article="Đ13, Mẫu 05",
        by_date=True,
        apology_excuses=False,
    ),
    Classification(
        id="on_time:2025",
        area="on_time",
        valid_from=TWO_TIERS,
        valid_to=None,
        law="NĐ 118/2025/NĐ-CP, TT 03/2025/TT-VPCP",
        unverified=_UNREAD_118,
        by_date=True,
        apology_excuses=False,
    ),
)

ONLINE_ANSWER = (
    OnlineAnswer(
        id="online_answer:8h",
        area="online_answer",
        valid_from=date(2018, 6, 21),
        valid_to=None,
        law="cấu hình, theo cam kết của các hệ thống đang dùng",
        unverified="08 giờ làm việc là cam kết các hệ thống đang dùng, chưa tìm thấy trong văn bản; "
        "02 giờ cho bộ phận nhận hồ sơ chuyển đến là cấu hình của hệ thống này",
        hours=Decimal(8),
        rerouted_hours=Decimal(2),
    ),
)

FILING_DOOR = (
    FilingDoor(
        id="filing_door:province",
        area="filing_door",
        valid_from=date(2018, 6, 21),
        valid_to=TWO_TIERS,
        law="NĐ 61/2018/NĐ-CP",
        article="Đ16.1",
        is_open=True,
    ),
    FilingDoor(
        id="filing_door:national",
        area="filing_door",
        valid_from=TWO_TIERS,
        valid_to=None,
        law="CV 623/TTg-KSTT, NĐ 118/2025/NĐ-CP",
        unverified="ngày 01/07/2025 đóng kênh nộp trên cổng cấp tỉnh theo tin đã đăng, chưa đọc văn bản",
        is_open=False,
        instead="Cổng Dịch vụ công quốc gia",
        address="https://dichvucong.gov.vn",
    ),
)

ONLINE_LEVELS = (
    OnlineLevels(
        id="online_levels:2011",
        area="online_levels",
        valid_from=date(2011, 8, 1),
        valid_to=date(2022, 8, 15),
        law="NĐ 43/2011/NĐ-CP",
        article="Đ3",
        levels={
            "1": "mức độ 1: đủ thông tin về thủ tục và văn bản liên quan",
            "2": "mức độ 2: tải được biểu mẫu; hồ sơ giấy nộp trực tiếp hoặc qua bưu chính",
            "3": "mức độ 3: điền và gửi biểu mẫu trực tuyến; trả phí, nhận kết quả tại cơ quan",
            "4": "mức độ 4: thanh toán trực tuyến; kết quả trực tuyến, trực tiếp hoặc qua bưu chính",
        },
    ),
    OnlineLevels(
        id="online_levels:2022",
        area="online_levels",
        valid_from=date(2022, 8, 15),
        valid_to=date(2026, 7, 1),
        law="NĐ 42/2022/NĐ-CP",
        article="Đ11",
        unverified="lời văn Đ11 và ngày có hiệu lực chưa đọc trong văn bản",
        levels={
            "partial": "một phần: có bước phải thực hiện trực tiếp",
            "full": "toàn trình: thông tin, nộp, giải quyết và trả kết quả đều trực tuyến",
        },
    ),
    OnlineLevels(
        id="online_levels:2026",
        area="online_levels",
        valid_from=date(2026, 7, 1),
        valid_to=None,
        law="NĐ 224/2026/NĐ-CP",
        article="Đ14",
        levels={
            "partial": "một phần: chỉ khi có lý do đã công khai trên Cổng dịch vụ công quốc gia",
            "full": "toàn trình: mặc định",
        },
        default="full",
    ),
)


def _term(amount: int | None, unit: LimitUnit, article: str) -> Term:
    return Term(limit=Limit(None if amount is None else Decimal(amount), unit), article=article)


_DAY, _WORKING = LimitUnit.CALENDAR_DAY, LimitUnit.WORKING_DAY
_PETITIONS = {
    "handle_petition": _term(10, _WORKING, "Luật 42/2013/QH13 Đ28"),
    "settle_first": _term(30, _DAY, "Luật 02/2011/QH13 Đ28"),
    "settle_first_complex": _term(45, _DAY, "Luật 02/2011/QH13 Đ28"),
    "settle_first_remote": _term(45, _DAY, "Luật 02/2011/QH13 Đ28"),
    "settle_first_remote_complex": _term(60, _DAY, "Luật 02/2011/QH13 Đ28"),
    "settle_second": _term(45, _DAY, "Luật 02/2011/QH13 Đ37"),
    "settle_second_complex": _term(60, _DAY, "Luật 02/2011/QH13 Đ37"),
    "settle_second_remote": _term(60, _DAY, "Luật 02/2011/QH13 Đ37"),
    "settle_second_remote_complex": _term(70, _DAY, "Luật 02/2011/QH13 Đ37"),
    "settle_denunciation": _term(30, _DAY, "Luật 25/2018/QH14 Đ30"),
    "forward_feedback": _term(5, _WORKING, "NĐ 20/2008/NĐ-CP"),
}
PETITIONS = (
    Terms(
        id="petitions:2020",
        area="petitions",
        valid_from=date(2020, 12, 10),
        valid_to=date(2026, 7, 1),
        law="Luật 02/2011/QH13, NĐ 124/2020/NĐ-CP",
        article="NĐ 124/2020/NĐ-CP Đ16.1",
        terms={"accept_complaint": _term(10, _WORKING, "NĐ 124/2020/NĐ-CP Đ16.1")} | _PETITIONS,
    ),
    Terms(
        id="petitions:2026",
        area="petitions",
        valid_from=date(2026, 7, 1),
        valid_to=None,
        law="Luật 02/2011/QH13 sửa đổi bởi Luật 136/2025/QH15, NĐ 155/2026/NĐ-CP",
        article="NĐ 155/2026/NĐ-CP Đ10",
        terms={"accept_complaint": _term(7, _WORKING, "NĐ 155/2026/NĐ-CP Đ10")} | _PETITIONS,
    ),
)

DENUNCIATIONS = (
    Terms(
        id="denunciations:2019",
        area="denunciations",
        valid_from=date(2019, 1, 1),
        valid_to=None,
        law="Luật 25/2018/QH14",
        article="Đ24",
        unverified="10 ngày khi phải xác minh ở nhiều nơi: chưa đối chiếu với văn bản",
        terms={
            "accept": _term(7, _WORKING, "Luật 25/2018/QH14 Đ24"),
            "accept_several_places": _term(10, _WORKING, "Luật 25/2018/QH14 Đ24"),
            "act_on_conclusion": _term(7, _WORKING, "Luật 25/2018/QH14 Đ36"),
        },
    ),
)

_CERTIFIED = {
    "2.000815": certification.Kind.COPY,
    "2.000884": certification.Kind.SIGNATURE,
    "2.001035": certification.Kind.CONTRACT,
    "2.001019": certification.Kind.CONTRACT,
}
_FEES_226 = {
    certification.Kind.COPY: certification.Fee(
        first=2_000, first_pages=2, then=1_000, most=200_000
    ),
    certification.Kind.SIGNATURE: certification.Fee(each=10_000),
    certification.Kind.CONTRACT: certification.Fee(each=50_000),
}
CERTIFICATION = (
    Certification(
        id="certification:2015",
        area="certification",
        valid_from=date(2015, 4, 10),
        valid_to=None,
        law="NĐ 23/2015/NĐ-CP",
        article="Đ7",
        unverified="mức phí theo TT 226/2016/TT-BTC chưa đối chiếu với văn bản",
        terms={"certify": _term(None, LimitUnit.SAME_DAY, "NĐ 23/2015/NĐ-CP Đ7")},
        fees=_FEES_226,
        procedures=_CERTIFIED,
        fees_by="TT 226/2016/TT-BTC",
    ),
)

HOLIDAYS = (
    Holidays(
        id="holidays:2021",
        area="holidays",
        valid_from=date(2021, 1, 1),
        valid_to=date(2026, 1, 1),
        law="BLLĐ 45/2019/QH14",
        article="Đ111.3, Đ112",
        days={"Tết Dương lịch": 1, "Tết Âm lịch": 5, "Ngày Chiến thắng (30/4)": 1}
        | {"Ngày Quốc tế lao động (01/5)": 1, "Quốc khánh": 2, "Giỗ Tổ Hùng Vương": 1},
    ),
    Holidays(
        id="holidays:2026",
        area="holidays",
        valid_from=date(2026, 1, 1),
        valid_to=None,
        law="BLLĐ 45/2019/QH14",
        article="Đ111.3, Đ112",
        unverified="ngày 24/11 nghỉ theo luật, ngày làm bù 10/01/2026 và mọi ngày hoán đổi năm 2027 "
        "chưa kiểm chứng",
        days={"Tết Dương lịch": 1, "Tết Âm lịch": 5, "Ngày Chiến thắng (30/4)": 1}
        | {"Ngày Quốc tế lao động (01/5)": 1, "Quốc khánh": 2, "Giỗ Tổ Hùng Vương": 1}
        | {"Ngày Văn hóa Việt Nam (24/11)": 1},
    ),
)
