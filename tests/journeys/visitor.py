"""One person at a browser of his own: what every story does with the pages."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, Locator, Page

from motcua.run.cast import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
ANSWERED = "the server responded with a status of 4"
"""What the browser says of a page that was refused; the stories look at such pages themselves."""


class Visitor:
    """A browser context on one site; `complaints` is what went wrong by the console and the scripts."""

    def __init__(self, browser: Browser, base: str, *, width: int = 1280) -> None:
        self.base = base
        self.complaints: list[str] = []
        self.context = browser.new_context(
            viewport={"width": width, "height": 900}, locale="vi-VN", base_url=base
        )
        self.context.set_default_timeout(15_000)
        self.page: Page = self.context.new_page()
        self.context.on("console", lambda message: self._said(message.text, message.type))
        self.context.on("weberror", lambda error: self._said(str(error.error)))

    def _said(self, text: str, kind: str = "error") -> None:
        if kind in ("error", "warning") and ANSWERED not in text:
            self.complaints.append(f"{self.page.url}: {text}")

    def signed_in(self, username: str) -> Visitor:
        """Through the page, as one of the cast."""
        self.page.goto("/tai-khoan/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(PASSWORD)
        self.press("Đăng nhập")
        return self

    def press(self, name: str) -> None:
        """The one button (or link that looks like one) of that name in the matter of the page."""
        self.button(name).click()

    def button(self, name: str) -> Locator:
        main = self.page.get_by_role("main")
        return main.get_by_role("button", name=name, exact=True).or_(
            main.get_by_role("link", name=name, exact=True)
        )

    def text(self) -> str:
        """What the page says, its spaces made one."""
        return " ".join(self.page.get_by_role("main").inner_text().split())

    def fetch(self, address: str) -> bytes:
        """A file behind a link, with this person's session."""
        answer = self.context.request.get(address)
        assert answer.status == 200, answer.status
        return answer.body()

    def violations(self) -> list[tuple[str, str, list[str]]]:
        """What axe-core finds wrong on the page: rule, gravity, places."""
        self.page.evaluate(AXE.read_text("utf-8"))
        found = self.page.evaluate("axe.run()")["violations"]
        return [(v["id"], v["impact"], [n["html"] for n in v["nodes"]]) for v in found]

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(width))
