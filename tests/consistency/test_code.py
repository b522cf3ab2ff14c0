"""Where things live and what is left out: floors of tables, the clock, sizes, notes to oneself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from configparser import ConfigParser

from django.apps import apps

from motcua.run.database import ROOT
from tests.consistency import source

LONGEST = 80
READS_THE_CLOCK = {
    "motcua/look/clock.py": "the doors' clock",
    "motcua/jobs/": "a door",
    "motcua/run/": "the roof",
    "motcua/files/judging.py": "certificates and time stamps live in real time",
    "motcua/ledger/acts.py": "recorded_at is always real time",
    "motcua/statistics/operations.py": "says when a cache was folded",
}
CLOCKS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
          ("timezone", "now"), ("timezone", "localdate"), ("time", "time")}  # fmt: skip


def floors() -> dict[str, int]:
    """The height of each room, from the contract of imports."""
    config = ConfigParser()
    config.read(ROOT / ".importlinter")
    layers = config["importlinter:contract:floors"]["layers"].strip().splitlines()
    return {
        room.strip().removeprefix("motcua."): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def test_every_room_stands_on_a_floor():
    assert set(source.rooms()) == set(floors())


def test_foreign_keys_point_down():
    height = floors()
    upwards = []
    for model in apps.get_models():
        room = model._meta.app_config.name.removeprefix("motcua.")
        if room not in height:
            continue
        for field in model._meta.get_fields():
            target = field.related_model if field.many_to_one or field.one_to_one else None
            if target is None or not getattr(field, "concrete", False):
                continue
            below = target._meta.app_config.name.removeprefix("motcua.")
            if below in height and below != room and height[below] >= height[room]:
                upwards.append(f"{room}.{model.__name__}.{field.name} → {below}")
    assert upwards == []


def test_doors_own_no_tables():
    own = {
        model._meta.app_label
        for model in apps.get_models()
        if model._meta.app_config.name in {f"motcua.{d}" for d in ("portal", "desk", "api", "jobs")}
    }
    assert own == set()


def clock_readings(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            name = (node.value.id, node.attr)
            if name in CLOCKS:
                yield f"{'.'.join(name)} (line {node.lineno})"


def test_only_doors_read_the_clock():
    read = [
        f"{source.shown(path)}: {what}"
        for path in source.modules()
        if not source.shown(path).startswith(tuple(READS_THE_CLOCK))
        for what in clock_readings(source.tree(path))
    ]
    assert read == []


def test_doors_take_files_in_by_the_act_that_records_what_harms():
    doors = ("motcua/portal/", "motcua/desk/", "motcua/api/", "motcua/jobs/")
    past = [
        source.shown(path)
        for path in source.modules()
        if source.shown(path).startswith(doors) and "shelves.keep(" in source.text(path)
    ]
    assert past == [], "call files.operations.keep: it records who brought an infected file"


def test_a_reading_of_the_clock_would_be_seen():
    assert len(list(clock_readings(ast.parse("a = datetime.now(UTC)\nb = timezone.now()")))) == 2


def test_no_function_is_longer_than_a_screen():
    too_long = [
        f"{source.shown(path)}: {node.name} has {lines} lines"
        for path in source.modules(tests=True)
        for node in source.functions(source.tree(path))
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > LONGEST
    ]
    assert too_long == []


def test_nothing_is_left_for_later():
    note = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b")
    left = [
        f"{source.shown(path)}:{number}"
        for path in source.modules(tests=True)
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if note.search(line)
    ]
    assert left == []


def test_every_room_says_what_it_holds():
    bare = [room for room in source.rooms() if not (source.PACKAGE / room / "README.md").is_file()]
    assert bare == []


def test_every_module_says_what_it_is():
    silent = [
        source.shown(path)
        for path in source.modules()
        if source.tree(path).body and not ast.get_docstring(source.tree(path))
        and path.name not in {"apps.py", "__init__.py"}
    ]  # fmt: skip
    assert silent == []
