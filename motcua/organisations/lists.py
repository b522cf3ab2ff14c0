"""Lists of administrative units and of what they became, as CSV text: lines read, lines refused.

Pure: takes bytes, gives values. A line is good or is refused with its number, the reason and the
remedy; a file whose header lacks a column is refused whole, for nothing in it can be read safely.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from motcua.rules import vietnamese

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: file and line number as an editor counts it."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Rejected:
    """A line not taken: why, and what to do about it (Vietnamese sentences)."""

    place: Place
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as a list states it. `until` is the first day it no longer stands (lists give the last)."""

    place: Place
    level: str
    code: str
    name: str
    bare_name: str
    parent_code: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """What a unit became on one day: `same`, `moved`, `full` or `part`."""

    place: Place
    on: date
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    kind: str
    basis: str


@dataclass(frozen=True, slots=True)
class PathLine:
    """What a unit of the oldest list became in the newest, over the unit (or parts of units) between."""

    place: Place
    old_code: str
    old_name: str
    via_codes: tuple[str, ...]
    new_code: str
    new_name: str


@dataclass(slots=True)
class Lists:
    """All that was read from the files."""

    units: list[UnitLine] = field(default_factory=list)
    steps: list[StepLine] = field(default_factory=list)
    paths: list[PathLine] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    read: int = 0


class _Bad(Exception):
    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


_UNIT_COLUMNS = [
    "level",
    "code",
    "name",
    "parent_code",
    "valid_from",
    "valid_to",
]
_STEP_COLUMNS = [
    "event_date",
    "legal_basis",
    "old_code",
    "old_name",
    "new_code",
    "new_name",
    "kind",
]
_PATH_COLUMNS = ["code_2022", "name_2022", "code_2025", "name_2025", "via_code_2024"]
_SHAPES = {"units": _UNIT_COLUMNS, "steps": _STEP_COLUMNS, "paths": _PATH_COLUMNS}
_CODES = {"tinh": r"\d{2}", "huyen": r"\d{3}", "xa": r"\d{5}"}
_KINDS = ("same", "moved", "full", "part")
_NAME_LIMIT = 100
_KIND_WORD = re.compile(r"^(Tỉnh|Thành phố|Thị xã|Huyện|Quận|Phường|Thị trấn|Xã) ")


def read(files: Mapping[str, bytes]) -> Lists:
    """Read files (name → bytes) of the three kinds, told apart by their header."""
    lists = Lists()
    for name, content in files.items():
        try:
            _read_file(name, content, lists)
        except _Bad as bad:
            lists.rejected.append(Rejected(Place(name, 1), bad.reason, bad.remedy))
    return lists


def _read_file(name: str, content: bytes, lists: Lists) -> None:
    reader = csv.reader(io.StringIO(_text(content), newline=""))
    header = [cell.strip() for cell in next(reader, [])]
    shape = _shape(header)
    parse = _PARSERS[shape]
    seen: dict[tuple[object, ...], int] = {}
    for line, row in _rows(reader):
        lists.read += 1
        place = Place(name, line)
        try:
            if len(row) != len(header):
                raise _Bad(
                    f"dòng có {len(row)} cột, tiêu đề có {len(header)} cột",
                    "kiểm tra dấu phẩy, dấu nháy hoặc dòng bị cắt giữa chừng",
                )
            parsed = parse(place, {k: _cell(v) for k, v in zip(header, row, strict=True)})
            first = seen.setdefault(_identity(parsed), line)
            if first != line:
                raise _Bad(f"trùng với dòng {first}", "giữ lại một dòng, xóa dòng trùng")
        except _Bad as bad:
            lists.rejected.append(Rejected(place, bad.reason, bad.remedy))
        else:
            getattr(lists, shape).append(parsed)


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    before = getattr(reader, "line_num", 1)
    try:
        for row in reader:
            line, before = before + 1, getattr(reader, "line_num", before + 1)
            if any(cell.strip() for cell in row):
                yield line, row
    except csv.Error as error:
        raise _Bad(
            f"tệp hỏng từ dòng {before + 1}: {error}", "lưu lại tệp ở dạng CSV UTF-8"
        ) from None


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Bad("tệp không phải văn bản UTF-8", "lưu lại tệp ở dạng CSV UTF-8") from None


def _shape(header: list[str]) -> str:
    shape = max(_SHAPES, key=lambda s: len(set(_SHAPES[s]) & set(header)))
    missing = [column for column in _SHAPES[shape] if column not in header]
    if len(missing) * 2 > len(_SHAPES[shape]):
        raise _Bad(
            "không phải danh mục đơn vị hay bảng kế thừa",
            "chọn tệp có cột level, code, name… hoặc event_date, old_code, new_code…",
        )
    if missing:
        raise _Bad(f"thiếu cột {', '.join(missing)}", "thêm cột còn thiếu rồi nạp lại tệp này")
    return shape


def _cell(text: str) -> str:
    text = " ".join(text.split())
    if any(ord(c) < 32 or 0xD800 <= ord(c) < 0xE000 for c in text):
        raise _Bad("có ký tự điều khiển", "xóa ký tự lạ trong dòng")
    return text


def _identity(parsed: UnitLine | StepLine | PathLine) -> tuple[object, ...]:
    match parsed:
        case UnitLine():
            return parsed.code, parsed.since
        case StepLine():
            return parsed.on, parsed.old_code, parsed.new_code
        case PathLine():
            return (parsed.old_code,)


def _unit(place: Place, row: Row) -> UnitLine:
    level = row["level"]
    if level not in _CODES:
        raise _Bad(f"cấp “{level}” không có", "ghi tinh, huyen hoặc xa ở cột level")
    parent = row["parent_code"]
    if (level == "tinh") == bool(parent):
        raise _Bad(
            "tỉnh có mã cấp trên" if parent else "thiếu mã đơn vị cấp trên",
            "để trống cột parent_code của tỉnh, điền mã cấp trên cho huyện và xã",
        )
    last = _day(row, "valid_to")
    since, until = _day(row, "valid_from"), last + timedelta(days=1) if last else None
    if since and until and since >= until:
        raise _Bad("ngày hết hiệu lực trước ngày bắt đầu", "sửa cột valid_from hoặc valid_to")
    code = _code(row["code"], _CODES[level], "code")
    name = _name(row, "name")
    bare = vietnamese.one_spelling(row.get("short_name", "")) or _KIND_WORD.sub("", name)
    return UnitLine(place, level, code, name, bare, parent, since, until)


def _step(place: Place, row: Row) -> StepLine:
    on = _day(row, "event_date")
    if on is None:
        raise _Bad("thiếu ngày", "điền cột event_date theo dạng năm-tháng-ngày")
    if row["kind"] not in _KINDS:
        raise _Bad(f"loại “{row['kind']}” không có", f"ghi một trong: {', '.join(_KINDS)}")
    old, new = (_code(row[c], r"\d{2,5}", c) for c in ("old_code", "new_code"))
    names = _name(row, "old_name"), _name(row, "new_name")
    return StepLine(place, on, old, names[0], new, names[1], row["kind"], row["legal_basis"][:200])


def _path(place: Place, row: Row) -> PathLine:
    old, new = (_code(row[c], r"\d{5}", c) for c in ("code_2022", "code_2025"))
    via = tuple(_code(v, r"\d{5}", "via_code_2024") for v in row["via_code_2024"].split("|"))
    return PathLine(place, old, _name(row, "name_2022"), via, new, _name(row, "name_2025"))


_PARSERS: Mapping[str, Callable[[Place, Row], UnitLine | StepLine | PathLine]] = {
    "units": _unit,
    "steps": _step,
    "paths": _path,
}


def _code(text: str, pattern: str, column: str) -> str:
    if not re.fullmatch(pattern, text, re.ASCII):
        raise _Bad(
            f"mã “{text}” ở cột {column} không đúng dạng",
            "dùng mã của Tổng cục Thống kê: tỉnh 2, huyện 3, xã 5 chữ số, giữ số 0 ở đầu",
        )
    return text


def _name(row: Row, column: str) -> str:
    if not row[column] or len(row[column]) > _NAME_LIMIT:
        raise _Bad(
            f"cột {column} trống" if not row[column] else f"cột {column} quá {_NAME_LIMIT} ký tự",
            "điền tên đơn vị như trong văn bản",
        )
    return vietnamese.one_spelling(row[column])


def _day(row: Row, column: str) -> date | None:
    text = row[column]
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            raise ValueError
        day = date.fromisoformat(text)
    except ValueError:
        raise _Bad(
            f"ngày “{text}” ở cột {column} không đúng", "ghi năm-tháng-ngày, ví dụ 2025-07-01"
        ) from None
    if not 1900 <= day.year <= 2100:
        raise _Bad(f"ngày {text} ở cột {column} ngoài khoảng 1900–2100", "kiểm tra lại năm")
    return day
