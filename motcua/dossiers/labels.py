"""The public names of a dossier's status (codes 1–10), of the channel it came by, of the warnings, and of
who collects a result."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.rules.answer_clock import Assisted, Finding, Outcome
from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.casework_drafts import State
from motcua.rules.casework_issuing import Stage, Standing
from motcua.rules.casework_money import RefundState
from motcua.rules.casework_opinions import Stance
from motcua.rules.casework_parties import Basis, Document, PartyRole
from motcua.rules.collection import Collector
from motcua.rules.fees import Kind
from motcua.rules.warnings import Warn

STATUS_LABELS: dict[Status, Promise | str] = {
    Status.SUBMITTED: _("Mới đăng ký"),
    Status.ACCEPTED: _("Được tiếp nhận"),
    Status.NOT_ACCEPTED: _("Không được tiếp nhận"),
    Status.PROCESSING: _("Đang xử lý"),
    Status.SUPPLEMENT: _("Yêu cầu bổ sung giấy tờ"),
    Status.MONEY: _("Yêu cầu thực hiện nghĩa vụ tài chính"),
    Status.WITHDRAWN: _("Công dân yêu cầu rút hồ sơ"),
    Status.STOPPED: _("Dừng xử lý"),
    Status.DONE: _("Đã xử lý xong"),
    Status.HANDED_OVER: _("Đã trả kết quả"),
}
CHANNEL_LABELS: dict[Channel, Promise | str] = {
    Channel.COUNTER: _("Trực tiếp"),
    Channel.ONLINE: _("Trực tuyến"),
    Channel.MAIL: _("Bưu chính công ích"),
    Channel.INTERCONNECTED: _("Liên thông"),
}
ASSISTED_LABELS: dict[Assisted, Promise | str] = {
    Assisted.NO: _("Tự nộp"),
    Assisted.AT_DESK: _("Nộp bằng máy tại quầy"),
    Assisted.BY_OFFICER: _("Công chức nộp giúp"),
}
FINDING_LABELS: dict[Finding, Promise | str] = {
    Finding.UNREADABLE: _("Tệp không đọc được"),
    Finding.INCOMPLETE: _("Thiếu giấy tờ hoặc thông tin"),
    Finding.WRONG_AGENCY: _("Nộp nhầm cơ quan"),
    Finding.WRONG_PROCEDURE: _("Chọn nhầm thủ tục"),
    Finding.DUPLICATE: _("Trùng hồ sơ đã nộp"),
}
OUTCOME_LABELS: dict[Outcome, Promise | str] = {
    Outcome.ACCEPTED: _("Đã tiếp nhận"),
    Outcome.REFUSED: _("Từ chối tiếp nhận"),
    Outcome.SUPPLEMENT: _("Yêu cầu bổ sung"),
    Outcome.REROUTED: _("Chuyển nơi khác"),
    Outcome.WITHDRAWN: _("Người nộp rút"),
}
STANCE_LABELS: dict[Stance, Promise | str] = {
    Stance.AGREES: _("Đồng ý"),
    Stance.AGREES_IF: _("Đồng ý, có ý kiến"),
    Stance.DISAGREES: _("Không đồng ý"),
    Stance.NOT_OURS: _("Không thuộc thẩm quyền"),
}
DRAFT_LABELS: dict[State, Promise | str] = {
    State.WRITING: _("Đang soạn"),
    State.SUBMITTED: _("Đã trình"),
    State.RETURNED: _("Được trả lại"),
    State.APPROVED: _("Đã duyệt"),
    State.ISSUED: _("Đã dùng làm kết quả"),
}
STAGE_LABELS: dict[Stage, Promise | str] = {
    Stage.PREPARED: _("Chờ ký"),
    Stage.SIGNED: _("Đã ký, chờ vào số"),
    Stage.NUMBERED: _("Đã cấp số, chờ đóng dấu"),
    Stage.SEALED: _("Đã đóng dấu, chờ phát hành"),
    Stage.ISSUED: _("Đã phát hành"),
    Stage.CANCELLED: _("Đã hủy"),
}
STANDING_LABELS: dict[Standing, Promise | str] = {
    Standing.VALID: _("Còn hiệu lực"),
    Standing.REVOKED: _("Đã thu hồi"),
    Standing.REPLACED: _("Đã được thay thế"),
}
WARNING_LABELS: dict[Warn, Promise | str] = {
    Warn.USED: _("Đã dùng 80% thời hạn"),
    Warn.EVE: _("Còn một ngày làm việc trước ngày hẹn trả"),
    Warn.DUE: _("Đến ngày hẹn trả"),
    Warn.LATE: _("Đã quá ngày hẹn trả"),
}
COLLECTOR_LABELS: dict[Collector, Promise | str] = {
    Collector.OWNER: _("Chủ hồ sơ nhận"),
    Collector.AUTHORISED: _("Người được ủy quyền nhận thay"),
    Collector.MAIL: _("Bưu chính công ích nhận chuyển"),
}
CHARGE_LABELS: dict[Kind, Promise | str] = {
    Kind.FEE: _("phí"),
    Kind.DUTY: _("lệ phí"),
    Kind.OBLIGATION: _("nghĩa vụ tài chính"),
}
REFUND_LABELS: dict[RefundState, Promise | str] = {
    RefundState.DUE: _("chờ hoàn trả"),
    RefundState.ASKED: _("đã gửi cổng thanh toán"),
    RefundState.UNKNOWN: _("chưa rõ, đang hỏi lại cổng thanh toán"),
    RefundState.DONE: _("đã hoàn trả"),
}
PARTY_ROLES: dict[str, Promise | str] = {
    PartyRole.OWNER: _("chủ hồ sơ"),
    PartyRole.CO_OWNER: _("đồng chủ hồ sơ"),
    PartyRole.SUBMITTER: _("người nộp"),
}
BASES: dict[str, Promise | str] = {
    Basis.HIMSELF: _("chính chủ"),
    Basis.AUTHORISED: _("được ủy quyền"),
    Basis.PARENT: _("cha, mẹ hoặc người giám hộ"),
    Basis.REPRESENTATIVE: _("người đại diện theo pháp luật"),
    Basis.MAIL_CARRIER: _("nhân viên bưu chính"),
    Basis.OFFICER: _("công chức hỗ trợ"),
}
DOCUMENTS: dict[str, Promise | str] = {
    Document.CCCD: _("căn cước"),
    Document.CMND: _("chứng minh nhân dân"),
    Document.PASSPORT: _("hộ chiếu"),
    Document.TAX_CODE: _("mã số thuế"),
    Document.NONE: _("chưa có số"),
}
