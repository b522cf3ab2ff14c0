"""A province's own printing of the statutory papers: a folder of templates and a list, no code.

The folder holds `forms.toml` and the templates it names. They may import ours by version, for example
`#import "../v1/common.typ": *`. A table in the list is one form from a day on:

    [[form]]
    kind = "receipt"                 # statutory.paper_forms.Kind
    file = "giay-tiep-nhan-2026.typ"
    from = 2026-01-01
    until = 2027-01-01               # the first day it no longer holds; may be left out
    sheet = "a5"                     # a5 or a4; the circular's where left out
    landscape = false

What the law gives (number, title, basis, what the paper holds) stays the circular's. Once papers were
issued by a template it is not changed but followed by another file from another day.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from motcua.files import rendering
from motcua.statutory.paper_forms import FORM_SETS, PAPERS, Kind, PaperForm, print_own
from motcua.statutory.rule_kinds import in_force

LIST = "forms.toml"
OWN = "own"
"""The folder of the province's templates beside the versions of ours."""
SHEETS = ("a5", "a4")


class WrongList(ValueError):
    """The list of the province's forms cannot be used; says which line and why, in Vietnamese."""


def install(folder: Path, into: Path) -> Path:
    """Let the forms of `folder` be printed; returns the templates' root, ours and theirs together.

    The root lies under `into`, named by what it holds, so that processes of one machine share it and a
    changed folder makes another. Raises WrongList; then nothing has changed.
    """
    forms = read(folder)
    root = into / _digest(folder)
    if not root.exists():
        _copy(folder, root)
    print_own(forms)
    rendering.use_templates(root)
    return root


def read(folder: Path) -> tuple[PaperForm, ...]:
    """The forms the list names, the latest first; raises WrongList."""
    try:
        listed = tomllib.loads((folder / LIST).read_text(encoding="utf-8")).get("form", [])
    except OSError:
        raise WrongList(f"Không đọc được {folder / LIST}. Hãy kiểm tra MOTCUA_PAPERS.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise WrongList(f"{LIST} không đúng cú pháp TOML: {wrong}.") from None
    forms = [_form(folder, n, row) for n, row in enumerate(listed, start=1)]
    return tuple(sorted(forms, key=lambda form: form.valid_from, reverse=True))


def _form(folder: Path, n: int, row: Mapping[str, Any]) -> PaperForm:
    def wrong(why: str) -> WrongList:
        return WrongList(f"{LIST}, mẫu thứ {n}: {why}")

    kind, name, since = row.get("kind"), row.get("file"), row.get("from")
    if kind not in list(Kind):
        raise wrong(f"kind phải là một trong {', '.join(Kind)}.")
    if not isinstance(name, str) or Path(name).name != name or not (folder / name).is_file():
        raise wrong("file phải là tên một tệp mẫu nằm cùng thư mục.")
    until = row.get("until")
    if type(since) is not date or not (until is None or type(until) is date):
        raise wrong("from, until phải là ngày, ví dụ 2026-01-01.")
    rules = in_force(FORM_SETS, since)
    like = next((f for f in rules.forms if f.kind == kind), None) if rules else None
    if like is None:
        raise wrong(f"ngày {since} chưa có mẫu {kind} nào để thay.")
    sheet = row.get("sheet", like.paper)
    if sheet not in SHEETS:
        raise wrong(f"sheet phải là {' hoặc '.join(SHEETS)}.")
    return replace(
        like,
        template=f"{OWN}/{name}",
        valid_from=since,
        valid_until=until,
        paper=sheet,
        landscape=bool(row.get("landscape", like.landscape)),
    )


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _digest(folder: Path) -> str:
    told = hashlib.sha256()
    for root in (PAPERS, folder):
        for path in _files(root):
            told.update(str(path.relative_to(root)).encode() + b"\0")
            told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:16]


def _copy(folder: Path, root: Path) -> None:
    """The typesetter reads no file outside one root, links followed: ours and theirs are copied together.
    Made apart and renamed, so that two processes starting at once do not see half of it."""
    made = root.with_name(f"{root.name}.{os.getpid()}")
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(PAPERS, made)
    shutil.copytree(folder, made / OWN)
    try:
        made.rename(root)
    except OSError:
        shutil.rmtree(made, ignore_errors=True)
