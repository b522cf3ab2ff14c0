"""The gallery of components, with made-up contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.look import due_dates
from motcua.look.formats import LOCAL
from motcua.look.forms import DateField
from motcua.rules import deadline
from motcua.rules.deadline import Accepted, Limit, LimitUnit, Paused, Resumed
from motcua.rules.worktime import WorkCalendar
from motcua.statutory.calendar import national_days, standard_hours
from motcua.statutory.rulesets import ONE_STOP, rule_set

NOW = datetime(2022, 11, 21, 9, 0, tzinfo=LOCAL)


class Sample(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Họ và tên", help_text="Ghi như trên căn cước công dân.")
    born_on = DateField(label="Ngày sinh", required=False)
    personal_id = forms.RegexField(
        r"^\d{12}$",
        label="Số định danh cá nhân",
        error_messages={"invalid": "Số định danh gồm 12 chữ số; hãy xem lại trên thẻ căn cước."},
    )
    domain = forms.ChoiceField(
        label="Lĩnh vực", choices=[("", "Tất cả"), ("dd", "Đất đai"), ("ht", "Hộ tịch")]
    )
    channel = forms.ChoiceField(
        label="Cách nhận kết quả",
        widget=forms.RadioSelect,
        choices=[("desk", "Tại bộ phận một cửa"), ("post", "Qua bưu chính công ích")],
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ đã nộp",
        widget=forms.CheckboxSelectMultiple,
        choices=[("tk", "Tờ khai"), ("cs", "Giấy chứng sinh"), ("kh", "Giấy chứng nhận kết hôn")],
    )
    note = forms.CharField(
        label="Ghi chú", widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    scan = forms.FileField(
        label="Bản quét", help_text="PDF hoặc ảnh, mỗi tệp không quá 50 MB.", required=False
    )
    truthful = forms.BooleanField(label="Tôi cam đoan nội dung khai là đúng sự thật.")


@dataclass(frozen=True)
class Row:
    code: str
    applicant: str
    procedure: str
    status: str
    tone: str
    due: dict[str, Any]


def _rows() -> list[Row]:
    land = "Đăng ký biến động quyền sử dụng đất"
    birth = "Đăng ký khai sinh"
    asked = (-3, 0, 1, 9)
    names = ("Nguyễn Thị Phương", "Trần Văn Đức", "Lê Thị Hồng Nhung", "Công ty TNHH Sông Lam")
    rows = [
        Row(
            f"000.25.40.H41-221107-{n:04d}",
            name,
            land if n % 2 else birth,
            "Đang xử lý",
            "info",
            {},
        )
        for n, name in enumerate(names, start=1)
    ]
    return [
        Row(**(vars(row) | {"due": {"at": NOW + timedelta(days=days, hours=7, minutes=30)}}))
        for row, days in zip(rows, asked, strict=True)
    ]


def _events() -> list[dict[str, Any]]:
    return [
        {
            "title": "Tiếp nhận hồ sơ",
            "by": "Hoàng Thị Lan, bộ phận một cửa",
            "at": NOW - timedelta(days=6),
            "detail": "Hẹn trả kết quả 16 giờ 30 phút, ngày 24/11/2022.",
        },
        {
            "title": "Yêu cầu bổ sung",
            "by": "Phạm Văn Sơn, chuyên viên",
            "at": NOW - timedelta(days=4, hours=-2),
            "detail": "Thiếu: trích lục bản đồ địa chính.",
            "tone": "warn",
        },
        {"title": "Nhận đủ giấy tờ", "at": NOW - timedelta(days=2), "tone": "good"},
        {"title": "Trễ bước thẩm định", "at": NOW, "tone": "bad"},
    ]


def _why() -> due_dates.Told | None:
    day = partial(datetime, 2022, tzinfo=LOCAL)
    limit = Limit(Decimal(5), LimitUnit.WORKING_DAY)
    events = (
        Accepted(day(8, 26, 9), limit),
        Paused(day(8, 29, 14), "money"),
        Resumed(day(8, 31, 10)),
    )
    calendar = WorkCalendar(standard_hours(), national_days(), "mẫu")
    policy = rule_set(ONE_STOP, events[0].at.date()).policy
    return due_dates.told(deadline.explain(events, calendar, policy), calendar)


def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, in each of its states."""
    wrong = {"name": "", "personal_id": "19012345", "domain": "", "truthful": ""}
    context = {
        "at": NOW,
        "form": Sample(initial={"name": "Nguyễn Thị Phương", "channel": "desk"}, auto_id="mau_%s"),
        "wrong": Sample(wrong, auto_id="sai_%s"),
        "rows": _rows(),
        "dates": [(days, NOW + timedelta(days=days, hours=7)) for days in (-3, 0, 1, 9)],
        "earlier": NOW - timedelta(days=2),
        "later": NOW + timedelta(days=2),
        "events": _events(),
        "shares": [
            ("Sở Tài nguyên và Môi trường", 1890, "bad"),
            ("Sở Tư pháp", 1204, ""),
            ("UBND thành phố Vinh", 963, "good"),
            ("UBND huyện Kỳ Sơn", 58, ""),
        ],
        "tabs": [
            ("Giấy tờ", "#giay-to", 5),
            ("Quá trình", "#qua-trinh", 12),
            ("Phí, lệ phí", "#phi"),
        ],
        "stages": ["Chọn thủ tục", "Khai thông tin", "Nộp giấy tờ", "Xem lại và gửi"],
        "posts": [(1, "Chuyên viên – Phòng Đất đai"), (2, "Biệt phái – Bộ phận một cửa Sở TN&MT")],
        "why": _why(),
        "money": 50000,
        "share": 0.954,
    }
    return render(request, "look/gallery.html", context)
