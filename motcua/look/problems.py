"""Pages that say no: what happened, what to do, and the code to quote."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    sentence: str
    remedy: str


WORDS: dict[int, Words] = {
    400: Words(
        "Yêu cầu chưa hợp lệ",
        "Hệ thống không đọc được yêu cầu vừa gửi.",
        "Hãy quay lại trang trước, kiểm tra nội dung rồi gửi lại.",
    ),
    403: Words(
        "Ông/bà chưa được phép xem hoặc làm việc này",
        "Trang này dành cho người có nhiệm vụ liên quan.",
        "Nếu đây là việc của ông/bà, hãy chọn đúng vị trí công tác ở đầu trang, "
        "hoặc liên hệ người quản trị của cơ quan.",
    ),
    404: Words(
        "Không tìm thấy trang",
        "Địa chỉ này không có, hoặc nội dung đã được chuyển đi.",
        "Hãy kiểm tra lại địa chỉ, hoặc tìm từ trang chủ.",
    ),
    409: Words(
        "Hồ sơ đã được người khác cập nhật",
        "Nội dung ông/bà đang xem không còn là mới nhất, nên thao tác chưa được thực hiện.",
        "Hãy tải lại trang để xem tình trạng hiện tại rồi làm lại nếu còn cần.",
    ),
    422: Words(
        "Chưa thực hiện được",
        "Nội dung gửi lên chưa đáp ứng yêu cầu.",
        "Hãy sửa các mục được nêu rồi gửi lại.",
    ),
    500: Words(
        "Hệ thống gặp lỗi",
        "Thao tác chưa được thực hiện; dữ liệu đã lưu trước đó vẫn nguyên vẹn.",
        "Hãy thử lại sau ít phút. Nếu vẫn lỗi, hãy báo người quản trị kèm thời điểm xảy ra.",
    ),
}


def page(
    request: HttpRequest,
    status: int,
    *,
    sentence: str = "",
    remedy: str | None = None,
    title: str = "",
    code: str = "",
) -> HttpResponse:
    """The page for a refusal or a failure, with `status`; what is not given is said in general.

    A sentence that holds its own remedy comes with `remedy=""`.
    """
    words = WORDS.get(status, WORDS[400])
    context = {
        "status": status,
        "title": title or words.title,
        "sentence": sentence or words.sentence,
        "remedy": words.remedy if remedy is None else remedy,
        "code": code or str(status),
    }
    return render(request, "look/error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400."""
    return page(request, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403."""
    return page(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404."""
    return page(request, 404)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: most often a page left open past its session."""
    return page(
        request,
        403,
        title="Trang đã mở quá lâu",
        sentence="Phiên làm việc đã hết hoặc trình duyệt chặn cookie, nên nội dung chưa được gửi.",
        remedy="Hãy tải lại trang rồi gửi lại.",
        code="csrf",
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: asks nothing of the database, which may be what failed."""
    words = WORDS[500]
    context = {"title": words.title, "sentence": words.sentence, "remedy": words.remedy}
    return HttpResponse(render_to_string("look/error.html", context | {"code": "500"}), status=500)
