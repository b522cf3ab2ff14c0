"""A dozen dossiers over several agencies of the example, one in each standing, and everybody who may ask.

What the dossiers are is written here by hand (`Facts`), and what follows for whom in expected.py: neither
asks the program. Raising them goes through the rooms' own acts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.catalogue import operations as catalogue
from motcua.catalogue import queries as procedures
from motcua.catalogue.operations import DecisionGiven, OfferingGiven
from motcua.dossiers import operations, rating_tokens
from motcua.dossiers.attachments import Attached
from motcua.dossiers.models import Dossier, Opinion, WorkItem
from motcua.dossiers.operations import Agency, Member, Minutes
from motcua.files import operations as files
from motcua.files import shelves
from motcua.files.tests import samples
from motcua.journeys import certifying, intake
from motcua.journeys.intake import Applicant, Application
from motcua.ledger import sql
from motcua.organisations import queries as organisations
from motcua.people import operations as people
from motcua.people import queries as actors
from motcua.people.models import Account, PostHeld
from motcua.rules.actor import Actor, May, Role, Scope, system
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.casework_opinions import Stance
from motcua.rules.casework_ratings import Satisfaction
from motcua.rules.certification import Line
from motcua.rules.clock_rules import Ground
from motcua.rules.worktime import ZONE
from motcua.run.cast import COMMUNE, DEPARTMENT, OTHER_COMMUNE, SINCE, VERTICAL
from motcua.run.example.organisations import CENTRE_DESK, OFFICE

SYSTEM = system("kiểm thử")
RECEIVED = datetime(2022, 11, 21, 9, 0, tzinfo=ZONE)
LATER = datetime(2023, 1, 30, 10, 0, tzinfo=ZONE)
NOW = datetime(2022, 11, 22, 9, 0, tzinfo=ZONE)
JUSTICE = "so-tu-phap"
DISTRICT = "huyen-quy-chau-416"
CITIZEN, ENTERPRISE = "040190001234", "2909999907"
"""The numbers of the two of the cast who file dossiers."""
OFFICERS_DESK = "phong-chuyen-mon"


@dataclass(frozen=True, slots=True)
class Facts:
    """A dossier as people would tell of it. `step` is the unit and role whose turn it is, `taken_by` who
    took it, `proposed` that a new date was asked for; `consulted` the agencies asked about it, the last of
    which has not answered; `decided` that it came before the Committee; `received` whether it counts as
    received; `standing` what it waits for."""

    key: str
    accountable: str
    received_by: str
    procedure: str
    standing: str
    applicant: str = ""
    channel: Channel = Channel.COUNTER
    step: tuple[str, Role] | None = None
    concludes: bool = False
    first_step: bool = False
    taken_by: str = ""
    charge: bool = False
    consulted: tuple[str, ...] = ()
    decided: bool = False
    proposed: bool = False
    training: bool = False

    @property
    def received(self) -> bool:
        return self.standing not in ("submitted", "refused")


def _at(agency: str, role: Role) -> tuple[str, Role]:
    return (f"{agency}-{'lanh-dao' if role is Role.LEADER else OFFICERS_DESK}", role)


ARCHITECT, RECORD, MARRIAGE, HOUSE = "1.008891", "2.000488", "1.004873", "1.009994"
FLATS = "1.012883"
"""What the Committee decides upon the department's proposal."""
COPY = "2.000815"
"""The certification of copies."""
CARRIED = ("so-tu-phap",)
"""Dossiers whose paper is on its way from the desk to who settles them."""
DOSSIERS: tuple[Facts, ...] = (
    Facts("cho-chuyen-vien", DEPARTMENT, CENTRE_DESK, ARCHITECT, "accepted",
          step=_at(DEPARTMENT, Role.OFFICER), first_step=True),
    Facts("nguoi-khac-nhan", DEPARTMENT, CENTRE_DESK, ARCHITECT, "accepted",
          step=_at(DEPARTMENT, Role.OFFICER), first_step=True, taken_by="dong-nghiep"),
    Facts("cho-truong-phong", DEPARTMENT, CENTRE_DESK, ARCHITECT, "processing",
          step=_at(DEPARTMENT, Role.HEAD)),
    Facts("cho-lanh-dao", DEPARTMENT, CENTRE_DESK, ARCHITECT, "processing",
          step=_at(DEPARTMENT, Role.LEADER), concludes=True),
    Facts("cho-bo-sung", DEPARTMENT, CENTRE_DESK, ARCHITECT, "supplement", applicant=ENTERPRISE,
          step=_at(DEPARTMENT, Role.OFFICER), first_step=True),
    Facts("dang-dung", DEPARTMENT, CENTRE_DESK, ARCHITECT, "stopped", applicant=CITIZEN,
          step=_at(DEPARTMENT, Role.OFFICER), first_step=True),
    Facts("xin-hen-lai", DEPARTMENT, CENTRE_DESK, ARCHITECT, "accepted", proposed=True,
          step=_at(DEPARTMENT, Role.OFFICER), first_step=True),
    Facts("cho-tra", DEPARTMENT, CENTRE_DESK, ARCHITECT, "done", step=(CENTRE_DESK, Role.CLERK)),
    Facts("nop-truc-tuyen", DEPARTMENT, CENTRE_DESK, ARCHITECT, "submitted", applicant=CITIZEN,
          channel=Channel.ONLINE),
    Facts("khong-nhan", DEPARTMENT, CENTRE_DESK, ARCHITECT, "refused"),
    Facts("da-tra", JUSTICE, CENTRE_DESK, RECORD, "handed over", applicant=CITIZEN),
    Facts("so-tu-phap", JUSTICE, CENTRE_DESK, RECORD, "accepted",
          step=_at(JUSTICE, Role.OFFICER), first_step=True, charge=True),
    Facts("hoi-y-kien", JUSTICE, CENTRE_DESK, RECORD, "accepted",
          step=_at(JUSTICE, Role.OFFICER), first_step=True, consulted=(VERTICAL, DEPARTMENT)),
    Facts("o-phuong", COMMUNE, f"{COMMUNE}-mot-cua", MARRIAGE, "accepted", applicant=CITIZEN,
          step=_at(COMMUNE, Role.OFFICER), first_step=True),
    Facts("chung-thuc", COMMUNE, f"{COMMUNE}-mot-cua", COPY, "certified"),
    Facts("xa-khac", OTHER_COMMUNE, f"{OTHER_COMMUNE}-mot-cua", MARRIAGE, "accepted",
          step=_at(OTHER_COMMUNE, Role.OFFICER), first_step=True),
    Facts("o-huyen", DISTRICT, f"{DISTRICT}-mot-cua", HOUSE, "accepted",
          step=_at(DISTRICT, Role.OFFICER), first_step=True),
    Facts("nganh-doc", VERTICAL, CENTRE_DESK, ARCHITECT, "accepted",
          step=_at(VERTICAL, Role.OFFICER), first_step=True),
    Facts("cho-van-phong", DEPARTMENT, CENTRE_DESK, FLATS, "processing", decided=True,
          step=_at(OFFICE, Role.OFFICER)),
    Facts("tap-huan", DEPARTMENT, CENTRE_DESK, ARCHITECT, "accepted",
          step=_at(DEPARTMENT, Role.OFFICER), first_step=True, training=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Raised:
    """A dossier as the program has it; `assignable` is an account its open step can be given to."""

    id: UUID
    code: str
    item: UUID | None
    charge: UUID | None
    slips: tuple[UUID, ...]
    files: tuple[UUID, ...]
    version: int
    name: str
    step: str
    assignable: int | None
    opinion: UUID | None
    draft: UUID | None
    issue: UUID | None
    inspection: UUID | None
    desk_files: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class World:
    dossiers: Mapping[str, Raised]
    accounts: Mapping[str, int]
    posts: Mapping[tuple[str, str], int]
    """Post held, by account and unit."""
    units: Mapping[str, int]


def raise_world() -> World:
    """Raise it in a database that holds the example's structure."""
    _offer_at_the_vertical_agency()
    _more_people()
    for facts in DOSSIERS:
        dossier_id = _taken_in(facts)
        if facts.standing not in ("refused", "certified"):
            _attach(facts, dossier_id)
        LIVES[facts.standing](facts, dossier_id)
    units = {key: unit.id for key, unit in organisations.directory.current().by_key.items()}
    held = PostHeld.objects.select_related("account", "post__unit")
    return World(
        {facts.key: _raised(facts) for facts in DOSSIERS},
        dict(Account.objects.values_list("username", "id")),
        {(h.account.username, h.post.unit.key): h.id for h in held},
        units,
    )


def _offer_at_the_vertical_agency() -> None:
    given = DecisionGiven(
        "list", "99/QĐ-UBND", "Thêm nơi giải quyết", date(2022, 1, 1), date(2022, 1, 1), "kiểm thử"
    )
    process = sql.fetch("SELECT id FROM catalogue_process WHERE key = 'co-quan-10-ngay'")[0]["id"]
    offered = OfferingGiven(
        procedure_id=_procedure(ARCHITECT),
        unit_id=_unit(VERTICAL),
        received_at_id=_unit(CENTRE_DESK),
        process_id=process,
    )
    catalogue.offer(given, [offered], actor=SYSTEM, at=RECEIVED)


def _more_people() -> None:
    """Beside the cast: a colleague in the next post, one without a post, one in training, one who stands
    in for the leader of another department, and one to whom another department's dossiers were opened."""
    for username, training in (("khong-vi-tri", False), ("dong-nghiep", False),
                               ("thay-lanh-dao", False), ("tap-huan", True),
                               ("duoc-xem", False), ("lanh-dao-tu-phap", False)):  # fmt: skip
        people.open_account(
            username=username, name=f"Người {username}", kind="officer", password=None,
            training=training, actor=SYSTEM, at=RECEIVED,
        )  # fmt: skip
    _seat("dong-nghiep", f"{DEPARTMENT}-{OFFICERS_DESK}", Role.OFFICER)
    _seat("tap-huan", f"{DEPARTMENT}-{OFFICERS_DESK}", Role.OFFICER)
    held = _seat("lanh-dao-tu-phap", f"{JUSTICE}-lanh-dao", Role.LEADER)
    people.delegate(
        held_id=held, to_account_id=_account("thay-lanh-dao"), since=SINCE, until=date(2023, 1, 1),
        reason="đi công tác", actor=SYSTEM, at=RECEIVED,
    )  # fmt: skip
    _seat("duoc-xem", f"{OFFICE}-phong-kiem-soat-tthc", Role.CONTROL_OFFICER)
    post = PostHeld.objects.get(account__username="duoc-xem").post_id
    people.grant(
        post_id=post, capability="see", unit_id=_unit(JUSTICE), since=SINCE,
        reason="kiểm tra chuyên đề", actor=SYSTEM, at=RECEIVED,
    )  # fmt: skip


def _seat(username: str, unit: str, role: Role) -> int:
    taken = set(PostHeld.objects.values_list("post_id", flat=True))
    post = next(p for p in organisations.posts_of(_unit(unit), SINCE, role) if p.id not in taken)
    return people.assign_post(
        account_id=_account(username), post_id=post.id, since=SINCE, actor=SYSTEM, at=RECEIVED
    )


def _taken_in(facts: Facts) -> UUID:
    application = Application(
        applicant=Applicant(
            name=f"Chủ hồ sơ {facts.key}",
            identity_number=facts.applicant or f"0400{abs(hash_of(facts.key)):08d}",
            kind="enterprise" if facts.applicant == ENTERPRISE else "citizen",
            phone=f"09{hash_of(facts.key):08d}",
        ),
        procedure_id=_procedure(facts.procedure),
        unit_id=_unit(facts.accountable),
        channel=facts.channel,
        papers=(PaperHeld("Đơn đề nghị theo mẫu", 1, 0),),
    )
    doer = _trainer() if facts.training else SYSTEM
    if facts.standing == "submitted":
        return intake.submit(application, actor=doer, at=RECEIVED).id
    if facts.standing == "certified":
        return certifying.at_once(
            application, [Line("Bằng tốt nghiệp")], signer_id=_account("chu-tich-phuong"),
            receipt_number="", actor=doer, at=RECEIVED,
        ).id  # fmt: skip
    if facts.standing == "refused":
        return intake.refuse(application, reason="sai nơi nộp", actor=doer, at=RECEIVED).id
    return intake.accept(application, actor=doer, at=RECEIVED).id


def _attach(facts: Facts, dossier_id: UUID) -> None:
    """A scan of its own for every dossier."""
    scan = samples.PDF + f"% {facts.key}".encode()
    kept = shelves.keep([scan], f"{facts.key}.pdf")
    doer = _trainer() if facts.training else SYSTEM
    blobs = files.store_kept([kept], actor=doer, at=RECEIVED)
    files.recognise(
        blob_id=blobs[kept.sha256], text="Bản chụp", engine="thử", actor=SYSTEM, at=RECEIVED
    )
    operations.attach(
        dossier_id=dossier_id, files=[Attached(blobs[kept.sha256], kept.name)], actor=doer,
        at=RECEIVED,
    )  # fmt: skip


def hash_of(key: str) -> int:
    """A number of eight digits that is the key's own."""
    return sum((n + 1) * ord(c) * 7919 for n, c in enumerate(key)) % 90_000_000 + 10_000_000


def _trainer() -> Actor:
    return Actor(
        account_id=None, kind="system", name="Tập huấn", may=frozenset(May), training=True,
        sees=Scope(everything=True),
    )  # fmt: skip


def _raised(facts: Facts) -> Raised:
    row = Dossier.objects.get(applicant_name=f"Chủ hồ sơ {facts.key}")
    item = WorkItem.objects.filter(dossier=row, closed_at=None).first()
    charge = row.charges.filter(paid_at=None).first()
    return Raised(
        row.id, row.code or row.submission_code, item.id if item else None,
        charge.id if charge else None, tuple(row.slips.values_list("id", flat=True)),
        tuple(row.attachments.values_list("id", flat=True)), row.version, row.applicant_name,
        item.name if item else "", _seated_at(item) if item else None,
        row.opinions.filter(answered_at=None).values_list("id", flat=True).first(),
        row.drafts.values_list("id", flat=True).first(),
        row.issues.values_list("id", flat=True).first(),
        row.inspections.values_list("id", flat=True).first(),
        tuple(row.desk_files.values_list("id", flat=True)),
    )  # fmt: skip


def _seated_at(item: WorkItem) -> int | None:
    if item.unit_id is None:
        return None
    seat = PostHeld.objects.filter(post__unit_id=item.unit_id, post__role=item.role).first()
    return seat.account_id if seat else None


# ---- how each came to stand where it stands --------------------------------------------------------


def _open_item(dossier_id: UUID) -> UUID:
    return UUID(str(WorkItem.objects.get(dossier_id=dossier_id, closed_at=None).id))


def _accepted(facts: Facts, dossier_id: UUID) -> None:
    if facts.charge:
        operations.request_payment(
            dossier_id=dossier_id, name="Lệ phí", amount=200_000, stops_clock=False,
            reason="theo quy định", actor=SYSTEM, at=RECEIVED,
        )  # fmt: skip
    if facts.proposed:
        operations.propose_reappointment(
            dossier_id=dossier_id, until=LATER, reason="chờ xác minh", actor=SYSTEM, at=RECEIVED
        )
    _consulted(facts, dossier_id)
    if facts.key in CARRIED:
        operations.send_trip(
            dossier_ids=[dossier_id], from_unit_id=_unit(facts.received_by),
            to_unit_id=_unit(f"{facts.accountable}-{OFFICERS_DESK}"), carrier="Người mang",
            actor=SYSTEM, at=RECEIVED,
        )  # fmt: skip
    if facts.taken_by:
        operations.take(
            dossier_id=dossier_id, item_id=_open_item(dossier_id), at=RECEIVED,
            actor=actors.actor_of(_account(facts.taken_by), None, RECEIVED),
        )  # fmt: skip


def _consulted(facts: Facts, dossier_id: UUID) -> None:
    """Each agency is asked; all but the last have answered, with a file."""
    if not facts.consulted:
        return
    operations.ask_opinions(
        dossier_id=dossier_id, question="Có vướng mắc gì không?", actor=SYSTEM, at=RECEIVED,
        agencies=[Agency(_unit(key), days=3) for key in facts.consulted],
    )  # fmt: skip
    answered = Opinion.objects.filter(dossier_id=dossier_id).exclude(
        unit_id=_unit(facts.consulted[-1])
    )
    for opinion in answered:
        kept = shelves.keep([samples.PDF + b"% y kien " + facts.key.encode()], "y-kien.pdf")
        blobs = files.store_kept([kept], actor=SYSTEM, at=RECEIVED)
        operations.answer_opinion(
            opinion_id=opinion.id, dossier_id=dossier_id, stance=Stance.AGREES, answer="",
            files=[(blobs[kept.sha256], "y-kien.pdf")], actor=SYSTEM, at=RECEIVED,
        )  # fmt: skip
    _worked_on(facts, dossier_id)


def _worked_on(facts: Facts, dossier_id: UUID) -> None:
    """A draft of the result, on its way to be signed, and the minutes of a visit, all naming the dossier."""
    draft_id = operations.draft_result(
        dossier_id=dossier_id, template="thong-bao", actor=SYSTEM, at=RECEIVED
    )
    kept = shelves.keep([samples.PDF + b"% ket qua " + facts.key.encode()], "ket-qua.pdf")
    blob_id = files.store_kept([kept], actor=SYSTEM, at=RECEIVED)[kept.sha256]
    of: dict[str, Any] = {"dossier_id": dossier_id, "draft_id": draft_id}
    of |= {"actor": SYSTEM, "at": RECEIVED}
    operations.submit_draft(**of, version=1)
    operations.approve_draft(**of, version=1, blob_id=blob_id)
    operations.prepare_issue(**of, token=f"ma-{facts.key}"[:32], blob_id=blob_id, symbol="TB")
    minutes = Minutes("tại chỗ", RECEIVED, [Member("Cán bộ")], facts.key, "đúng")
    operations.record_inspection(dossier_id=dossier_id, minutes=minutes, actor=SYSTEM, at=RECEIVED)


def _hand_on(dossier_id: UUID, outcome: str = "") -> None:
    operations.hand_on(
        dossier_id=dossier_id, item_id=_open_item(dossier_id), outcome=outcome, actor=SYSTEM,
        at=RECEIVED,
    )  # fmt: skip


def _processing(facts: Facts, dossier_id: UUID) -> None:
    _hand_on(dossier_id)
    for _ in range(2 if facts.decided else int(facts.concludes)):
        _hand_on(dossier_id, "agree")


def _supplement(facts: Facts, dossier_id: UUID) -> None:
    operations.request_supplement(
        dossier_id=dossier_id, missing=["Bản sao văn bằng"], reason="thiếu", actor=SYSTEM,
        at=RECEIVED,
    )  # fmt: skip


def _stopped(facts: Facts, dossier_id: UUID) -> None:
    operations.pause(
        dossier_id=dossier_id, ground=Ground.STOP, reason="đề nghị dừng", actor=SYSTEM, at=RECEIVED
    )


def _done(facts: Facts, dossier_id: UUID) -> None:
    _hand_on(dossier_id)
    _hand_on(dossier_id, "agree")
    operations.conclude(
        dossier_id=dossier_id, item_id=_open_item(dossier_id), result_name="Kết quả",
        result_number="1", actor=SYSTEM, at=RECEIVED,
    )  # fmt: skip


def _handed_over(facts: Facts, dossier_id: UUID) -> None:
    _done(facts, dossier_id)
    operations.hand_over(
        dossier_id=dossier_id, recipient="Người nhận", identity="", method="counter", actor=SYSTEM,
        at=RECEIVED,
    )  # fmt: skip
    operations.rate(
        token=rating_tokens.token_of(dossier_id), level=Satisfaction.SATISFIED, actor=SYSTEM,
        at=RECEIVED,
    )  # fmt: skip


def _nothing(facts: Facts, dossier_id: UUID) -> None:
    pass


LIVES: Mapping[str, Callable[[Facts, UUID], None]] = {
    "submitted": _nothing,
    "refused": _nothing,
    "accepted": _accepted,
    "processing": _processing,
    "supplement": _supplement,
    "stopped": _stopped,
    "done": _done,
    "handed over": _handed_over,
    "certified": _nothing,
}


def _unit(key: str) -> int:
    return organisations.unit_by_key(key).id


def _procedure(code: str) -> int:
    return procedures.procedure_ids("nghe_an")[code]


def _account(username: str) -> int:
    return int(Account.objects.get(username=username).id)
