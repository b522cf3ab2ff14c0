"""Templates: each is used, and none carries script or style of its own (the policy would refuse it)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.consistency import source

INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*(\bsrc=|application/json))", re.IGNORECASE),
    "a style in the page": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "an on… attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "another host": re.compile(r"(src|href|action)\s*=\s*[\"']?(https?:)?//", re.IGNORECASE),
}
COMPONENT = re.compile(r"(?:PART\.format|_part|part)\(\s*\"(\w+)\"")
CALLED_BY_NAME = {"400.html", "403.html", "404.html", "429.html", "500.html"}
CHOSEN = ("look/parts/field_",)
"""Templates chosen by a part of their name: a field's, by the kind of its widget."""
OVERRIDES = ("account/", "mfa/", "allauth/", "django/")
"""Templates that take the place of an installed application's, which calls them by name."""


def templates() -> dict[str, Path]:
    """Every template by the name it is loaded with."""
    return {
        str(path.relative_to(folder)): path
        for folder in source.PACKAGE.glob("*/templates")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def complaints(text: str) -> list[str]:
    uncommented = re.sub(r"{#.*?#}|{% comment.*?endcomment %}", "", text, flags=re.DOTALL)
    return [what for what, pattern in INLINE.items() if pattern.search(uncommented)]


def test_no_page_carries_script_or_style_or_another_host():
    found = {
        name: said for name, path in templates().items() if (said := complaints(path.read_text()))
    }
    assert found == {}


def test_what_a_page_must_not_carry_would_be_seen():
    bad = (
        "<script>x()</script>", '<p style="color:red">', '<a onclick="x()">', '<a href="javascript:x">',
        '<script src="//cdn.example/x.js"></script>',
    )  # fmt: skip
    assert all(complaints(text) for text in bad)
    assert complaints('<script src="/static/a.js" defer></script><p data-on="1">{{ x }}</p>') == []


def test_every_template_is_used():
    code = [COMPONENT.sub(r"look/parts/\1.html", path.read_text()) for path in source.modules()]
    pages = {name: path.read_text() for name, path in templates().items()}
    unused = [
        name
        for name in pages
        if name not in CALLED_BY_NAME
        and not name.startswith(OVERRIDES + CHOSEN)
        and not any(name in text for text in code)
        and not any(name in text for other, text in pages.items() if other != name)
    ]
    assert unused == []


@pytest.mark.django_db
def test_the_page_of_the_api_comes_from_our_own_host(client):
    page = client.get("/api/v1/docs").content.decode()
    assert "swagger" in page
    assert complaints(page) == []
