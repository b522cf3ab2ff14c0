"""The question of the due-date calculator, as a form that can be sent by a link."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from motcua.look.forms import MomentField
from motcua.look.reasons import GROUNDS, plain
from motcua.look.sentences import sentence
from motcua.organisations import queries as organisations
from motcua.organisations.due_question import Question, Wait
from motcua.rules.deadline import Limit, LimitUnit
from motcua.rules.refusal import Refusal

PAUSES = 3
"""So many pauses can be asked about."""
UNITS = (
    (LimitUnit.WORKING_DAY, "ngày làm việc"),
    (LimitUnit.WORKING_HOUR, "giờ làm việc"),
    (LimitUnit.CALENDAR_DAY, "ngày"),
    (LimitUnit.MONTH, "tháng"),
    (LimitUnit.SAME_DAY, "trong ngày"),
)
NEXT_DAY = "ngay-sau"
_PARTS = {"tu": "Từ", "den": "Đến", "vi": "Lý do", "sau": "Sau đó"}
_NUMBER = re.compile(r"[+-]?\d{1,9}([.,]\d{1,4})?")
_UNCOUNTED = frozenset({LimitUnit.SAME_DAY})
_FIELDS = {"time.naive_moment": "nhan", "time.moment_out_of_range": "nhan",
           "rules.none_in_force": "nhan", "unit.unknown": "don_vi"}  # fmt: skip
"""The field of a refusal; those of the limit and of a pause find theirs where they are read."""


class DueQuestion(forms.Form):
    """Whose calendar, received when, how long, counted how; and what the clock stood still for."""

    don_vi = forms.ChoiceField(
        label="Cơ quan",
        required=False,
        help_text="Cơ quan không có trong danh sách thì theo lịch chung của tỉnh.",
        error_messages={"invalid_choice": "Không tìm thấy cơ quan này. Hãy chọn trong danh sách."},
    )
    nhan = MomentField(
        label="Nhận hồ sơ lúc",
        help_text="Giờ:phút ngày/tháng/năm.",
        error_messages={"required": "Hãy ghi giờ và ngày nhận hồ sơ, ví dụ 09:00 21/11/2022."},
    )
    so = forms.CharField(label="Thời hạn", required=False, max_length=12)
    loai = forms.ChoiceField(
        label="Tính bằng",
        choices=UNITS,
        error_messages={
            "required": "Hãy chọn thời hạn tính bằng gì.",
            "invalid_choice": "Hãy chọn thời hạn tính bằng gì trong danh sách.",
        },
    )
    cach = forms.ChoiceField(
        label="Cách đếm ngày làm việc",
        required=False,
        widget=forms.RadioSelect,
        choices=(
            ("gio", "Theo giờ: đếm ngay từ lúc nhận hồ sơ"),
            (NEXT_DAY, "Từ ngày tiếp theo, ngày nhận không tính (Bộ luật Dân sự 2015, Điều 147)"),
        ),
        error_messages={"invalid_choice": "Hãy chọn một trong hai cách đếm."},
    )

    def __init__(self, data: Any = None, *, asked_unit: str = "", **more: Any) -> None:
        super().__init__(data, **more)
        choices: dict[str, str] = {"": "Lịch chung của tỉnh"}
        choices |= {u.key: u.name for u in organisations.units_with_calendars()}
        if asked_unit and asked_unit not in choices:
            with suppress(Refusal):
                choices[asked_unit] = organisations.unit_by_key(asked_unit).name
        self._choice("don_vi").choices = list(choices.items())
        for n in range(1, PAUSES + 1):
            self._add_pause(n)

    def _choice(self, name: str) -> forms.ChoiceField:
        found = self.fields[name]
        assert isinstance(found, forms.ChoiceField)  # noqa: S101
        return found

    def _add_pause(self, n: int) -> None:
        self.fields[f"dung{n}_tu"] = MomentField(label=f"Tạm dừng lần {n}, từ", required=False)
        self.fields[f"dung{n}_den"] = MomentField(label=f"Tạm dừng lần {n}, đến", required=False)
        self.fields[f"dung{n}_vi"] = forms.ChoiceField(
            label=f"Tạm dừng lần {n}, lý do",
            required=False,
            choices=[(g.value, text.capitalize()) for g, text in GROUNDS.items()],
            error_messages={"invalid_choice": "Hãy chọn lý do trong danh sách."},
        )
        self.fields[f"dung{n}_sau"] = forms.ChoiceField(
            label=f"Tạm dừng lần {n}, sau đó",
            required=False,
            choices=(("tiep", "tính tiếp"), ("lai", "tính lại từ đầu")),
            error_messages={"invalid_choice": "Hãy chọn tính tiếp hoặc tính lại từ đầu."},
        )

    @property
    def pauses(self) -> list[tuple[int, list[tuple[str, BoundField]]]]:
        """The fields of each pause under their short labels, with its number."""
        return [
            (n, [(label, self[f"dung{n}_{part}"]) for part, label in _PARTS.items()])
            for n in range(1, PAUSES + 1)
        ]

    @property
    def has_pauses(self) -> bool:
        """Whether anything was written of a pause."""
        return any(
            self.data.get(f"dung{n}_{part}") for n, _ in self.pauses for part in ("tu", "den")
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if "loai" in said and "so" in said:
            said["limit"] = self._limit(said["so"], LimitUnit(said["loai"]))
        said["waits"] = list(self._waits())
        return said

    def _limit(self, text: str, unit: LimitUnit) -> Limit | None:
        if unit in _UNCOUNTED:
            return Limit(None, unit)
        if not text:
            self.add_error("so", "Hãy ghi thời hạn, ví dụ 15 hoặc 2,5.")
            return None
        if not _NUMBER.fullmatch(text):
            self.add_error("so", f"“{text}” không phải là số. Hãy ghi số, ví dụ 15 hoặc 2,5.")
            return None
        try:
            return Limit(Decimal(text.replace(",", ".")), unit)
        except Refusal as refusal:
            said, spoken = dict(refusal.params), dict(UNITS)[unit]
            for name in said.keys() & {"limit", "most"}:
                said[name] = f"{plain(Decimal(str(said[name])))} {spoken}"
            self.add_error("so", sentence(refusal.code, said))
        return None

    def _waits(self) -> Iterable[Wait]:
        last: datetime | None = self.cleaned_data.get("nhan")
        for n in range(1, PAUSES + 1):
            since, until = (self.cleaned_data.get(f"dung{n}_{part}") for part in ("tu", "den"))
            if f"dung{n}_tu" in self.errors or f"dung{n}_den" in self.errors:
                continue
            if since is None:
                if until is not None:
                    self.add_error(f"dung{n}_tu", "Hãy ghi tạm dừng từ lúc nào.")
                continue
            if until is None:
                self._wrong(f"dung{n}_den", "time.pause_never_closed", since=since)
            elif last is not None and since < last:
                self._wrong(f"dung{n}_tu", "time.event_out_of_order", at=since, last=last)
            elif until < since:
                self._wrong(f"dung{n}_den", "time.event_out_of_order", at=until, last=since)
            else:
                ground = self.cleaned_data.get(f"dung{n}_vi") or next(iter(GROUNDS)).value
                yield Wait(since, until, ground, self.cleaned_data.get(f"dung{n}_sau") == "lai")

    def _wrong(self, name: str, code: str, **params: Any) -> None:
        self.add_error(name, sentence(code, params))

    def refuse(self, refusal: Refusal) -> None:
        """Say a refusal at the field it is about."""
        name = _FIELDS.get(refusal.code)
        self.add_error(name, sentence(refusal.code, refusal.params))

    def question(self) -> Question:
        """What is asked, of a valid form. Raises unit.unknown."""
        said = self.cleaned_data
        return Question(
            received_at=said["nhan"],
            limit=said["limit"],
            unit_id=organisations.unit_by_key(said["don_vi"]).id if said["don_vi"] else None,
            next_day=said["cach"] == NEXT_DAY,
            waits=tuple(said["waits"]),
        )
