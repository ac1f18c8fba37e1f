"""What browser tests say often."""

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from .conftest import SCREENSHOTS

AXE = Axe()
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# What the colours of a theme can break, and nothing else.
COLOUR_RULES = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}


def sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/compte/login/")
    fill_sign_in(page, email, password)
    expect(page.get_by_role("link", name=re.compile("^Notifications"))).to_be_visible()


def fill_sign_in(page: Page, email: str, password: str) -> None:
    page.get_by_label(re.compile("Adresse")).fill(email)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.locator("main form").first.get_by_role("button", name=re.compile("connecter", re.I)).click()


def editor_of(page: Page, name: str) -> Locator:
    """The rich text over the field of that name, once it is there."""
    area = page.locator(f'.editor:has([name="{name}"]) .editor-area')
    expect(area).to_be_visible()
    return area


def paste(area: Locator, html: str) -> None:
    """What a clipboard holds after Ctrl+C in Word."""
    area.focus()
    area.evaluate(
        """(area, html) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            area.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        html,
    )


def violations(page: Page, rules: dict) -> list[str]:
    """axe is sent to a page once, however often it is asked; only what is wrong comes back."""
    if page.evaluate("typeof window.axe") == "undefined":
        page.evaluate(AXE.axe_script)
    found = page.evaluate("async rules => (await axe.run(document, rules)).violations", rules)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in violation["nodes"][:4])
        for violation in found
    ]


def assert_accessible(page: Page, label: str, rules: dict = RULES) -> None:
    found = violations(page, rules)
    assert not found, f"{label}:\n" + "\n".join(found)


def sideways_scroll(page: Page) -> int:
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def assert_no_sideways_scroll(page: Page, label: str) -> None:
    overflow = sideways_scroll(page)
    assert overflow <= 0, f"{label}: {overflow} px beyond the screen"


def shoot(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True)
