"""Records of the sources become contents; nothing crashes, nothing is guessed, nothing is lost."""

import json
import sys
from collections import Counter
from decimal import Decimal

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.catalogue import errors
from motcua.catalogue.content import Level, OnlineLevel, ProcedureContent
from motcua.catalogue.record_parts import legal_bases
from motcua.catalogue.records import LONGEST_NAME, Rejected, read, read_lines, slug_code
from motcua.rules.books import Channel
from motcua.rules.deadline import Limit, LimitUnit

LINE = {
    "code": "1.001193",
    "name": "Đăng ký  khai sinh",
    "source": "thu",
    "field": "Hộ tịch",
    "levels": ["Cấp xã"],
    "subjects": ["Công dân Việt Nam", "Tổ chức (không bao gồm doanh nghiệp", "HTX)"],
    "agency_executing": "• Ủy ban nhân dân cấp xã \n• Sở Tư pháp",
    "channels": [
        {
            "channel": "counter",
            "time_text": "3 Ngày làm việc",
            "fees": [{"text": "50,000 VNĐ", "amount": 50000, "note": "50.000 đồng/lần"}],
            "note": None,
        },
        {"channel": "online", "time_text": "20", "fees": [], "note": None},
    ],
    "components": [
        {
            "case": "Trẻ em bị bỏ rơi",
            "items": [{"name": "Biên bản", "form_file": None, "originals": 1, "copies": 0}],
        },
        {
            "case": None,
            "items": [{"name": "Tờ khai", "originals": 51, "copies": 0, "qty_ambiguous": True}],
        },
    ],
    "results": [{"name": "Giấy khai sinh", "code": "KQ.G15.000031"}],
    "legal_text": "Luật Hộ tịch60/2014/QH13Quy định chi tiết123/2015/NĐ-CPLuật 51/2019/QH1451/2019/QH14",
    "steps_text": "Bước 1: nộp hồ sơ.",
    "decision_no": "528/QĐ-BTP",
    "online_level": "Toàn trình",
}
API = {
    "result": [
        {
            "MATTHC": "1.001193.000.00.00.H49",
            "TENTTHC": "Thủ tục đăng ký khai sinh",
            "CAPTHUCHIEN": [{"CAPTHUCHIEN": "2", "TENCAP": "Cấp Xã"}],
            "LINHVUCTHUCHIEN": [{"MALINHVUC": "G15-TP07", "TENLINHVUC": "Hộ tịch"}],
            "CACHTHUCTHUCHIEN": [
                {
                    "KENH": "1",
                    "THOIGIAN": [
                        {
                            "THOIGIANGIAIQUYET": "15",
                            "DONVITINH": "Giờ",
                            "MOTA": "Ngay trong ngày tiếp nhận yêu cầu, trường hợp nhận hồ sơ sau 15 giờ "
                            "mà không giải quyết được ngay thì trả kết quả trong ngày làm việc tiếp theo.",
                            "PHILEPHI": [{"SOTIEN": "50.000", "DONVI": "Đồng", "MOTA": ""}],
                        }
                    ],
                },
                {"KENH": "3", "THOIGIAN": [{"THOIGIANGIAIQUYET": "2", "DONVITINH": "Ngày"}]},
            ],
            "THANHPHANHOSO": [
                {
                    "TRUONGHOP": "Nộp trực tiếp",
                    "GIAYTO": [
                        {
                            "TENGIAYTO": "Tờ khai",
                            "SOBANCHINH": "1",
                            "SOBANSAO": "0",
                            "TENMAUDON": "1. TK.doc",
                            "MA_KQ_THAYTHE": "KQ.G15.000031",
                        }
                    ],
                }
            ],
            "COTMOI": "điều chưa biết",
        }
    ]
}


def test_a_line_of_an_export_is_read():
    found = read(LINE)
    assert found.identity == ("thu", "1.001193")
    assert found.name == "Đăng ký khai sinh"
    assert found.levels == (Level.COMMUNE,)
    assert found.online_level is OnlineLevel.FULL
    assert found.agencies.executing == ("Ủy ban nhân dân cấp xã", "Sở Tư pháp")
    assert found.applicant_kinds == (
        "Công dân Việt Nam",
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
    )
    counter, online = found.channels
    assert counter.limit == Limit(Decimal(3), LimitUnit.WORKING_DAY)
    assert [fee.amount for fee in counter.fees] == [50_000]
    assert (online.channel, online.limit, online.limit_text) == (Channel.ONLINE, None, "20")
    assert found.cases == ("Trẻ em bị bỏ rơi", "")
    assert [paper.quantity_sure for paper in found.papers] == [True, False]
    assert [basis.number for basis in found.legal_bases][:2] == ["60/2014/QH13", "123/2015/NĐ-CP"]
    assert {(piece.field, piece.reason) for piece in found.unparsed} == {
        ("channels.online.limit", "no_unit"),
        ("papers.quantity", "quantity_unsure"),
    }


def test_an_answer_of_the_national_catalogue_is_read_and_its_contradiction_found():
    found = read(API)
    assert found.code == "1.001193.000.00.00.H49"
    assert found.domain == "Hộ tịch"
    counter, mail = found.channels
    assert counter.limit is None
    assert "15 Giờ" in counter.limit_text
    assert (mail.channel, mail.limit) == (
        Channel.MAIL,
        Limit(Decimal(2), LimitUnit.CALENDAR_DAY),
    )
    assert counter.fees[0].amount == 50_000
    paper = found.papers[0]
    assert (paper.case, paper.originals, paper.replaced_by_result_code) == (
        "Nộp trực tiếp",
        1,
        "KQ.G15.000031",
    )
    assert {(piece.field, piece.reason) for piece in found.unparsed} == {
        ("channels.counter.limit", "contradicted"),
        ("COTMOI", "unknown_field"),
    }


def test_limits_that_differ_by_case_stay_text_with_their_notes():
    rows = [
        {"hinh_thuc": "Trực tiếp", "thoi_han_giai_quyet": limit, "phi_le_phi": "", "mo_ta": note}
        for limit, note in [("07 Ngày", ""), ("14 Ngày", "nội dung phức tạp")]
    ]
    found = read({"name": "Thẩm định", "tables": {"hinh_thuc_nop": rows}})
    assert found.channels[0].limit is None
    assert found.channels[0].limit_text == "07 Ngày\n14 Ngày (nội dung phức tạp)"


def test_one_text_that_names_channels_gives_each_its_limit():
    text = "• Trực tiếp: 03 ngày làm việc \n• Trực tuyến: 02 ngày làm việc \nPhí, lệ phí: Không"
    found = read({"name": "Cấp thẻ", "time_text": text})
    assert [(rule.channel, rule.limit.amount) for rule in found.channels] == [
        (Channel.COUNTER, 3),
        (Channel.ONLINE, 2),
    ]


def test_a_page_of_text_is_cut_at_its_headings():
    page = (
        "Đính chính\n⏰ Thời gian giải quyết\n8 ngày làm việc\n📍 Nơi nộp hồ sơ\n1. Bộ phận Một cửa\n"
        "2. Dịch vụ bưu chính\nHồ Sơ Cần Chuẩn Bị\nĐơn đăng ký (01 bản chính)\nBản gốc giấy\n"
        "Cơ Quan Giải Quyết\nCơ quan thực hiện: Văn phòng đăng ký.\nCăn Cứ Pháp Lý\nLuật Đất đai"
    )
    found = read({"name": "Đính chính", "text": page})
    assert [rule.channel for rule in found.channels] == [Channel.COUNTER, Channel.MAIL]
    assert {rule.limit for rule in found.channels} == {Limit(Decimal(8), LimitUnit.WORKING_DAY)}
    assert [(paper.name, paper.quantity_sure) for paper in found.papers] == [
        ("Đơn đăng ký", True),
        ("Bản gốc giấy", False),
    ]
    assert found.agencies.executing == ("Văn phòng đăng ký.",)


def test_a_procedure_without_a_code_is_known_by_its_slug():
    assert read({"name": "Cấp Giấy phép", "source": "thu"}).code == "cap-giay-phep"
    long, other = slug_code("Thủ tục " * 60 + "một"), slug_code("Thủ tục " * 60 + "hai")
    assert long != other
    assert len(long) <= 60


def test_the_digest_follows_the_contents_and_nothing_else():
    same = {key: LINE[key] for key in reversed(LINE)} | {"crawled": "2026-07"}
    assert read(LINE).content_digest() == read(same).content_digest()
    assert read(LINE).content_digest() != read(LINE | {"conditions": "Không"}).content_digest()


@pytest.mark.parametrize("obj", [LINE, API])
def test_contents_go_through_json_and_back(obj):
    found = read(obj)
    assert ProcedureContent.from_json(json.loads(json.dumps(found.to_json()))) == found


def test_titles_and_numbers_put_together_again_are_the_legal_text():
    bases = legal_bases(LINE["legal_text"])
    joined = "".join(basis.title + basis.number for basis in bases)
    assert joined.replace(" ", "") == LINE["legal_text"].replace(" ", "")
    assert (bases[-1].title, bases[-1].number) == ("Luật 51/2019/QH14", "51/2019/QH14")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"name": "a" "b"}', "broken_json"),
        (orjson.dumps(LINE)[:200], "cut_line"),
        (b'{"name": "\xff"}', "not_utf8"),
        (b"[1, 2]", "not_an_object"),
        (b"null", "not_an_object"),
        (b'{"code": "1.1"}', "no_name"),
        (b'{"result": []}', "no_name"),
        (orjson.dumps({"name": "a" * (LONGEST_NAME + 1)}), "name_too_long"),
        (orjson.dumps({"name": "a", "code": "1" * 81}), "code_too_long"),
        (orjson.dumps({"name": "a", "results": ["x"] * 2001}), "too_many_rows"),
        (b'{"name": ' + b"[" * 900 + b"]" * 900 + b"}", "too_deep"),
        (b" " * 4_000_001 + b"{}", "too_large"),
    ],
)
def test_a_record_that_cannot_be_taken_is_rejected_with_a_sentence(line, reason):
    (number, found) = next(iter(read_lines([b"\n", line])))
    assert number == 2
    assert isinstance(found, Rejected)
    assert (found.reason, found.line) == (reason, 2)
    assert found.sentence


def test_the_good_lines_beside_a_bad_one_are_taken():
    lines = [orjson.dumps(LINE), b'{"name": "c', orjson.dumps(LINE | {"code": "2"})]
    kinds = [type(found).__name__ for _, found in read_lines(lines)]
    assert kinds == ["ProcedureContent", "Rejected", "ProcedureContent"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)
keys = st.sampled_from([*LINE, "tables", "text", "raw", "time_text", *API["result"][0], "result"])


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(json_values | st.dictionaries(keys | st.text(), json_values, max_size=8))
def test_no_json_whatever_breaks_the_reading(obj):
    found = read(obj)
    if isinstance(found, Rejected):
        assert found.sentence
    else:
        assert ProcedureContent.from_json(orjson.loads(orjson.dumps(found.to_json()))) == found


@given(st.binary(max_size=200))
def test_no_bytes_whatever_break_the_stream(line):
    for number, found in read_lines([line]):
        assert number == 1
        assert isinstance(found, ProcedureContent) or found.line == 1


def test_the_national_answer_beside_the_catalogue_is_read(shared_data):
    file = shared_data / "02_tthc_catalogue" / "csdlqg_tthc_detail_api_sample.json"
    found = read(json.loads(file.read_text()))
    assert found.code == "1.001193.000.00.00.H49"
    assert len(found.channels) == 3
    assert found.papers


def test_all_the_records_of_the_catalogue_are_read(shared_data):
    with (shared_data / "02_tthc_catalogue" / "procedures.jsonl").open("rb") as lines:
        found = [content for _, content in read_lines(lines)]
    assert len(found) == 2400
    assert not [content for content in found if isinstance(content, Rejected)]
    rules = [rule for content in found for rule in content.channels if rule.limit_text]
    read_share = sum(rule.limit is not None for rule in rules) / len(rules)
    reasons = Counter(piece.reason for content in found for piece in content.unparsed)
    told = (
        f"đọc được {read_share:.1%} thời hạn của {len(rules)} cách thức; còn là văn bản: {reasons}"
    )
    sys.stdout.write(f"\n{told}\n")
    assert read_share > 0.75
    assert set(reasons) <= set(errors.UNPARSED)
