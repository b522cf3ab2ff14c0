"""Every act on every dossier, asked for properly, and undone: what succeeds is what may be done."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import uuid4

from django.db import transaction

from motcua.organisations import queries as organisations
from motcua.run.cast import INSPECTORATE, VERTICAL
from tests.permissions.asking import API, DESK, House
from tests.permissions.expected import Reader, sees
from tests.permissions.world import DOSSIERS, LATER, Facts, Raised

NOBODY = str(uuid4())
DONE = (200, 201, 204)
Body = Callable[[Raised], dict[str, Any]]


def _item(raised: Raised) -> dict[str, Any]:
    return {"item": str(raised.item or NOBODY)}


def _because(raised: Raised) -> dict[str, Any]:
    return {"reason": "có lý do"}


def _asking(raised: Raised) -> dict[str, Any]:
    return {"question": "Vướng gì không?", "agency_0": "Thanh tra tỉnh", "days_0": "3"}


def _unit(key: str) -> int:
    return organisations.unit_by_key(key).id


OUTCOMES = {"Thẩm định hồ sơ": "agree", "Kiểm tra tờ trình, hồ sơ trình": "agree"}
"""The way a step with more than one is left by."""
OVER_THE_API: Mapping[str, Body] = {
    "take": _item,
    "hand_on": lambda raised: _item(raised) | {"outcome": OUTCOMES.get(raised.step, "")},
    "send_back": lambda raised: _item(raised) | _because(raised) | {"to_node": "thu_ly"},
    "conclude": lambda raised: _item(raised) | {"result_name": "Kết quả"},
    "refuse_in_process": lambda raised: _item(raised) | _because(raised),
    "request_supplement": lambda raised: _because(raised) | {"missing": ["Bản vẽ"]},
    "receive_supplement": lambda raised: {"papers": [{"name": "Bản sao văn bằng", "copies": 1}]},
    "charge_fee": lambda raised: {"fee": 0, "amount": 1000, "reason": "theo quy định"},
    "cancel_charge": lambda raised: _because(raised) | {"charge": str(raised.charge or NOBODY)},
    "request_payment": lambda raised: {
        "name": "Lệ phí",
        "amount": 1000,
        "reason": "theo quy định",
    },
    "record_payment": lambda raised: {"charge": str(raised.charge or NOBODY)},
    "pause": lambda raised: _because(raised) | {"ground": "consultation"},
    "resume": lambda raised: {"ground": "stop"},
    "extend_by_law": lambda raised: _because(raised) | {"extension": "verification"},
    "propose_reappointment": lambda raised: _because(raised) | {"until": LATER.isoformat()},
    "reappoint": lambda raised: {},
    "transfer": lambda raised: _because(raised) | {"unit": INSPECTORATE, "article": "điều luật"},
    "withdraw": _because,
    "hand_over": lambda raised: {"recipient": "Người nhận"},
}
ON_PAGES: Mapping[str, tuple[str, Body]] = {
    "accept": ("tiep-nhan", lambda raised: {}),
    "refuse_intake": ("tu-choi-tiep-nhan", _because),
    "reroute": ("chuyen-noi-khac", lambda raised: _because(raised) | {"to": _unit(VERTICAL)}),
    "assign": ("phan-cong", lambda raised: _item(raised) | {"to": raised.assignable or 0}),
    "reassign": (
        "giao-lai",
        lambda raised: _item(raised) | _because(raised) | {"to": raised.assignable or 0},
    ),
    "recall": ("rut-lai-buoc", lambda raised: {}),
    "reopen": ("mo-lai", _because),
    "ask_opinions": ("xin-y-kien", _asking),
    "answer_opinion": ("y-kien/{opinion}/tra-loi", lambda raised: {"stance": "agrees"}),
}
"""Acts that have no address in the API yet: by their page."""
ACTS = (*OVER_THE_API, *ON_PAGES)


def acts_to_try(reader: Reader, facts: Facts) -> Iterator[str]:
    """All of them where the reader sees the dossier; of one he does not see every fourth, another one
    for each dossier, so that each reader tries each act on several."""
    first = DOSSIERS.index(facts)
    for number, act in enumerate(ACTS):
        if sees(reader, facts) or (number + first) % 4 == 0:
            yield act


def may_now(house: House, reader: Reader, facts: Facts, raised: Raised, act: str) -> bool:
    """Whether the act succeeds; nothing of it stays."""
    house.door(reader)  # signed in before, for that stays
    with transaction.atomic():
        said = _over_the_api if act in OVER_THE_API else _on_its_page
        succeeded = said(house, reader, raised, act)
        transaction.set_rollback(True)
    return succeeded


def _over_the_api(house: House, reader: Reader, raised: Raised, act: str) -> bool:
    answer = house.door(reader).post(
        f"{API}/dossiers/{raised.id}/{act.replace('_', '-')}",
        json.dumps(OVER_THE_API[act](raised)),
        content_type="application/json",
    )
    assert answer.status_code in (*DONE, 401, 403, 404, 409, 422), answer.content
    return answer.status_code in DONE


def _on_its_page(house: House, reader: Reader, raised: Raised, act: str) -> bool:
    slug, body = ON_PAGES[act]
    address = f"{DESK}ho-so/{raised.id}/"
    sent = {"seen": raised.version, "key": str(uuid4()), **body(raised)}
    path = slug.format(opinion=raised.opinion or NOBODY)
    answer = house.door(reader).post(f"{address}{path}/", sent)
    assert answer.status_code in (302, 401, 403, 404, 409, 422), answer.status_code
    return answer.status_code == 302 and answer.headers["Location"] == address
