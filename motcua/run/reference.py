"""The generated part of docs/reference: acts, events, refusals, tables, permissions, commands, rule sets.

`make docs` writes the files anew; tests/consistency asks that what is committed is what would be written.
"""

from __future__ import annotations

import argparse
import inspect
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from types import FunctionType
from typing import Any

from motcua.run import cli
from motcua.run.database import ROOT

FOLDER = ROOT / "docs" / "reference"
ROOMS = (
    "organisations",
    "people",
    "files",
    "messaging",
    "catalogue",
    "dossiers",
    "counter",
    "statistics",
    "journeys",
)
MADE = "<!-- Tệp này do `make docs` viết ra; đừng sửa tay. -->\n"


def pages() -> dict[str, str]:
    """Every generated page, by file name. Needs Django set up."""
    makers: dict[str, Callable[[], Iterator[str]]] = {
        "acts.md": _acts,
        "events.md": _events,
        "refusals.md": _refusals,
        "tables.md": _tables,
        "permissions.md": _permissions,
        "commands.md": _commands,
        "rules.md": _rules,
    }
    return {name: MADE + "\n".join(make()).rstrip() + "\n" for name, make in makers.items()}


def write(folder: Path = FOLDER) -> None:
    """Write every generated page that has changed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        file = folder / name
        if not file.exists() or file.read_text() != text:
            file.write_text(text)


def _module(room: str, name: str) -> Any:
    if not list((ROOT / "motcua" / room).glob(f"{name}*")):
        return None
    return import_module(f"motcua.{room}.{name}")


def _operations(room: str) -> Iterator[tuple[str, FunctionType]]:
    """The acts of a room: public functions that take the moment by name."""
    module = _module(room, "operations")
    for name, value in vars(module).items() if module else ():
        at_home = isinstance(value, FunctionType) and value.__module__.startswith(
            f"motcua.{room}.operations"
        )
        if at_home and not name.startswith("_"):
            at = inspect.signature(value).parameters.get("at")
            if at and at.kind is inspect.Parameter.KEYWORD_ONLY:
                yield name, value


def _acts() -> Iterator[str]:
    yield "# Nghiệp vụ · acts\n"
    yield "Mỗi nghiệp vụ là một hàm: hỏi, quyết định, ghi, lưu vết, trong một giao dịch.\n"
    for room in ROOMS:
        found = list(_operations(room))
        if found:
            yield f"## {room}\n"
        for name, function in found:
            yield f"### `{name}`\n"
            yield f"{inspect.getdoc(function)}\n"
            yield f"`{name}({', '.join(_parameters(function))})`\n"


def _parameters(function: FunctionType) -> Iterator[str]:
    starred = False
    for one in inspect.signature(function).parameters.values():
        if one.kind is inspect.Parameter.KEYWORD_ONLY and not starred:
            starred = True
            yield "*"
        optional = "" if one.default is inspect.Parameter.empty else f"={one.default!r}"
        yield f"{one.name}{optional}"


def _events() -> Iterator[str]:
    from motcua.journeys.reactions import REACTIONS
    from motcua.ledger.acts import Event

    yield "# Sự kiện · events\n"
    yield "| sự kiện | chủ thể | tên | việc tiếp theo |\n|---|---|---|---|"
    for room in ROOMS:
        module = _module(room, "events")
        for event in vars(module).values() if module else ():
            if isinstance(event, Event):
                label = getattr(module, "LABELS", {}).get(event, "")
                then = ", ".join(r.__name__ for r in REACTIONS[event.name]) or "không có"
                yield f"| `{event.name}` | {event.subject} | {label} | {then} |"


def _refusals() -> Iterator[str]:
    from motcua.look.sentences import sentences, status_of

    yield "# Từ chối · refusals\n"
    yield "Mỗi mã là một câu cho người dùng; trang và API cùng dùng mã và câu này.\n"
    yield "| mã | HTTP | câu |\n|---|---|---|"
    for code, sentence in sorted(sentences().items()):
        yield f"| `{code}` | {status_of(code)} | {sentence} |"


def _tables() -> Iterator[str]:
    from django.apps import apps

    yield "# Bảng · tables\n"
    for room in ("ledger", *ROOMS):
        models = [m for m in apps.get_models() if m._meta.app_config.name == f"motcua.{room}"]
        if models:
            yield f"## {room}\n"
        for model in models:
            yield f"### `{model._meta.db_table}`\n"
            yield f"{(inspect.getdoc(model) or '').partition(chr(10))[0]}\n"
            yield "| cột | kiểu | |\n|---|---|---|"
            yield from map(_column, model._meta.concrete_fields)
            yield ""


def _column(field: Any) -> str:
    notes = ["khóa chính"] if field.primary_key else []
    notes += [f"→ `{field.related_model._meta.db_table}`"] if field.is_relation else []
    notes += ["có thể trống"] if field.null else []
    notes += ["duy nhất"] if field.unique and not field.primary_key else []
    kind = field.get_internal_type().removesuffix("Field")
    return f"| `{field.column}` | {kind} | {', '.join(notes)} |"


def _permissions() -> Iterator[str]:
    from motcua.rules.actor import CAPABILITIES, May

    yield "# Quyền · permissions\n"
    yield "Loại vị trí công tác được làm gì (`rules.actor`). Được làm không có nghĩa là được thấy: hồ sơ nào"
    yield "thấy được là `dossiers.policies.scope`, số liệu nào xem được là `statistics.policies`.\n"
    yield "| | " + " | ".join(f"`{may}`" for may in May) + " |"
    yield "|---|" + "---|" * len(May)
    for role, capabilities in CAPABILITIES.items():
        yield f"| `{role}` | " + " | ".join("✓" if m in capabilities else "" for m in May) + " |"


def _rules() -> Iterator[str]:
    from motcua.statutory.calendar import declared
    from motcua.statutory.rulesets import AREAS, REGISTRY

    yield "# Bộ quy tắc theo thời gian · rule sets\n"
    yield "Ngày xảy ra sự việc chọn bộ quy tắc (`statutory.rulesets.rule_set`), không bao giờ là hôm nay."
    yield "Mã của bộ đã dùng được lưu cùng ngày hẹn trả, từng sự kiện tính hạn (kể cả lúc có kết quả) và lần"
    yield "đối chiếu số liệu."
    yield "Bộ “chưa kiểm chứng” là cấu hình: hãy xác nhận với tỉnh trước khi dùng thật.\n"
    for area, sets in REGISTRY.items():
        yield f"## `{area}` – {AREAS[area]}\n"
        yield "| mã | từ ngày | đến hết ngày | văn bản | điều | kiểm chứng |\n|---|---|---|---|---|---|"
        yield from map(_rule_set, sets)
        yield ""
    yield "## Lịch nghỉ toàn quốc đã khai báo\n"
    yield "| năm | đã thấy thông báo | theo thư viện | ước tính |\n|---|---|---|---|"
    years: dict[int, Counter[str]] = {}
    for day in declared():
        years.setdefault(day.day.on.year, Counter())[day.standing] += 1
    for year, by in years.items():
        yield f"| {year} | {by['verified']} | {by['library']} | {by['estimate']} |"


def _rule_set(found: Any) -> str:
    last = f"{found.valid_to - timedelta(days=1):%d/%m/%Y}" if found.valid_to else "nay"
    standing = f"chưa: {found.unverified}" if found.unverified else "đã đọc"
    return (
        f"| `{found.id}` | {found.valid_from:%d/%m/%Y} | {last} | {found.law} "
        f"| {found.article or '–'} | {standing} |"
    )


def _commands() -> Iterator[str]:
    yield "# Lệnh · commands\n"
    yield "`motcua LỆNH --help` in ra những điều này; mọi lệnh kết thúc bằng 0 khi xong, 1 khi bị từ chối"
    yield "hoặc thất bại, 2 khi gọi sai.\n"
    for name, module in cli.command_modules().items():
        help_line, example = cli.told(module)
        parser = argparse.ArgumentParser(add_help=False)
        module.arguments(parser)
        yield f"## `motcua {name}`\n\n{help_line}\n\n```\n{inspect.cleandoc(example)}\n```\n"
        if parser._actions:
            yield "| tham số | ý nghĩa | mặc định |\n|---|---|---|"
            yield from map(_argument, parser._actions)
            yield ""


def _argument(action: argparse.Action) -> str:
    names = ", ".join(f"`{name}`" for name in action.option_strings or [action.dest])
    choices = f" ({', '.join(map(str, action.choices))})" if action.choices else ""
    shown = "" if action.default in (None, False) else f"`{action.default}`"
    return f"| {names} | {action.help or ''}{choices} | {shown} |"


if __name__ == "__main__":
    cli.prepare("django")
    write()
