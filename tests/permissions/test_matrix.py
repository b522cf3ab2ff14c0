"""Everybody × every way to ask × every dossier: what is given is exactly what may be given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from motcua.dossiers import policies
from motcua.ledger import sql
from tests.permissions import asking, doing
from tests.permissions.asking import PAGES, House, Way
from tests.permissions.expected import (
    PROVINCE,
    READERS,
    Reader,
    answers_for,
    by_duty,
    carries,
    collects,
    counts,
    his_turn,
    is_asked,
    may_do,
    on_a_list,
    reads_register,
    received_it,
    sees,
    takes_in,
    takes_money,
    works_for,
)
from tests.permissions.world import DOSSIERS, Facts

WAYS = [way for ways in PAGES.values() for way in ways]
OF_ANYBODY = frozenset({asking.list_over_the_api, asking.list_by_pages_over_the_api,
                        asking.lists_of_one_agency_each, asking.dossier_over_the_api,
                        asking.why_it_is_due_over_the_api,
                        asking.files_attached})  # fmt: skip
"""What officers and citizens ask alike; the desk's pages are for officers, the portal's for citizens."""
THROUGH_ANOTHER = (asking.papers_through_another_dossier, asking.files_through_another_dossier)
LACKING: Mapping[Way, frozenset[str]] = {
    # Nothing has been issued for the one yet, the other had no files; and a submission's code is
    # looked for whole.
    asking.papers_as_pdf: frozenset({"nop-truc-tuyen", "chung-thuc"}),
    asking.receipts_of_many: frozenset({"nop-truc-tuyen", "khong-nhan", "chung-thuc"}),
    asking.control_slips: frozenset({"nop-truc-tuyen", "khong-nhan"}),
    asking.own_papers: frozenset({"nop-truc-tuyen"}),
    asking.search_in_papers: frozenset({"khong-nhan", "chung-thuc"}),
    asking.pages_of_papers: frozenset({"nop-truc-tuyen", "chung-thuc"}),
    asking.pages_of_files: frozenset({"khong-nhan", "chung-thuc"}),
    asking.files_attached: frozenset({"khong-nhan", "chung-thuc"}),
    asking.pages_of_own_files: frozenset({"khong-nhan"}),
    asking.search_by_part_of_a_code: frozenset({"nop-truc-tuyen", "khong-nhan"}),
    # Nothing is open any more, or not yet.
    asking.rows_ticked: frozenset({"nop-truc-tuyen", "khong-nhan", "da-tra", "chung-thuc"}),
}


EXPECTED_AT_COUNTER: Mapping[Way, Callable[[Reader, Facts], bool]] = {
    asking.results_to_collect: collects,
    asking.results_to_collect_as_a_file: collects,
    asking.filed_online_and_waiting: takes_in,
    asking.lists_behind_answers: answers_for,
    asking.what_is_owed: lambda reader, facts: facts.charge and takes_money(reader, facts),
    asking.receipts_in_the_book: lambda reader, facts: (
        facts.standing == "certified" and takes_money(reader, facts)
    ),
    asking.what_waits_to_be_carried: carries,
    asking.what_is_carried: on_a_list,
    asking.books_of_certification: lambda reader, facts: facts.standing == "certified",
    asking.entries_of_certification: lambda reader, facts: facts.standing == "certified",
}
EXPECTED_OF_OPINIONS: Mapping[Way, Callable[[Reader, Facts], bool]] = {
    asking.files_of_the_work: lambda reader, facts: bool(facts.consulted) and (
        by_duty(reader, facts) or reader.agency in facts.consulted[:-1]),
    asking.drafts_of_results: lambda reader, facts: bool(facts.consulted) and by_duty(
        reader, facts),
    asking.results_on_their_way: lambda reader, facts: bool(facts.consulted) and by_duty(
        reader, facts),
    asking.minutes_of_inspections: lambda reader, facts: bool(facts.consulted) and by_duty(
        reader, facts),
    asking.what_is_asked_of_us: lambda reader, facts: is_asked(reader, facts, still=True),
    asking.what_we_ask_others: lambda reader, facts: bool(facts.consulted) and (
        works_for(reader) == facts.accountable),
}  # fmt: skip


ENDED_FOR: Mapping[Way, Callable[[Reader, Facts], bool]] = {
    asking.ratings_of_citizens: lambda reader, facts: facts.standing == "handed over",
    asking.slips_that_invite: lambda reader, facts: facts.standing in ("handed over", "certified"),
    asking.lists_behind_quality: lambda reader, facts: (
        facts.standing in ("done", "handed over", "certified") and counts(reader, facts)),
}  # fmt: skip


def expected(way: Way, reader: Reader) -> set[str]:
    """The keys of the dossiers this way gives this reader, as expected.py tells."""
    citizens = way in PAGES["portal"]
    if way in THROUGH_ANOTHER or not (
        way in OF_ANYBODY or (reader.applicant if citizens else reader.is_officer)
    ):
        return set()
    seen = {facts.key for facts in DOSSIERS if sees(reader, facts)}
    if told := (EXPECTED_OF_OPINIONS | EXPECTED_AT_COUNTER).get(way):
        return {f.key for f in DOSSIERS if sees(reader, f) and told(reader, f)}
    if way in PAGES["inbox"]:
        return {facts.key for facts in DOSSIERS if his_turn(reader, facts)}
    if way is asking.receipts_of_many:
        own = {f.key for f in DOSSIERS if sees(reader, f) and received_it(reader, f)}
        return own - LACKING[way]
    if way in PAGES["register"]:
        return {f.key for f in DOSSIERS if reads_register(reader, f)}
    if way in PAGES["quality"]:
        told = ENDED_FOR[way]
        return {f.key for f in DOSSIERS if sees(reader, f) and told(reader, f)}
    if way in PAGES["figures"]:
        return {f.key for f in DOSSIERS if sees(reader, f) and counts(reader, f)}
    return seen - LACKING.get(way, frozenset())


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_what_is_given_is_what_may_be_given(house: House, reader: Reader, way: Way):
    assert way(house, reader) == expected(way, reader)


OWN_RULE = (
    asking.receipts_of_many,
    *PAGES["inbox"],
    *PAGES["counter"],
    *PAGES["register"],
    *PAGES["opinions"],
    *THROUGH_ANOTHER,
)
BY_SCOPE = [way for way in WAYS if way not in OWN_RULE]


@pytest.mark.parametrize("way", BY_SCOPE, ids=lambda way: way.__name__)
def test_without_the_predicate_of_visibility_the_matrix_fails(house: House, monkeypatch, way: Way):
    monkeypatch.setattr(policies, "scope", lambda actor: ("TRUE", []))
    name = "ke-toan" if way in PAGES["portal"] else "chu-tich-phuong"
    stranger = next(reader for reader in READERS if reader.name == name)
    try:
        assert way(house, stranger) != expected(way, stranger)
    except AssertionError as found:
        assert "tells" in str(found) or "id of" in str(found)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_what_can_be_done_is_what_may_be_done(house: House, reader: Reader):
    wrong = [
        (facts.key, act, "succeeds" if done else "is refused")
        for facts, raised in house.raised()
        for act in doing.acts_to_try(reader, facts)
        if (done := doing.may_now(house, reader, facts, raised, act))
        is not (act in may_do(reader, facts))
    ]
    assert wrong == []


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_a_figure_counts_what_it_may_and_opens_what_it_may(house: House, reader: Reader):
    for measure, standing in (("submitted", "submitted"), ("not-accepted", "refused"),
                              ("received", "")):  # fmt: skip
        answer = house.get(reader, f"{asking.FIGURES}{measure}/", **asking.NOVEMBER)
        if not reader.figures:
            assert answer.status_code in asking.REFUSED
            continue
        of_measure = [f for f in DOSSIERS if (f.standing == standing if standing else f.received)]
        counted = [facts for facts in of_measure if counts(reader, facts)]
        opened = [facts for facts in counted if sees(reader, facts)]
        found = answer.context["found"]
        assert (found.number, found.visible) == (len(counted), len(opened)), measure
        assert found.hidden == len(counted) - len(opened)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_what_waits_to_be_looked_into_tells_of_nothing_unseen(house: House, reader: Reader):
    """Signals and corrections: `house.get` fails where an answer is of a dossier the reader does not see."""
    for page in ("dau-hieu/", "dinh-chinh/", "sap-xep/"):
        answer = house.get(reader, f"{asking.DESK}{page}")
        assert answer.status_code in (200, *asking.REFUSED)
    signals = house.get(reader, f"{asking.DESK}dau-hieu/")
    assert (signals.status_code == 200) is (reader.figures == PROVINCE)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)
def test_tracking_tells_anybody_how_far_a_dossier_is_and_nothing_of_the_person(
    house: House, reader: Reader
):
    raised = house.world.dossiers["da-tra"]
    training = house.world.dossiers["tap-huan"]
    for path, query in ((f"/api/v1/track/{raised.code}", {}), ("/tra-cuu/", {"ma": raised.code})):
        answer = house.door(reader).get(path, query)
        assert answer.status_code == 200
        body = answer.content.decode()
        assert raised.code in body
        own = () if reader.username == "cong-dan" else ("Nguyễn Thị Phương",)
        for told in (raised.name, "lý lịch tư pháp", str(raised.slips[0]), *own):
            assert told not in body
    assert house.door(reader).get(f"/api/v1/track/{training.code}").status_code == 404


def test_a_list_costs_an_officer_the_statements_it_costs_one_who_sees_everything(house: House):
    def cost(name: str, path: str) -> int:
        reader = next(reader for reader in READERS if reader.name == name)
        house.get(reader, path)
        with sql.counted() as sent:
            house.get(reader, path)
        return len(sent)

    for path in (f"{asking.DESK}ho-so/", f"{asking.API}/dossiers", asking.DESK):
        everything = cost("thanh-tra", path)
        assert everything <= 12, path
        for name in ("chuyen-vien", "mot-cua", "giam-doc", "kiem-soat"):
            # Two for the choices of the filter, one whether another agency asked his unit.
            assert cost(name, path) <= everything + 3, (name, path)
