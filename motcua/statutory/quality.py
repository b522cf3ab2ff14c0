"""How the one-stop service is evaluated: the thresholds of TT 01/2018/TT-VPCP, dated, as data."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from motcua.rules.scoring import Completion, Grade, Level, Thresholds
from motcua.statutory.rule_kinds import Quality

THRESHOLDS_2018 = Thresholds(
    on_site={
        Level.PROVINCE: Decimal(20),
        Level.DISTRICT: Decimal(50),
        Level.COMMUNE: Decimal(100),
    },
    feedback_part=Decimal(90),
    online_procedures=Decimal(20),
    online_full=Decimal(30),
    online_part=Decimal(15),
    grades=(
        (Decimal(15), Grade.EXCELLENT),
        (Decimal(12), Grade.GOOD),
        (Decimal(9), Grade.FAIR),
        (Decimal(6), Grade.AVERAGE),
        (Decimal(0), Grade.WEAK),
    ),
    completions=(
        (Decimal(5), Completion.FULL),
        (Decimal("3.5"), Completion.PART),
        (Decimal(0), Completion.POOR),
    ),
    whole=Decimal(18),
    whole_of_officer=Decimal(10),
    scaled=True,
)
READING = (
    "Chỉ số thiếu dữ liệu được bỏ ra; tổng điểm quy về thang 18 điểm (công chức: 10 điểm) rồi mới xếp loại. "
    "Hồ sơ quá hạn không bị phản ánh được 0 điểm thái độ. Đúng hạn xét theo ngày, xin lỗi hẹn lại vẫn là "
    "quá hạn."
)
QUALITY = (
    Quality(
        id="quality:2018",
        area="quality",
        valid_from=date(2018, 6, 21),
        valid_to=date(2025, 7, 1),
        law="TT 01/2018/TT-VPCP; NĐ 61/2018/NĐ-CP",
        article="Đ13–Đ15; Đ29–Đ32",
        unverified="cách quy điểm khi thiếu dữ liệu và thời gian được đánh giá lại là cấu hình",
        thresholds=THRESHOLDS_2018,
        rating_days=30,
        reading=READING,
    ),
    Quality(
        id="quality:2025",
        area="quality",
        valid_from=date(2025, 7, 1),
        valid_to=None,
        law="NĐ 118/2025/NĐ-CP; TT 03/2025/TT-VPCP",
        unverified="điều khoản đánh giá năm 2025 chưa đọc; giữ thang điểm của TT 01/2018/TT-VPCP",
        thresholds=THRESHOLDS_2018,
        rating_days=30,
        reading=READING,
    ),
)
