"""The open places of a document that is to be issued: number, day, the person's signature, the seal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.files.appearances import Size

NUMBER, DAY, PERSON, SEAL = "SoKyHieu", "NgayBanHanh", "NguoiKy", "CoQuan"
TITLES = {
    NUMBER: "Số, ký hiệu",
    DAY: "Ngày ban hành",
    PERSON: "Chữ ký số của người có thẩm quyền",
    SEAL: "Chữ ký số của cơ quan",
}
ORDER = tuple(TITLES)
"""How they lie on each other: the seal covers the signature."""


@dataclass(frozen=True, slots=True)
class Place:
    """A field's name, its page from 0, and its box in points from the lower left."""

    name: str
    page: int
    box: tuple[float, float, float, float]

    @property
    def size(self) -> Size:
        left, low, right, high = self.box
        return Size(right - left, high - low)


def from_layout(told: Iterable[Mapping[str, Any]], height: float) -> list[Place]:
    """The places the typesetter tells, from the upper left of pages of that height."""
    return [
        Place(
            one["name"],
            one["page"] - 1,
            (
                one["x"],
                height - one["y"] - one["height"],
                one["x"] + one["width"],
                height - one["y"],
            ),
        )
        for one in told
    ]
