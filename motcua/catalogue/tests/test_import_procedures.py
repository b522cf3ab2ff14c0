"""Files of procedures become versions under import decisions; a second run changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest
from django.db import connection, transaction

from motcua.catalogue import operations, queries
from motcua.catalogue.models import Decision, ProcedureVersion
from motcua.catalogue.records import read_lines
from motcua.ledger import verify
from motcua.ledger.acts import act, refused_by_guard
from motcua.ledger.models import Entry
from motcua.rules.actor import ANONYMOUS, system
from motcua.rules.refusal import Refusal
from motcua.run import cli

pytestmark = pytest.mark.django_db

AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
DAY, LATER = date(2022, 11, 21), date(2023, 1, 1)
ACTOR = system("kiểm thử")


def record(code="1.000001", name="Cấp giấy phép xây dựng", **more):
    channel = {"channel": "counter", "time_text": "15 ngày", "fees": [{"text": "50.000 đồng"}]}
    paper = {"name": "Đơn đề nghị", "originals": 1, "copies": 0}
    base = {
        "code": code,
        "name": name,
        "source": "thu",
        "field": "Hoạt động xây dựng",
        "level": "Cấp tỉnh",
        "channels": [channel],
        "components": [{"case": "", "items": [paper]}],
        "results": [{"name": "Giấy phép", "code": "KQ.1"}],
    }
    return base | more


def take(*records, in_force=DAY, exactly=True, actor=ACTOR):
    lines = [one if isinstance(one, bytes) else orjson.dumps(one) for one in records]
    return operations.import_procedures(
        read_lines(lines),
        source="thu.jsonl",
        in_force=in_force,
        exactly=exactly,
        actor=actor,
        at=AT,
    )


def the_id(code="1.000001"):
    return queries.procedure_ids("thu")[code]


def test_a_file_becomes_versions_under_one_decision():
    report = take(record(), record("1.000002", "Cấp thẻ"))
    assert (report.read, report.new, report.changed, report.unchanged) == (2, 2, 0, 0)
    decision = Decision.objects.get(id=report.decision_id)
    assert (decision.kind, decision.effective_on, decision.source) == ("import", DAY, "thu.jsonl")
    version = ProcedureVersion.objects.get(procedure_id=the_id())
    assert version.decision_id == decision.id
    [channel] = version.channels.all()
    assert (channel.limit_amount, channel.limit_unit) == (Decimal(15), "calendar_day")
    assert [fee.amount for fee in channel.fees.all()] == [50_000]
    assert [paper.name for paper in version.papers.all()] == ["Đơn đề nghị"]
    assert [result.code for result in version.results.all()] == ["KQ.1"]
    recorded = Entry.objects.filter(event="procedures.imported", subject_kind="procedure")
    assert recorded.count() == 2
    assert not list(verify.breaks())


def test_the_same_file_a_second_time_changes_nothing_and_leaves_no_act():
    take(record())
    before = Entry.objects.count()
    report = take(record())
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    assert report.decision_id is None
    assert Entry.objects.count() == before
    assert Decision.objects.count() == 1


def test_a_changed_record_makes_a_version_and_the_one_before_ends():
    take(record())
    report = take(record(conditions="Có giấy tờ về đất"), in_force=LATER)
    assert (report.new, report.changed) == (0, 1)
    later, first = queries.history(the_id())
    assert (first.since, first.until, later.since, later.until) == (DAY, LATER, LATER, None)
    assert queries.version_in_force(the_id(), date(2022, 12, 31)) == first.id
    assert queries.version_in_force(the_id(), LATER) == later.id
    assert queries.procedure_detail(the_id(), LATER).content.conditions == "Có giấy tờ về đất"
    assert queries.version_in_force(the_id(), date(2022, 1, 1)) is None


def test_two_versions_with_one_effect_date_are_refused():
    take(record())
    report = take(record(conditions="Khác"), record("1.000009"), in_force=DAY)
    assert (report.new, report.changed) == (1, 0)
    [rejected] = report.rejected
    assert (rejected.reason, rejected.line) == ("too_early", 1)
    assert "22/11/2022" in rejected.sentence


def test_without_a_date_of_its_own_a_change_on_the_same_day_begins_the_day_after():
    take(record())
    report = take(record(conditions="Khác"), exactly=False)
    assert report.changed == 1
    assert queries.history(the_id())[0].since == date(2022, 11, 22)


def test_a_renamed_procedure_keeps_its_identity():
    take(record())
    assert take(record(name="Cấp phép xây dựng"), in_force=LATER).changed == 1
    assert len(queries.history(the_id())) == 2


def test_procedures_that_share_a_code_are_all_kept_whatever_their_order():
    one, other = record(name="Cấp lại"), record(name="Đăng ký thay đổi")
    assert take(one, other).new == 2
    report = take(other, one)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 2)
    assert report.reasons == {"shared_code": 1}


def test_bad_records_are_listed_and_good_ones_taken():
    report = take(record(), b'{"name": "c', {"code": "2.1"}, record("1.000001", conditions="Khác"))
    assert (report.read, report.new, len(report.rejected)) == (4, 1, 3)
    assert [(one.line, one.reason) for one in report.rejected] == [
        (2, "cut_line"),
        (3, "no_name"),
        (4, "repeated"),
    ]


def test_what_could_not_be_read_is_reported_by_line():
    odd = record(channels=[{"channel": "counter", "time_text": "20", "fees": []}])
    report = take(odd)
    assert report.unparsed == 1
    assert report.pieces == ((1, "1.000001", "channels.counter.limit", "20", "no_unit"),)


def test_who_does_not_keep_the_catalogue_may_not_import():
    with pytest.raises(Refusal) as refused:
        take(record(), actor=ANONYMOUS)
    assert refused.value.code == "catalogue.may_not"


def test_a_version_is_never_rewritten_not_even_within_an_act():
    take(record())
    for change in (
        "UPDATE catalogue_procedureversion SET name = 'khác'",
        "UPDATE catalogue_procedureversion SET valid = daterange('2000-01-01', NULL)",
        "UPDATE catalogue_procedureversion SET valid = 'empty'",
        "DELETE FROM catalogue_procedureversion",
        "UPDATE catalogue_channelrule SET limit_amount = 1",
        "UPDATE catalogue_paperrule SET name = 'khác'",
    ):
        with (
            pytest.raises(Exception) as refused,
            transaction.atomic(),
            act(operations.events.PROCEDURES_IMPORTED, actor=ACTOR, at=AT),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)
        assert refused_by_guard(refused.value)


def test_nothing_is_written_outside_an_act():
    with pytest.raises(Exception) as refused, transaction.atomic():
        Decision.objects.create(
            kind="import", number="1", signed_on=DAY, effective_on=DAY, source="x", made_at=AT
        )
    assert refused_by_guard(refused.value)


def test_the_digest_of_a_version_is_of_its_contents():
    take(record())
    version = ProcedureVersion.objects.get(procedure_id=the_id())
    detail = queries.procedure_detail(the_id(), DAY)
    assert detail.content.content_digest() == version.content_digest


@pytest.mark.parametrize(
    "text",
    ["cấp giấy phép xây dựng", "GIAY PHEP XAY DUNG", "xay dung giay phep", "giay phep xay dugn",
     "gáiy phép xây dựng", "gia phe xa", "giấyy phép", "phếp xây", "1.0000"],
)  # fmt: skip
def test_a_search_forgives_case_marks_order_and_slips(text):
    take(record(), record("1.500002", "Đăng ký kết hôn", field="Hộ tịch"))
    assert queries.search(text, DAY)[0].code == "1.000001"


def test_a_search_is_narrowed_by_field_and_level_and_day():
    take(record(), record("1.500002", "Đăng ký kết hôn", field="Hộ tịch", level="Cấp xã"))
    assert [hit.code for hit in queries.search("", DAY, domain="ho-tich")] == ["1.500002"]
    assert [hit.code for hit in queries.search("", DAY, level="province")] == ["1.000001"]
    assert queries.search("", date(2022, 1, 1)) == []
    assert queries.search("100% không có", DAY) == []
    assert [(d.key, d.procedures) for d in queries.domains(DAY)] == [
        ("hoat-dong-xay-dung", 1),
        ("ho-tich", 1),
    ]


def test_a_national_code_from_two_sources_is_found_once():
    take(record(), record("1.000001.000.00.00.H17", source="danang_pdf_2024"))
    [hit] = queries.search("giay phep xay dung", DAY)
    assert hit.source == "danang_pdf_2024"


def test_the_command_tells_and_ends_with_json(tmp_path, capsys):
    file = tmp_path / "thu.jsonl"
    file.write_bytes(orjson.dumps(record()) + b'\n{"name":\n')
    assert cli.main(["import-procedures", str(file), "--in-force", "2022-11-21", "--json"]) == 0
    out = capsys.readouterr().out
    last = json.loads(out.splitlines()[-1])
    assert {key: last[key] for key in ("read", "new", "changed", "unparsed", "rejected")} == {
        "read": 2,
        "new": 1,
        "changed": 0,
        "unparsed": 0,
        "rejected": 1,
    }
    assert last["rejections"][0]["line"] == 2
    assert "Không nhận: dòng 2" in out


def test_the_command_reads_an_answer_of_the_national_catalogue(tmp_path, capsys):
    file = tmp_path / "tra-loi.json"
    file.write_text(json.dumps({"result": [{"MATTHC": "1.1", "TENTTHC": "Khai sinh"}]}, indent=1))
    assert cli.main(["import-procedures", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["new"] == 1


def test_the_command_says_what_file_it_could_not_read(tmp_path, capsys):
    assert cli.main(["import-procedures", str(tmp_path / "khong-co")]) == 1
    assert "Không đọc được" in capsys.readouterr().err


def test_the_whole_catalogue_is_imported_once(shared_data):
    file = shared_data / "02_tthc_catalogue" / "procedures.jsonl"
    lines = file.read_bytes().splitlines()
    first = take(*lines)
    assert (first.read, first.new, len(first.rejected)) == (2400, 2400, 0)
    second = take(*lines)
    assert (second.new, second.changed, second.unchanged) == (0, 0, 2400)
    assert queries.search("dang ky khai sinh", DAY)
