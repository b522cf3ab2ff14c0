"""The words of lanes, of where a number stands and where it was taken."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from motcua.rules.queueing import Lane, Source, Standing

LANE_LABELS: dict[Lane, Promise | str] = {
    Lane.FILE: _("Nộp hồ sơ"),
    Lane.COLLECT: _("Nhận kết quả"),
    Lane.CERTIFY: _("Chứng thực, sao y"),
    Lane.ADVICE: _("Hỏi, hướng dẫn"),
}
STANDING_LABELS: dict[Standing, Promise | str] = {
    Standing.WAITING: _("Đang chờ"),
    Standing.CALLED: _("Đang gọi"),
    Standing.SERVING: _("Đang phục vụ"),
    Standing.DONE: _("Đã xong"),
    Standing.ABSENT: _("Vắng mặt"),
    Standing.LEFT: _("Đã rời hàng"),
}
SOURCE_LABELS: dict[Source, Promise | str] = {
    Source.PAGE: _("trang lấy số"),
    Source.PHONE: _("điện thoại"),
    Source.KIOSK: _("máy lấy số"),
    Source.APPOINTMENT: _("lịch hẹn"),
}
