"""Locks that any registry can serve, and a line of why for every dependency."""

from __future__ import annotations

import re

from motcua.run.database import ROOT

PYTHON_LOCKS = ["requirements-bootstrap.lock", "requirements-dev.lock", "requirements.lock"]


def hosts_in(text: str) -> list[str]:
    """The lines of a lock that say where something is to be fetched from."""
    return [line for line in text.splitlines() if "://" in line or "--index-url" in line]


def test_python_locks_record_no_registry():
    for name in PYTHON_LOCKS:
        assert hosts_in((ROOT / name).read_text()) == [], name


def test_a_lock_that_names_a_host_is_found():
    assert hosts_in("a==1\n--index-url https://pypi.example/simple\n") != []


def test_the_front_end_lock_records_no_registry():
    lines = hosts_in((ROOT / "package-lock.json").read_text())
    assert [line for line in lines if '"resolved"' in line] == []
    assert [line for line in lines if not re.search(r'"(url|homepage)"', line)] == []


def test_python_locks_pin_every_package_by_hash():
    for name in PYTHON_LOCKS:
        packages = re.split(r"\n(?=[a-z])", (ROOT / name).read_text().strip())
        pinned = [p for p in packages if not p.startswith("#")]
        assert [p for p in pinned if "==" not in p or "--hash=sha256:" not in p] == [], name
