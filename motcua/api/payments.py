"""`/api/v1/payments/heard`: the door of the payment service; its signature is its only right."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from motcua.journeys import paying
from motcua.look.clock import door_now

router = Router()


@router.post(
    "/heard",
    auth=None,
    summary="Báo tin của cổng thanh toán",
    description="Thân và chữ ký HMAC-SHA256 (X-Signature) như đã thống nhất. Báo lại bao nhiêu lần cũng "
    "chỉ ghi một lần. Tiền không nhận được (sai số tiền, hồ sơ đã rút) vào danh sách hoàn trả.",
    response={204: None},
)
def heard(request: HttpRequest) -> HttpResponse:
    paying.hear(request.body, request.headers, door_now())
    return HttpResponse(status=204)
