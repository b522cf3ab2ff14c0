"""What people read of the matrix is what is compared."""

from __future__ import annotations

from tests.permissions import document


def test_the_document_of_who_may_is_fresh():
    assert document.FILE.read_text() == document.page(), "run `make docs`"
