"""Documents that are complete and fresh: settings, commands, reference, words, links."""

from __future__ import annotations

import json
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from motcua import __version__
from motcua.rules.actor import May, Role
from motcua.run import cli, database, reference
from motcua.run.database import ROOT
from tests.consistency import source

DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *source.PACKAGE.glob("*/README.md")])
VARIABLE = re.compile(r"\b(?:MOTCUA_[A-Z_]+|DATABASE(?:_OWNER)?_URL)\b")
READ = re.compile(rf"[\"']({VARIABLE.pattern})[\"']")
SHARED = {"act_or_refuse", "work_on"}
"""What the acts of a room are opened with."""
LITTLE_WORDS = {"by", "for", "in", "many", "of", "on", "the", "to", "up"}


# ---- settings and commands -----------------------------------------------------------------------


def variables_read() -> set[str]:
    return {name for path in source.modules(tests=True) for name in READ.findall(path.read_text())}


def test_every_setting_is_documented_and_none_that_is_not_read():
    documented = set(
        re.findall(r"^\| `([A-Z_]+)`", (DOCS / "reference/settings.md").read_text(), re.M)
    )
    assert variables_read() - documented == set(), "add to docs/reference/settings.md"
    assert documented - variables_read() == set(), "documented, but nothing reads it"


@pytest.mark.parametrize("name", cli.command_modules())
def test_every_command_has_help_with_an_example(name):
    line, example = cli.told(cli.command_modules()[name])
    assert line.endswith("."), f"the help of {name} is not a sentence"
    assert f"Ví dụ: motcua {name}" in example


def test_every_command_prints_its_help(capsys):
    for name in cli.command_modules():
        with pytest.raises(SystemExit) as left:
            cli.main([name, "--help"])
        assert left.value.code == 0
        assert "Ví dụ" in capsys.readouterr().out


def test_every_target_of_make_named_in_the_documents_is_there():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {t for page in PAGES for t in re.findall(r"`make ([a-z-]+)", page.read_text())}
    assert named - targets == set()


def test_the_database_is_prepared_by_hand_as_by_the_program():
    by_hand = " ".join((DOCS / "how-to/one-server.md").read_text().split())
    assert [statement for statement in database.RIGHTS if statement not in by_hand] == []


# ---- reference -----------------------------------------------------------------------------------


def test_the_generated_reference_is_fresh():
    stale = [
        name
        for name, text in reference.pages().items()
        if not (reference.FOLDER / name).exists() or (reference.FOLDER / name).read_text() != text
    ]
    assert stale == [], "run `make docs`"


def test_the_reference_lists_every_act():
    listed = reference.pages()["acts.md"]
    acts = [found for found in source.operations() if found.is_act and found.name not in SHARED]
    assert [act.key for act in acts if f"### `{act.name}`" not in listed] == []


# ---- words ---------------------------------------------------------------------------------------


@cache
def glossary() -> list[dict[str, Any]]:
    return list(tomllib.loads((DOCS / "glossary.toml").read_text())["term"])


def known_words() -> set[str]:
    words = [str(term["en"]) for term in glossary()]
    words += [str(form) for term in glossary() for form in term.get("forms", [])]
    return {word for phrase in words for word in re.findall(r"[a-z]+", phrase.lower())}


def unknown(names: set[str]) -> set[str]:
    """The names with a word that the glossary does not have."""
    words = known_words() | LITTLE_WORDS
    return {name for name in names if set(re.findall(r"[a-z]+", name.lower())) - words}


def test_every_term_has_its_words_and_a_note():
    for term in glossary():
        assert all(str(term.get(key, "")).strip() for key in ("vi", "en", "note")), term


def test_one_vietnamese_term_has_one_english_word():
    for key in ("vi", "en"):
        words = [term[key] for term in glossary()]
        assert sorted({w for w in words if words.count(w) > 1}, key=str) == []


def test_rooms_and_acts_are_called_by_words_of_the_glossary():
    acts = {act.name for act in source.operations() if act.is_act} - SHARED
    assert unknown(set(source.rooms()) | acts) == set(), "add the word to docs/glossary.toml"


def test_roles_and_capabilities_are_called_by_words_of_the_glossary():
    assert unknown({*map(str, Role), *map(str, May)}) == set(), "add the word to docs/glossary.toml"


def test_a_name_outside_the_glossary_would_be_seen():
    assert unknown({"frobnicate_dossier", "dossiers"}) == {"frobnicate_dossier"}


# ---- dependencies, links, versions ---------------------------------------------------------------


def dependencies() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    listed = [*project["project"]["dependencies"]]
    for group in project["dependency-groups"].values():
        listed += group
    front = json.loads((ROOT / "package.json").read_text())
    names = {re.split(r"[\[<>=~! ]", line)[0].lower() for line in listed}
    return names | set(front.get("devDependencies", {})) | set(front.get("dependencies", {}))


def test_every_dependency_has_a_line_of_why():
    lines = re.findall(r"^\| (\S+) \| \S.+ \|$", (DOCS / "dependencies.md").read_text(), re.M)
    explained = set(lines) - {"package"}
    assert dependencies() - explained == set(), "say why in docs/dependencies.md"
    assert explained - dependencies() == set(), "explained, but not a dependency"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", page.read_text())
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_changelog_begins_with_this_version():
    first = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(), re.M)
    assert first is not None and first[1] == __version__
    assert f'softwareVersion: "{__version__}"' in (ROOT / "publiccode.yml").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
