"""The forms of what heads do to steps and ends, and of taking a step back."""

from __future__ import annotations

from motcua.desk.forms import ActForm, Assign, reason
from motcua.dossiers.queries import Detail
from motcua.rules.casework import Item


class Reassign(Assign):
    reason = reason("Lý do giao lại", "Cả hai người đều được báo; lý do ghi ở trang hồ sơ.")

    def prepare(self, found: Detail, item: Item | None) -> None:
        super().prepare(found, item)
        has = item.assignee_id if item else None
        field = self.fields["to"]
        field.choices = [c for c in field.choices if c[0] != has]  # type: ignore[attr-defined]


class Recall(ActForm):
    """Nothing is asked."""


class Reopen(ActForm):
    reason = reason(
        "Lý do giải quyết lại", "Kết quả đã có không còn giá trị, vẫn giữ trong lịch sử hồ sơ."
    )
