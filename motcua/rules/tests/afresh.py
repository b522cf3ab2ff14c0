"""For mutation testing (`make mutants`): every mutant meets tests that have asked nothing yet, soon.

Loaded as a pytest plugin. A mutant is tried in a process forked from one that has run all tests; what
those left in memory (tables of years, days as text) would answer in the mutant's place. For the same
reason all tests are tried, not those alone that were seen to reach the function: a table that one test
has built answers the next. The quickest come first: most mutants fall to one of them.
"""

from __future__ import annotations

import gc
import json
import sys
import tomllib
from functools import _lru_cache_wrapper  # the type of what lru_cache makes
from pathlib import Path

import pytest

STATS = Path("mutmut-stats.json")
FILES = tomllib.loads(Path("pyproject.toml").read_text())["tool"]["mutmut"][
    "pytest_add_cli_args_test_selection"
]


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in sys.modules if name.startswith("motcua.rules.tests.")]:
        if name != __name__:
            del sys.modules[name]
    for kept in gc.get_objects():
        if isinstance(kept, _lru_cache_wrapper) and kept.__module__.startswith("motcua.rules."):
            kept.cache_clear()
    gc.freeze()
    config.args = FILES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    took = json.loads(STATS.read_text())["duration_by_test"] if STATS.exists() else {}
    items.sort(key=lambda item: took.get(item.nodeid, 0))
