"""The forms of money: fees asked by the line of the version, taken, voided, given back, counted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms

from motcua.desk import words
from motcua.desk.forms import LONG, ActForm, reason
from motcua.dossiers import charging
from motcua.dossiers.queries import Detail
from motcua.look import formats
from motcua.rules import fees
from motcua.rules.casework import Item


class MoneyField(forms.IntegerField):
    """Đồng, as people write it: 50000, 50.000, 50 000 đ."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    default_error_messages = {
        "invalid": "Số tiền chưa đúng: hãy ghi số đồng, ví dụ 50.000.",
        "required": "Hãy ghi số tiền.",
        "min_value": "Số tiền phải lớn hơn 0 đồng.",
        "max_value": "Số tiền quá lớn. Hãy kiểm tra lại.",
    }

    def to_python(self, value: Any) -> int | None:
        bare = str(value or "").lower().replace("đồng", "").replace("đ", "")
        return super().to_python(bare.replace(".", "").replace(",", "").replace(" ", ""))


class ChargeFee(ActForm):
    fee = forms.TypedChoiceField(
        label="Khoản thu theo quyết định công bố",
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Hãy chọn một khoản thu.",
            "invalid_choice": "Khoản thu này đã lập rồi. Hãy tải lại trang.",
        },
    )
    quantity = forms.IntegerField(
        label="Số lượng",
        min_value=1,
        max_value=fees.MOST,
        initial=1,
        help_text="Mức thu tính theo bản, theo người, theo thửa… thì ghi số lượng.",
    )
    relief = forms.ChoiceField(label="Diện miễn, giảm", required=False)
    amount = MoneyField(
        label="Số tiền (đồng), khi phải tự ghi",
        help_text="Để trống thì thu đúng mức đã công bố.",
        min_value=1,
        max_value=fees.LARGEST,
        required=False,
    )
    reason = forms.CharField(
        label="Căn cứ",
        help_text="Bắt buộc khi tự ghi số tiền, hoặc không áp dụng miễn, giảm mà hồ sơ được hưởng.",
        max_length=LONG,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    before_result = forms.TypedChoiceField(
        label="Khi nào phải nộp",
        choices=(("yes", "Trước khi có kết quả"), ("no", "Khi nhận kết quả")),
        coerce=lambda said: said == "yes",
        initial="yes",
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        case = found.case
        open_lines = [x for x in charging.listed(case) if x.position not in case.charged]
        self.fields["fee"].choices = [  # type: ignore[attr-defined]
            (str(line.position), _line_text(line)) for line in open_lines
        ]
        reliefs = charging.reliefs(case)
        self.fields["relief"].choices = [  # type: ignore[attr-defined]
            ("", "Không"),
            *((r.code, f"{r.title} ({r.article})") for r in reliefs if r.fits(case.channel)),
        ]
        held = fees.automatic(case.channel, reliefs)
        self.initial.setdefault("relief", held.code if held else "")
        if len(open_lines) == 1:
            self.initial.setdefault("fee", str(open_lines[0].position))


def _line_text(line: fees.Listed) -> str:
    """The words of a line, with its amount where they do not name it."""
    name = fees.name_of(line)
    if line.amount is None:
        return f"{name} – chưa nêu mức cụ thể"
    return name if formats.number_text(line.amount) in name else f"{name} – {_money(line.amount)}"


def _money(amount: int) -> str:
    return formats.money_text(amount)


class RequestPayment(ActForm):
    name = forms.CharField(
        label="Khoản thu",
        max_length=300,
        error_messages={"required": "Hãy ghi tên phí, lệ phí hoặc nghĩa vụ tài chính."},
    )
    amount = MoneyField(label="Số tiền (đồng)", min_value=1, max_value=fees.LARGEST)
    reason = forms.CharField(
        label="Căn cứ",
        help_text="Thông báo của cơ quan thuế, nghị quyết, văn bản quy định mức thu.",
        max_length=LONG,
        error_messages={"required": "Số tiền tự ghi phải có căn cứ. Hãy nêu văn bản hoặc lý do."},
    )
    stops_clock = forms.BooleanField(
        label="Là nghĩa vụ tài chính phải xong trước khi giải quyết tiếp",
        help_text="Khi chọn, thời hạn giải quyết tạm dừng cho tới lúc nộp đủ.",
        required=False,
    )


class OfCharge(ActForm):
    charge_id = forms.TypedChoiceField(
        label="Khoản thu",
        coerce=UUID,
        error_messages={"invalid_choice": "Khoản thu này không còn chờ nộp. Hãy tải lại trang."},
    )

    def prepare(self, found: Detail, item: Item | None) -> None:
        self.fields["charge_id"].choices = [  # type: ignore[attr-defined]
            (str(c.id), f"{c.name} – {_money(c.amount)}") for c in found.case.charges
        ]


class RecordPayment(OfCharge):
    method = forms.ChoiceField(label="Cách nộp", choices=words.BY_HAND, initial="cash")
    receipt_number = forms.CharField(
        label="Số biên lai in sẵn, nếu có",
        help_text="Để trống thì dùng số tiếp theo trong sổ biên lai của bộ phận.",
        max_length=40,
        required=False,
    )


class CancelCharge(OfCharge):
    reason = reason("Vì sao bỏ khoản thu", "Người nộp đọc lý do này.")


class VoidReceipt(forms.Form):
    """Void a receipt: a spoiled one gets another number, or the cash goes back."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    replace = forms.TypedChoiceField(
        label="Việc cần làm",
        choices=(
            ("yes", "Biên lai hỏng, ghi sai: đổi sang số khác, tiền giữ nguyên"),
            ("no", "Trả lại tiền mặt ngay: khoản thu chờ nộp lại"),
        ),
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    reason = reason("Lý do hủy biên lai", "Số đã hủy vẫn nằm trong sổ cùng lý do.")


class OrderRefund(forms.Form):
    """Order that what was paid goes back."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    reason = reason("Vì sao hoàn trả", "Người khác chi trả đọc lý do này.")


class PayRefund(forms.Form):
    """Give money back by hand."""

    reference = forms.CharField(label="Số chứng từ chi, chuyển tiền", max_length=80, required=False)


class CountDrawer(forms.Form):
    """Count the cash of one's day."""

    counted = MoneyField(
        label="Tiền mặt đếm được (đồng)",
        min_value=0,
        max_value=fees.LARGEST,
        error_messages={"min_value": "Số tiền đếm được không thể âm. Hãy đếm lại."},
    )
    note = forms.CharField(label="Vì sao lệch, nếu lệch", max_length=LONG, required=False)
