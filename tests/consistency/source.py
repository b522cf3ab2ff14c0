"""The project's own code as syntax trees: what the tests of this folder look at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from motcua.run.database import ROOT

PACKAGE = ROOT / "motcua"
CODE = re.compile(r"[a-z_]+(\.[a-z_]+)+")
Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def text(path: Path) -> str:
    return path.read_text()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_test(path: Path) -> bool:
    return "tests" in path.parts


@cache
def modules(*, tests: bool = False) -> tuple[Path, ...]:
    """Every module of the package but migrations; with or without its tests."""
    found = sorted(PACKAGE.rglob("*.py"))
    return tuple(p for p in found if "migrations" not in p.parts and (tests or not is_test(p)))


@cache
def test_files() -> tuple[Path, ...]:
    inside = [p for p in PACKAGE.rglob("*.py") if is_test(p)]
    beside = [p for p in (ROOT / "tests").rglob("*.py") if "consistency" not in p.parts]
    return tuple(sorted(inside + beside))


def rooms() -> list[str]:
    return sorted(p.parent.name for p in PACKAGE.glob("*/__init__.py"))


def functions(where: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(where) if isinstance(node, Function))


@dataclass(frozen=True)
class Operation:
    """A public function of a room's operations, with all it calls within them."""

    room: str
    name: str
    path: Path
    reached: tuple[Function, ...]

    @property
    def key(self) -> str:
        return f"{self.room}.{self.name}"

    @property
    def parameters(self) -> set[str]:
        arguments = self.reached[0].args
        return {a.arg for a in (*arguments.args, *arguments.kwonlyargs)}

    def uses(self, module: str) -> set[str]:
        """The names taken from a module of the room or one beside it (`policies`, `policies_trust`)."""
        return {
            node.attr
            for function in self.reached
            for node in ast.walk(function)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and (node.value.id == module or node.value.id.startswith(f"{module}_"))
        }

    @property
    def is_act(self) -> bool:
        """Whether it opens an act of the ledger."""
        return any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "act"
            for function in self.reached
            for node in ast.walk(function)
        )


def operations_in(room: str, files: list[Path]) -> Iterator[Operation]:
    known = {
        node.name: node for path in files for node in tree(path).body if isinstance(node, Function)
    }
    for path in files:
        for node in tree(path).body:
            if isinstance(node, Function) and not node.name.startswith("_"):
                yield Operation(room, node.name, path, _reached(node, known))


def _reached(start: Function, known: dict[str, Function]) -> tuple[Function, ...]:
    seen, queue = [start], [start]
    while queue:
        names = {n.id for n in ast.walk(queue.pop()) if isinstance(n, ast.Name)}
        fresh = [f for name, f in known.items() if name in names and f not in seen]
        seen += fresh
        queue += fresh
    return tuple(seen)


@cache
def operations() -> tuple[Operation, ...]:
    """Every public function of every room's operations, and of journeys."""
    found: list[Operation] = []
    for room in rooms():
        files = sorted(PACKAGE.glob(f"{room}/operations.py"))
        files += sorted(PACKAGE.glob(f"{room}/operations/*.py"))
        found += operations_in(room, files)
    return tuple(found)
