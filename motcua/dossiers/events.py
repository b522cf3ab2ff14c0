"""What can have happened to a dossier."""

from __future__ import annotations

from motcua.ledger.acts import Event

SUBMITTED = Event("dossier.submitted", "dossier")
ACCEPTED = Event("dossier.accepted", "dossier")
NOT_ACCEPTED = Event("dossier.not_accepted", "dossier")
REROUTED = Event("dossier.rerouted", "dossier")
"""What was filed online went to another desk or procedure before anybody took it in."""
ACCEPTED_FROM_BOOK = Event("dossier.accepted_from_book", "dossier")
"""Taken in by hand while the system was away, entered from the paper book."""
INTAKE_PARKED = Event("intake.parked", "parked")
INTAKE_DISCARDED = Event("intake.discarded", "parked")
SETTLED_AT_ONCE = Event("dossier.settled_at_once", "dossier")
"""Taken in, settled and handed over while the applicant waited."""
TAKEN = Event("dossier.taken", "dossier")
ASSIGNED = Event("dossier.assigned", "dossier")
HANDED_ON = Event("dossier.handed_on", "dossier")
SENT_BACK = Event("dossier.sent_back", "dossier")
SUPPLEMENT_REQUESTED = Event("dossier.supplement_requested", "dossier")
SUPPLEMENT_RECEIVED = Event("dossier.supplement_received", "dossier")
PAYMENT_REQUESTED = Event("dossier.payment_requested", "dossier")
PAYMENT_RECORDED = Event("dossier.payment_recorded", "dossier")
CHARGE_CANCELLED = Event("dossier.charge_cancelled", "dossier")
RECEIPT_VOIDED = Event("dossier.receipt_voided", "dossier")
REFUND_ORDERED = Event("dossier.refund_ordered", "dossier")
REFUND_SENT = Event("dossier.refund_sent", "dossier")
REFUND_WAITED_FOR = Event("refund.waited_for", "refund")
REFUNDED = Event("dossier.refunded", "dossier")
BILL_STARTED = Event("dossier.bill_started", "dossier")
BILL_ANSWERED = Event("bill.answered", "bill")
BILL_FAILED = Event("dossier.bill_failed", "dossier")
PAYMENT_NOTICE_KEPT = Event("payment_notice.kept", "payment_notice")
"""A word of the payment service that could not be taken, kept as it came."""
DRAWER_COUNTED = Event("drawer.counted", "drawer")
PAYMENTS_RECONCILED = Event("statement.checked", "statement")
PAUSED = Event("dossier.paused", "dossier")
RESUMED = Event("dossier.resumed", "dossier")
EXTENDED_BY_LAW = Event("dossier.extended_by_law", "dossier")
REAPPOINTMENT_PROPOSED = Event("dossier.reappointment_proposed", "dossier")
REAPPOINTED = Event("dossier.reappointed", "dossier")
CONCLUDED = Event("dossier.concluded", "dossier")
REFUSED = Event("dossier.refused", "dossier")
WITHDRAWN = Event("dossier.withdrawn", "dossier")
WARNED = Event("dossier.warned", "dossier")
TRANSFERRED = Event("dossier.transferred", "dossier")
FILE_ATTACHED = Event("dossier.file_attached", "dossier")
DIGITISED = Event("dossier.digitised", "dossier")
"""Pages of its papers became one digitised copy."""
CAPTURED = Event("capture.taken_in", "capture")
"""A scan or photograph came in, as it is."""
CAPTURE_DROPPED = Event("capture.dropped", "capture")
PHONE_PAIRED = Event("phone.paired", "pairing")
PAIRING_ENDED = Event("phone.pairing_ended", "pairing")
RECEIVED = Event("dossier.received", "dossier")
"""Came from another system, to be settled here."""
MIRRORED = Event("dossier.mirrored", "dossier")
"""Another system settles it; it is shown here as that says."""
MIRRORED_AGAIN = Event("dossier.mirrored_again", "dossier")
RECORD_SEEN = Event("foreign.record_seen", "foreign")
SYNCS_QUEUED = Event("sync.queued", "sync")
SYNCS_ASKED = Event("sync.asked", "sync")
SYNCS_CLAIMED = Event("sync.claimed", "sync")
SYNCS_ANSWERED = Event("sync.answered", "sync")
SYNC_RETRIED = Event("sync.retried", "sync")
SYNC_SKIPPED = Event("sync.skipped", "sync")
RECORD_HELD = Event("record.held", "record")
RECORD_RELEASED = Event("record.released", "record")
RECORD_DROPPED = Event("record.dropped", "record")
FEED_MOVED = Event("feed.moved", "feed")
RECONCILED = Event("reconciliation.made", "reconciliation")
HANDED_OVER = Event("dossier.handed_over", "dossier")
"""The result was given to the person it is for."""
REMINDED_TO_COLLECT = Event("dossier.reminded_to_collect", "dossier")
TRIP_SENT = Event("dossier.trip_sent", "dossier")
"""The paper dossier left for another unit, on a numbered list."""
TRIP_RECEIVED = Event("dossier.trip_received", "dossier")
CERTIFICATION_PREPARED = Event("dossier.certification_prepared", "dossier")
CERTIFIED = Event("dossier.certified", "dossier")
CERTIFIED_AT_ONCE = Event("dossier.certified_at_once", "dossier")
"""Signed on paper before it was entered, its fee taken, given out: one act."""
CERTIFIED_DELIVERED = Event("dossier.certified_delivered", "dossier")
CERTIFICATION_CORRECTED = Event("dossier.certification_corrected", "dossier")
BOOK_MONTH_BOUND = Event("certification_book.month_bound", "certification_book")
BOOK_LOCKED = Event("certification_book.locked", "certification_book")
OPINIONS_ASKED = Event("dossier.opinions_asked", "dossier")
OPINION_ANSWERED = Event("dossier.opinion_answered", "dossier")
OPINION_CANCELLED = Event("dossier.opinion_cancelled", "dossier")
OPINION_LATE = Event("dossier.opinion_late", "dossier")
"""An agency that was asked has not answered in its time."""
CHILD_OPENED = Event("dossier.child_opened", "dossier")
"""A part of the dossier went to another agency as a dossier of its own."""
CHILD_RETURNED = Event("dossier.child_returned", "dossier")
DRAFT_BEGUN = Event("dossier.draft_begun", "dossier")
DRAFT_SAVED = Event("dossier.draft_saved", "dossier")
DRAFT_SUBMITTED = Event("dossier.draft_submitted", "dossier")
DRAFT_RETURNED = Event("dossier.draft_returned", "dossier")
DRAFT_APPROVED = Event("dossier.draft_approved", "dossier")
ISSUE_PREPARED = Event("dossier.issue_prepared", "dossier")
"""The approved text waits for the signature of the one whose name stands under it."""
ISSUE_SIGNED = Event("dossier.issue_signed", "dossier")
ISSUE_NUMBERED = Event("dossier.issue_numbered", "dossier")
ISSUE_SEALED = Event("dossier.issue_sealed", "dossier")
RESULT_NUMBER_VOIDED = Event("dossier.result_number_voided", "dossier")
ISSUE_CANCELLED = Event("dossier.issue_cancelled", "dossier")
REVOCATION_PROPOSED = Event("dossier.revocation_proposed", "dossier")
RESULT_REVOKED = Event("dossier.result_revoked", "dossier")
REVOCATION_REJECTED = Event("dossier.revocation_rejected", "dossier")
NOTE_ADDED = Event("dossier.note_added", "dossier")
NOTE_STRUCK = Event("dossier.note_struck", "dossier")
INSPECTION_RECORDED = Event("dossier.inspection_recorded", "dossier")
RESETTLED = Event("dossier.resettled", "dossier")
"""A decree moved days off or hours: the dates were counted anew, and moved."""
MOVE_DRAFTED = Event("move.drafted", "move_plan")
MOVE_LINES_SET = Event("move.lines_set", "move_plan")
MOVE_CHECKED = Event("move.checked", "move_plan")
MOVE_APPROVED = Event("move.approved", "move_plan")
MOVE_BEGUN = Event("move.begun", "move_plan")
MOVE_DONE = Event("move.done", "move_plan")
MOVED = Event("dossier.moved", "dossier")
"""Its desk has ended, and another has taken its place; who answers for it is the same."""
REASSIGNED = Event("dossier.reassigned", "dossier")
"""A step went from the officer who had it to another."""
RECALLED = Event("dossier.recalled", "dossier")
REOPENED = Event("dossier.reopened", "dossier")
VIEW_SAVED = Event("view.saved", "view")
VIEW_REMOVED = Event("view.removed", "view")
VIEW_PUT_FIRST = Event("view.put_first", "view")
CORRECTION_PROPOSED = Event("dossier.correction_proposed", "dossier")
CORRECTED = Event("dossier.corrected", "dossier")
CORRECTION_REJECTED = Event("dossier.correction_rejected", "dossier")
SIGNAL_REVIEWED = Event("dossier.signal_reviewed", "dossier")

RATED = Event("dossier.rated", "dossier")
"""A citizen said how the service was."""
RATING_JUDGED = Event("dossier.rating_judged", "dossier")

ALL = tuple(value for value in list(vars().values()) if isinstance(value, Event))

LABELS: dict[Event, str] = {
    RATED: "Đánh giá của người dân",
    RATING_JUDGED: "Kết luận về phản ánh khi đánh giá",
    SUBMITTED: "Nộp hồ sơ",
    ACCEPTED: "Tiếp nhận hồ sơ",
    NOT_ACCEPTED: "Không tiếp nhận hồ sơ",
    REROUTED: "Chuyển hồ sơ chờ tiếp nhận",
    ACCEPTED_FROM_BOOK: "Nhập hồ sơ từ sổ giấy",
    INTAKE_PARKED: "Để tạm hồ sơ chưa tiếp nhận",
    INTAKE_DISCARDED: "Bỏ hồ sơ để tạm",
    SETTLED_AT_ONCE: "Giải quyết và trả kết quả ngay",
    TAKEN: "Nhận xử lý",
    ASSIGNED: "Phân công xử lý",
    HANDED_ON: "Chuyển bước",
    SENT_BACK: "Trả lại bước trước",
    SUPPLEMENT_REQUESTED: "Yêu cầu bổ sung hồ sơ",
    SUPPLEMENT_RECEIVED: "Nhận hồ sơ bổ sung",
    PAYMENT_REQUESTED: "Yêu cầu nộp phí, lệ phí",
    PAYMENT_RECORDED: "Ghi nhận nộp tiền",
    CHARGE_CANCELLED: "Bỏ khoản thu",
    RECEIPT_VOIDED: "Hủy biên lai",
    REFUND_ORDERED: "Ghi nhận phải hoàn trả tiền",
    REFUND_SENT: "Gửi hoàn trả qua cổng thanh toán",
    REFUND_WAITED_FOR: "Cổng thanh toán chưa trả lời về khoản hoàn trả",
    REFUNDED: "Đã hoàn trả tiền",
    BILL_STARTED: "Bắt đầu thanh toán trực tuyến",
    BILL_ANSWERED: "Hỏi cổng thanh toán",
    BILL_FAILED: "Thanh toán trực tuyến không thành",
    PAYMENT_NOTICE_KEPT: "Giữ lại báo tin thanh toán không nhận được",
    DRAWER_COUNTED: "Kiểm đếm két",
    PAYMENTS_RECONCILED: "Đối chiếu với cổng thanh toán",
    PAUSED: "Tạm dừng tính thời hạn",
    RESUMED: "Tính tiếp thời hạn",
    EXTENDED_BY_LAW: "Gia hạn theo quy định",
    REAPPOINTMENT_PROPOSED: "Đề nghị xin lỗi và hẹn lại",
    REAPPOINTED: "Xin lỗi và hẹn lại ngày trả kết quả",
    ISSUE_PREPARED: "Đưa kết quả vào ký số",
    ISSUE_SIGNED: "Lãnh đạo ký số kết quả",
    ISSUE_NUMBERED: "Vào số kết quả",
    ISSUE_SEALED: "Đóng dấu kết quả",
    RESULT_NUMBER_VOIDED: "Hủy số văn bản",
    ISSUE_CANCELLED: "Hủy phát hành kết quả",
    REVOCATION_PROPOSED: "Đề nghị thu hồi kết quả",
    RESULT_REVOKED: "Thu hồi kết quả",
    REVOCATION_REJECTED: "Không thu hồi kết quả",
    CONCLUDED: "Có kết quả giải quyết",
    REFUSED: "Từ chối giải quyết",
    WITHDRAWN: "Rút hồ sơ",
    WARNED: "Nhắc hạn",
    TRANSFERRED: "Chuyển cơ quan giải quyết",
    FILE_ATTACHED: "Gửi kèm tệp",
    DIGITISED: "Số hóa giấy tờ",
    CAPTURED: "Nhận ảnh quét, ảnh chụp",
    CAPTURE_DROPPED: "Bỏ ảnh không dùng",
    PHONE_PAIRED: "Ghép điện thoại để chụp",
    PAIRING_ENDED: "Kết thúc ghép điện thoại",
    HANDED_OVER: "Trả kết quả",
    REMINDED_TO_COLLECT: "Nhắc đến nhận kết quả",
    TRIP_SENT: "Giao hồ sơ giấy",
    TRIP_RECEIVED: "Nhận hồ sơ giấy",
    CERTIFICATION_PREPARED: "Nhận và trình ký chứng thực",
    CERTIFIED: "Ký chứng thực",
    CERTIFIED_AT_ONCE: "Chứng thực và trả ngay",
    CERTIFIED_DELIVERED: "Thu phí và trả bản chứng thực",
    CERTIFICATION_CORRECTED: "Đính chính sổ chứng thực",
    BOOK_MONTH_BOUND: "Đóng sổ chứng thực tháng",
    BOOK_LOCKED: "Khóa sổ chứng thực năm",
    OPINIONS_ASKED: "Lấy ý kiến cơ quan khác",
    OPINION_ANSWERED: "Cơ quan được hỏi trả lời",
    OPINION_CANCELLED: "Thôi lấy ý kiến",
    OPINION_LATE: "Ý kiến chưa trả lời đã quá hạn",
    CHILD_OPENED: "Chuyển phần việc liên thông",
    CHILD_RETURNED: "Nhận lại phần việc liên thông",
    DRAFT_BEGUN: "Soạn dự thảo kết quả",
    DRAFT_SAVED: "Sửa dự thảo kết quả",
    DRAFT_SUBMITTED: "Trình dự thảo kết quả",
    DRAFT_RETURNED: "Trả lại dự thảo kết quả",
    DRAFT_APPROVED: "Duyệt dự thảo kết quả",
    NOTE_ADDED: "Ghi chú nội bộ",
    NOTE_STRUCK: "Gạch bỏ ghi chú nội bộ",
    INSPECTION_RECORDED: "Lập biên bản kiểm tra thực địa",
    RECEIVED: "Nhận hồ sơ từ hệ thống khác",
    MIRRORED: "Hiển thị hồ sơ do hệ thống khác giải quyết",
    MIRRORED_AGAIN: "Cập nhật theo hệ thống giải quyết",
    RESETTLED: "Tính lại ngày hẹn trả theo lịch làm việc mới",
    MOVE_DRAFTED: "Lập phương án chuyển hồ sơ",
    MOVE_LINES_SET: "Ghi nơi nhận vào phương án chuyển hồ sơ",
    MOVE_CHECKED: "Kiểm tra phương án chuyển hồ sơ",
    MOVE_APPROVED: "Duyệt phương án chuyển hồ sơ",
    MOVE_BEGUN: "Bắt đầu chuyển hồ sơ",
    MOVE_DONE: "Chuyển xong hồ sơ",
    MOVED: "Chuyển nơi trả kết quả do sắp xếp đơn vị",
    REASSIGNED: "Giao lại cho người khác",
    RECALLED: "Rút lại bước vừa chuyển",
    REOPENED: "Mở lại hồ sơ đã giải quyết",
    VIEW_SAVED: "Lưu bộ lọc",
    VIEW_REMOVED: "Xóa bộ lọc",
    VIEW_PUT_FIRST: "Chọn bộ lọc mặc định",
    CORRECTION_PROPOSED: "Đề nghị đính chính",
    CORRECTED: "Đính chính thông tin hồ sơ",
    CORRECTION_REJECTED: "Không chấp nhận đính chính",
    SIGNAL_REVIEWED: "Xem xét dấu hiệu",
}

INTERNAL = frozenset(
    event.name
    for event in (
        *(DRAFT_BEGUN, DRAFT_SAVED, DRAFT_SUBMITTED, DRAFT_RETURNED, DRAFT_APPROVED),
        *(NOTE_ADDED, NOTE_STRUCK),
        *(ISSUE_PREPARED, ISSUE_SIGNED, ISSUE_NUMBERED, ISSUE_SEALED, ISSUE_CANCELLED),
        *(RESULT_NUMBER_VOIDED, REVOCATION_PROPOSED, REVOCATION_REJECTED),
    )
)
"""What only those see whose duty the dossier is: not its applicant, not an agency that was asked about it."""
