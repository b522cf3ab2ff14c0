"""Names of constructed people: common surnames, middle names and given names, put together by chance."""

from __future__ import annotations

from random import Random

SURNAMES = (
    *("Nguyễn",) * 12, *("Trần",) * 5, *("Lê",) * 5, *("Phạm",) * 3, *("Hoàng",) * 3, *("Phan",) * 3,
    *("Vũ", "Võ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Hồ", "Ngô", "Dương", "Lý", "Cao", "Thái", "Đinh"),
    *("Lô", "Vi", "Lương", "Moong", "Cụt", "Xồng", "Hà", "Trương", "Đậu", "Tăng", "Nghiêm"),
)  # fmt: skip
MEN = ("Văn", "Hữu", "Đức", "Công", "Quang", "Xuân", "Đình", "Minh", "Thanh", "Bá")
WOMEN = ("Thị", "Thị", "Thị", "Ngọc", "Thu", "Thanh", "Hồng", "Kim", "Bích", "Diệu")
GIVEN_MEN = (
    "An", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hải", "Hiếu", "Hùng", "Huy", "Khánh", "Lâm", "Long",
    "Mạnh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Sơn", "Tài", "Thắng", "Tiến", "Trung", "Tuấn", "Vinh",
)  # fmt: skip
GIVEN_WOMEN = (
    "Anh", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hiền", "Hoa", "Hương", "Lam", "Lan", "Linh", "Loan", "Mai",
    "Nga", "Ngân", "Nhung", "Oanh", "Phương", "Quỳnh", "Tâm", "Thảo", "Thu", "Trang", "Tuyết", "Yến",
)  # fmt: skip


def full_name(random: Random) -> str:
    """A name such as people here have; nobody in particular."""
    middles, givens = random.choice(((MEN, GIVEN_MEN), (WOMEN, GIVEN_WOMEN)))
    return f"{random.choice(SURNAMES)} {random.choice(middles)} {random.choice(givens)}"
