"""The counter's lists in a real browser: within everyone's reach; a scanner's codes go where they belong."""

import pytest

from motcua.desk.tests.test_browser import ROOT, complaints, opened
from motcua.dossiers import operations
from motcua.dossiers.models import Certification, Dossier
from motcua.dossiers.tests.certifying import DEGREE, certified, prepared, raise_certifying, seated
from motcua.dossiers.tests.conftest import later
from motcua.rules.actor import Role

__all__ = ["complaints", "opened"]
pytestmark = pytest.mark.browser
CARD = "040190000002|187654321|Tran Thi Hoa|02031990|Nam|Xa Nghia Tho, Nghe An|01012021"


@pytest.fixture
def world(db):
    return raise_certifying()


@pytest.fixture
def chairman(world):
    return seated(world.department, Role.LEADER, "trần văn ký")


@pytest.fixture
def busy(desk, world, chairman):
    """A counter with something in every list; the paths of its pages, by who opens them."""
    clerk = desk.officer(Role.CLERK)
    prepared(world, actor=clerk)
    done, _ = certified(world)
    trip = operations.send_trip(
        dossier_ids=[done.id], from_unit_id=world.desk, to_unit_id=world.department,
        carrier="Lê Văn Chuyển", actor=clerk, at=later(),
    )  # fmt: skip
    row = Certification.objects.get(number=1)
    return [
        (Role.CLERK, "chung-thuc/"),
        (Role.LEADER, "chung-thuc/cho-ky/"),
        (Role.CLERK, "chung-thuc/so/"),
        (Role.CLERK, f"chung-thuc/so/{row.book_id}/"),
        (Role.CLERK, f"chung-thuc/so/{row.book_id}/in/"),
        (Role.CLERK, f"chung-thuc/sua/{row.id}/"),
        (Role.CLERK, "ban-giao/"),
        (Role.OFFICER, f"ban-giao/{trip.id}/"),
        (Role.CLERK, f"ban-giao/{trip.id}/in/"),
        (Role.CLERK, "cho-tra/"),
        (Role.CLERK, f"ho-so/{done.id}/"),
    ]


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_of_the_counter_is_within_reach(desk, busy, opened, complaints, width):
    axe = (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")
    for role, path in busy:
        desk.standing(desk.officer(role), later(hours=1))
        page = opened(path, width)
        page.evaluate(axe)
        found = page.evaluate("axe.run()")["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == [], path
        assert page.evaluate("document.documentElement.scrollWidth") == width, path
        assert complaints == [], path
        page.close()


BURST = """code => {
  for (const key of [...code, "Enter"]) {
    const at = document.activeElement;
    const pressed = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    if (at.dispatchEvent(pressed) && key !== "Enter") document.execCommand("insertText", false, key);
  }
}"""
"""All keys at once, as no driver types under load; what is not prevented is written where the focus is."""


def scan(page, code: str) -> None:
    """As a scanner does: all keys at once, then Enter."""
    if page.evaluate("document.activeElement.matches('[data-scan]')"):
        page.keyboard.type(f"{code}\n")
    else:
        page.evaluate(BURST, code)


@pytest.fixture
def counter(desk, chairman):
    return desk.standing(desk.officer(Role.CLERK))


def test_a_code_scanned_anywhere_ticks_its_row_and_a_strange_one_is_told(counter, world, opened):
    code = prepared(world).code
    page = opened("ban-giao/")
    page.locator("[name=carrier]").first.fill("Lê Văn")
    page.locator("[name=carrier]").first.focus()
    scan(page, f"http://127.0.0.1:8000/tra-cuu/?ma={code}")
    page.get_by_text(f"Đã đánh dấu {code}.").wait_for()
    assert page.locator(f"[data-code='{code}']").is_checked()
    assert page.locator("[name=carrier]").first.input_value() == "Lê Văn"
    scan(page, "000.00.99.H41-221121-9999")
    page.get_by_text("không có trong danh sách này").wait_for()


def test_a_code_scanned_on_any_page_opens_the_dossier(counter, world, opened):
    done = prepared(world)
    page = opened("ho-so/")
    page.locator("h1").click()
    scan(page, done.code)
    page.get_by_role("heading", name="Thông tin hồ sơ").wait_for()
    assert done.code in page.content()


def test_no_scan_goes_into_a_text_that_is_being_written_nor_leaves_it(counter, world, opened):
    done = prepared(world)
    page = opened(f"ho-so/{done.id}/rut/")
    page.locator("textarea").fill("Người nộp đổi ý")
    page.locator("textarea").focus()
    scan(page, done.code)
    page.wait_for_function("document.querySelector('[data-search-box]').value !== ''")
    assert page.locator("[data-search-box]").input_value() == done.code
    assert page.locator("textarea").input_value() == "Người nộp đổi ý"
    assert page.url.endswith("/rut/")


def test_what_a_hand_types_stays_where_it_is_typed(counter, world, opened):
    done = prepared(world)
    page = opened(f"ho-so/{done.id}/rut/")
    page.locator("textarea").focus()
    page.keyboard.type("Người nộp", delay=120)
    page.keyboard.press("Enter")
    assert page.locator("textarea").input_value() == "Người nộp\n"


def test_a_card_and_a_few_keys_are_an_entry(counter, world, opened):
    page = opened("chung-thuc/")
    page.locator("h1").click()
    scan(page, CARD)
    page.wait_for_selector("[name=title_0]:focus")
    assert page.locator("[name=name]").input_value() == "Tran Thi Hoa"
    page.keyboard.type(DEGREE.title, delay=60)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    page.get_by_text("Đã trình ký hồ sơ").wait_for()
    row = Certification.objects.get()
    assert (row.title, row.copies, row.pages, row.fee) == (DEGREE.title, 3, 2, 12_000)
    assert Dossier.objects.count() == 1
