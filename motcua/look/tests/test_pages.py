from __future__ import annotations

import pytest
from django.test import Client

from motcua.look import csp, problems
from motcua.look.tests import doors


@pytest.fixture
def client(settings):
    settings.ROOT_URLCONF = "motcua.look.tests.doors"
    settings.MIDDLEWARE = doors.MIDDLEWARE
    return Client(raise_request_exception=False)


def test_the_gallery_shows_every_component(client):
    page = client.get("/giao-dien/")
    assert page.status_code == 200
    for part in ("figure", "due", "table", "pager", "timeline", "steps", "notice", "empty", "bars"):
        assert f"mc-{part}" in page.text


def test_every_answer_carries_the_headers_of_the_house(client):
    for address in ("/giao-dien/", "/khong-co/", "/break/"):
        page = client.get(address)
        assert {name: page.headers[name] for name in csp.HEADERS} == csp.HEADERS


def test_the_policy_allows_nothing_inline_and_nobody_else():
    assert "unsafe" not in csp.POLICY and "//" not in csp.POLICY and "*" not in csp.POLICY
    assert csp.POLICY.startswith("default-src 'self'")


@pytest.mark.parametrize(
    ("address", "status"), [("/khong-co/", 404), ("/forbid/", 403), ("/break/", 500)]
)
def test_a_failure_says_what_happened_and_what_to_do(client, address, status):
    page = client.get(address)
    words = problems.WORDS[status]
    assert page.status_code == status
    assert words.title in page.text and words.remedy in page.text


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("unit.unknown", 404, "Không tìm thấy đơn vị “so-lua”."),
        ("unit.may_not", 403, "không được quản lý cơ quan"),
        ("dossier.stale", 409, "Hồ sơ đã thay đổi"),
        ("unit.exists", 422, "Đơn vị “so-lua” đã có."),
        ("rule.never_heard_of", 422, "Yêu cầu chưa thực hiện được."),
    ],
)
def test_a_refusal_becomes_its_rooms_sentence(client, code, status, said):
    page = client.get(f"/refuse/{code}/")
    assert page.status_code == status
    assert said in page.text and code in page.text
