"""The form of a hand-over: who collects, what he shows, which originals go back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from motcua.desk.forms import ActForm, citizen_number
from motcua.dossiers.labels import COLLECTOR_LABELS
from motcua.dossiers.queries import Detail
from motcua.look.forms import DateField
from motcua.rules import personal_id
from motcua.rules.casework import Item
from motcua.rules.collection import Collecting, Collector
from motcua.rules.refusal import Refusal

ONLINE = "online"
WHO = (
    *((str(c), COLLECTOR_LABELS[c]) for c in Collector),
    (ONLINE, "Bản điện tử, qua cổng dịch vụ công"),
)
METHODS = {str(Collector.MAIL): "mail", ONLINE: ONLINE}
"""How a result went, by who took it; at the counter where not named."""


class HandOver(ActForm):
    collector = forms.ChoiceField(
        label="Ai nhận", choices=WHO, initial=str(Collector.OWNER), widget=forms.RadioSelect
    )
    recipient = forms.CharField(
        label="Người nhận kết quả",
        max_length=200,
        error_messages={"required": "Chưa ghi người nhận kết quả."},
    )
    shown = forms.CharField(
        label="Số giấy tờ của người nhận",
        max_length=500,
        required=False,
        help_text="Gõ số, hoặc quét mã trên thẻ căn cước. Hệ thống đối chiếu với chủ hồ sơ và không "
        "lưu lại số.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    authorisation = forms.CharField(
        label="Giấy ủy quyền, giấy giới thiệu số",
        max_length=100,
        required=False,
        help_text="Khi người khác nhận thay; giấy không có số thì ghi tên giấy.",
    )
    authorised_on = DateField(label="Ngày của giấy", required=False)
    tracking = forms.CharField(
        label="Số hiệu bưu gửi", max_length=40, required=False, help_text="Khi gửi qua bưu chính."
    )
    returned = forms.MultipleChoiceField(
        label="Bản chính trả lại",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Đánh dấu bản chính đã nhận khi tiếp nhận và nay trả lại người nộp.",
    )

    def start(self, found: Detail) -> dict[str, Any]:
        return {"recipient": found.dossier["applicant_name"]}

    def prepare(self, found: Detail, item: Item | None) -> None:
        originals = [
            (str(paper["id"]), f"{paper['name']} ({paper['originals']} bản chính)")
            for paper in found.papers
            if paper["originals"] and paper["held"]
        ]
        if originals:
            self.fields["returned"].choices = originals  # type: ignore[attr-defined]
        else:
            del self.fields["returned"]

    def clean_shown(self) -> tuple[str, ...]:
        """The numbers of what was shown: a card tells its former number too."""
        text = self.cleaned_data["shown"].strip()
        if "|" not in text:
            number = citizen_number(text)
            return (number,) if number else ()
        try:
            card = personal_id.card(text)
        except Refusal:
            raise forms.ValidationError(
                "Chưa đọc được mã trên thẻ. Hãy quét lại hoặc gõ số định danh."
            ) from None
        return tuple(number for number in (card.number, card.former_number) if number)

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        known = {"seen": said["seen"], "recipient": said["recipient"], "identity": ""}
        who = said["collector"]
        known["method"] = METHODS.get(who, "counter")
        if who != ONLINE:
            known["collecting"] = Collecting(
                Collector(who),
                said["shown"],
                said["authorisation"],
                said["authorised_on"],
                said["tracking"],
                tuple(UUID(paper) for paper in said.get("returned", ())),
            )
        return known

    def written(self) -> list[tuple[str, str]]:
        return [pair for pair in super().written() if pair[0] != self.fields["shown"].label]
