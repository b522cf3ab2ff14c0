"""The acts of a dossier's page: under which address, with which form, in which words, by which operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from motcua.desk import (
    forms,
    forms_clock,
    forms_desk,
    forms_handover,
    forms_money,
    forms_opinions,
    forms_triage,
    words,
)
from motcua.desk.forms import ActForm
from motcua.dossiers import ahead, operations
from motcua.dossiers.operations import Contact
from motcua.dossiers.queries import Detail
from motcua.ledger.acts import Key
from motcua.look import formats
from motcua.people import at_desk
from motcua.rules import personal_id
from motcua.rules.actor import Actor
from motcua.rules.casework import Item, Status
from motcua.rules.clock_rules import Ground
from motcua.statutory.rulesets import ONLINE_ANSWER, rule_set

Explain = Callable[[Detail, Item | None, date], str]
KEYED = frozenset({"hand_on", "conclude", "hand_over"})
"""Acts whose operation takes a key; the others are kept from happening twice by `seen`."""


@dataclass(frozen=True, slots=True)
class ActPage:
    """One act: `label` is on its button, `explain` says what will happen, `done` what has happened."""

    name: str
    slug: str
    label: str
    done: str
    form: type[ActForm]
    explain: Explain
    kind: str = "secondary"

    @property
    def on_step(self) -> bool:
        return self.form.on_step

    @property
    def at_once(self) -> bool:
        """Nothing is asked: the button on the dossier's page does it."""
        return self.form in (forms.Take, forms.Accept, forms_desk.Recall)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act open to the reader on a dossier, as a button."""

    page: ActPage
    dossier_id: UUID
    item: Item | None
    label: str
    explain: str

    def address(self) -> str:
        """Where its form is."""
        base = reverse("desk:act", args=[self.dossier_id, self.page.slug])
        return f"{base}?buoc={self.item.id}" if self.item else base


def offers(found: Detail, own: list[Item], own_unit: list[Item], on: date) -> list[Offer]:
    """The acts open to the reader, in the order a clerk thinks of them; one a step where it is on a step."""
    listed: list[Offer] = []
    for act in ACTS.values():
        if act.name not in found.acts:
            continue
        listed += [_offer(act, found, item, on) for item in _steps(act, found, own, own_unit, on)]
    return listed


def _offer(act: ActPage, found: Detail, item: Item | None, on: date) -> Offer:
    label, explain = _label(act, found, item, on), act.explain(found, item, on)
    return Offer(act, found.case.id, item, label, explain)


def _steps(
    act: ActPage, found: Detail, own: list[Item], own_unit: list[Item], on: date
) -> list[Item | None]:
    if act.name in ("assign", "reassign"):
        has = act.name == "reassign"
        return [item for item in own_unit if (item.assignee_id is not None) is has]
    if not act.on_step:
        return [None]
    fitting = [item for item in own if _fits(act.name, item)]
    if act.name == "send_back":
        return [item for item in fitting if ahead.earlier(found, item, on)]
    return list(fitting)


def _fits(act: str, item: Item) -> bool:
    if act == "take":
        return item.assignee_id is None
    if act == "conclude":
        return item.act == "conclude"
    return act != "hand_on" or item.act not in ("conclude", "hand_over")


def _label(act: ActPage, found: Detail, item: Item | None, on: date) -> str:
    if act.name == "hand_on" and item:
        ways = ahead.ways(found, item, on)
        if len(ways) == 1:
            return f"Chuyển {forms.way_text(ways[0])}"
    return act.label


def perform(
    act: ActPage, form: ActForm, *, dossier_id: UUID, actor: Actor, at: datetime, found: Detail
) -> None:
    """Call the act's operation; raises Refusal, AlreadyDone, KeyReused."""
    values = form.values()
    if act.name in KEYED:
        said = {name: str(value) for name, value in values.items()}
        values["key"] = Key.of(str(form.cleaned_data["key"]), [act.name, str(dossier_id), said])
    if act.name == "accept":
        values["contact"] = _contact(found)
    operation: Callable[..., Any] = getattr(operations, OPERATIONS.get(act.name, act.name))
    operation(dossier_id=dossier_id, actor=actor, at=at, **values)


def _contact(found: Detail) -> Contact:
    known = at_desk.by_id(found.case.applicant_id)
    number = personal_id.mask(known.identity_number)
    return Contact(number, known.address, known.phone, known.email)


def _said(text: str) -> Explain:
    return lambda found, item, on: text


def _take(found: Detail, item: Item | None, on: date) -> str:
    return f"Bước “{item.name}” sẽ do ông/bà xử lý, người khác không nhận nữa." if item else ""


def _hand_on(found: Detail, item: Item | None, on: date) -> str:
    ways = ahead.ways(found, item, on) if item else ()
    if len(ways) > 1:
        return "Chọn một trong các hướng: " + "; ".join(forms.way_text(w) for w in ways) + "."
    return f"Kết thúc bước “{item.name}”." if item else ""


def _conclude(found: Detail, item: Item | None, on: date) -> str:
    ways = ahead.ways(found, item, on) if item else ()
    after = words.places(ways[0].steps) if len(ways) == 1 else ""
    then = f", hồ sơ chuyển {after}" if after else ""
    return f"Đồng hồ giải quyết dừng{then}."


def _supplement(found: Detail, item: Item | None, on: date) -> str:
    if found.case.status is Status.SUBMITTED:
        return "In Mẫu 02; hồ sơ chờ người nộp bổ sung rồi mới tiếp nhận."
    return "In Mẫu 02; thời hạn dừng lại chờ người nộp, các bước đang mở đứng yên."


def _reassign(found: Detail, item: Item | None, on: date) -> str:
    has = item.assignee_id if item else None
    names = [row["assignee_name"] for row in found.steps if has and row["assignee_id"] == has]
    who = names[0] if names else "người khác"
    return f"Bước này đang do {who} xử lý; người nhận mới làm tiếp, hạn của bước không đổi."


def _reopen(found: Detail, item: Item | None, on: date) -> str:
    judged = found.case.judged_at
    by = f" và tính đúng hạn theo hẹn {formats.datetime_text(judged)}" if judged else ""
    return (
        "Hồ sơ trở lại bước đã ra kết quả, kết quả đã ghi không còn giá trị. "
        f"Thời hạn chạy tiếp như chưa từng xong{by}; số liệu chuyển hồ sơ về đang giải quyết."
    )


def _ask_opinions(found: Detail, item: Item | None, on: date) -> str:
    if Ground.CONSULTATION in {declared.ground for declared in found.rules.grounds}:
        return "Gửi một hay nhiều cơ quan; thời hạn dừng tới khi cơ quan cuối cùng trả lời."
    return "Gửi một hay nhiều cơ quan, mỗi cơ quan một hạn; thời hạn giải quyết vẫn tính."


def _reappoint(found: Detail, item: Item | None, on: date) -> str:
    proposal = found.case.proposal
    if proposal is None:
        return ""
    asked = formats.datetime_text(proposal.until)
    return (
        f"Cơ quan giải quyết đề nghị hẹn lại tới {asked}: {proposal.reason.rstrip('.')}. "
        "In Mẫu 04; hồ sơ vẫn tính đúng hạn theo hẹn cũ."
    )


def _reroute(found: Detail, item: Item | None, on: date) -> str:
    hours = formats.number_text(rule_set(ONLINE_ANSWER, on).rerouted_hours)
    return (
        "Nộp nhầm cơ quan hoặc thủ tục: người nộp không phải nộp lại, giờ hẹn trả lời vẫn giữ; "
        f"nơi nhận có ít nhất {hours} giờ làm việc."
    )


ACTS: Mapping[str, ActPage] = {
    page.name: page
    for page in (
        ActPage("accept", "tiep-nhan", "Tiếp nhận hồ sơ", "Đã tiếp nhận hồ sơ.", forms.Accept,
                _said("Cấp mã hồ sơ, tính ngày hẹn trả, in Mẫu 01 và bắt đầu quy trình."), "primary"),
        ActPage("reroute", "chuyen-noi-khac", "Chuyển đúng nơi giải quyết",
                "Đã chuyển hồ sơ tới nơi giải quyết.", forms_triage.Reroute,
                _reroute),
        ActPage("take", "nhan-xu-ly", "Nhận xử lý", "Đã nhận xử lý.", forms.Take, _take, "primary"),
        ActPage("hand_on", "chuyen", "Chuyển bước", "Đã chuyển hồ sơ.", forms.HandOn, _hand_on,
                "primary"),
        ActPage("conclude", "ghi-ket-qua", "Ghi kết quả giải quyết", "Đã ghi kết quả.",
                forms.Conclude, _conclude, "primary"),
        ActPage("hand_over", "tra-ket-qua", "Trả kết quả cho người nộp", "Đã trả kết quả.",
                forms_handover.HandOver,
                _said("Ghi ai nhận, đối chiếu giấy tờ, trả lại bản chính; hồ sơ kết thúc."),
                "primary"),
        ActPage("receive_supplement", "nhan-bo-sung", "Nhận đủ hồ sơ bổ sung",
                "Đã nhận hồ sơ bổ sung.", forms.ReceiveSupplement,
                _said("Thời hạn được tính lại theo quy định, các bước chạy tiếp."), "primary"),
        ActPage("record_payment", "ghi-nhan-nop-tien", "Ghi nhận nộp tiền", "Đã ghi nhận nộp tiền.",
                forms_money.RecordPayment,
                _said("Cấp số biên lai tiếp theo của sổ; nếu đang dừng chờ tiền thì chạy tiếp."),
                "primary"),
        ActPage("charge_fee", "thu-phi", "Thu phí, lệ phí", "Đã lập khoản thu.",
                forms_money.ChargeFee,
                _said("Theo mức của quyết định công bố lúc nhận hồ sơ; miễn, giảm phải chọn diện.")),
        ActPage("resume", "tinh-tiep", "Tính tiếp thời hạn", "Đã ghi nhận tính tiếp thời hạn.",
                forms_clock.Resume,
                _said("Thời hạn và các bước chạy tiếp khi không còn lý do tạm dừng nào."), "primary"),
        ActPage("reappoint", "hen-lai", "Xin lỗi và hẹn lại", "Đã hẹn lại ngày trả kết quả.",
                forms_clock.Reappoint, _reappoint, "primary"),
        ActPage("assign", "phan-cong", "Phân công xử lý", "Đã phân công.", forms.Assign,
                _said("Người được giao thấy bước này ở mục “Tôi đang xử lý”.")),
        ActPage("reassign", "giao-lai", "Giao lại cho người khác", "Đã giao lại cho người khác.",
                forms_desk.Reassign, _reassign),
        ActPage("recall", "rut-lai-buoc", "Rút lại bước vừa chuyển", "Đã rút lại bước vừa chuyển.",
                forms_desk.Recall,
                _said("Chưa ai nhận bước sau nên rút lại được; hạn của bước giữ như cũ.")),
        ActPage("send_back", "tra-lai", "Trả lại bước trước", "Đã trả lại bước trước.",
                forms.SendBack, _said("Hồ sơ về bước đã qua, kèm lý do; ngày hẹn trả không đổi.")),
        ActPage("request_supplement", "yeu-cau-bo-sung", "Yêu cầu bổ sung",
                "Đã lập phiếu yêu cầu bổ sung.", forms_triage.AskFound, _supplement),
        ActPage("request_payment", "yeu-cau-nop-tien", "Yêu cầu nộp khoản khác", "Đã lập khoản thu.",
                forms_money.RequestPayment,
                _said("Lập khoản không có trong quyết định công bố, kèm căn cứ.")),
        ActPage("cancel_charge", "bo-khoan-thu", "Bỏ khoản thu", "Đã bỏ khoản thu.",
                forms_money.CancelCharge,
                _said("Khoản lập nhầm không còn phải nộp; tiền tới sau sẽ được hoàn trả."), "danger"),
        ActPage("pause", "tam-dung", "Tạm dừng thời hạn", "Đã tạm dừng thời hạn.",
                forms_clock.Pause,
                _said("Theo căn cứ đã công bố cho thủ tục; các bước đang mở đứng yên.")),
        ActPage("ask_opinions", "xin-y-kien", "Lấy ý kiến cơ quan khác", "Đã gửi nội dung lấy ý kiến.",
                forms_opinions.AskOpinions, _ask_opinions),
        ActPage("extend_by_law", "gia-han", "Gia hạn theo quy định", "Đã gia hạn theo quy định.",
                forms_clock.ExtendByLaw,
                _said("Ngày mới do hệ thống tính; hồ sơ được gia hạn không bị coi là chậm.")),
        ActPage("propose_reappointment", "de-nghi-hen-lai", "Đề nghị hẹn lại", "Đã gửi đề nghị hẹn lại.",
                forms_clock.ProposeReappointment,
                _said("Bộ phận một cửa ghi ngày hẹn mới; chỉ một lần, vẫn tính đúng hạn theo hẹn cũ.")),
        ActPage("transfer", "chuyen-co-quan", "Chuyển cơ quan khác", "Đã chuyển hồ sơ sang cơ quan khác.",
                forms_clock.Transfer,
                _said("Mã hồ sơ và ngày hẹn trả giữ nguyên; các bước đang mở sang cơ quan nhận.")),
        ActPage("reopen", "mo-lai", "Mở lại hồ sơ đã giải quyết", "Đã mở lại hồ sơ.",
                forms_desk.Reopen, _reopen, "danger"),
        ActPage("withdraw", "rut", "Ghi nhận rút hồ sơ", "Đã ghi nhận rút hồ sơ.", forms.Withdraw,
                _said("Theo đề nghị của người nộp; các bước đang mở đóng lại."), "danger"),
        ActPage("refuse_intake", "tu-choi-tiep-nhan", "Từ chối tiếp nhận",
                "Đã từ chối tiếp nhận.", forms_triage.RefuseFound, _said("In Mẫu 03 kèm lý do."), "danger"),
        ActPage("refuse_in_process", "tu-choi", "Từ chối giải quyết", "Đã từ chối giải quyết.",
                forms.RefuseInProcess, _said("In Mẫu 03 kèm lý do; hồ sơ kết thúc, chờ trả cho người nộp."),
                "danger"),
    )
}  # fmt: skip
OPERATIONS = {"accept": "accept_submitted"}
BY_SLUG: Mapping[str, ActPage] = {page.slug: page for page in ACTS.values()}
