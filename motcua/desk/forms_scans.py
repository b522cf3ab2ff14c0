"""What the page of digitising sends: which pages, in which order and how turned, for which paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict

from motcua.dossiers.operations import ChosenPage
from motcua.files import previews

TURNS = ((0, "Giữ nguyên"), (90, "Phải 90°"), (180, "Xoay 180°"), (270, "Trái 90°"))


class CopyForm(forms.Form):
    """The paper a copy is of, and the name of its file; the pages are read by `chosen`."""

    giay = forms.ChoiceField(label="Giấy tờ")
    ten = forms.CharField(label="Tên tệp", max_length=150, required=False, strip=True)

    def __init__(self, data: Any = None, *, papers: Sequence[Mapping[str, Any]]) -> None:
        super().__init__(data)
        self.names = {str(paper["id"]): str(paper["name"]) for paper in papers}
        field = self.fields["giay"]
        field.choices = [*self.names.items(), ("khac", "Giấy tờ khác của hồ sơ")]  # type: ignore[attr-defined]
        field.error_messages["invalid_choice"] = (
            "Giấy tờ này không thuộc hồ sơ. Hãy chọn trong danh sách."
        )

    @property
    def paper_id(self) -> UUID | None:
        said = self.cleaned_data["giay"]
        return UUID(said) if said in self.names else None

    @property
    def file_name(self) -> str:
        """As typed, else the paper's own name."""
        named = self.cleaned_data["ten"] or self.names.get(self.cleaned_data["giay"], "Bản số hóa")
        return str(named)[:150]

    def chosen(self) -> list[ChosenPage]:
        """The pages ticked, by the numbers written beside them, then as they stand on the page."""
        sent = cast(QueryDict, self.data)
        found = []
        for place, value in enumerate(sent.getlist("anh")):
            page = _page(value, sent)
            if page:
                found.append((_order(sent.get(f"thu-tu-{value}"), place), page))
        return [page for _, page in sorted(found, key=lambda one: one[0])]


def _page(value: str, data: Mapping[str, Any]) -> ChosenPage | None:
    capture_id, _, number = value.partition(":")
    turn = data.get(f"xoay-{value}", "0")
    try:
        return ChosenPage(
            UUID(capture_id), int(number), int(turn) if int(turn) in previews.TURNS else 0
        )
    except ValueError:
        return None


def _order(text: Any, place: int) -> tuple[int, int]:
    wished = str(text or "")
    return (int(wished) if wished.isdecimal() and len(wished) < 5 else 9999, place)
