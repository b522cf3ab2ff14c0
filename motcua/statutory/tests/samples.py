"""One constructed paper of each kind; the people, numbers and addresses are invented."""

from datetime import date, datetime
from typing import Any

from motcua.statutory.paper_forms import (
    FeeLine,
    Kind,
    Paper,
    PaperLine,
    Receipt,
)
from motcua.statutory.wording import LOCAL

CODE = "000.00.18.H41-221121-0007"
HEAD: dict[str, Any] = {
    "agency": "Ủy ban nhân dân tỉnh Nghệ An",
    "desk": "Trung tâm Phục vụ hành chính công",
    "place": "Nghệ An",
    "issued_on": date(2022, 11, 21),
    "example": True,
}
DOSSIER: dict[str, Any] = {
    **HEAD,
    "code": CODE,
    "applicant": "Nguyễn Thị Ngọc Quỳnh",
    "procedure": "Đăng ký thay đổi nội dung đăng ký hộ kinh doanh",
    "address": "Số 12, đường Lê Hồng Phong, phường Hưng Bình, thành phố Vinh, tỉnh Nghệ An",
    "phone": "0912 000 345",
    "email": "quynh.ntn@vidu.vn",
    "tracking_url": f"https://motcua.vidu.vn/tra-cuu/{CODE}",
}


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


SAMPLES: dict[Kind, Paper] = {
    Kind.RECEIPT: Receipt(
        **DOSSIER,
        number="0007/TN-TTPVHCC",
        copy_name="Liên 2: Giao người nộp hồ sơ",
        submitter="Trần Đức Vượng",
        id_document="CCCD 0401******21",
        papers=(
            PaperLine(name="Thông báo thay đổi nội dung đăng ký hộ kinh doanh", originals=1),
            PaperLine(name="Biên bản họp thành viên hộ gia đình", certified_copies=1),
            PaperLine(name="Giấy tờ pháp lý của chủ hộ", plain_copies=1, electronic=True),
            PaperLine(name="Văn bản ủy quyền nộp hồ sơ", electronic=True),
        ),
        sets=1,
        limit_text="03 ngày làm việc",
        received_at=at(2022, 11, 21, 9, 30),
        due_at=at(2022, 11, 24, 9, 30),
        due_reason="03 ngày làm việc kể từ lúc nhận hồ sơ; không có ngày nghỉ trong thời hạn",
        result_by="Quầy số 5, Trung tâm Phục vụ hành chính công tỉnh",
        fees=(FeeLine(name="Lệ phí đăng ký", amount=100000, method="nộp tại quầy", paid=True),),
        clerk="Phan Thị Huệ",
        book="01/2022",
        book_no="1207",
    ),
}
