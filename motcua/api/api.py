"""`/api/v1`: dossiers, their acts, lists, the inbox. OpenAPI at /api/v1/docs.

Sign in by session (with the CSRF token) or by `Authorization: Bearer <token>` of an account in a post. Every
refusal is a problem document (RFC 9457) with the same code and sentence as the pages show. Lists are read by
keyset: `after` takes what `next` gave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import HttpBearer, SessionAuth
from pydantic import Field

from motcua.api import payments
from motcua.api.problems import problem
from motcua.catalogue import queries as catalogue
from motcua.dossiers import operations, queries
from motcua.dossiers.queries import Filters, InboxFilters
from motcua.journeys import intake
from motcua.journeys.intake import Applicant, Application
from motcua.ledger.acts import AlreadyDone, Key, KeyReused
from motcua.ledger.paging import Cursor
from motcua.look import due_dates
from motcua.look.clock import door_now
from motcua.messaging import queries as messaging
from motcua.organisations import due_question
from motcua.organisations import queries as organisations
from motcua.organisations.due_question import Question, Wait
from motcua.people import queries as people
from motcua.rules.actor import Actor
from motcua.rules.books import Channel
from motcua.rules.casework import PaperHeld
from motcua.rules.clock_rules import Ground
from motcua.rules.deadline import Limit, LimitUnit
from motcua.rules.refusal import Refusal


class Token(HttpBearer):
    """A token of an account in a post."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        return people.actor_of_token(token, door_now())


class Session(SessionAuth):
    """The pages' own session."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.account_id else None


api = NinjaAPI(
    title="Một Cửa",
    version="1",
    urls_namespace="api",
    auth=[Token(), Session()],
    description=__doc__ or "",
)
api.add_router("/payments", payments.router, tags=["payments"])

Text = Annotated[str, Field(max_length=1000)]
Short = Annotated[str, Field(max_length=200)]
Small = Annotated[int, Field(ge=0, le=999)]
RowId = Annotated[int, Field(ge=1, le=2**62)]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, (frozenset, set)):
        return sorted(value)
    if isinstance(value, (memoryview, bytes)):
        return bytes(value).hex()
    raise TypeError(type(value).__name__)


def answer(data: Any, status: int = 200) -> HttpResponse:
    """`data` as JSON; moments in UTC."""
    body = orjson.dumps(data, default=_plain, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)
    return HttpResponse(body, content_type="application/json", status=status)


@api.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(refusal)


@api.exception_handler(KeyReused)
def key_reused(request: HttpRequest, error: KeyReused) -> HttpResponse:
    return problem(Refusal("dossier.key_reused"))


@api.exception_handler(AlreadyDone)
def already_done(request: HttpRequest, done: AlreadyDone) -> HttpResponse:
    return answer(done.outcome, 200)


@api.exception_handler(AuthenticationError)
def nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(Refusal("request.unauthenticated"))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [
        {"field": ".".join(str(p) for p in one["loc"][1:]), "reason": one["msg"]}
        for one in error.errors
    ]
    return problem(Refusal("request.invalid", {"fields": fields}))


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.auth  # type: ignore[attr-defined]
    return actor


def _key(request: HttpRequest, body: Schema) -> Key | None:
    value = request.headers.get("Idempotency-Key", "")
    if not value:
        return None
    if len(value) > 80:
        raise Refusal("request.key_too_long", {"field": "Idempotency-Key"})
    return Key.of(value, {"path": request.path, "body": body.model_dump(mode="json")})


# ---- reading -------------------------------------------------------------------------------------


class ListQuery(Schema):
    """What a list is narrowed by."""

    status: Annotated[int, Field(ge=1, le=10)] | None = None
    unit: RowId | None = None
    procedure: RowId | None = None
    channel: Annotated[int, Field(ge=1, le=3)] | None = None
    received_from: date | None = None
    received_to: date | None = None
    late_on: date | None = None
    after: Annotated[str, Field(max_length=100)] | None = None
    size: Annotated[int, Field(ge=1, le=100)] = 100


@api.get("/dossiers", summary="Danh sách hồ sơ trong phạm vi của người gọi")
def list_dossiers(request: HttpRequest, query: Query[ListQuery]) -> HttpResponse:
    filters = Filters(
        status=query.status,
        unit_id=query.unit,
        procedure_id=query.procedure,
        channel=query.channel,
        received_from=query.received_from,
        received_to=query.received_to,
        late_on=query.late_on,
    )
    after = Cursor.parse(query.after) if query.after else None
    page = queries.dossiers(_actor(request), filters, after=after, size=query.size)
    return answer({"dossiers": page.rows, "next": str(page.next) if page.next else None})


class InboxQuery(Schema):
    """What an inbox is narrowed by."""

    mine: bool | None = None
    standing: bool = False
    procedure: RowId | None = None
    after: Annotated[str, Field(max_length=100)] | None = None
    size: Annotated[int, Field(ge=1, le=100)] = 50


@api.get("/inbox", summary="Bước đang chờ ở bàn của người gọi, đến hạn trước đứng trước")
def inbox(request: HttpRequest, query: Query[InboxQuery]) -> HttpResponse:
    filters = InboxFilters(query.mine, query.standing, query.procedure)
    after = Cursor.parse(query.after) if query.after else None
    page = queries.inbox(_actor(request), filters, after=after, size=query.size)
    return answer({"items": page.rows, "next": str(page.next) if page.next else None})


class NoticesQuery(Schema):
    """Where a page of notices begins."""

    after: Annotated[str, Field(max_length=100)] | None = None
    size: Annotated[int, Field(ge=1, le=100)] = 30


@api.get("/notices", summary="Thông báo gửi người gọi, mới nhất đứng trước, và số chưa đọc")
def notices(request: HttpRequest, query: Query[NoticesQuery]) -> HttpResponse:
    actor = _actor(request)
    after = Cursor.parse(query.after) if query.after else None
    page = messaging.notices(actor, after=after, size=query.size)
    unread = messaging.unread(actor)
    following = str(page.next) if page.next else None
    return answer({"notices": page.rows, "unread": unread, "next": following})


@api.get("/dossiers/{uuid:dossier_id}", summary="Một hồ sơ với giấy tờ, bước, thời hạn và nhật ký")
def one_dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    found = queries.detail(_actor(request), dossier_id)
    return answer(
        {
            **found.dossier,
            "papers": found.papers,
            "steps": found.steps,
            "timeline": found.timeline,
            "clock": found.clock,
            "supplements": found.supplements,
            "charges": found.charges,
            "reappointments": found.reappointments,
            "phases": found.phases,
            "slips": found.slips,
            "attachments": found.attachments,
            "acts": found.acts,
        }
    )


@api.get("/dossiers/{uuid:dossier_id}/explanation", summary="Vì sao hồ sơ có ngày hẹn trả này")
def explanation(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    found, at = queries.detail(_actor(request), dossier_id), door_now()
    told = due_dates.of_dossier(found, at)
    return answer(
        {
            "code": found.dossier["code"] or found.dossier["submission_code"],
            **queries.explanation(found, at).to_json(),
            "sentence": told.sentence if told else None,
            "lines": told.lines if told else [],
        }
    )


class LimitBody(Schema):
    """A limit; `same_day` has no amount."""

    amount: Annotated[Decimal, Field(max_digits=9, decimal_places=2)] | None = None
    unit: Literal["working_day", "working_hour", "calendar_day", "month", "same_day"]


class PauseBody(Schema):
    """A pause; `restarts`: afterwards the limit is counted from the beginning."""

    since: datetime
    until: datetime | None = None
    ground: Ground = Ground.SUPPLEMENT
    restarts: bool = False


class DeadlineBody(Schema):
    """When it was received, with which limit; `unit` is the key of the agency whose calendar counts."""

    received_at: datetime
    limit: LimitBody
    unit: Short = ""
    count_from_next_day: bool = False
    pauses: Annotated[list[PauseBody], Field(max_length=20)] = []


@api.post("/deadline", auth=None, summary="Tính thử ngày hẹn trả; không ghi gì")
def deadline(request: HttpRequest, body: DeadlineBody) -> HttpResponse:
    moments = [body.received_at, *(at for p in body.pauses for at in (p.since, p.until) if at)]
    for moment in moments:
        if moment.tzinfo is None:
            raise Refusal("time.naive_moment", {"moment": moment.isoformat()})
    found = due_question.answer(
        Question(
            received_at=body.received_at,
            limit=Limit(body.limit.amount, LimitUnit(body.limit.unit)),
            unit_id=organisations.unit_by_key(body.unit).id if body.unit else None,
            next_day=body.count_from_next_day,
            waits=tuple(Wait(**pause.model_dump()) for pause in body.pauses),
        )
    )
    told = due_dates.of_answer(found)
    return answer(
        {
            **found.why.to_json(),
            "sentence": told.sentence if told else None,
            "lines": told.lines if told else [],
        }
    )


@api.get("/track/{code}", auth=None, summary="Tra cứu mức độ hoàn thành theo mã hồ sơ")
def track(request: HttpRequest, code: Annotated[str, Path(max_length=60)]) -> HttpResponse:
    found = queries.track(code.strip().upper())
    if found is None:
        raise Refusal("dossier.not_visible")
    return answer({"code": found.code, "status": found.status})


class ProcedureQuery(Schema):
    """A search of the catalogue."""

    q: Short = ""
    size: Annotated[int, Field(ge=1, le=50)] = 20


@api.get("/procedures", auth=None, summary="Tìm thủ tục hành chính")
def procedures(request: HttpRequest, query: Query[ProcedureQuery]) -> HttpResponse:
    found = catalogue.search(query.q, door_now().date(), limit=query.size)
    return answer({"procedures": found})


# ---- acting --------------------------------------------------------------------------------------


class ApplicantBody(Schema):
    """The person a dossier is for."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    identity_number: Annotated[str, Field(min_length=8, max_length=20)]
    kind: Literal["citizen", "enterprise", "organisation"] = "citizen"
    phone: Annotated[str, Field(max_length=20)] = ""
    email: Annotated[str, Field(max_length=200)] = ""
    address: Annotated[str, Field(max_length=300)] = ""


class PaperBody(Schema):
    """A paper handed in."""

    name: Text
    originals: Small = 0
    copies: Small = 0
    held: bool = True


class IntakeBody(Schema):
    """A dossier over the counter or from the mail; `unit` is the agency's key."""

    procedure: RowId
    unit: Short
    channel: Annotated[int, Field(ge=1, le=3)] = 1
    applicant: ApplicantBody
    papers: Annotated[list[PaperBody], Field(max_length=100)] = []
    paper_case: Annotated[str, Field(max_length=300)] = ""
    subject: Annotated[str, Field(max_length=500)] = ""
    submitter_name: Short = ""


@api.post("/dossiers", summary="Tiếp nhận hồ sơ tại quầy hoặc qua bưu chính")
def accept(request: HttpRequest, body: IntakeBody) -> HttpResponse:
    application = Application(
        applicant=Applicant(**body.applicant.model_dump()),
        procedure_id=body.procedure,
        unit_id=organisations.unit_by_key(body.unit).id,
        channel=Channel(body.channel),
        papers=tuple(PaperHeld(**paper.model_dump()) for paper in body.papers),
        paper_case=body.paper_case,
        subject=body.subject,
        submitter_name=body.submitter_name,
    )
    done = intake.accept(application, actor=_actor(request), at=door_now(), key=_key(request, body))
    return answer(done.to_json(), 201)


class Act(Schema):
    """What every act on a dossier may say: the version the caller was looking at."""

    seen: Annotated[int, Field(ge=1, le=2**31 - 1)] | None = None


class StepAct(Act):
    """An act on an open step."""

    item: UUID


class HandOn(StepAct):
    outcome: Annotated[str, Field(max_length=60)] = ""
    note: Text = ""


class SendBack(StepAct):
    to_node: Annotated[str, Field(max_length=80)]
    reason: Text


class Conclude(StepAct):
    result_name: Short
    result_number: Annotated[str, Field(max_length=60)] = ""
    outcome: Annotated[str, Field(max_length=60)] = ""


class RefuseInProcess(StepAct):
    reason: Text


class RequestSupplement(Act):
    missing: Annotated[list[Text], Field(max_length=50)]
    reason: Text


class ReceiveSupplement(Act):
    papers: Annotated[list[PaperBody], Field(max_length=100)] = []


class ChargeFee(Act):
    """`fee` is the place of a line of the version in force at reception; `amount` only where it states none,
    or another is asked, with its reason."""

    fee: Small
    quantity: Annotated[int, Field(ge=1, le=999)] = 1
    relief: Annotated[str, Field(max_length=20)] = ""
    amount: Annotated[int, Field(ge=1, le=10**12)] | None = None
    reason: Text = ""
    before_result: bool = True


class CancelCharge(Act):
    charge: UUID
    reason: Text


class RequestPayment(Act):
    """What the version does not list; `reason` is its basis."""

    name: Short
    amount: Annotated[int, Field(ge=1, le=10**12)]
    stops_clock: bool = False
    reason: Text


class RecordPayment(Act):
    charge: UUID
    method: Annotated[str, Field(max_length=20)] = "cash"
    receipt_number: Annotated[str, Field(max_length=40)] = ""


class Pause(Act):
    ground: Ground
    reason: Text


class Resume(Act):
    ground: Ground
    reason: Text = ""


class ExtendByLaw(Act):
    extension: Annotated[str, Field(max_length=60)]
    reason: Text


class ProposeReappointment(Act):
    until: datetime
    reason: Text


class Transfer(Act):
    """`unit` is the key of the agency it goes to."""

    unit: Short
    reason: Text
    article: Annotated[str, Field(max_length=300)]


class Reappoint(Act):
    until: datetime | None = None


class Withdraw(Act):
    reason: Text


class HandOver(Act):
    recipient: Short
    identity: Annotated[str, Field(max_length=20)] = ""
    method: Annotated[str, Field(max_length=20)] = "counter"


RENAMED = {"item": "item_id", "charge": "charge_id"}
KEYED = frozenset({"hand_on", "conclude", "hand_over"})


def _perform(request: HttpRequest, name: str, dossier_id: UUID, body: Act) -> HttpResponse:
    values = {RENAMED.get(k, k): getattr(body, k) for k in type(body).model_fields}
    if "papers" in values:
        values["papers"] = tuple(PaperHeld(**paper.model_dump()) for paper in values["papers"])
    if values.get("until") and values["until"].tzinfo is None:
        raise Refusal("request.moment_without_zone", {"field": "until"})
    if "unit" in values:
        values["to"] = organisations.unit_by_key(values.pop("unit")).id
    if name in KEYED:
        values["key"] = _key(request, body)
    operation: Callable[..., None] = getattr(operations, name)
    operation(dossier_id=dossier_id, actor=_actor(request), at=door_now(), **values)
    return HttpResponse(status=204)


ACTS: Mapping[str, tuple[type[Act], str]] = {
    "take": (StepAct, "Nhận xử lý một bước"),
    "hand_on": (HandOn, "Hoàn thành bước và chuyển tiếp"),
    "send_back": (SendBack, "Trả lại bước trước"),
    "conclude": (Conclude, "Ghi kết quả giải quyết"),
    "refuse_in_process": (RefuseInProcess, "Từ chối giải quyết"),
    "request_supplement": (RequestSupplement, "Yêu cầu bổ sung"),
    "receive_supplement": (ReceiveSupplement, "Nhận bổ sung"),
    "charge_fee": (ChargeFee, "Thu phí, lệ phí theo quyết định công bố"),
    "cancel_charge": (CancelCharge, "Bỏ khoản thu lập nhầm"),
    "request_payment": (RequestPayment, "Yêu cầu nộp tiền"),
    "record_payment": (RecordPayment, "Ghi nhận nộp tiền"),
    "pause": (Pause, "Tạm dừng thời hạn theo căn cứ đã công bố"),
    "resume": (Resume, "Tính tiếp thời hạn"),
    "extend_by_law": (ExtendByLaw, "Gia hạn theo quy định"),
    "propose_reappointment": (ProposeReappointment, "Đề nghị xin lỗi và hẹn lại"),
    "reappoint": (Reappoint, "Xin lỗi và hẹn lại"),
    "transfer": (Transfer, "Chuyển cơ quan khác giải quyết"),
    "withdraw": (Withdraw, "Rút hồ sơ"),
    "hand_over": (HandOver, "Trả kết quả"),
}


def _add(name: str, body_type: type[Act], summary: str) -> None:
    def view(request: HttpRequest, dossier_id: UUID, body: Any) -> HttpResponse:
        return _perform(request, name, dossier_id, body)

    view.__name__ = name
    view.__annotations__["body"] = body_type
    path = "/dossiers/{uuid:dossier_id}/" + name.replace("_", "-")
    api.post(path, summary=summary, response={204: None})(view)


for _name, (_body, _summary) in ACTS.items():
    _add(_name, _body, _summary)
