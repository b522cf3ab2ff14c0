"""How the service was: three levels, why, and words; and what the kiosk asks first."""

from __future__ import annotations

import re

from django import forms

from motcua.dossiers.ratings import ENDING, LEVEL_LABELS, REASON_LABELS
from motcua.rules.casework_ratings import LONGEST, Because, Satisfaction


class Rate(forms.Form):
    """One choice is enough."""

    level = forms.ChoiceField(
        label="Ông/bà thấy việc giải quyết thế nào?",
        choices=[(level.value, label) for level, label in LEVEL_LABELS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "Hãy chọn một mức."},
    )
    reasons = forms.MultipleChoiceField(
        label="Vì sao?",
        choices=[(reason.value, label) for reason, label in REASON_LABELS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label="Ý kiến thêm",
        required=False,
        max_length=LONGEST,
        help_text="Nếu chưa hài lòng, hãy ghi việc đã xảy ra; người phụ trách sẽ xem xét và kết luận.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def said(self) -> dict[str, object]:
        """What was said, as the act takes it."""
        return {
            "level": Satisfaction(self.cleaned_data["level"]),
            "reasons": [Because(one) for one in self.cleaned_data["reasons"]],
            "text": self.cleaned_data["text"],
        }


class Kiosk(forms.Form):
    """The code of the receipt, and the end of a number that its holder knows."""

    code = forms.CharField(
        label="Mã hồ sơ",
        max_length=200,
        help_text="Quét mã trên giấy tiếp nhận, hoặc gõ như in trên giấy.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
        error_messages={"required": "Hãy quét hoặc ghi mã hồ sơ."},
    )
    ending = forms.CharField(
        label="Bốn số cuối",
        max_length=ENDING,
        help_text="Của số định danh hoặc số điện thoại chủ hồ sơ.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Hãy ghi bốn số cuối."},
    )

    def clean_ending(self) -> str:
        ending = str(self.cleaned_data["ending"]).strip()
        if not re.fullmatch(rf"\d{{{ENDING}}}", ending, re.ASCII):
            raise forms.ValidationError("Hãy ghi đúng bốn chữ số.")
        return ending
