"""Processes are approved and procedures offered by agencies, each by a decision from its day on."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest

from motcua.catalogue import operations, queries
from motcua.catalogue.models import Decision, Offering
from motcua.catalogue.operations import DecisionGiven, OfferingGiven, ProcessGiven
from motcua.catalogue.records import read_lines
from motcua.ledger import verify
from motcua.organisations import operations as organisations
from motcua.organisations.operations import Founding
from motcua.rules.actor import ANONYMOUS, system
from motcua.rules.bpmn_chain import Step, chain
from motcua.rules.clock_rules import ClockRules, PhaseRule
from motcua.rules.deadline import Limit, LimitUnit
from motcua.rules.refusal import Refusal

pytestmark = pytest.mark.django_db

AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
DAY, LATER = date(2022, 1, 1), date(2023, 1, 1)
ACTOR = system("kiểm thử")
STEPS = (
    Step("Thụ lý", "accountable", "officer", Decimal(4)),
    Step("Ký duyệt", "accountable", "leader", Decimal(2), "conclude"),
    Step("Trả kết quả", "received_by", "clerk", Decimal(1), "hand_over"),
)


def decided(number="12/QĐ-UBND", on=DAY, kind="process"):
    return DecisionGiven(kind, number, "Phê duyệt quy trình", on, on, "xây dựng cho kiểm thử")


def processes(*names):
    return [ProcessGiven(f"quy-trinh-{n}", f"Quy trình {n}", chain(n, STEPS)) for n in names]


@pytest.fixture
def province():
    lines = [orjson.dumps({"name": "Cấp thẻ", "code": "1.1", "source": "thu", "field": "Du lịch"})]
    operations.import_procedures(
        read_lines(lines), source="thu.jsonl", in_force=DAY, actor=ACTOR, at=AT
    )
    procedure = queries.procedure_ids("thu")["1.1"]
    foundings = [
        Founding("tinh", "province", "Tỉnh Nghệ An", "Nghệ An", "tinh", "thử"),
        Founding("so", "department", "Sở Du lịch", "Sở Du lịch", "tinh", "thử"),
        Founding("mot-cua", "desk", "Bộ phận một cửa", "Một cửa", "so", "thử", agency="so"),
    ]
    units = organisations.found_units(foundings, actor=ACTOR, at=AT)
    process = operations.approve_processes(decided(), processes("a"), actor=ACTOR, at=AT)
    return OfferingGiven(procedure, units["so"], units["mot-cua"], process["quy-trinh-a"])


def offer(*offerings, on=DAY, actor=ACTOR):
    given = decided("13/QĐ-UBND", on, "list")
    return operations.offer(given, offerings, actor=actor, at=AT)


def changed(offering, **new):
    names = ("procedure_id", "unit_id", "received_at_id", "process_id")
    return OfferingGiven(**{**{name: getattr(offering, name) for name in names}, **new})


def test_a_process_is_compiled_when_approved_and_keeps_its_id():
    first = operations.approve_processes(decided(), processes("a"), actor=ACTOR, at=AT)
    again = operations.approve_processes(decided(), processes("a", "b"), actor=ACTOR, at=AT)
    assert again["quy-trinh-a"] == first["quy-trinh-a"]
    assert queries.process_file(again["quy-trinh-b"]).startswith("<?xml")
    assert queries.process_file(0) is None


def test_a_process_that_is_no_process_is_refused():
    with pytest.raises(Refusal):
        bad = [ProcessGiven("x", "X", b"<khong-phai-bpmn/>")]
        operations.approve_processes(decided(), bad, actor=ACTOR, at=AT)
    assert not Decision.objects.exists()


def test_an_agency_offers_a_procedure_from_the_decisions_day_on(province):
    limit = Limit(Decimal(10), LimitUnit.WORKING_DAY)
    assert offer(changed(province, approved=limit)) == 1
    detail = queries.procedure_detail(province.procedure_id, DAY)
    [offering] = detail.offerings
    assert (offering.unit_name, offering.approved) == ("Sở Du lịch", limit)
    assert [one.code for one in queries.offered_by(province.unit_id, DAY)] == ["1.1"]
    assert queries.search("cap the", DAY)[0].offered
    assert not list(verify.breaks())


def test_the_same_offering_again_changes_nothing(province):
    offer(province)
    before = Decision.objects.count()
    assert offer(province, on=LATER) == 0
    assert Decision.objects.count() == before


def test_another_limit_from_a_later_day_ends_the_offering_before(province):
    offer(province)
    limit = Limit(Decimal(5), LimitUnit.WORKING_DAY)
    assert offer(changed(province, approved=limit), on=LATER) == 1
    first, second = Offering.objects.order_by("id")
    assert (first.valid.upper, second.valid.lower) == (LATER, LATER)


def test_two_offerings_from_one_day_are_refused(province):
    offer(province)
    with pytest.raises(Refusal) as refused:
        offer(changed(province, supplement_policy="pause"))
    assert refused.value.code == "catalogue.two_on_one_day"


def test_who_does_not_keep_the_catalogue_may_not_offer(province):
    with pytest.raises(Refusal) as refused:
        offer(province, actor=ANONYMOUS)
    assert refused.value.code == "catalogue.may_not"


def test_what_the_committee_decides_is_offered_with_its_part_of_the_limit(province):
    steps = (*STEPS[:1], Step("Chủ tịch ký", "committee", "leader", Decimal(2), "conclude"))
    given = [ProcessGiven("trinh", "Trình", chain("trinh", steps))]
    process = operations.approve_processes(decided("14/QĐ-UBND"), given, actor=ACTOR, at=AT)
    to_chairman = changed(province, process_id=process["trinh"])
    with pytest.raises(Refusal) as refused:
        offer(to_chairman)
    assert refused.value.code == "catalogue.committee_without_phase"
    day = Limit(Decimal(1), LimitUnit.WORKING_DAY)
    rules = ClockRules(phases=(PhaseRule("so", day), PhaseRule("tinh", day)))
    assert offer(changed(to_chairman, clock_rules=rules)) == 1
