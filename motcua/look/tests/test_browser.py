"""The gallery in a real browser: reachable by everyone, on a phone too, under the policy it is sent with."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from motcua.look.tests import doors

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[3]
HOST = "http://localhost"


@pytest.fixture
def client(settings) -> Client:
    settings.ROOT_URLCONF = "motcua.look.tests.doors"
    settings.MIDDLEWARE = doors.MIDDLEWARE
    return Client()


def serve(client: Client, route: Route) -> None:
    """Answer the browser from the application itself: no port, no thread, no database."""
    address = urlsplit(route.request.url)
    if not route.request.url.startswith(HOST):
        route.abort()
    elif address.path.startswith("/static/"):
        file = ROOT / "motcua/look/static" / address.path.removeprefix("/static/")
        kind = mimetypes.guess_type(file.name)[0] or "font/woff2"
        route.fulfill(body=file.read_bytes(), content_type=kind)
    else:
        said = client.get(address.path, QUERY_STRING=address.query)
        route.fulfill(status=said.status_code, headers=dict(said.headers), body=said.content)


def opened(browser: Browser, client: Client, *, width: int, **options) -> tuple[Page, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 800}, **options)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/*", lambda route: serve(client, route))
    page.goto(f"{HOST}/giao-dien/")
    return page, complaints


@pytest.mark.parametrize("width", [1280, 360])
def test_the_gallery_is_within_reach_of_everyone(browser, client, width):
    page, complaints = opened(browser, client, width=width)
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []


def test_ticking_all_counts_the_rows(browser, client):
    page, _ = opened(browser, client, width=1280)
    page.get_by_label("Chọn tất cả").check()
    assert page.locator(".mc-bulk strong").inner_text() == "4"
    page.get_by_label("Chọn 000.25.40.H41-221107-0002").uncheck()
    assert page.locator(".mc-bulk strong").inner_text() == "3"


def test_the_slash_key_goes_to_the_search_box(browser, client):
    page, _ = opened(browser, client, width=1280)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_the_first_tab_offers_to_skip_to_the_matter(browser, client):
    page, _ = opened(browser, client, width=1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Đến nội dung chính"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"


def test_the_gallery_is_whole_without_script(browser, client):
    page, _ = opened(browser, client, width=1280, java_script_enabled=False)
    assert page.get_by_role("button", name="Chuyển").is_visible()
    assert page.get_by_role("button", name="Nhận về xử lý").is_visible()
