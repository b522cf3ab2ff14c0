"""The lists of 2022, 2024 and 2025 become one directory at three dates."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from motcua.ledger import verify
from motcua.ledger.models import Entry
from motcua.organisations import operations, queries
from motcua.organisations.models import Placement, Succession, Unit, UnitCode
from motcua.rules.actor import ANONYMOUS, system
from motcua.rules.refusal import Refusal

AT = datetime(2022, 11, 21, 2, 0, tzinfo=UTC)
ACTOR = system("kiểm thử")
HEADER = "level,code,type,name,short_name,parent_code,parent_name,valid_from,valid_to,note\n"
STEPS = "event_date,legal_basis,old_code,old_name,new_code,new_name,kind\n"
D2022, D2024, D2025 = date(2022, 11, 21), date(2024, 12, 1), date(2025, 7, 1)


def take(**files: str) -> operations.ImportReport:
    content = {f"{name}.csv": text.encode() for name, text in files.items()}
    return operations.import_units(content, actor=ACTOR, at=AT)


def unit_line(level, code, name, parent="", since="", until=""):
    return f"{level},{code},,{name},{name.split(' ', 1)[1]},{parent},,{since},{until},\n"


PROVINCE = unit_line("tinh", "40", "Tỉnh Nghệ An")
SMALL = (
    HEADER
    + PROVINCE
    + unit_line("huyen", "412", "Huyện Một", "40", until="2025-06-30")
    + unit_line("xa", "16001", "Xã Đông", "412", until="2024-11-30")
    + unit_line("xa", "16002", "Xã Tây", "412", until="2024-11-30")
    + unit_line("xa", "16003", "Xã Hoà Nam", "412", until="2025-06-30")
)
LATER = (
    HEADER
    + PROVINCE
    + unit_line("huyen", "412", "Huyện Một", "40", "2024-12-01", "2025-06-30")
    + unit_line("xa", "16001", "Xã Đông Tây", "412", "2024-12-01", "2025-06-30")
    + unit_line("xa", "16003", "Xã Hòa Nam", "412", "2024-12-01", "2025-06-30")
)
SMALL_STEPS = (
    STEPS
    + "2024-12-01,NQ 1,16001,Xã Đông,16001,Xã Đông Tây,full\n"
    + "2024-12-01,NQ 1,16002,Xã Tây,16001,Xã Đông Tây,full\n"
    + "2024-12-01,,16003,Xã Hoà Nam,16003,Xã Hòa Nam,same\n"
)


def counts(on):
    kinds = (queries.Kind.PROVINCE, queries.Kind.DISTRICT, queries.Kind.COMMUNE)
    return tuple(len(queries.units_of_kind(kind, on)) for kind in kinds)


@pytest.fixture
def official(shared_data):
    folder = shared_data / "01_admin_units"
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.csv"))}


@pytest.mark.django_db
def test_the_province_is_one_database_at_three_dates(official):
    report = operations.import_units(official, actor=ACTOR, at=AT)
    assert (report.read, report.rejected) == (2381, ())
    assert report.read == report.new + report.changed + report.unchanged
    assert (counts(D2022), counts(D2024), counts(D2025)) == (
        (1, 21, 460),
        (1, 20, 412),
        (1, 0, 130),
    )


@pytest.mark.django_db
def test_every_commune_of_2022_reaches_exactly_one_of_2025(official):
    operations.import_units(official, actor=ACTOR, at=AT)
    reached = {u.id: queries.heirs(u.id, D2025) for u in queries.units_of_kind("commune", D2022)}
    assert len(reached) == 460
    assert {len(heirs) for heirs in reached.values()} == {1}
    assert len({next(iter(heirs)) for heirs in reached.values()}) == 130


@pytest.mark.django_db
def test_a_second_run_changes_nothing_and_leaves_no_act(official):
    operations.import_units(official, actor=ACTOR, at=AT)
    tables = (Unit, Placement, UnitCode, Succession, Entry)
    before = [list(table.objects.order_by("id").values()) for table in tables]
    report = operations.import_units(official, actor=ACTOR, at=AT)
    assert (report.new, report.changed, report.rejected) == (0, 0, ())
    assert [list(table.objects.order_by("id").values()) for table in tables] == before


@pytest.mark.django_db
@pytest.mark.parametrize("backwards", [False, True])
def test_one_file_at_a_time_gives_the_same_directory(official, backwards):
    def directory():
        queries.forget()
        return {
            (u.key, u.name, u.days, tuple(queries.history(u.id).stood_in))
            for on in (D2022, D2024, D2025)
            for u in queries.directory.current().standing(on)
        }

    lists = {name: text for name, text in official.items() if "units" in name}
    steps = {name: text for name, text in official.items() if "units" not in name}
    for name in sorted(lists, reverse=backwards):
        operations.import_units({name: lists[name]}, actor=ACTOR, at=AT)
    for name in sorted(steps, reverse=True):
        assert operations.import_units({name: steps[name]}, actor=ACTOR, at=AT).rejected == ()
    assert (counts(D2022), counts(D2024), counts(D2025)) == (
        (1, 21, 460),
        (1, 20, 412),
        (1, 0, 130),
    )
    for name in official:
        report = operations.import_units({name: official[name]}, actor=ACTOR, at=AT)
        assert (report.new, report.changed, report.rejected) == (0, 0, ())


@pytest.mark.django_db
def test_a_code_used_again_is_another_unit(official):
    operations.import_units(official, actor=ACTOR, at=AT)
    old, new = (queries.unit_by_code("gso", "16969", on) for on in (D2022, D2024))
    assert (old.short_name, new.short_name) == ("Xã Nghĩa Phú", "Xã Nghĩa Thọ")
    assert queries.successor_of(old.id, D2024) == new.id


@pytest.mark.django_db
def test_a_district_became_another_or_was_abolished(official):
    operations.import_units(official, actor=ACTOR, at=AT)
    cua_lo = queries.unit_by_code("gso", "413", D2022)
    vinh = queries.unit_by_code("gso", "412", D2024)
    (turn,) = queries.history(cua_lo.id).became
    assert (turn.other, turn.step.kind, turn.step.on) == (vinh, "merge", D2024)
    assert turn.step.legal_document == "1243/NQ-UBTVQH15"
    (end,) = queries.history(vinh.id).became
    assert (end.other, end.step.kind, end.step.on) == (None, "abolish", D2025)
    assert queries.successor_of(vinh.id, D2025) is None


@pytest.mark.django_db
def test_a_commune_that_moved_stands_in_two_districts_one_after_the_other(official):
    operations.import_units(official, actor=ACTOR, at=AT)
    nghi_tan = queries.unit_by_code("gso", "16720", D2022)
    stood = queries.history(nghi_tan.id).stood_in
    assert [(u.short_name, d.until) for u, d in stood] == [
        ("Thị xã Cửa Lò", D2024),
        ("Thành phố Vinh", D2025),
    ]


@pytest.mark.django_db
def test_the_record_of_an_import_verifies_whole():
    take(a=SMALL, b=LATER, c=SMALL_STEPS)
    assert list(verify.breaks()) == []
    east = queries.unit_by_code("gso", "16001", D2022)
    entry = Entry.objects.filter(subject_kind="unit", fields__name=east.short_name).get()
    assert entry.event == "units.imported"
    assert entry.fields["became"][0][0] == "merge"


@pytest.mark.django_db
def test_a_tone_on_the_other_letter_is_no_other_unit():
    report = take(a=SMALL, b=LATER, c=SMALL_STEPS)
    assert report.rejected == ()
    assert Unit.objects.filter(codes__code="16003").count() == 1


@pytest.mark.django_db
def test_an_older_list_read_again_brings_no_older_spelling_back():
    spelled = LATER.replace("Xã Hòa Nam", "Xã Hóa Nam")
    steps = SMALL_STEPS.replace("Xã Hòa Nam", "Xã Hóa Nam")
    take(a=SMALL, b=spelled, c=steps)
    assert take(a=SMALL).changed == 0
    assert queries.unit_by_code("gso", "16003", D2022).name == "UBND xã Hóa Nam"


@pytest.mark.django_db
def test_a_list_without_end_days_is_closed_by_the_list_after_it():
    endless = SMALL.replace(",2024-11-30", ",").replace(",2025-06-30", ",")
    take(a=endless)
    take(b=LATER, c=SMALL_STEPS)
    assert counts(D2022) == (1, 1, 3)
    assert counts(D2024) == (1, 1, 2)
    assert take(a=endless).changed == 0


@pytest.mark.django_db
def test_a_path_without_steps_writes_the_succession():
    paths = "code_2022,name_2022,code_2025,name_2025,via_code_2024\n"
    paths += "16002,Xã Tây,16001,Xã Đông Tây,16001\n"
    take(a=SMALL, b=LATER)
    assert take(c=paths).new == 1
    assert take(c=paths).unchanged == 1
    west = queries.unit_by_code("gso", "16002", D2022)
    assert queries.unit(queries.successor_of(west.id, D2024)).short_name == "Xã Đông Tây"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (unit_line("xa", "16009", "Xã Lạc", "499"), "không tìm thấy đơn vị cấp trên mã 499"),
        (unit_line("xa", "16009", "Xã Lạc", "16001"), "không thể là cấp trên"),
        (unit_line("xa", "16009", "Xã Lạc"), "thiếu mã đơn vị cấp trên"),
        (unit_line("xa", "16009", "Xã Lạc", "412", "2024-02-30"), "ngày “2024-02-30”"),
        (unit_line("xa", "16009", "Xã Lạc", "412", "01/12/2024"), "ngày “01/12/2024”"),
        (unit_line("xa", "16009", "Xã Lạc", "412", "3024-12-01"), "ngoài khoảng"),
        (unit_line("xa", "16009", "Xã Lạc", "412", "2024-12-01", "2024-11-01"), "trước ngày"),
        (unit_line("xa", "169", "Xã Lạc", "412"), "mã “169”"),
        (unit_line("ap", "16009", "Ấp Lạc", "412"), "cấp “ap”"),
        (unit_line("xa", "16001", "Xã Đông", "412"), "trùng với dòng 4"),
        ("xa,16009,,Xã Lạ", "dòng có 4 cột"),
        ("xa,16009,,,Lạc,412,,,,\n", "cột name trống"),
        ("xa,16009,,Xã L\x00ạc,Lạc,412,,,,\n", "ký tự điều khiển"),
    ],
)
@pytest.mark.django_db
def test_a_bad_line_is_reported_with_its_number_and_the_good_ones_are_taken(line, reason):
    report = take(a=SMALL + line)
    (rejected,) = report.rejected
    assert rejected.place.line == 7
    assert reason in rejected.reason
    assert rejected.remedy
    assert report.new == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (SMALL.replace("parent_code", "x"), "thiếu cột parent_code"),
        ("a,b\n1,2\n", "không phải danh mục"),
        ("", "không phải danh mục"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(content, reason):
    report = take(a=SMALL, b=content)
    (rejected,) = report.rejected
    assert (rejected.place.file, rejected.place.line) == ("b.csv", 1)
    assert reason in rejected.reason
    assert report.new == 5


@pytest.mark.django_db
def test_bytes_that_are_no_text_are_refused():
    report = operations.import_units({"a.xls": b"\xd0\xcf\x11\xe0"}, actor=ACTOR, at=AT)
    assert "UTF-8" in report.rejected[0].reason


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("2024-12-01,NQ 1,16777,Xã Lạ,16001,Xã Đông Tây,full\n", "không có đơn vị mã 16777"),
        ("2024-12-01,NQ 1,16002,Xã Bắc,16001,Xã Đông Tây,full\n", "không phải “Xã Bắc”"),
        (",NQ 1,16002,Xã Tây,16001,Xã Đông Tây,full\n", "thiếu ngày"),
        ("2024-12-01,NQ 1,16002,Xã Tây,16001,Xã Đông Tây,half\n", "loại “half”"),
    ],
)
def test_a_bad_step_is_reported(line, reason):
    take(a=SMALL, b=LATER)
    report = take(c=STEPS + line)
    assert reason in report.rejected[0].reason
    assert Succession.objects.count() == 0


@pytest.mark.django_db
def test_two_lists_that_contradict_each_other_are_not_both_believed():
    report = take(a=SMALL, b=HEADER + unit_line("xa", "16001", "Xã Bắc", "412"))
    assert "đã là “Xã Đông”" in report.rejected[0].reason


@pytest.mark.django_db
def test_only_who_manages_units_may_import():
    with pytest.raises(Refusal) as refusal:
        operations.import_units({"a.csv": SMALL.encode()}, actor=ANONYMOUS, at=AT)
    assert refusal.value.code == "unit.may_not"
