"""Facts written wrong: proposed on a dossier's own page, confirmed or rejected by another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk.door import actor_of, now_of, officers_only, page
from motcua.dossiers import correcting, operations, policies_trust, queries
from motcua.look.sentences import sentence, status_of
from motcua.rules.casework_trust import PAPER
from motcua.rules.refusal import Refusal

LENGTHS = {"applicant_name": 200, "submitter_name": 200, "subject": 500}


class Facts(forms.Form):
    """The facts as they are, to be written as they should be, and why."""

    reason = forms.CharField(
        label="Lý do đính chính",
        max_length=1000,
        error_messages={"required": "Hãy ghi lý do, ví dụ: ghi sai dấu so với thẻ căn cước."},
    )

    def __init__(self, data: Any, now: dict[str, Any], papers: dict[str, str]) -> None:
        super().__init__(data)
        self.now, self.names = now, papers
        for name, label in correcting.NAMES.items():
            self.fields[name] = forms.CharField(
                label=label, initial=now[name], required=False, max_length=LENGTHS[name]
            )
        for name in papers:
            for n, kind in enumerate(("goc", "sao")):
                self.fields[f"{kind}-{name}"] = forms.IntegerField(
                    label=("Bản chính", "Bản sao")[n], initial=now[name][n], min_value=0,
                    max_value=999, required=False,
                )  # fmt: skip
        self.order_fields([*(f for f in self.fields if f != "reason"), "reason"])

    def counts(self) -> list[tuple[str, Any, Any]]:
        """Each paper with its two counts."""
        return [
            (title, self[f"goc-{name}"], self[f"sao-{name}"]) for name, title in self.names.items()
        ]

    def facts(self) -> dict[str, Any]:
        """What is to be, of every fact."""
        given = self.cleaned_data
        wanted: dict[str, Any] = {name: given[name].strip() for name in correcting.NAMES}
        for name in self.names:
            pair = (given.get(f"goc-{name}"), given.get(f"sao-{name}"))
            wanted[name] = [
                now if n is None else n for n, now in zip(pair, self.now[name], strict=True)
            ]
        return wanted


@require_safe
@officers_only
def waiting(request: HttpRequest) -> HttpResponse:
    """`/ban-lam-viec/dinh-chinh/`: the corrections that wait for a second person."""
    actor = actor_of(request)
    rows = [_row(actor, row, {}) for row in correcting.waiting(actor)]
    return page(request, "desk/corrections.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def of_dossier(request: HttpRequest, dossier_id: UUID) -> HttpResponse:
    """`/ban-lam-viec/ho-so/<id>/dinh-chinh/`: a dossier's corrections, a new one, and the answer to one."""
    actor = actor_of(request)
    found = queries.detail(actor, dossier_id)
    papers = correcting.papers(dossier_id)
    asked = request.method == "POST" and "de-nghi" in request.POST
    form, status = Facts(request.POST if asked else None, correcting.facts(dossier_id), papers), 200
    if request.method == "POST":
        said = _done(request, dossier_id, form, asked=asked)
        if said is None:
            return redirect("desk:corrections_of", dossier_id)
        status = said
    rows = [_row(actor, row, papers) for row in correcting.of(actor, dossier_id)]
    context = {
        "dossier": found.dossier,
        "code": found.dossier["code"] or found.dossier["submission_code"],
        "form": form,
        "rows": rows,
        "may_propose": policies_trust.may_propose_correction(actor, found.case)
        and not any(row["decided_at"] is None and row["kind"] == "facts" for row in rows),
    }
    return page(request, "desk/correction.html", context, status=status)


def _done(request: HttpRequest, dossier_id: UUID, form: Facts, *, asked: bool) -> int | None:
    """Propose, confirm or reject; the status of a refusal, or none where it is done."""
    who: dict[str, Any] = {
        "dossier_id": dossier_id,
        "actor": actor_of(request),
        "at": now_of(request),
    }
    try:
        if asked:
            if not form.is_valid():
                return 422
            operations.propose_correction(
                facts=form.facts(), reason=form.cleaned_data["reason"], **who
            )
            messages.success(request, "Đã gửi đề nghị đính chính. Người khác xác nhận thì mới sửa.")
        elif "xac-nhan" in request.POST:
            operations.confirm_correction(correction_id=UUID(request.POST["xac-nhan"]), **who)
            messages.success(request, "Đã đính chính.")
        else:
            answer = request.POST.get("answer", "")[:1000]
            chosen = UUID(request.POST.get("tra-lai", ""))
            operations.reject_correction(correction_id=chosen, answer=answer, **who)
            messages.success(request, "Đã trả lại đề nghị đính chính.")
    except ValueError:
        messages.error(request, "Không tìm thấy đề nghị này. Hãy tải lại trang.")
    except Refusal as refusal:
        if status_of(refusal.code) == 404:
            raise
        said, field = sentence(refusal.code, refusal.params), refusal.params.get("field")
        if asked:
            form.add_error(str(field) if field in form.fields else None, said)
        else:
            messages.error(request, said)
        return status_of(refusal.code)
    return None


def _row(actor: Any, row: dict[str, Any], papers: dict[str, str]) -> dict[str, Any]:
    mine = row["proposed_by_id"] is not None and row["proposed_by_id"] == actor.account_id
    may = policies_trust.may_decide_correction(actor, row["received_by_id"], row["accountable_id"])
    return row | {
        "facts": [
            (_name(name, papers), _value(row["old"][name]), _value(row["new"][name]))
            for name in row["new"]
        ],
        "mine": mine,
        "may_decide": may and not mine and row["decided_at"] is None and row["kind"] == "facts",
    }


def _name(name: str, papers: dict[str, str]) -> str:
    return (
        papers.get(name, "Số bản giấy tờ")
        if name.startswith(PAPER)
        else correcting.NAMES.get(name, name)
    )


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"{value[0]} bản chính, {value[1]} bản sao"
    return str(value) if value else "(trống)"
