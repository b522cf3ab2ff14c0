"""Refusals of the catalogue: code and Vietnamese sentence; and the reasons why a text stays text."""

from __future__ import annotations

from collections.abc import Mapping

from motcua.catalogue import process_errors

REJECTIONS: Mapping[str, str] = {
    "broken_json": "Dòng sai cú pháp JSON ở ký tự thứ {position}; hãy xuất lại bản ghi này.",
    "cut_line": "Dòng bị cắt giữa chừng, thiếu phần cuối; hãy tải lại tệp nguồn.",
    "not_utf8": "Dòng không phải văn bản UTF-8; hãy lưu lại tệp với bảng mã UTF-8.",
    "not_an_object": "Bản ghi phải là một đối tượng JSON (trong dấu ngoặc nhọn), không phải {found}.",
    "empty_result": "Trả lời của cơ sở dữ liệu quốc gia không có thủ tục nào (mục “result” rỗng).",
    "no_name": "Thiếu tên thủ tục (mục “name” hoặc “TENTTHC”); hãy bổ sung tên rồi nhập lại.",
    "name_too_long": "Tên thủ tục dài {length} ký tự, quá {most}; hãy kiểm tra bản ghi nguồn.",
    "code_too_long": "Mã hoặc tên nguồn dài {length} ký tự, quá {most}; hãy kiểm tra bản ghi nguồn.",
    "too_large": "Bản ghi lớn {length} byte, quá {most}; hãy kiểm tra bản ghi nguồn.",
    "too_many_rows": "Bản ghi có {length} giấy tờ, kết quả, lệ phí, quá {most}; hãy kiểm tra bản ghi nguồn.",
    "too_deep": "Bản ghi lồng nhau quá sâu; hãy kiểm tra bản ghi nguồn.",
    "too_early": "Bản đang có hiệu lực từ {since}; bản mới phải có hiệu lực từ {earliest} trở đi, "
    "hãy chọn ngày khác (--in-force).",
    "repeated": "Trùng nguồn, mã và tên với dòng {first} nhưng khác nội dung; hãy giữ một bản trong tệp.",
}

SENTENCES: Mapping[str, str] = {
    "catalogue.may_not": "Vị trí công tác của bạn không được quản lý danh mục thủ tục. "
    "Hãy chuyển cho công chức kiểm soát thủ tục hành chính.",
    "procedure.unknown": "Không tìm thấy thủ tục này trong danh mục. Hãy tìm lại theo tên hoặc mã.",
    "catalogue.two_on_one_day": "Thủ tục này đã được cơ quan tiếp nhận theo quyết định khác có hiệu lực từ "
    "{since}; hãy chọn ngày hiệu lực sau ngày đó.",
    "catalogue.committee_without_phase": "Quy trình này có bước tại UBND tỉnh nhưng thủ tục chưa khai báo "
    "thời hạn của UBND tỉnh. Hãy khai báo thời hạn từng cơ quan, hoặc chọn quy trình khác.",
    **process_errors.SENTENCES,
}

UNPARSED: Mapping[str, str] = {
    "not_stated": "nguồn không nêu",
    "no_unit": "có số nhưng không có đơn vị",
    "several": "nhiều mức tùy trường hợp",
    "range": "nêu một khoảng, không nêu một mức",
    "conditional": "kèm điều kiện",
    "other_start": "tính từ mốc khác ngày nhận hồ sơ",
    "out_of_range": "số nằm ngoài khoảng hợp lý",
    "foreign_currency": "thu bằng ngoại tệ",
    "suspicious": "số tiền không hợp lý",
    "contradicted": "ghi chú nói khác",
    "unknown": "chưa đọc được",
    "quantity_unsure": "số bản chính, bản sao không rõ",
    "glued": "nguồn dính liền nhiều ô",
    "free_text": "văn bản tự do",
    "unknown_field": "mục không có trong danh mục",
    "shared_code": "mã dùng chung cho nhiều thủ tục khác tên",
}
