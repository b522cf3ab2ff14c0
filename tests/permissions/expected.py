"""Who may see and do what, told by hand for every reader: the other side of the comparison.

Nothing here asks the program: whose dossiers a reader sees follows from where he works and the dossier's
own facts (who is accountable, who received it, whose it is), what he may do from whose turn it is
(NĐ 61/2018 Đ10–12, Đ17–20; a right to figures is not a right to rows).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from motcua.rules.actor import CAPABILITIES, May, Role
from motcua.rules.books import Channel
from motcua.run.cast import COMMUNE, DEPARTMENT, INSPECTORATE, OTHER_COMMUNE, VERTICAL
from motcua.run.example.organisations import CENTRE, CENTRE_DESK, OFFICE
from motcua.run.example.organisations import PROVINCE as COMMITTEE
from tests.permissions.world import (
    ARCHITECT,
    CARRIED,
    CITIZEN,
    DISTRICT,
    ENTERPRISE,
    FLATS,
    HOUSE,
    JUSTICE,
    MARRIAGE,
    OFFICERS_DESK,
    Facts,
)

IN_THE_AGENCY = (Role.OFFICER, Role.HEAD, Role.LEADER, Role.REGISTRY)
PROVINCE = "cả tỉnh"
"""Figures of every agency."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who asks. `unit` is where he sits; `agency` whose dossiers are his office's, `desk` whose
    receipts he sees, `applicant` the number under which his own dossiers stand."""

    name: str
    username: str = ""
    unit: str = ""
    role: Role | None = None
    agency: str = ""
    desk: str = ""
    applicant: str = ""
    everything: bool = False
    figures: str = ""
    training: bool = False

    @property
    def is_officer(self) -> bool:
        return self.role is not None


def _works(
    username: str, unit: str, role: Role, agency: str = "", desk: str = "", figures: str = ""
) -> Reader:
    return Reader(username, username, unit, role, agency, desk, figures=figures or agency)


READERS: tuple[Reader, ...] = (
    Reader("không đăng nhập"),
    Reader("cong-dan", "cong-dan", applicant=CITIZEN),
    Reader("ke-toan", "ke-toan", applicant=ENTERPRISE),
    Reader("khong-vi-tri", "khong-vi-tri"),
    # At the desks: what the desk received, and the dossiers of the agency one works for.
    Reader("mot-cua", "mot-cua", CENTRE_DESK, Role.CLERK, DEPARTMENT, CENTRE_DESK, figures=CENTRE),
    Reader("thu-ngan", "thu-ngan", CENTRE_DESK, Role.CASHIER, CENTRE, CENTRE_DESK, figures=CENTRE),
    Reader("buu-chinh", "buu-chinh", CENTRE_DESK, Role.MAIL_CLERK, CENTRE, CENTRE_DESK,
           figures=CENTRE),
    Reader("can-bo-phuong ở một cửa", "can-bo-phuong", f"{COMMUNE}-mot-cua", Role.CLERK, COMMUNE,
           f"{COMMUNE}-mot-cua", figures=COMMUNE),
    _works("xa-khac", f"{OTHER_COMMUNE}-mot-cua", Role.CLERK, OTHER_COMMUNE,
           f"{OTHER_COMMUNE}-mot-cua"),
    # In the agencies: their own dossiers.
    Reader("can-bo-phuong ở phòng", "can-bo-phuong", f"{COMMUNE}-{OFFICERS_DESK}", Role.OFFICER,
           COMMUNE, figures=COMMUNE),
    _works("chu-tich-phuong", f"{COMMUNE}-lanh-dao", Role.LEADER, COMMUNE, figures=PROVINCE),
    _works("chuyen-vien", f"{DEPARTMENT}-{OFFICERS_DESK}", Role.OFFICER, DEPARTMENT),
    _works("dong-nghiep", f"{DEPARTMENT}-{OFFICERS_DESK}", Role.OFFICER, DEPARTMENT),
    _works("truong-phong", f"{DEPARTMENT}-{OFFICERS_DESK}", Role.HEAD, DEPARTMENT,
           figures=PROVINCE),
    _works("lanh-dao", f"{DEPARTMENT}-lanh-dao", Role.LEADER, DEPARTMENT, figures=PROVINCE),
    _works("van-thu", f"{DEPARTMENT}-van-thu", Role.REGISTRY, DEPARTMENT),
    _works("thue", f"{VERTICAL}-{OFFICERS_DESK}", Role.OFFICER, VERTICAL),
    _works("thay-lanh-dao", f"{JUSTICE}-lanh-dao", Role.LEADER, JUSTICE, figures=PROVINCE),
    # The Committee and its Office: what came before the Committee.
    _works("van-phong", f"{OFFICE}-{OFFICERS_DESK}", Role.OFFICER, OFFICE),
    _works("chu-tich", f"{COMMITTEE}-lanh-dao", Role.LEADER, COMMITTEE, figures=PROVINCE),
    _works("van-thu-tinh", f"{COMMITTEE}-van-thu", Role.REGISTRY, COMMITTEE),
    # Above them: figures of all; rows only by a duty of their own.
    _works("giam-doc", f"{CENTRE}-lanh-dao", Role.DIRECTOR, "", CENTRE_DESK, figures=PROVINCE),
    _works("kiem-soat", f"{OFFICE}-phong-kiem-soat-tthc", Role.CONTROL_OFFICER, figures=PROVINCE),
    _works("tong-hop", f"{OFFICE}-phong-kiem-soat-tthc", Role.COMMITTEE_OFFICER, figures=PROVINCE),
    _works("quan-tri", f"{OFFICE}-phong-kiem-soat-tthc", Role.ADMINISTRATOR, figures=PROVINCE),
    _works("duoc-xem", f"{OFFICE}-phong-kiem-soat-tthc", Role.CONTROL_OFFICER, JUSTICE,
           figures=PROVINCE),
    Reader("thanh-tra", "thanh-tra", f"{INSPECTORATE}-{OFFICERS_DESK}", Role.INSPECTOR,
           everything=True, figures=PROVINCE),
    Reader("tap-huan", "tap-huan", f"{DEPARTMENT}-{OFFICERS_DESK}", Role.OFFICER, DEPARTMENT,
           figures=DEPARTMENT, training=True),
)  # fmt: skip


def sees(reader: Reader, dossier: Facts) -> bool:
    """Whether the dossier is there for the reader at all."""
    if reader.training != dossier.training:
        return False
    return (
        reader.everything
        or reader.agency == dossier.accountable
        or reader.desk == dossier.received_by
        or (reader.applicant != "" and reader.applicant == dossier.applicant)
        or is_asked(reader, dossier)
        or decides(reader, dossier)
    )


def decides(reader: Reader, dossier: Facts) -> bool:
    """Whether the dossier came before the Committee in which, or in whose Office, the reader works."""
    return dossier.decided and reader.role in IN_THE_AGENCY and reader.agency in (COMMITTEE, OFFICE)


def received_it(reader: Reader, facts: Facts) -> bool:
    """Whether he takes in where the dossier was received."""
    at = {reader.unit, reader.desk} if reader.role is Role.DIRECTOR else {reader.unit}
    return (
        reader.role is not None
        and May.ACCEPT in CAPABILITIES[reader.role]
        and facts.received_by in at
    )


def reads_register(reader: Reader, dossier: Facts) -> bool:
    """Whether the dossier stands in a register of a desk that is the reader's to read: an accepted one, at
    the desk where he works or that he answers for."""
    if reader.training != dossier.training or not dossier.received:
        return False
    return reader.everything or reader.desk == dossier.received_by


def is_asked(reader: Reader, dossier: Facts, *, still: bool = False) -> bool:
    """Whether the reader works in an agency that was asked about the dossier (NĐ 61/2018 Đ19.5); `still`:
    and has not answered. At a desk, or by a grant, one is not asked."""
    agencies = dossier.consulted[-1:] if still else dossier.consulted
    return reader.role in IN_THE_AGENCY and reader.agency in agencies


def works_for(reader: Reader) -> str:
    """The agency of the reader's own post, where it may settle dossiers."""
    return reader.agency if reader.role in IN_THE_AGENCY else ""


def by_duty(reader: Reader, dossier: Facts) -> bool:
    """Whether the reader sees the dossier by more than having been asked."""
    return sees(reader, replace(dossier, consulted=()))


def his_turn(reader: Reader, dossier: Facts) -> bool:
    """Whether the open step lies on the reader's desk: his unit, his role, nobody else's name on it."""
    return (
        sees(reader, dossier)
        and dossier.step == (reader.unit, reader.role)
        and dossier.taken_by in ("", reader.username)
    )


def may_do(reader: Reader, dossier: Facts) -> frozenset[str]:
    """The acts that would succeed now, if the reader asked for them properly."""
    if not sees(reader, dossier):
        return frozenset()
    if reader.applicant:
        return frozenset(_as_applicant(dossier))
    return frozenset(
        _on_the_step(reader, dossier)
        | _at_the_desk(reader, dossier)
        | _on_fees(reader, dossier)
        | _giving_out(reader, dossier)
        | _leading(reader, dossier)
        | ({"answer_opinion"} if is_asked(reader, dossier, still=True) else set())
    )


def _as_applicant(dossier: Facts) -> set[str]:
    """The applicant takes back what is not decided, and brings what was asked for."""
    acts = {"withdraw"} if dossier.standing in OPEN else set()
    return acts | ({"receive_supplement"} if dossier.standing == "supplement" else set())


OPEN = ("submitted", "accepted", "processing", "supplement", "stopped")
ASKS_OTHERS = {(ARCHITECT, DEPARTMENT), (HOUSE, DISTRICT)}
"""The procedures, where they are offered so, that may wait for what another agency says."""


def _on_the_step(reader: Reader, dossier: Facts) -> set[str]:
    if not his_turn(reader, dossier):
        return set()
    acts = {"take"}  # again, too: it changes nothing
    acts |= {"ask_opinions"} if dossier.standing != "done" else set()
    if (dossier.procedure, dossier.accountable) in ASKS_OTHERS and dossier.standing != "done":
        acts.add("pause")
    if dossier.standing not in ("accepted", "processing"):
        return acts
    acts |= {"request_supplement", "request_payment", "refuse_in_process"}
    acts |= set() if dossier.proposed else {"propose_reappointment"}
    acts |= {"extend_by_law"} if dossier.procedure == MARRIAGE else set()
    acts |= {"conclude"} if dossier.concludes else {"hand_on"}
    return acts if dossier.first_step else acts | {"send_back"}


def _at_the_desk(reader: Reader, dossier: Facts) -> set[str]:
    """What is done where the dossier was received: taking in and giving out by the clerks and their
    director, money by whoever has the cash box."""
    if reader.desk != dossier.received_by:
        return set()
    acts: set[str] = set()
    if reader.role in (Role.CLERK, Role.MAIL_CLERK, Role.DIRECTOR):
        acts |= {
            "submitted": {"accept", "refuse_intake", "request_supplement", "reroute"},
            "supplement": {"receive_supplement"},
            "stopped": {"resume"},
            "done": {"hand_over"},
        }.get(dossier.standing, set())
        acts |= {"withdraw"} if dossier.standing in OPEN else set()
        acts |= {"reappoint"} if dossier.proposed else set()
    if dossier.charge and reader.role in (Role.CLERK, Role.CASHIER):
        acts.add("record_payment")
    return acts


def _on_fees(reader: Reader, dossier: Facts) -> set[str]:
    """Fees are asked, and asked no more, by who has the dossier and by whoever has the desk's cash box."""
    may = takes_money(reader, dossier) or his_turn(reader, dossier)
    if dossier.standing not in OPEN or not may:
        return set()
    acts = {"cancel_charge"} if dossier.charge else set()
    under_way = dossier.standing in ("accepted", "processing")
    return acts | ({"charge_fee"} if under_way and dossier.procedure != FLATS else set())


def _giving_out(reader: Reader, dossier: Facts) -> set[str]:
    """A head gives the steps of his unit to its officers, from one to another where somebody has one; the
    centre's director those of its desk."""
    if dossier.step is None:
        return set()
    unit = dossier.step[0]
    heads = reader.role is Role.HEAD and unit == reader.unit
    directs = reader.role is Role.DIRECTOR and unit == reader.desk
    if not (heads or directs):
        return set()
    return {"reassign"} if dossier.taken_by else {"assign"}


def _leading(reader: Reader, dossier: Facts) -> set[str]:
    """Who heads or leads the agency that answers for a dossier hands it to another, and has it settled
    again when it was finished and its result not given out."""
    if reader.role not in (Role.HEAD, Role.LEADER) or reader.agency != dossier.accountable:
        return set()
    if dossier.standing == "done":
        return {"reopen"}
    return {"transfer"} if dossier.standing in OPEN[1:] else set()


def collects(reader: Reader, dossier: Facts) -> bool:
    """Whether the result waits on a list of the reader's: at his desk, where he gives results out."""
    gives = reader.role in (Role.CLERK, Role.MAIL_CLERK, Role.DIRECTOR)
    return gives and dossier.standing == "done" and reader.desk == dossier.received_by


def takes_money(reader: Reader, dossier: Facts) -> bool:
    """Whether the reader has the cash box of the desk that received the dossier."""
    return reader.desk == dossier.received_by and reader.role in (Role.CLERK, Role.CASHIER)


def takes_in(reader: Reader, dossier: Facts) -> bool:
    """Whether it waits on the reader's list to be taken in: filed online at his desk, where he takes in."""
    takes = reader.role in (Role.CLERK, Role.MAIL_CLERK, Role.DIRECTOR)
    return takes and dossier.standing == "submitted" and reader.desk == dossier.received_by


def answers_for(reader: Reader, dossier: Facts) -> bool:
    """Whether it stands behind the figures of answers that are the reader's: his desk's, or everybody's."""
    figures = reader.figures == PROVINCE or takes_in(reader, dossier)
    return figures and dossier.standing == "submitted"


def carries(reader: Reader, dossier: Facts) -> bool:
    """Whether the paper lies with the reader's desk or agency and has to go to another unit."""
    away = dossier.step is not None and dossier.step[0] != dossier.received_by
    paper = dossier.channel is not Channel.ONLINE and dossier.key not in CARRIED
    return sees(reader, dossier) and away and paper and _gives_paper(reader, dossier)


def on_a_list(reader: Reader, dossier: Facts) -> bool:
    """Whether the paper is on its way from or to the reader's desk or agency."""
    takes = reader.unit.startswith(dossier.accountable)
    mine = takes or _gives_paper(reader, dossier)
    return dossier.key in CARRIED and mine and sees(reader, dossier)


def _gives_paper(reader: Reader, dossier: Facts) -> bool:
    own = reader.unit.startswith(dossier.accountable)
    return reader.desk == dossier.received_by or (
        own and dossier.received_by.startswith(dossier.accountable)
    )


def counts(reader: Reader, dossier: Facts) -> bool:
    """Whether the dossier is in the figures the reader may see."""
    if dossier.training:
        return False
    return reader.figures in (PROVINCE, dossier.accountable)
