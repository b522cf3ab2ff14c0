"""One constructed paper of each kind, to see what a form prints; people, numbers and addresses are
invented, and the papers say so."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from motcua.statutory.paper_forms import (
    Apology,
    ControlSlip,
    FeeLine,
    Kind,
    Missing,
    Outcome,
    Paper,
    PaperLine,
    Receipt,
    Refusal,
    Register,
    RegisterLine,
    StopNotice,
    SupplementRequest,
    Transfer,
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
    "tracking_url": f"https://motcua.vidu.vn/tra-cuu/{CODE}",
}
ADDRESS = "Số 12, đường Lê Hồng Phong, phường Hưng Bình, thành phố Vinh, tỉnh Nghệ An"
APPLICANT: dict[str, Any] = {
    **DOSSIER,
    "address": ADDRESS,
    "phone": "0912 000 345",
    "email": "quynh.ntn@vidu.vn",
}


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LOCAL)


SAMPLES: dict[Kind, Paper] = {
    Kind.RECEIPT: Receipt(
        **APPLICANT,
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
    Kind.SUPPLEMENT: SupplementRequest(
        **APPLICANT,
        number="0012/YC-TTPVHCC",
        missing=(
            Missing(
                what="Biên bản họp thành viên hộ gia đình", reason="thiếu chữ ký của một thành viên"
            ),
            Missing(what="Bản sao giấy tờ pháp lý của chủ hộ còn thời hạn"),
        ),
        reason="Hồ sơ chưa đủ giấy tờ theo danh mục đã công khai.",
        contact="Phan Thị Huệ, quầy số 5",
        contact_phone="0238 000 0005",
        website="motcua.vidu.vn",
        guide="Phan Thị Huệ",
    ),
    Kind.REFUSAL: Refusal(
        **{**APPLICANT, "code": "", "tracking_url": ""},
        number="0003/TC-TTPVHCC",
        at_intake=True,
        submitter="Trần Đức Vượng",
        id_document="CCCD 0401******21",
        reason="Thủ tục này thuộc thẩm quyền của Ủy ban nhân dân thành phố Vinh.",
        ground="Điểm b khoản 1 Điều 17 Nghị định 61/2018/NĐ-CP",
        contact="Phan Thị Huệ, quầy số 5",
        contact_phone="0238 000 0005",
        clerk="Phan Thị Huệ",
    ),
    Kind.APOLOGY: Apology(
        **{**DOSSIER, "desk": "Sở Kế hoạch và Đầu tư"},
        address=ADDRESS,
        received_by="Trung tâm Phục vụ hành chính công tỉnh",
        number="045/XL-SKHĐT",
        received_at=at(2022, 11, 14, 9, 30),
        due_at=at(2022, 11, 22, 9, 30),
        reason="Phải xác minh thêm địa điểm kinh doanh tại thực địa.",
        caused_by="Phòng Đăng ký kinh doanh, Sở Kế hoạch và Đầu tư",
        new_due_at=at(2022, 11, 25, 9, 30),
        signer_title="KT. Giám đốc\nPhó Giám đốc",
        signer="Hồ Viết Thắng",
    ),
    Kind.STOP: StopNotice(
        **{**DOSSIER, "issued_on": date(2025, 9, 22)},
        address=ADDRESS,
        received_by="Trung tâm Phục vụ hành chính công tỉnh",
        number="08/TB-TTPVHCC",
        received_at=at(2025, 9, 18, 14, 5),
        stopped_at=at(2025, 9, 22, 8, 0),
        at_request=True,
        reason="Người nộp hồ sơ thay đổi nội dung đề nghị và sẽ nộp hồ sơ mới.",
        returned="toàn bộ giấy tờ đã nộp; lệ phí 100.000 đồng",
        contact="Phan Thị Huệ, quầy số 5",
        contact_phone="0238 000 0005",
        signer_title="Giám đốc",
        signer="Lê Thị Hoài An",
    ),
    Kind.CONTROL: ControlSlip(
        **DOSSIER,
        number="0007/KS-TTPVHCC",
        received_at=at(2022, 11, 21, 9, 30),
        due_at=at(2022, 11, 24, 9, 30),
        settled_by="Sở Kế hoạch và Đầu tư",
        assisted_by="Ủy ban nhân dân thành phố Vinh",
        transfers=(
            Transfer(
                agency="Trung tâm Phục vụ hành chính công",
                handed_at=at(2022, 11, 21, 10, 5),
                handed_by="Phan Thị Huệ",
                received_at=at(2022, 11, 21, 10, 12),
                received_by="Đặng Quốc Bảo",
                outcome=Outcome.ON_TIME,
            ),
            Transfer(
                agency="Phòng Đăng ký kinh doanh",
                handed_at=at(2022, 11, 23, 15, 40),
                handed_by="Đặng Quốc Bảo",
                received_at=at(2022, 11, 23, 15, 55),
                received_by="Hồ Viết Thắng",
                outcome=Outcome.EARLY,
                note="Đã xác minh với UBND thành phố Vinh",
            ),
            Transfer(
                agency="Lãnh đạo Sở",
                handed_at=None,
                handed_by="",
                received_at=None,
                received_by="",
            ),
        ),
        book="01/2022",
        book_no="1207",
    ),
    Kind.REGISTER: Register(
        **HEAD,
        book="01/2022",
        from_on=date(2022, 11, 1),
        until_on=date(2022, 11, 21),
        lines=tuple(
            RegisterLine(
                code=f"000.00.18.H41-221121-{n:04}",
                procedure="Đăng ký thay đổi nội dung đăng ký hộ kinh doanh",
                sets=1,
                applicant=f"Nguyễn Thị Ngọc Quỳnh {n}",
                address="Phường Hưng Bình, thành phố Vinh",
                phone="0912 000 345",
                received_at=at(2022, 11, 21, 9, n % 60),
                due_at=at(2022, 11, 24, 9, n % 60) if n % 4 else None,
                returned_on=date(2022, 11, 21) if n % 3 else None,
                handed_by="Phan Thị Huệ" if n % 3 else "",
                collected_by="Trần Đức Vượng" if n % 3 else "",
                note="" if n % 5 else "Trả qua bưu chính",
            )
            for n in range(1, 31)
        ),
        keeper="Phan Thị Huệ",
    ),
}


def sample_of(kind: Kind, on: date) -> Paper:
    """The sample of a kind as if issued on a day."""
    return replace(SAMPLES[kind], issued_on=on)
