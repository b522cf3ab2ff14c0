"""What notices say: one title and one text a kind, in the words of a clerk.

They hold the dossier's code, the procedure, the offices and dates; no name, number or address of a
person, for a notice may be read over a shoulder and goes out by mail and telephone. {code}, {procedure},
{agency}, {desk} and {due} (a sentence, or a moment for officers) are filled in by `written`.
"""

from __future__ import annotations

from collections.abc import Mapping

TITLE, TEXT = 200, 2000

TEXTS: Mapping[str, tuple[str, str]] = {
    "dossier.submitted": (
        "Đã nhận hồ sơ nộp trực tuyến {code}",
        "Hồ sơ {code} ({procedure}) đã được gửi đến {desk}. Bộ phận tiếp nhận sẽ kiểm tra và trả lời "
        "trong giờ làm việc.",
    ),
    "dossier.accepted": (
        "Hồ sơ {code} đã được tiếp nhận",
        "{desk} đã tiếp nhận hồ sơ {code} ({procedure}). {due}",
    ),
    "dossier.rerouted": (
        "Hồ sơ {code} được chuyển đúng nơi tiếp nhận",
        "Hồ sơ {code} nay do {desk} kiểm tra, theo thủ tục {procedure} của {agency}. Ông/bà không phải nộp "
        "lại; nơi nhận trả lời chậm nhất lúc {due}.",
    ),
    "desk.rerouted": (
        "Hồ sơ trực tuyến {code} được chuyển đến",
        "Hồ sơ {code} ({procedure}) chờ tiếp nhận tại {desk}. Phải trả lời trước {due}.",
    ),
    "answer.used": (
        "Sắp hết giờ trả lời hồ sơ trực tuyến {code}",
        "Hồ sơ {code} ({procedure}) chờ tiếp nhận tại {desk}. Phải trả lời trước {due}.",
    ),
    "answer.late": (
        "Đã quá giờ trả lời hồ sơ trực tuyến {code}",
        "Hồ sơ {code} ({procedure}) chờ tiếp nhận tại {desk}, phải trả lời từ {due}. Hãy tiếp nhận, yêu "
        "cầu bổ sung, chuyển nơi khác hoặc từ chối ngay.",
    ),
    "dossier.not_accepted": (
        "Hồ sơ {code} không được tiếp nhận",
        "{desk} không tiếp nhận hồ sơ {code} ({procedure}). Lý do và căn cứ ghi trong phiếu từ chối, xem "
        "tại trang hồ sơ.",
    ),
    "dossier.processing": (
        "Hồ sơ {code} đang được giải quyết",
        "{agency} đang giải quyết hồ sơ {code} ({procedure}). {due}",
    ),
    "dossier.supplement": (
        "Hồ sơ {code} cần bổ sung giấy tờ",
        "Giấy tờ cần bổ sung của hồ sơ {code} ({procedure}) được nêu đủ trong phiếu yêu cầu, xem tại "
        "trang hồ sơ. Thời gian chờ bổ sung không tính vào thời hạn giải quyết.",
    ),
    "dossier.money": (
        "Hồ sơ {code} chờ thực hiện nghĩa vụ tài chính",
        "Khoản phải nộp của hồ sơ {code} ({procedure}) được nêu tại trang hồ sơ. Thời hạn giải quyết tạm "
        "dừng cho đến khi ghi nhận đã nộp.",
    ),
    "dossier.to_collect": (
        "Kết quả hồ sơ {code} đang chờ nhận",
        "Kết quả hồ sơ {code} ({procedure}) đã có và đang giữ tại {desk}. Mời ông/bà đến nhận trong giờ làm "
        "việc, mang theo giấy hẹn và giấy tờ tùy thân.",
    ),
    "dossier.charged": (
        "Hồ sơ {code} có khoản phải nộp",
        "Khoản phải nộp của hồ sơ {code} ({procedure}) được nêu tại trang hồ sơ. Thời hạn giải quyết vẫn "
        "tính tiếp.",
    ),
    "dossier.charge_cancelled": (
        "Hồ sơ {code} không phải nộp một khoản đã lập",
        "Một khoản thu của hồ sơ {code} ({procedure}) đã được bỏ, ông/bà không phải nộp. Lý do xem tại trang "
        "hồ sơ.",
    ),
    "dossier.refund_ordered": (
        "Hồ sơ {code} có tiền được hoàn trả",
        "{desk} sẽ hoàn trả cho ông/bà một khoản của hồ sơ {code} ({procedure}).",
    ),
    "dossier.refunded": (
        "Đã hoàn trả tiền của hồ sơ {code}",
        "{desk} đã hoàn trả cho ông/bà một khoản của hồ sơ {code} ({procedure}).",
    ),
    "dossier.paid": (
        "Đã ghi nhận khoản nộp của hồ sơ {code}",
        "Khoản đã nộp của hồ sơ {code} ({procedure}) được ghi nhận, xem tại trang hồ sơ.",
    ),
    "dossier.extended_by_law": (
        "Hồ sơ {code} được gia hạn theo quy định",
        "Pháp luật cho thêm thời hạn giải quyết hồ sơ {code} ({procedure}). {due} Việc phải làm thêm và "
        "căn cứ xem tại trang hồ sơ.",
    ),
    "dossier.moved": (
        "Hồ sơ {code} có nơi trả kết quả mới",
        "Do sắp xếp đơn vị, hồ sơ {code} ({procedure}) nay do {desk} trả kết quả. Mã hồ sơ không đổi.",
    ),
    "dossier.transferred": (
        "Hồ sơ {code} do cơ quan khác giải quyết tiếp",
        "Hồ sơ {code} ({procedure}) nay do {agency} giải quyết. Mã hồ sơ và ngày hẹn trả không đổi. {due}",
    ),
    "dossier.reappointed": (
        "Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}",
        "{agency} xin lỗi vì chưa giải quyết xong hồ sơ {code} ({procedure}) theo ngày đã hẹn. {due} Lý "
        "do ghi trong phiếu xin lỗi, xem tại trang hồ sơ.",
    ),
    "dossier.resettled": (
        "Ngày hẹn trả hồ sơ {code} được tính lại",
        "Lịch nghỉ hoặc giờ làm việc của cơ quan thay đổi nên ngày hẹn trả hồ sơ {code} ({procedure}) "
        "được tính lại. {due}",
    ),
    "dossier.withdrawn": (
        "Đã ghi nhận rút hồ sơ {code}",
        "Hồ sơ {code} ({procedure}) thôi giải quyết theo đề nghị của ông/bà.",
    ),
    "dossier.stopped": (
        "Hồ sơ {code} dừng giải quyết",
        "Hồ sơ {code} ({procedure}) dừng giải quyết. Lý do xem tại trang hồ sơ.",
    ),
    "dossier.done": (
        "Hồ sơ {code} đã có kết quả",
        "Hồ sơ {code} ({procedure}) đã giải quyết xong. Mời ông/bà nhận kết quả theo cách đã đăng ký, "
        "hoặc tại {desk}.",
    ),
    "dossier.refused": (
        "Hồ sơ {code} không được giải quyết",
        "{agency} từ chối giải quyết hồ sơ {code} ({procedure}). Lý do và căn cứ ghi trong phiếu từ chối,"
        " xem tại trang hồ sơ.",
    ),
    "dossier.handed_over": (
        "Đã trả kết quả hồ sơ {code}",
        "Kết quả hồ sơ {code} ({procedure}) đã được trả. Nếu ông/bà chưa nhận được, hãy liên hệ {desk}. "
        "Mời ông/bà đánh giá việc giải quyết ở trang hồ sơ.",
    ),
    "dossier.reopened": (
        "Hồ sơ {code} được giải quyết lại",
        "{agency} giải quyết lại hồ sơ {code} ({procedure}); kết quả đã báo trước đây không còn giá trị. "
        "{due} Xin ông/bà chờ thông báo kết quả mới.",
    ),
    "desk.assigned": (
        "Hồ sơ {code}: ông/bà được giao xử lý",
        "{procedure}. {due} Mở hồ sơ ở mục “Tôi đang xử lý” của hộp việc.",
    ),
    "desk.taken_away": (
        "Hồ sơ {code}: đã giao cho người khác",
        "{procedure}. Trưởng phòng đã giao bước ông/bà đang xử lý cho người khác; lý do ghi ở trang hồ sơ.",
    ),
    "desk.reappointment": (
        "Hồ sơ {code}: có đề nghị hẹn lại ngày trả kết quả",
        "{procedure}. {agency} xin lỗi và đề nghị hẹn lại lúc {due}. Hãy ghi ngày hẹn mới và in phiếu "
        "xin lỗi.",
    ),
    "child.returned": (
        "Hồ sơ {code}: phần việc liên thông đã có kết quả",
        "{procedure}. Hồ sơ liên thông {child} đã kết thúc; kết quả và tệp xem tại trang hồ sơ.",
    ),
    "dossier.revoked": (
        "Kết quả hồ sơ {code} đã được thu hồi",
        "{agency} đã thu hồi kết quả của hồ sơ {code} ({procedure}); bản đã cấp không còn giá trị. "
        "Xem lý do và kết quả thay thế tại trang hồ sơ, hoặc hỏi {desk}.",
    ),
    "issue.signed": (
        "Hồ sơ {code}: kết quả đã ký, chờ vào số và đóng dấu",
        "{procedure}. Lãnh đạo đã ký số. Hãy vào số, đóng dấu ở mục “Chờ vào số, đóng dấu”.",
    ),
    "issue.cancelled": (
        "Hồ sơ {code}: dừng phát hành kết quả",
        "{procedure}. Việc ký, đóng dấu kết quả đã dừng; dự thảo trả lại để sửa, lý do xem ở trang dự thảo.",
    ),
    "revocation.proposed": (
        "Hồ sơ {code}: có đề nghị thu hồi kết quả",
        "{procedure}. Hãy xem lý do rồi thu hồi, hoặc giữ nguyên kết quả và nêu rõ vì sao.",
    ),
    "draft.submitted": (
        "Hồ sơ {code}: dự thảo kết quả chờ duyệt",
        "{procedure}. Dự thảo kết quả đã được trình. Hãy xem, duyệt hoặc trả lại kèm lý do.",
    ),
    "draft.returned": (
        "Hồ sơ {code}: dự thảo kết quả được trả lại",
        "{procedure}. Lãnh đạo trả lại dự thảo kết quả; lý do xem tại trang dự thảo.",
    ),
    "draft.approved": (
        "Hồ sơ {code}: dự thảo kết quả đã được duyệt",
        "{procedure}. Dự thảo kết quả đã được duyệt, dùng được khi ghi kết quả giải quyết.",
    ),
    "opinion.asked": (
        "Hồ sơ {code}: {asker} lấy ý kiến cơ quan ta",
        "{procedure}. {asker} đề nghị trả lời trước {due}. Nội dung cần hỏi xem ở mục “Xin ý kiến”.",
    ),
    "opinion.answered": (
        "Hồ sơ {code}: {asked} đã trả lời",
        "{procedure}. {asked} đã có ý kiến, xem tại trang hồ sơ.",
    ),
    "opinion.cancelled": (
        "Hồ sơ {code}: thôi lấy ý kiến",
        "{procedure}. {asker} thôi lấy ý kiến cơ quan ta về hồ sơ này.",
    ),
    "opinion.late": (
        "Hồ sơ {code}: {asked} chưa trả lời, đã quá hạn",
        "{procedure}. {asked} phải trả lời trước {due} mà chưa trả lời. Hãy đôn đốc, hoặc thôi lấy ý kiến và "
        "nêu rõ lý do.",
    ),
    "certificate.ends": (
        "Chứng thư số {code} sắp hết hạn",
        "Chứng thư số {code} dùng tại {agency}: {due} Hãy đề nghị gia hạn ở mục “Chứng thư số”.",
    ),
    "certificate.revoked": (
        "Chứng thư số {code} đã bị thu hồi",
        "Chứng thư số {code} dùng tại {agency} từ nay không ký được. Lý do xem ở mục “Chứng thư số”.",
    ),
    "certificate.lost": (
        "Chứng thư số {code} đã báo mất thiết bị",
        "Chứng thư số {code} dùng tại {agency} từ nay không ký được. "
        "Hãy đề nghị thu hồi và cấp chứng thư mới.",
    ),
    "certificate.locked": (
        "Chứng thư số {code}: thiết bị lưu khóa bị khóa",
        "Chứng thư số {code} dùng tại {agency} chưa ký được cho đến khi thiết bị được mở khóa.",
    ),
    "certificate.unlocked": (
        "Chứng thư số {code}: thiết bị lưu khóa đã mở khóa",
        "Chứng thư số {code} dùng tại {agency} ký được trở lại.",
    ),
    "delivery.refused": (
        "Hồ sơ {code}: không gửi được thông báo cho chủ hồ sơ",
        "{procedure}. Thông báo gửi qua {channel} bị trả lại vì địa chỉ nhận không dùng được. Hãy hỏi chủ hồ "
        "sơ và ghi lại số điện thoại hoặc thư điện tử đúng.",
    ),
    "delivery.check_contact": (
        "Hồ sơ {code}: chưa gửi được thông báo qua {channel}",
        "Địa chỉ nhận {channel} của ông/bà không dùng được. Xin ông/bà sửa lại tại mục “Cách nhận thông báo” "
        "trên Cổng dịch vụ công, hoặc báo {desk}.",
    ),
    "carrier.ill": (
        "Kênh gửi tin “{channel}” gặp trục trặc",
        "Nhà cung cấp không nhận tin của hệ thống. Tin chờ gửi vẫn được giữ. Hãy xem mục “Kết nối” và báo "
        "nhà cung cấp.",
    ),
    "warning.used": (
        "Hồ sơ {code}: đã dùng 80% thời hạn",
        "{procedure}. Hẹn trả lúc {due}.",
    ),
    "warning.eve": (
        "Hồ sơ {code}: còn một ngày làm việc trước ngày hẹn trả",
        "{procedure}. Hẹn trả lúc {due}. Nếu không kịp, hãy xin lỗi và hẹn lại trước ngày ấy.",
    ),
    "warning.due": (
        "Hồ sơ {code}: đến ngày hẹn trả",
        "{procedure}. Hẹn trả lúc {due}.",
    ),
    "warning.late": (
        "Hồ sơ {code}: đã quá ngày hẹn trả",
        "{procedure}. Đã hẹn trả lúc {due}. Hãy giải quyết ngay, hoặc xin lỗi và hẹn lại nếu chưa làm.",
    ),
}


def written(kind: str, said: Mapping[str, str]) -> tuple[str, str]:
    """The title and the text of a notice; a long name is cut, never the words around it."""
    return filled(TEXTS[kind], said)


def filled(words: tuple[str, str], said: Mapping[str, str]) -> tuple[str, str]:
    """A title and a text with what is said of the dossier."""
    title, text = words
    short = {**said, "procedure": _cut(said.get("procedure", ""), 600)}
    return _cut(title.format_map(short), TITLE), _cut(text.format_map(short), TEXT)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
