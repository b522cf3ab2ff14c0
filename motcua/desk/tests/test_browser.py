"""The desk in a real browser: within everyone's reach, on a phone too, and by the keyboard alone."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, Route

from motcua.catalogue import offered
from motcua.catalogue.models import PaperRule, ProcedureVersion
from motcua.dossiers import operations
from motcua.dossiers.models import Dossier, ParkedIntake
from motcua.dossiers.tests.conftest import later
from motcua.ledger.acts import Event, act
from motcua.rules.actor import Role, system

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[3]
HOST = "http://localhost"


def serve(client, connection, route: Route) -> None:
    """Answer the browser from the application itself, redirects followed.

    The driver calls this in a context of its own, where the test's connection would not be found.
    """
    connections["default"] = connection
    asked, address = route.request, urlsplit(route.request.url)
    if address.path.startswith("/static/"):
        file = ROOT / "motcua/look/static" / address.path.removeprefix("/static/")
        kind = mimetypes.guess_type(file.name)[0] or "font/woff2"
        route.fulfill(body=file.read_bytes(), content_type=kind)
        return
    path = f"{address.path}?{address.query}" if address.query else address.path
    part = {k: v for k, v in asked.headers.items() if k.startswith("hx-")}
    if asked.method == "POST":
        sent = asked.post_data_buffer or b""
        said = client.post(path, sent, content_type=asked.headers["content-type"], follow=True)
    else:
        said = client.get(path, follow=True, headers=part)
    body = said.getvalue()
    route.fulfill(status=said.status_code, headers=dict(said.headers), body=body)


@pytest.fixture
def complaints() -> list[str]:
    """What the browser found wrong with the pages."""
    return []


@pytest.fixture
def opened(desk, browser: Browser, complaints: list[str]):
    def open_at(path: str, width: int = 1280, **options) -> Page:
        page = browser.new_page(viewport={"width": width, "height": 900}, **options)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text))
        mine = connections["default"]
        page.route("**/*", lambda route: serve(desk.client, mine, route))
        page.goto(f"{HOST}/ban-lam-viec/{path}")
        return page

    return open_at


PAGES = ["", "tiep-nhan/", "tiep-nhan/?procedure={procedure}", "tiep-nhan/so-giay/?procedure={procedure}",
         "tiep-nhan/nhieu/?procedure={procedure}", "ho-so/", "ho-so/{dossier}/",
         "ho-so/{dossier}/rut/", "tim/?q=lam", "don-vi/", "ngay/", "vang-mat/",
         "ho-so/{dossier}/lich-su/"]  # fmt: skip


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_within_reach_of_everyone(desk, world, opened, complaints, width):
    done = world.accepted()
    operations.request_payment(
        dossier_id=done.id, name="Thuế", amount=1000, stops_clock=True, reason="theo quy định",
        actor=desk.officer(Role.OFFICER), at=later(1),
    )  # fmt: skip
    axe = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    for path in PAGES:
        role = Role.HEAD if path == "don-vi/" else Role.CLERK
        desk.standing(desk.officer(role), later(1))
        page = opened(path.format(procedure=world.procedure, dossier=done.id), width)
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        assert complaints == [], path
        page.close()


def taken_in(page: Page, number: str, *, script: bool) -> None:
    """From the search box to the confirmation with the keyboard alone."""
    page.keyboard.type("giay phep")
    page.keyboard.press("Enter")
    page.wait_for_selector("[name=identity]:focus")
    page.keyboard.type(number)
    page.keyboard.press("Tab" if script else "Enter")
    page.wait_for_selector("text=Đã có trong hệ thống")
    assert page.locator("[name=name]").input_value() == "Nguyễn Thị Lam"
    page.locator("[name=giay-0]").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Tiếp nhận", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã tiếp nhận hồ sơ")


@pytest.mark.parametrize("script", [True, False])
def test_a_dossier_is_taken_in_by_the_keyboard_alone_with_and_without_script(
    desk, world, opened, script
):
    desk.standing(desk.officer(Role.CLERK))
    page = opened("tiep-nhan/", java_script_enabled=script)
    taken_in(page, "040190000001", script=script)
    assert Dossier.objects.get().code in page.content()


def test_what_follows_a_field_leaves_the_hands_where_they_were(desk, world, opened):
    desk.standing(desk.officer(Role.CLERK))
    page = opened(f"tiep-nhan/?procedure={world.procedure}")
    page.keyboard.type("040190000001")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=Đã có trong hệ thống")
    assert page.evaluate("document.activeElement.name") in ("kind", "phone")


def five_papers(world):
    """The procedure of the small world asks for five papers, some with long names."""
    version = ProcedureVersion.objects.get(procedure_id=world.procedure)
    with act(Event("catalogue.changed", "decision"), actor=system("kiểm thử"), at=later()) as a:
        for n, name in enumerate(LONG_NAMES, 2):
            PaperRule.objects.create(version=version, position=n, name=name, originals=1)
        a.about("decision", 1, {})
    offered.forget()


LONG_NAMES = (
    "Bản sao giấy phép đã cấp",
    "Bản chính Giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở và tài sản khác gắn liền với đất",
    "Ảnh 3 × 4",
    "Giấy khám sức khỏe do cơ sở y tế đủ điều kiện cấp",
)


def test_a_usual_dossier_stands_in_one_view_of_a_counters_monitor(desk, world, opened):
    five_papers(world)
    desk.standing(desk.officer(Role.CLERK))
    page = opened(f"tiep-nhan/?procedure={world.procedure}")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.keyboard.type("040190000001")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=Đã có trong hệ thống")
    for what in ("[name=identity]", "[name=giay-4]", "[value=tiep-nhan]"):
        box = page.locator(what).bounding_box()
        assert box and box["y"] + box["height"] <= 800, what
    offered.forget()


def test_what_is_written_is_kept_while_it_is_written(desk, world, opened):
    desk.standing(desk.officer(Role.CLERK))
    page = opened(f"tiep-nhan/?procedure={world.procedure}")
    page.locator("[name=name]").fill("Trần Thị Hoà")
    page.locator("[name=address]").fill("Khối 9")
    page.wait_for_selector("text=Đã để tạm lúc")
    assert ParkedIntake.objects.get().typed["address"] == "Khối 9"


def test_accepting_takes_few_keys(desk, world, opened):
    """Of a known applicant: his number, then all papers, then taken in."""
    desk.standing(desk.officer(Role.CLERK))
    page = opened(f"tiep-nhan/?procedure={world.procedure}")
    page.keyboard.type("040190000001")
    page.keyboard.press("Tab")
    page.wait_for_selector("text=Đã có trong hệ thống")
    page.keyboard.press("Alt+g")
    page.wait_for_selector("[name=giay-0]:checked")
    page.keyboard.press("Alt+t")
    page.wait_for_selector("text=Đã tiếp nhận hồ sơ")
    assert Dossier.objects.get().code in page.content()
