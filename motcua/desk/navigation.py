"""What stands in the desk's side navigation, in the order of a working day; who sees each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from motcua.rules.actor import Actor, May


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the desk: the words of its link, the name of its address, for whom it is, and the key that
    goes there after "g"."""

    label: str
    name: str
    shown: Callable[[Actor], bool]
    exact: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Places of one kind of work, under a title."""

    title: str
    places: tuple[Place, ...]


def everybody(actor: Actor) -> bool:
    return True


def who_may(*capabilities: May) -> Callable[[Actor], bool]:
    """Whoever has one of these capabilities."""
    return lambda actor: not actor.may.isdisjoint(capabilities)


GROUPS: tuple[Group, ...] = (
    Group(
        "Việc của tôi",
        (
            Place("Hộp việc", "desk:inbox", everybody, exact=True, key="h"),
            Place("Danh sách hồ sơ", "desk:dossiers", everybody, key="d"),
            Place("Chờ ký", "desk:to_sign", who_may(May.SIGN)),
            Place("Chờ vào số, đóng dấu", "desk:registry", who_may(May.REGISTER)),
            Place("Chờ ký chứng thực", "desk:signing", who_may(May.SIGN)),
            Place("Xin ý kiến", "desk:opinions", who_may(May.PROCESS)),
            Place("Phiếu ngày", "desk:day", everybody, key="n"),
            Place("Vắng mặt – người thay", "desk:absences", everybody),
        ),
    ),
    Group(
        "Tại quầy",
        (
            Place("Gọi số", "desk:calling", who_may(May.ACCEPT, May.HAND_OVER), exact=True),
            Place("Tiếp nhận hồ sơ", "desk:intake", who_may(May.ACCEPT), key="t"),
            Place("Hồ sơ trực tuyến chờ tiếp nhận", "desk:triage", who_may(May.ACCEPT)),
            Place("Chứng thực", "desk:certification", who_may(May.ACCEPT), exact=True),
            Place("Thu phí, lệ phí", "desk:cash", who_may(May.COLLECT)),
            Place("Chờ trả kết quả", "desk:collect", who_may(May.HAND_OVER)),
            Place(
                "Bàn giao hồ sơ giấy",
                "desk:handovers",
                who_may(May.ACCEPT, May.HAND_OVER, May.PROCESS),
            ),
            Place("Lịch hẹn", "desk:appointments", who_may(May.ACCEPT)),
            Place("Sổ theo dõi hồ sơ", "desk:register", who_may(May.ACCEPT, May.HAND_OVER)),
            Place("Sổ chứng thực", "desk:certification_books", who_may(May.ACCEPT, May.SIGN)),
        ),
    ),
    Group(
        "Trong đơn vị",
        (
            Place("Việc của đơn vị", "desk:unit", who_may(May.ASSIGN), key="v"),
            Place(
                "Đính chính chờ xác nhận",
                "desk:corrections",
                who_may(May.ACCEPT, May.ASSIGN, May.APPROVE),
            ),
            Place("Người dân đánh giá", "desk:ratings", who_may(May.ASSIGN, May.SIGN)),
            Place(
                "Chứng thư số",
                "desk:certificates",
                who_may(May.OPERATE, May.REGISTER, May.ASSIGN, May.SIGN),
            ),
            Place("Thời gian chờ", "desk:waits", who_may(May.ACCEPT, May.SEE_FIGURES)),
        ),
    ),
    Group(
        "Kiểm soát",
        (
            Place("Dấu hiệu cần xem xét", "desk:signals", who_may(May.SEE_FIGURES)),
            Place("Trả lời hồ sơ trực tuyến", "desk:answers", who_may(May.ACCEPT, May.SEE_FIGURES)),
            Place("Ai tiếp nhận cho ai", "desk:helped", who_may(May.SEE_FIGURES)),
            Place("Trao đổi hồ sơ", "desk:exchange", who_may(May.OPERATE, May.SEE_FIGURES)),
            Place("Kết nối", "desk:connections", who_may(May.OPERATE)),
            Place("Sắp xếp đơn vị", "desk:moves", who_may(May.MANAGE_CATALOGUE, May.MANAGE_UNITS)),
        ),
    ),
    Group(
        "Tra cứu",
        (
            Place("Thống kê", "figures:overview", everybody, key="s", exact=True),
            Place("Chất lượng phục vụ", "figures:quality", everybody),
            Place("Lịch làm việc", "desk:calendar", everybody, key="l"),
            Place("Mẫu giấy tờ", "desk:papers", everybody),
            Place("Việc cần hai người", "desk:duties", everybody),
        ),
    ),
)


def groups(actor: Actor) -> list[Group]:
    """The groups this actor sees, with the places he sees in them."""
    kept = (
        Group(group.title, tuple(place for place in group.places if place.shown(actor)))
        for group in GROUPS
    )
    return [group for group in kept if group.places]


def keyed(actor: Actor) -> list[Place]:
    """The places that a key goes to."""
    return [place for group in groups(actor) for place in group.places if place.key]
