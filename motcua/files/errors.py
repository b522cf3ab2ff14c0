"""The refusals of the room: code → what the person is told (the fact, then the remedy)."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    "file.may_not": "Hãy đăng nhập rồi gửi tệp.",
    "file.empty": "Tệp “{name}” không có nội dung. Hãy mở lại tệp trên máy, lưu lại rồi chọn lại.",
    "file.too_large": "Tệp “{name}” lớn hơn {limit}. Hãy chụp hoặc quét lại ở độ phân giải thấp hơn, "
    "hoặc chia thành nhiều tệp.",
    "file.too_many_bytes": "Tổng các tệp lớn hơn {limit} cho một lần gửi. "
    "Hãy giảm độ phân giải, hoặc gửi bớt tệp.",
    "file.lies": "Tệp “{name}” mang đuôi {ending} nhưng nội dung là {found}. "
    "Hãy đặt lại đúng đuôi tệp, hoặc xuất lại từ phần mềm đã tạo ra nó.",
    "file.programme": "Tệp “{name}” là chương trình chạy được, hệ thống không nhận. "
    "Hãy gửi bản PDF, ảnh, DOCX hoặc XLSX.",
    "file.macros": "Tệp “{name}” có chứa macro, hệ thống không nhận. "
    "Hãy lưu lại thành .docx hoặc .xlsx không có macro.",
    "file.broken": "Tệp “{name}” bị hỏng hoặc tải lên chưa trọn. Hãy mở thử tệp, lưu lại rồi chọn lại.",
    "file.kind_not_taken": "Hệ thống chưa nhận loại tệp của “{name}”. "
    "Hãy gửi bản PDF, ảnh (JPG, PNG, WEBP, TIFF, HEIC), DOCX hoặc XLSX.",
    "file.lost": "Không đọc được tệp này trong kho. Hãy báo người quản trị hệ thống.",
}
