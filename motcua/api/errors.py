"""The refusals of the door itself: requests that say nothing a room could judge."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "request.unauthenticated": "Yêu cầu chưa kèm khóa còn hiệu lực. Hãy đăng nhập hoặc dùng khóa khác.",
    "request.invalid": "Nội dung gửi lên chưa đúng. Hãy sửa các mục được nêu rồi gửi lại.",
    "request.key_too_long": "Khóa chống gửi trùng dài quá 80 ký tự. Hãy dùng khóa ngắn hơn.",
    "request.moment_without_zone": "Thời điểm phải kèm múi giờ, ví dụ 2022-11-25T10:00:00+07:00.",
}
