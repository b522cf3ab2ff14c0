"""What is said when an outside system is not there or does not do its part."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "port.not_connected": "Đơn vị chưa kết nối {system}. Hãy báo quản trị hệ thống cấu hình kết nối.",
    "port.no_answer": "{system} không trả lời. Việc đã làm vẫn được giữ; hãy thử lại sau ít phút.",
    "port.answer_unreadable": "{system} trả lời không đúng quy cách đã thống nhất. "
    "Việc đã làm vẫn được giữ; hãy báo quản trị hệ thống.",
    "port.refused": "{system} từ chối: {said}. Hãy kiểm tra nội dung, hoặc báo quản trị hệ thống.",
}
