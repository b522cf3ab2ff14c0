"""What a text message says of each event: short enough for one message when written without marks.

An event that is not here goes out by no text message: it can wait until the box of notices is opened.
{code} is the dossier's code, {due_short} a sentence with its date, or nothing where it has none.
"""

from __future__ import annotations

from collections.abc import Mapping

VIETNAMESE: Mapping[str, str] = {
    "dossier.submitted": "Đã nhận hồ sơ trực tuyến {code}. Bộ phận một cửa sẽ kiểm tra và trả lời ông/bà.",
    "dossier.accepted": "Hồ sơ {code} đã được tiếp nhận. {due_short}",
    "dossier.not_accepted": "Hồ sơ {code} không được tiếp nhận. Lý do xem tại trang hồ sơ trên Cổng dịch vụ "
    "công.",
    "dossier.supplement": "Hồ sơ {code} cần bổ sung giấy tờ. Nội dung xem tại trang hồ sơ trên Cổng dịch vụ "
    "công.",
    "dossier.money": "Hồ sơ {code} có khoản phải nộp. Mức nộp xem tại trang hồ sơ trên Cổng dịch vụ công.",
    "dossier.charged": "Hồ sơ {code} có khoản phải nộp. Mức nộp xem tại trang hồ sơ trên Cổng dịch vụ công.",
    "dossier.extended_by_law": "Hồ sơ {code} được gia hạn theo quy định. {due_short}",
    "dossier.reappointed": "Cơ quan giải quyết xin lỗi vì hồ sơ {code} chậm so với hẹn. {due_short}",
    "dossier.resettled": "Ngày hẹn trả hồ sơ {code} được tính lại. {due_short}",
    "dossier.stopped": "Hồ sơ {code} dừng giải quyết. Lý do xem tại trang hồ sơ trên Cổng dịch vụ công.",
    "dossier.done": "Hồ sơ {code} đã có kết quả. Mời ông/bà nhận theo cách đã đăng ký.",
    "dossier.to_collect": "Kết quả hồ sơ {code} đang chờ ông/bà đến nhận trong giờ làm việc.",
    "dossier.refused": "Hồ sơ {code} bị từ chối giải quyết. Lý do xem tại trang hồ sơ trên Cổng dịch vụ "
    "công.",
    "dossier.reopened": "Hồ sơ {code} được giải quyết lại, kết quả đã báo không còn giá trị. {due_short}",
}
ENGLISH: Mapping[str, str] = {
    "dossier.submitted": "Online dossier {code} received. The one-stop desk will check it and reply.",
    "dossier.accepted": "Dossier {code} has been accepted. {due_short_en}",
    "dossier.not_accepted": "Dossier {code} was not accepted. See the reason on its page.",
    "dossier.supplement": "Dossier {code} needs more papers. See which on its page.",
    "dossier.money": "Dossier {code} has an amount to pay. See it on its page.",
    "dossier.charged": "Dossier {code} has an amount to pay. See it on its page.",
    "dossier.extended_by_law": "Dossier {code}: the time limit is extended by law. {due_short_en}",
    "dossier.reappointed": "We apologise: dossier {code} is delayed. {due_short_en}",
    "dossier.resettled": "Dossier {code}: the due date was counted anew. {due_short_en}",
    "dossier.stopped": "Dossier {code} is no longer processed. See the reason on its page.",
    "dossier.done": "The result of dossier {code} is ready.",
    "dossier.to_collect": "The result of dossier {code} is waiting to be collected.",
    "dossier.refused": "Dossier {code} was refused. See the reason on its page.",
    "dossier.reopened": "Dossier {code} is processed again; the result told before is void. {due_short_en}",
}
