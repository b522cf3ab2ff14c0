"""Texts that drafts of results begin from: declared data, ours and the province's (docs/how-to/results.md).

A file `*.toml` is one text, for the procedures it names or for all, from a day on. Fields `{{…}}` are filled
from the dossier; what else is in them is text with simple marks (rules.marks).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from motcua.rules import marks

OWN = Path(__file__).parent / "results"
FIELDS = {
    "ma_ho_so": "mã hồ sơ",
    "chu_ho_so": "chủ hồ sơ",
    "dia_chi": "địa chỉ của chủ hồ sơ",
    "giay_to": "số giấy tờ của chủ hồ sơ, đã che",
    "thu_tuc": "tên thủ tục",
    "noi_dung": "nội dung đề nghị",
    "ngay_tiep_nhan": "ngày tiếp nhận",
    "ngay_hen_tra": "ngày hẹn trả",
    "co_quan": "cơ quan giải quyết",
    "noi_tiep_nhan": "nơi tiếp nhận",
}
"""The fields a text may have, and what is filled in."""


class WrongText(ValueError):
    """A text cannot be used; says which file and why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class ResultText:
    """One text: its heads and body, for which procedures (none named: all), on which days."""

    key: str
    name: str
    kind: str
    symbol: str
    about: str
    law: str
    body: str
    recipients: tuple[str, ...]
    procedures: frozenset[str]
    since: date
    until: date | None

    def serves(self, procedure: str, on: date) -> bool:
        """Whether it is for a procedure (its code) on a day."""
        held = self.since <= on and (self.until is None or on < self.until)
        return held and (not self.procedures or procedure in self.procedures)


def texts(folder: Path | None = None) -> tuple[ResultText, ...]:
    """The province's texts and ours, theirs first; one of theirs with the key of one of ours replaces it.
    Raises WrongText."""
    own = _read(OWN)
    theirs = _read(folder) if folder is not None and folder.is_dir() else ()
    keys = {text.key for text in theirs}
    return (*theirs, *(text for text in own if text.key not in keys))


def serving(folder: Path | None, procedure: str, on: date) -> tuple[ResultText, ...]:
    """The texts for a procedure on a day, those made for it before those for all."""
    found = [text for text in texts(folder) if text.serves(procedure, on)]
    return tuple(sorted(found, key=lambda text: not text.procedures))


def _read(folder: Path) -> tuple[ResultText, ...]:
    paths = sorted(folder.glob("*.toml"))
    return _parsed(tuple((str(path), path.stat().st_mtime_ns) for path in paths))


@lru_cache(maxsize=8)
def _parsed(files: tuple[tuple[str, int], ...]) -> tuple[ResultText, ...]:
    return tuple(_text(Path(path)) for path, _ in files)


def _text(path: Path) -> ResultText:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        found = ResultText(
            key=str(said["key"]),
            name=str(said["name"]),
            kind=str(said["kind"]),
            symbol=str(said.get("symbol", "")),
            about=str(said.get("about", "")),
            law=str(said.get("law", "")),
            body=str(said["body"]).strip(),
            recipients=tuple(map(str, said.get("recipients", ()))),
            procedures=frozenset(map(str, said.get("procedures", ()))),
            since=_day(said["since"]),
            until=_day(said["until"]) if "until" in said else None,
        )
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError, TypeError) as wrong:
        raise WrongText(f"Mẫu kết quả {path.name} không dùng được: {wrong}.") from None
    unknown = set(marks.fields_of("\n".join((found.about, found.body, *found.recipients)))) - set(
        FIELDS
    )
    if unknown:
        names = ", ".join(sorted(unknown))
        raise WrongText(f"Mẫu kết quả {path.name} có trường không biết: {names}.")
    return found


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value} không phải ngày")
    return value
