"""What figures are asked for: a window of days and what narrows it, read from the address."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms

from motcua.desk import words
from motcua.look.forms import DateField
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.statistics import queries
from motcua.statistics.books import LONGEST, Window
from motcua.statistics.queries import GROUPS, Filters

ALL = ("", "Tất cả")


class Asked(forms.Form):
    """The window and the filters of an overview or a list. Without dates: this month until today."""

    since = DateField(label="Từ ngày", required=False)
    until = DateField(label="Đến ngày", required=False)
    unit = forms.TypedChoiceField(
        label="Cơ quan giải quyết", coerce=int, empty_value=None, required=False
    )
    domain = forms.TypedChoiceField(label="Lĩnh vực", coerce=int, empty_value=None, required=False)
    channel = forms.TypedChoiceField(
        label="Hình thức nộp",
        coerce=int,
        empty_value=None,
        required=False,
        choices=[ALL, *((int(c), words.channel(c)) for c in Channel)],
    )
    group = forms.ChoiceField(
        label="Cấp",
        required=False,
        choices=[ALL, *((k, title) for k, (title, _) in GROUPS.items())],
    )

    def __init__(self, data: Any, *, actor: Actor, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.units = queries.units_to_choose(actor, today)
        self.fields["unit"].choices = [ALL, *self.units]  # type: ignore[attr-defined]
        self.fields["domain"].choices = [ALL, *queries.domains()]  # type: ignore[attr-defined]
        if len(self.units) < 2:
            del self.fields["unit"], self.fields["group"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        until = cleaned.get("until") or self.today
        since = cleaned.get("since") or until.replace(day=1)
        if until > self.today:
            self.add_error("until", "Chưa tới ngày này. Hãy chọn đến hôm nay hoặc trước đó.")
        elif since > until:
            self.add_error("since", "Ngày này sau “đến ngày”. Hãy đổi lại.")
        elif (until - since).days > LONGEST:
            self.add_error("since", "Khoảng thời gian dài quá 10 năm. Hãy chọn khoảng ngắn hơn.")
        else:
            cleaned["window"] = Window(since, until)
        return cleaned

    @property
    def window(self) -> Window:
        window: Window = self.cleaned_data["window"]
        return window

    @property
    def filters(self) -> Filters:
        said = self.cleaned_data
        return Filters(
            unit_id=said.get("unit"),
            group=said.get("group") or "",
            domain_id=said["domain"],
            channel=Channel(said["channel"]) if said["channel"] else None,
        )


def usual_windows(today: date) -> Sequence[tuple[str, Window]]:
    """The windows that are asked for most; the reporting month runs from the 15th to the 14th."""
    first = today.replace(day=1)
    last_month = first - timedelta(days=1)
    reported = today if today.day >= 15 else last_month
    return (
        ("Tháng này", Window(first, today)),
        ("Tháng trước", Window(last_month.replace(day=1), last_month)),
        ("Kỳ báo cáo tháng (từ ngày 15)", Window(reported.replace(day=15), today)),
        ("Năm nay", Window(today.replace(month=1, day=1), today)),
    )
