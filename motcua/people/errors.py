"""The refusals of the room: code → what the person is told (the fact, then the remedy)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "identity.personal_malformed": "Số định danh không đúng dạng. Hãy ghi đủ 12 chữ số trên căn cước.",
    "identity.malformed": "Số giấy tờ không đúng dạng. Hãy ghi số định danh 12 chữ số, "
    "số CMND 9 chữ số hoặc số hộ chiếu.",
    "identity.tax_code_malformed": "Mã số thuế không đúng dạng. Hãy ghi 10 chữ số, "
    "đơn vị phụ thuộc thêm 3 chữ số (0100112437-001).",
    "identity.tax_code_wrong": "Mã số thuế không đúng chữ số kiểm tra. Hãy xem lại trên "
    "giấy chứng nhận đăng ký.",
    "identity.card_unreadable": "Không đọc được mã QR của thẻ căn cước. Hãy quét lại hoặc nhập tay.",
    "identity.phone_malformed": "Số điện thoại không đúng dạng. Hãy ghi 10 chữ số, bắt đầu bằng số 0.",
    "identity.place_unknown": "Ba số đầu của số định danh không phải mã tỉnh. Hãy xem lại trên thẻ.",
    "identity.birth_year_differs": "Năm sinh khác với số định danh. Hãy xem lại trên thẻ.",
    "identity.sex_differs": "Giới tính khác với số định danh. Hãy xem lại trên thẻ.",
    "person.name_missing": "Chưa ghi họ tên hoặc tên tổ chức. Hãy ghi như trên giấy tờ.",
    "person.number_missing": "Chưa ghi mã số thuế của doanh nghiệp. Hãy ghi 10 chữ số.",
    "person.may_not": "Vị trí công tác của bạn không được ghi thông tin người nộp hồ sơ. "
    "Hãy chuyển cho bộ phận một cửa.",
    "person.not_visible": "Không tìm thấy người này trong phạm vi của bạn. Hãy kiểm tra lại số giấy tờ.",
    "account.may_not": "Vị trí công tác của bạn không được quản lý tài khoản này. "
    "Hãy chuyển cho người quản trị.",
    "account.unknown": "Không tìm thấy tài khoản. Hãy kiểm tra lại tên đăng nhập.",
    "account.username_taken": "Tên đăng nhập “{username}” đã có người dùng. Hãy chọn tên khác; nếu là "
    "số định danh của bạn mà bạn chưa lập tài khoản, hãy mang căn cước tới bộ phận một cửa.",
    "account.username_malformed": "Tên đăng nhập gồm 3 đến 60 chữ cái không dấu, chữ số, dấu chấm, "
    "gạch ngang. Hãy sửa lại.",
    "account.password_weak": "Mật khẩu chưa đủ mạnh. {reasons} Hãy chọn mật khẩu khác.",
    "account.officer_or_citizen": "Một tài khoản chỉ là của cán bộ hoặc của người dân. "
    "Hãy lập tài khoản khác cho vai kia.",
    "account.not_officer": "Tài khoản này của người dân, không giữ vị trí công tác được. "
    "Hãy chọn tài khoản cán bộ.",
    "account.closed": "Tài khoản này đã khóa. Hãy chọn tài khoản đang hoạt động.",
    "account.confirmed_already": "Tài khoản này đã được xác nhận danh tính. Không cần xác nhận lại.",
    "account.for_officers": "Trang này dành cho cán bộ. Hãy đăng nhập bằng tài khoản cán bộ.",
    "account.for_citizens": "Trang này dành cho người nộp hồ sơ. "
    "Hãy đăng nhập bằng tài khoản của người dân.",
    "post.unknown": "Không tìm thấy vị trí công tác. Hãy chọn trong danh sách.",
    "post.held_already": "Người này đã giữ vị trí ấy trong thời gian đã chọn. Hãy đổi thời gian.",
    "post.not_held": "Không tìm thấy lần giữ vị trí này. Hãy tải lại trang.",
    "post.may_not": "Bạn không giữ vị trí này hôm nay. Hãy chọn một vị trí trong danh sách ở đầu trang.",
    "range.empty": "Ngày bắt đầu phải trước ngày kết thúc. Hãy sửa lại thời gian.",
    "range.end_outside": "Ngày kết thúc phải nằm trong thời gian đang có hiệu lực. Hãy sửa lại ngày.",
    "delegation.may_not": "Chỉ người giữ vị trí hoặc trưởng đơn vị được cử người thay, và người thay "
    "không cử người khác nữa. Hãy chuyển cho người giữ vị trí.",
    "delegation.to_self": "Không ủy quyền cho chính mình được. Hãy chọn người khác.",
    "delegation.unknown": "Không tìm thấy lần ủy quyền này. Hãy tải lại trang.",
    "delegation.overlaps": "Đã ủy quyền cho người này trong thời gian đã chọn. Hãy đổi thời gian.",
    "delegation.reason_missing": "Chưa ghi lý do hoặc văn bản ủy quyền. Hãy ghi rõ.",
    "grant.unknown": "Không tìm thấy quyền đã cấp. Hãy tải lại trang.",
    "grant.capability_unknown": "Không có quyền “{capability}”. Hãy chọn trong danh sách.",
    "grant.unit_only_to_see": "Chỉ quyền xem hồ sơ mới giới hạn theo đơn vị. Hãy bỏ trống đơn vị.",
    "grant.reason_missing": "Chưa ghi lý do hoặc văn bản giao quyền. Hãy ghi rõ.",
    "token.unknown": "Không tìm thấy khóa truy cập. Hãy tải lại trang.",
    "token.name_missing": "Chưa đặt tên cho khóa truy cập. Hãy ghi hệ thống sẽ dùng khóa.",
    "lookup.may_not": "Chỉ cán bộ đang giữ vị trí công tác mới tra cứu được. "
    "Hãy chọn vị trí công tác ở đầu trang.",
    "lookup.purpose_missing": "Chưa chọn mục đích tra cứu. Hãy chọn một mục đích trong danh sách.",
    "lookup.note_missing": "Hãy ghi rõ việc cần xem hồ sơ này.",
    "lookup.reason_missing": "Hồ sơ này ngoài phần việc của vị trí. "
    "Hãy nêu lý do xem ở trang hồ sơ trên bàn làm việc.",
}
FIELDS: dict[str, str] = {
    "identity.personal_malformed": "number",
    "identity.malformed": "number",
    "identity.tax_code_malformed": "number",
    "identity.tax_code_wrong": "number",
    "identity.card_unreadable": "card",
    "identity.phone_malformed": "phone",
    "person.name_missing": "name",
    "person.number_missing": "number",
    "account.username_taken": "username",
    "account.username_malformed": "username",
    "account.password_weak": "password",
    "post.unknown": "post",
    "post.held_already": "since",
    "range.empty": "until",
    "range.end_outside": "on",
    "delegation.to_self": "to",
    "delegation.overlaps": "since",
    "delegation.reason_missing": "reason",
    "grant.capability_unknown": "capability",
    "grant.unit_only_to_see": "unit",
    "grant.reason_missing": "reason",
    "token.name_missing": "name",
    "lookup.purpose_missing": "purpose",
    "lookup.note_missing": "note",
}
