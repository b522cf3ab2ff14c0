"""How a citizen wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from motcua.journeys import choosing
from motcua.look.sentences import sentence
from motcua.messaging import ports
from motcua.messaging import queries as messaging
from motcua.people import queries as people
from motcua.people.acting import Request, citizens
from motcua.rules import personal_id
from motcua.rules.refusal import Refusal

NAMES = {"email": "Thư điện tử", "sms": "Tin nhắn SMS", "zalo": "Zalo"}


class Telling(forms.Form):
    """Where he is reached, by which of the channels there are, in which language."""

    phone = forms.CharField(
        label="Điện thoại",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label="Thư điện tử",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "Địa chỉ thư điện tử chưa đúng, ví dụ: lam@vidu.vn."},
    )
    channels = forms.MultipleChoiceField(
        label="Nhận thông báo qua",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn kênh nào thì thông báo chỉ hiện trên Cổng dịch vụ công.",
    )
    language = forms.ChoiceField(
        label="Ngôn ngữ của thư và tin nhắn",
        choices=[("vi", "Tiếng Việt"), ("en", "English")],
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, start: dict[str, Any]) -> None:
        super().__init__(data, initial=start)
        connected = [(str(c), NAMES[c]) for c in ports.connected()]
        if connected:
            self.fields["channels"].choices = connected  # type: ignore[attr-defined]
        else:
            del self.fields["channels"]

    def clean_phone(self) -> str:
        text = self.cleaned_data["phone"].strip()
        try:
            return personal_id.phone(text) if text else ""
        except Refusal as refused:
            raise forms.ValidationError(sentence(refused.code, refused.params)) from None

    def clean(self) -> None:
        wanted = set(self.cleaned_data.get("channels", ()))
        if "email" in wanted and not self.cleaned_data.get("email") and "email" not in self.errors:
            self.add_error("email", "Hãy ghi địa chỉ thư điện tử để nhận thông báo qua thư.")
        if (
            wanted & {"sms", "zalo"}
            and not self.cleaned_data.get("phone")
            and "phone" not in self.errors
        ):
            self.add_error("phone", "Hãy ghi số điện thoại để nhận tin nhắn.")


@citizens
def telling(request: Request) -> HttpResponse:
    """`/thong-bao/cach-nhan/`: what is kept of him, and the change of it."""
    person_id = request.actor.sees.person_id
    if person_id is None:
        raise Refusal("choice.may_not")
    known = people.person(request.actor, person_id)
    channels, language = messaging.choice(person_id)
    start = {
        "phone": known.phone,
        "email": known.email,
        "channels": [c for c in sorted(channels) if (known.email if c == "email" else known.phone)],
        "language": language,
    }
    form = Telling(request.POST or None, start=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = given["channels"] if "channels" in given else sorted(channels)
        choosing.choose_how_told(
            person_id=person_id,
            phone=given["phone"],
            email=given["email"],
            channels=chosen,
            language=given["language"],
            actor=request.actor,
            at=request.now,
        )
        messages.success(request, "Đã ghi cách nhận thông báo.")
        return HttpResponseRedirect(reverse("portal:telling"))
    refused = sorted(NAMES[one] for one in messaging.refused_channels(person_id))
    made = render(
        request,
        "portal/telling.html",
        {"form": form, "refused": refused},
        status=422 if form.errors else 200,
    )
    made["Cache-Control"] = "private, no-store"
    return made
