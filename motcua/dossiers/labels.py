"""The public names of a dossier's status (codes 1–10), of the channel it came by, of the warnings, and of
who collects a result."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.rules.books import Channel
from motcua.rules.casework import Status
from motcua.rules.collection import Collector
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
