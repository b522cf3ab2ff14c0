"""Every way to ask for dossiers, as a reader meets them: pages, the API, files, figures.

A way asks and says which dossiers the answers gave. Whatever the answer, nothing in it may be of a dossier
that the reader does not see.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client
from pypdf import PdfReader

from motcua.dossiers.models import Certification
from motcua.people.models import Account, Person
from tests.permissions.expected import Reader, sees
from tests.permissions.world import CITIZEN, DOSSIERS, ENTERPRISE, Facts, Raised, World

DESK, API, FIGURES = "/ban-lam-viec/", "/api/v1", "/thong-ke/"
NOVEMBER = {"since": "01/11/2022", "until": "22/11/2022"}
OWN = re.compile(r'href="/ho-so/([0-9a-f-]{36})/"')
DOSSIER = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
HREF = re.compile(r"/ban-lam-viec/ho-so/([0-9a-f-]{36})/")
Answer = Any
"""What the test client gives back: a response with what its page was made of."""
REFUSED = (302, 401, 403, 404)
CONFLICT = 409


@dataclass(frozen=True, slots=True)
class House:
    """The world with its doors."""

    world: World
    clients: dict[str, Client] = field(default_factory=dict)

    def door(self, reader: Reader) -> Client:
        """A browser in which the reader has signed in and chosen his post."""
        if reader.name not in self.clients:
            address = f"10.0.0.{len(self.clients) + 1}"
            client = Client(REMOTE_ADDR=address, raise_request_exception=True)
            if reader.username:
                client.force_login(
                    Account.objects.get(username=reader.username),
                    "django.contrib.auth.backends.ModelBackend",
                )
            if held := self.world.posts.get((reader.username, reader.unit)):
                client.post("/chuyen-vi-tri/", {"post": held})
            self.clients[reader.name] = client
        return self.clients[reader.name]

    def get(self, reader: Reader, path: str, **query: Any) -> Answer:
        """An answer that says nothing of dossiers out of the reader's sight."""
        answer = self.ask(reader, path, query)
        body = answer.content.decode(errors="replace")
        for facts in DOSSIERS:
            if not sees(reader, facts):
                raised = self.world.dossiers[facts.key]
                assert raised.name not in body, f"{path} tells {reader.name} of {facts.key}"
                assert str(raised.id) not in body.replace(path, ""), f"{path}: id of {facts.key}"
        return answer

    def ask(self, reader: Reader, path: str, query: Mapping[str, Any] | None = None) -> Answer:
        """An answer; where the door asks why first (a look outside the reader's own work), he says why."""
        answer = self.door(reader).get(path, query or {})
        where = answer.headers.get("Location", "") if answer.status_code == 302 else ""
        if answer.status_code == 403 and b"lookup.reason_missing" in answer.content:
            (found,) = set(DOSSIER.findall(path))
            where = f"{DESK}ly-do/{found}/"
        if where.startswith(f"{DESK}ly-do/"):
            self.door(reader).post(where, {"purpose": "inspection", "note": ""})
            answer = self.door(reader).get(path, query or {})
        return answer

    def raised(self) -> Iterator[tuple[Facts, Raised]]:
        for facts in DOSSIERS:
            yield facts, self.world.dossiers[facts.key]

    def keys(self, ids: Iterable[str]) -> set[str]:
        known = {str(raised.id): facts.key for facts, raised in self.raised()}
        return {known[one] for one in ids}

    def listed(self, answer: Answer) -> set[str]:
        """The dossiers a page links to; none where it was refused."""
        if answer.status_code in REFUSED:
            return set()
        assert answer.status_code == 200, answer.status_code
        return self.keys(HREF.findall(answer.content.decode()))


Way = Callable[[House, Reader], set[str]]


def page_of_the_list(house: House, reader: Reader) -> set[str]:
    return house.listed(house.get(reader, f"{DESK}ho-so/"))


def count_of_the_list(house: House, reader: Reader) -> set[str]:
    """The number under the list is the number of its rows."""
    answer = house.get(reader, f"{DESK}ho-so/")
    found = house.listed(answer)
    if found:
        assert f"{len(found)} hồ sơ" in answer.content.decode()
    return found


def list_over_the_api(house: House, reader: Reader) -> set[str]:
    return _api(house, house.get(reader, f"{API}/dossiers"), "dossiers")


def list_by_pages_over_the_api(house: House, reader: Reader) -> set[str]:
    """Two at a time, to the end."""
    found: set[str] = set()
    after: str | None = ""
    for _ in range(len(DOSSIERS)):
        query = {"after": after} if after else {}
        answer = house.get(reader, f"{API}/dossiers", size=2, **query)
        found |= _api(house, answer, "dossiers")
        after = answer.json().get("next") if answer.status_code == 200 else None
        if not after:
            return found
    raise AssertionError("the list does not end")


def lists_of_one_agency_each(house: House, reader: Reader) -> set[str]:
    """The agency asked for is a filter, not a right."""
    return _united(
        _api(house, house.get(reader, f"{API}/dossiers", unit=house.world.units[key]), "dossiers")
        for key in sorted({facts.accountable for facts in DOSSIERS})
    )


def search_by_code(house: House, reader: Reader) -> set[str]:
    """A code opens the dossier, or finds nothing."""
    found = set()
    for facts, raised in house.raised():
        answer = house.get(reader, f"{DESK}tim/", q=raised.code)
        if answer.status_code == 302 and str(raised.id) in answer.headers["Location"]:
            found.add(facts.key)
    return found


def search_by_part_of_a_code(house: House, reader: Reader) -> set[str]:
    return _united(
        house.listed(house.get(reader, f"{DESK}tim/", q=part))
        for part in sorted({raised.code[:-1] for _, raised in house.raised()})
    )


def search_by_number_and_telephone(house: House, reader: Reader) -> set[str]:
    """Every other person by the one, the rest by the other; those of the cast by both."""
    known = Person.objects.order_by("id").values_list("identity_number", "phone")
    asked = {row[n % 2] for n, row in enumerate(known)}
    asked |= {text for row in known if row[0] in (CITIZEN, ENTERPRISE) for text in row}
    return _united(house.listed(house.get(reader, f"{DESK}tim/", q=text)) for text in asked if text)


def search_in_papers(house: House, reader: Reader) -> set[str]:
    """By words every scan has; found are those of the dossiers seen."""
    return house.listed(house.get(reader, f"{DESK}tim/giay-to/", q="ban chup"))


def search_by_name(house: House, reader: Reader) -> set[str]:
    names = ("chu ho so", "nguyen thi phuong", "cong ty tnhh song lam")
    return _united(house.listed(house.get(reader, f"{DESK}tim/", q=name)) for name in names)


def page_of_the_dossier(house: House, reader: Reader) -> set[str]:
    return _opened(house, reader, lambda raised: f"{DESK}ho-so/{raised.id}/")


def history_of_the_dossier(house: House, reader: Reader) -> set[str]:
    return _opened(house, reader, lambda raised: f"{DESK}ho-so/{raised.id}/lich-su/")


def corrections_of_the_dossier(house: House, reader: Reader) -> set[str]:
    return _opened(house, reader, lambda raised: f"{DESK}ho-so/{raised.id}/dinh-chinh/")


def dossier_over_the_api(house: House, reader: Reader) -> set[str]:
    return _opened(house, reader, lambda raised: f"{API}/dossiers/{raised.id}")


def why_it_is_due_over_the_api(house: House, reader: Reader) -> set[str]:
    return _opened(house, reader, lambda raised: f"{API}/dossiers/{raised.id}/explanation")


def papers_as_pdf(house: House, reader: Reader) -> set[str]:
    found = set()
    for facts, raised in house.raised():
        for slip in raised.slips[-1:]:
            answer = house.get(reader, f"{DESK}ho-so/{raised.id}/phieu/{slip}/")
            if _given(answer):
                assert answer.content.startswith(b"%PDF")
                found.add(facts.key)
    return found


def receipts_of_many(house: House, reader: Reader) -> set[str]:
    """The receipts of a batch in one file: asked for one dossier, it is given or not; asked for all, only
    what he sees is in it."""
    found, pages = set(), 0
    for facts, raised in house.raised():
        answer = house.door(reader).post(f"{DESK}tiep-nhan/nhieu/giay-hen/", {"ho-so": raised.id})
        if _given(answer):
            pages += len(PdfReader(io.BytesIO(answer.content)).pages)
            found.add(facts.key)
    ids = [raised.id for _, raised in house.raised()]
    answer = house.door(reader).post(f"{DESK}tiep-nhan/nhieu/giay-hen/", {"ho-so": ids})
    together = len(PdfReader(io.BytesIO(answer.content)).pages) if _given(answer) else 0
    assert together == pages
    return found


def control_slips(house: House, reader: Reader) -> set[str]:
    """The control slip of an accepted dossier, for whoever sees it."""
    found = set()
    for facts, raised in house.raised():
        answer = house.get(reader, f"{DESK}ho-so/{raised.id}/phieu-kiem-soat/")
        if answer.status_code != CONFLICT and _given(answer):
            assert answer.content.startswith(b"%PDF")
            found.add(facts.key)
    return found


def registers_of_desks(house: House, reader: Reader) -> set[str]:
    """Every desk's register asked for by everybody; it is given whole or not at all."""
    return _united(
        house.listed(house.get(reader, f"{DESK}so-theo-doi/", desk=desk, **NOVEMBER))
        for desk in _desks(house)
    )


def registers_as_files(house: House, reader: Reader) -> set[str]:
    codes = {raised.code: facts.key for facts, raised in house.raised()}
    found = set()
    for desk in _desks(house):
        asked = {"desk": desk, "dang": "csv", **NOVEMBER}
        answer = house.get(reader, f"{DESK}so-theo-doi/", **asked)
        if answer.status_code not in REFUSED:
            body = answer.content.decode("utf-8-sig")
            found |= {key for code, key in codes.items() if code in body}
    return found


def _desks(house: House) -> list[int]:
    return sorted({house.world.units[facts.received_by] for facts, _ in house.raised()})


def papers_through_another_dossier(house: House, reader: Reader) -> set[str]:
    """A paper is reached through its own dossier only."""
    own = next((raised for facts, raised in house.raised() if sees(reader, facts)), None)
    for _, raised in house.raised():
        for slip in raised.slips[:1] if own and own.id != raised.id else ():
            answer = house.get(reader, f"{DESK}ho-so/{own.id}/phieu/{slip}/")
            assert not _given(answer)
    return set()


def files_attached(house: House, reader: Reader) -> set[str]:
    """The scans of a dossier, for whoever sees it."""
    found = set()
    for facts, raised in house.raised():
        for file in raised.files:
            answer = house.ask(reader, f"/ho-so/{raised.id}/tep/{file}/")
            if _given(answer):
                assert facts.key.encode() in b"".join(answer.streaming_content)
                found.add(facts.key)
    return found


def pages_of_files(house: House, reader: Reader) -> set[str]:
    """The scans of a dossier as pictures, and the page they are looked at on."""
    found = set()
    for facts, raised in house.raised():
        for file in raised.files:
            base = f"{DESK}ho-so/{raised.id}/tep/{file}/"
            looked = house.get(reader, f"{base}xem/")
            drawn = house.door(reader).get(f"{base}trang/1/")
            assert _given(drawn) == _given(looked)
            if _given(drawn):
                assert drawn.headers["Content-Type"] == "image/webp"
                found.add(facts.key)
    return found


def pages_of_papers(house: House, reader: Reader) -> set[str]:
    """A statutory paper in the same viewer."""
    found = set()
    for facts, raised in house.raised():
        for slip in raised.slips[-1:]:
            base = f"{DESK}ho-so/{raised.id}/phieu/{slip}/"
            looked = house.get(reader, f"{base}xem/")
            assert _given(house.door(reader).get(f"{base}trang/1/")) == _given(looked)
            found |= {facts.key} if _given(looked) else set()
    return found


def page_of_digitising(house: House, reader: Reader) -> set[str]:
    return _opened(house, reader, lambda raised: f"{DESK}ho-so/{raised.id}/so-hoa/")


def files_through_another_dossier(house: House, reader: Reader) -> set[str]:
    """A file is reached through its own dossier only."""
    own = next((raised for facts, raised in house.raised() if sees(reader, facts)), None)
    for _, raised in house.raised():
        for file in raised.files if own and own.id != raised.id else ():
            assert not _given(house.door(reader).get(f"/ho-so/{own.id}/tep/{file}/"))
            page = f"{DESK}ho-so/{own.id}/tep/{file}/trang/1/"
            assert not _given(house.door(reader).get(page))
    return set()


def files_of_the_work(house: House, reader: Reader) -> set[str]:
    """What an agency that was asked sent along: for those on duty, and for that agency."""
    found = set()
    for facts, raised in house.raised():
        for file in raised.desk_files:
            answer = house.ask(reader, f"{DESK}ho-so/{raised.id}/tep-viec/{file}/")
            if _given(answer):
                assert facts.key.encode() in b"".join(answer.streaming_content)
                found.add(facts.key)
    return found


def drafts_of_results(house: House, reader: Reader) -> set[str]:
    """The page of a draft, its PDF and its Word file: all three or none."""
    found = set()
    for facts, raised in house.raised():
        if raised.draft is None:
            continue
        path = f"{DESK}ho-so/{raised.id}/du-thao/{raised.draft}/"
        page = _given(house.get(reader, path))
        files = [_given(house.door(reader).get(f"{path}1/{form}/")) for form in ("pdf", "word")]
        assert files == [page, page]
        found |= {facts.key} if page else set()
    return found


def results_on_their_way(house: House, reader: Reader) -> set[str]:
    """The page of a result and its file: both or neither, and neither through another dossier."""
    found = set()
    for facts, raised in house.raised():
        if raised.issue is None:
            continue
        path = f"{DESK}ho-so/{raised.id}/phat-hanh/{raised.issue}/"
        page = _given(house.get(reader, path))
        assert _given(house.door(reader).get(f"{path}tep/trinh-ky/")) == page
        others = [other.id for _, other in house.raised() if other.id != raised.id]
        elsewhere = f"{DESK}ho-so/{others[0]}/phat-hanh/{raised.issue}/tep/trinh-ky/"
        assert not _given(house.door(reader).get(elsewhere))
        found |= {facts.key} if page else set()
    return found


def minutes_of_inspections(house: House, reader: Reader) -> set[str]:
    return {
        facts.key
        for facts, raised in house.raised()
        if raised.inspection
        and _given(
            house.ask(reader, f"{DESK}ho-so/{raised.id}/kiem-tra/{raised.inspection}/bien-ban/")
        )
    }


def what_is_asked_of_us(house: House, reader: Reader) -> set[str]:
    return house.listed(house.get(reader, f"{DESK}y-kien/"))


def what_we_ask_others(house: House, reader: Reader) -> set[str]:
    return house.listed(house.get(reader, f"{DESK}y-kien/", muc="di"))


def own_list(house: House, reader: Reader) -> set[str]:
    """A citizen's list of his own dossiers."""
    answer = house.get(reader, "/ho-so-cua-toi/")
    return house.keys(OWN.findall(answer.content.decode())) if _given(answer) else set()


def own_dossier(house: House, reader: Reader) -> set[str]:
    return _opened(house, reader, lambda raised: f"/ho-so/{raised.id}/")


def pages_of_own_files(house: House, reader: Reader) -> set[str]:
    """A citizen's files as pictures, and the page he looks at them on."""
    found = set()
    for facts, raised in house.raised():
        for file in raised.files:
            base = f"/ho-so/{raised.id}/tep/{file}/"
            looked = house.get(reader, f"{base}xem/")
            assert _given(house.door(reader).get(f"{base}trang/1/")) == _given(looked)
            found |= {facts.key} if _given(looked) else set()
    return found


def own_papers(house: House, reader: Reader) -> set[str]:
    return {
        facts.key
        for facts, raised in house.raised()
        for slip in raised.slips[-1:]
        if _given(house.get(reader, f"/ho-so/{raised.id}/giay/{slip}/"))
    }


def lists_behind_figures(house: House, reader: Reader) -> set[str]:
    return _united(
        house.listed(house.get(reader, f"{FIGURES}{measure}/", **NOVEMBER))
        for measure in MEASURES_OF_ALL
    )


def lists_behind_figures_as_files(house: House, reader: Reader) -> set[str]:
    codes = {raised.code: facts.key for facts, raised in house.raised()}
    found = set()
    for measure in MEASURES_OF_ALL:
        answer = house.get(reader, f"{FIGURES}{measure}/", dang="csv", **NOVEMBER)
        if _given(answer):
            body = answer.content.decode("utf-8-sig")
            found |= {key for code, key in codes.items() if code in body}
    return found


MEASURES_OF_ALL = ("received", "submitted", "not-accepted")
"""Together they count every dossier of the world once."""


def inbox(house: House, reader: Reader) -> set[str]:
    return _united(house.listed(house.get(reader, DESK, muc=tab)) for tab in ("cho", "toi", "dung"))


def inbox_over_the_api(house: House, reader: Reader) -> set[str]:
    return _united(
        _api(house, house.get(reader, f"{API}/inbox", standing=standing), "items")
        for standing in ("false", "true")
    )


def rows_ticked(house: House, reader: Reader) -> set[str]:
    """What a page asks before an act on many, of every open step there is."""
    answer = _sent(house, reader, viec="chuyen")
    body = answer.content.decode(errors="replace")
    for facts, raised in house.raised():
        assert sees(reader, facts) or raised.name not in body, f"tells {reader.name} of {facts.key}"
    return house.listed(answer)


def report_of_many(house: House, reader: Reader) -> set[str]:
    """What an act on all of them says of those that went and those that did not."""
    house.door(reader)  # signed in before, for that stays
    with transaction.atomic():
        address = _sent(house, reader, viec="nhan", key=str(uuid4())).headers.get("Location", "")
        found = house.listed(house.get(reader, address)) if "/nhieu/" in address else set()
        transaction.set_rollback(True)
    return found


def _sent(house: House, reader: Reader, **said: str) -> Answer:
    rows = [f"{r.id}/{r.item or uuid4()}/{r.version}" for _, r in house.raised()]
    return house.door(reader).post(f"{DESK}nhieu/", {"buoc": rows, **said})


def results_to_collect(house: House, reader: Reader) -> set[str]:
    return house.listed(house.get(reader, f"{DESK}cho-tra/"))


def results_to_collect_as_a_file(house: House, reader: Reader) -> set[str]:
    answer = house.get(reader, f"{DESK}cho-tra/", dang="csv")
    body = answer.content.decode("utf-8-sig") if answer.status_code == 200 else ""
    return {facts.key for facts, raised in house.raised() if raised.code in body}


def what_is_owed(house: House, reader: Reader) -> set[str]:
    return house.listed(house.get(reader, f"{DESK}thu-tien/"))


def receipts_in_the_book(house: House, reader: Reader) -> set[str]:
    return house.listed(house.get(reader, f"{DESK}bien-lai/", **NOVEMBER))


def filed_online_and_waiting(house: House, reader: Reader) -> set[str]:
    return house.listed(house.get(reader, f"{DESK}cho-tiep-nhan/"))


def lists_behind_answers(house: House, reader: Reader) -> set[str]:
    window = {"tu": NOVEMBER["since"], "den": NOVEMBER["until"]}
    return house.listed(house.get(reader, f"{DESK}tra-loi-truc-tuyen/ho-so/", **window))


def what_waits_to_be_carried(house: House, reader: Reader) -> set[str]:
    return house.listed(house.get(reader, f"{DESK}ban-giao/"))


def what_is_carried(house: House, reader: Reader) -> set[str]:
    """The lists of paper on its way, each opened and printed."""
    return _through_links(house, reader, "ban-giao/", LISTS)


def books_of_certification(house: House, reader: Reader) -> set[str]:
    """A month of every book, read and printed."""
    return _through_links(house, reader, "chung-thuc/so/", BOOKS, thang=11)


def entries_of_certification(house: House, reader: Reader) -> set[str]:
    """Every entry of every book, whoever asks."""
    found = set()
    for entry in Certification.objects.all():
        found |= house.listed(house.get(reader, f"{DESK}chung-thuc/sua/{entry.id}/"))
    return found


def _through_links(
    house: House, reader: Reader, path: str, link: re.Pattern[str], **query: Any
) -> set[str]:
    answer = house.get(reader, f"{DESK}{path}")
    opened = link.findall(answer.content.decode()) if answer.status_code == 200 else []
    for one in opened:
        house.get(reader, f"{DESK}{path}{one}/in/", **query)
    return _united(
        house.listed(house.get(reader, f"{DESK}{path}{one}/", **query)) for one in set(opened)
    )


LISTS = re.compile(r"/ban-lam-viec/ban-giao/([0-9a-f-]{36})/")
BOOKS = re.compile(r"/ban-lam-viec/chung-thuc/so/([0-9a-f-]{36})/")


def _united(found: Iterable[set[str]]) -> set[str]:
    return set().union(*found)


def _given(answer: Answer) -> bool:
    assert answer.status_code in (200, *REFUSED), answer.status_code
    return bool(answer.status_code == 200)


def _api(house: House, answer: Answer, rows: str) -> set[str]:
    return house.keys(row["id"] for row in answer.json()[rows]) if _given(answer) else set()


def _opened(house: House, reader: Reader, path: Callable[[Raised], str]) -> set[str]:
    found = set()
    for facts, raised in house.raised():
        answer = house.get(reader, path(raised))
        if _given(answer):
            assert raised.code in answer.content.decode()
            found.add(facts.key)
    return found


def ratings_of_citizens(house: House, reader: Reader) -> set[str]:
    """The list of what citizens said, whole and the complaints that wait."""
    return _united(house.listed(house.get(reader, f"{DESK}danh-gia/", cho=n)) for n in ("0", "1"))


def lists_behind_quality(house: House, reader: Reader) -> set[str]:
    """The scored dossiers of every agency."""
    return _united(
        house.listed(
            house.get(reader, f"{FIGURES}chat-luong/{house.world.units[key]}/", ky="2022-q4")
        )
        for key in sorted({facts.accountable for facts in DOSSIERS})
    )


def slips_that_invite(house: House, reader: Reader) -> set[str]:
    """The slip with the link that rates; before the result there is none for anybody."""
    found = set()
    for facts, raised in house.raised():
        answer = house.get(reader, f"{DESK}ho-so/{raised.id}/moi-danh-gia/")
        if answer.status_code == 200:
            found.add(facts.key)
    return found


PAGES: Mapping[str, tuple[Way, ...]] = {
    "list": (page_of_the_list, list_over_the_api, list_by_pages_over_the_api,
             lists_of_one_agency_each),
    "count": (count_of_the_list,),
    "search": (search_by_code, search_by_part_of_a_code, search_by_number_and_telephone,
               search_by_name, search_in_papers),
    "page": (page_of_the_dossier, corrections_of_the_dossier, history_of_the_dossier,
             dossier_over_the_api, why_it_is_due_over_the_api),
    "register": (registers_of_desks, registers_as_files),
    "file": (papers_as_pdf, receipts_of_many, control_slips, papers_through_another_dossier, files_attached,
             files_through_another_dossier),
    "look": (pages_of_files, pages_of_papers, page_of_digitising),
    "portal": (own_list, own_dossier, own_papers, pages_of_own_files),
    "counter": (results_to_collect, results_to_collect_as_a_file, what_waits_to_be_carried,
                what_is_carried, books_of_certification, entries_of_certification,
                filed_online_and_waiting, lists_behind_answers, what_is_owed,
                receipts_in_the_book),
    "figures": (lists_behind_figures, lists_behind_figures_as_files),
    "many": (rows_ticked, report_of_many),
    "inbox": (inbox, inbox_over_the_api),
    "quality": (ratings_of_citizens, lists_behind_quality, slips_that_invite),
    "opinions": (files_of_the_work, what_is_asked_of_us, what_we_ask_others, drafts_of_results,
                 results_on_their_way, minutes_of_inspections),
}  # fmt: skip
