"""Limits and fees as real procedures print them: read where there is one reading, else left as text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.rules.deadline import Limit, LimitUnit
from motcua.rules.procedure_text import (
    Reason,
    contradicts,
    parse_fee,
    parse_limit,
)

DAY, WORK = LimitUnit.CALENDAR_DAY, LimitUnit.WORKING_DAY

READ_LIMITS = [
    ("10 ngày làm việc", 10, WORK),
    ("10 Ngày làm việc", 10, WORK),
    ("• 09 ngày làm việc.", 9, WORK),
    ("07 Ngày", 7, DAY),
    ("30 ngày", 30, DAY),
    ("0,5 ngày", "0.5", DAY),
    ("2.5 Ngày làm việc", "2.5", WORK),
    ("8 giờ", 8, LimitUnit.WORKING_HOUR),
    ("04 giờ làm việc", 4, LimitUnit.WORKING_HOUR),
    ("01 tháng", 1, LimitUnit.MONTH),
    ("Không quá 15 ngày", 15, DAY),
    ("Không quá 15 ngày kể từ…", 15, DAY),
    ("Không quá 15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ", 15, DAY),
    ("Tối đa 05 ngày làm việc", 5, WORK),
    ("Trong thời hạn 03 ngày làm việc, kể từ ngày nhận đủ hồ sơ", 3, WORK),
    ("Trong 01 ngày làm việc", 1, WORK),
    ("Thời hạn giải quyết: 12 ngày làm việc", 12, WORK),
    ("20 (hai mươi) ngày, kể từ ngày nhận khi đủ hồ sơ hợp lệ.", 20, DAY),
    ("• Mười lăm (15) ngày làm việc", 15, WORK),
    ("05 (năm) ngày làm việc (đối với hồ sơ hợp lệ).", 5, WORK),
    ("15 ngày kể từ ngày ghi trên Phiếu tiếp nhận hồ sơ", 15, DAY),
    ("06 ngày làm việc kể từ ngày nhận được hồ sơ đầy đủ, hợp lệ.", 6, WORK),
    ("30 ngày (không tính thời gian niêm yết)", 30, DAY),
    ("8 ngày làm việc\n(Không tính thời gian 30 ngày niêm yết công khai).", 8, WORK),
    ("10 ngày la\u0300m vi\u00ea\u0323c", 10, WORK),
]
SAME_DAY = [
    "Trong ngày",
    "Trong ngày làm việc",
    "Ngay trong ngày",
    "Ngay trong ngày tiếp nhận yêu cầu",
    "Ngay trong ngày tiếp nhận yêu cầu, trường hợp nhận hồ sơ sau 15 giờ mà không giải quyết được ngay "
    "thì trả kết quả trong ngày làm việc tiếp theo.",
]
LEFT_LIMITS = [
    ("", Reason.NOT_STATED),
    ("Không có thông tin", Reason.NOT_STATED),
    ("Không quy định", Reason.NOT_STATED),
    ("(chưa cập nhật)", Reason.NOT_STATED),
    ("Khác", Reason.NOT_STATED),
    ("20", Reason.NO_UNIT),
    ("140,000 ", Reason.NO_UNIT),
    ("05 - 10 ngày làm việc", Reason.RANGE),
    ("3 ngày làm việc; nếu phải xác minh, không quá 6 ngày làm việc", Reason.SEVERAL),
    ("Trong ngày: nếu dữ liệu có sẵn. Không quá 10 ngày: nếu không", Reason.CONDITIONAL),
    ("10 ngày làm việc đối với trường hợp thửa đất đã có Giấy chứng nhận", Reason.CONDITIONAL),
    ("20 ngày (không tính thời gian bổ sung); trường hợp phức tạp 30 ngày", Reason.CONDITIONAL),
    ("Trong ngày làm việc. (Hoặc không quá 03 ngày nếu có lý do chính đáng)", Reason.CONDITIONAL),
    ("05 ngày làm việc, kể từ ngày nhận được thông báo", Reason.OTHER_START),
    ("0 Giờ", Reason.OUT_OF_RANGE),
    ("99999 ngày", Reason.OUT_OF_RANGE),
    ("1,5 tháng", Reason.OUT_OF_RANGE),
    ("Chậm nhất là ngay trước khi tàu rời cảng", Reason.UNKNOWN),
    ("06 ngày làm việc (Trực tiếp)", Reason.UNKNOWN),
]
READ_FEES = [
    ("Miễn phí", 0, None, ""),
    ("Không", 0, None, ""),
    ("Không có lệ phí", 0, None, ""),
    ("Phí : 0 Đồng", 0, None, ""),
    ("50.000 đồng/lần", 50_000, "lần", ""),
    ("10,000,000 VNĐ", 10_000_000, None, ""),
    ("280.000đ", 280_000, None, ""),
    ("50.000 đồng/1 giấy phép", 50_000, "1 giấy phép", ""),
    ("700.000 đồng/lần/cơ sở", 700_000, "lần/cơ sở", ""),
    ("30.000đ/Hồ sơ (Thông tư số 277/2016/TT-BTC)", 30_000, "Hồ sơ", "Thông tư số 277/2016/TT-BTC"),
]
LEFT_FEES = [
    ("Không có thông tin", Reason.NOT_STATED),
    ("Chưa có văn bản quy định", Reason.NOT_STATED),
    ("10 USD", Reason.FOREIGN_CURRENCY),
    ("50 VNĐ", Reason.SUSPICIOUS),
    ("1.5 đồng", Reason.SUSPICIOUS),
    ("12.000đ - 60.000đ", Reason.RANGE),
    ("Từ 12.000đ đến 60.000đ", Reason.RANGE),
    ("2.000 đồng/trang, từ trang thứ ba 1.000 đồng/trang", Reason.SEVERAL),
    ("325.000 VND (Từ ngày 01/7/2024 đến 31/12/2024)", Reason.CONDITIONAL),
    ("Theo quy định của Luật phí và lệ phí", Reason.UNKNOWN),
    ("50.000", Reason.NO_UNIT),
]


@pytest.mark.parametrize(("text", "amount", "unit"), READ_LIMITS)
def test_a_limit_with_one_reading_is_read(text, amount, unit):
    parsed = parse_limit(text)
    assert (parsed.limit, parsed.text, parsed.reason) == (Limit(Decimal(amount), unit), text, None)


@pytest.mark.parametrize("text", SAME_DAY)
def test_within_the_day_is_its_own_unit(text):
    assert parse_limit(text).limit == Limit(None, LimitUnit.SAME_DAY)


@pytest.mark.parametrize(("text", "reason"), LEFT_LIMITS)
def test_a_limit_without_one_reading_stays_text(text, reason):
    parsed = parse_limit(text)
    assert (parsed.limit, parsed.text, parsed.reason) == (None, text, reason)


@pytest.mark.parametrize(("text", "amount", "per", "note"), READ_FEES)
def test_a_fee_with_one_reading_is_read(text, amount, per, note):
    fee = parse_fee(text)
    assert (fee.amount, fee.per, fee.note, fee.text, fee.reason) == (amount, per, note, text, None)


@pytest.mark.parametrize(("text", "reason"), LEFT_FEES)
def test_a_fee_without_one_reading_stays_text(text, reason):
    fee = parse_fee(text)
    assert (fee.amount, fee.text, fee.reason) == (None, text, reason)


def test_a_fee_and_a_duty_are_told_apart():
    assert parse_fee("Phí : 1.000.000 Đồng").kind == "fee"
    assert parse_fee("Lệ phí : 8.000 Đồng").kind == "duty"


def test_a_note_that_says_otherwise_contradicts_the_fee():
    free = parse_fee("Miễn phí")
    assert contradicts(free, "Mức lệ phí do Hội đồng nhân dân cấp tỉnh quyết định")
    assert contradicts(free, "50.000 đồng/giấy")
    assert not contradicts(free, "Thông tư số 94/2021/TT-BTC")
    assert not contradicts(parse_fee("50.000 đồng"), "50.000 đồng; trực tuyến: 25.000 đồng")


@given(st.text())
def test_any_text_is_kept_and_either_read_or_given_a_reason(text):
    limit, fee = parse_limit(text), parse_fee(text)
    assert limit.text == text
    assert fee.text == text
    assert (limit.limit is None) == (limit.reason is not None)
    assert (fee.amount is None) == (fee.reason is not None)


@given(st.integers(1, 1998).map(lambda n: Decimal(n) / 2), st.sampled_from(["ngày", "giờ"]))
def test_a_number_with_a_unit_reads_back_as_that_number(amount, unit):
    assert parse_limit(f"{amount} {unit}").limit.amount == amount
