"""What anybody is told of a result, by its token or its file."""

import pytest

from motcua.dossiers import issued


@pytest.mark.django_db
def test_an_unknown_token_or_file_tells_nothing():
    assert issued.by_token("") is None
    assert issued.by_token("x" * 500) is None
    assert issued.by_token("A1b2C3d4E5f6G7h8J9k0LmNp") is None
    assert issued.by_sha256("0" * 64) is None
