"""Accessibility findings of the page that a visitor has open, by axe-core."""

from functools import cache

from django.conf import settings
from playwright.sync_api import Page

from tests.browser.visitor import Visitor

SOURCE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
  .map((one) => [one.impact, one.id, one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")])
"""


@cache
def source() -> str:
    """axe-core's script."""
    return SOURCE.read_text(encoding="utf-8")


def findings(page: Page) -> list[str]:
    """What axe finds wrong on the page: impact, rule and elements; of any impact.

    The page's context must have been made with `bypass_csp`, for this script alone.
    """
    page.evaluate(source())
    found = page.evaluate(RUN)
    return [f"{page.url} {impact} {rule}: {elements}" for impact, rule, elements in found]


class Inspector:
    """A visitor who has axe look at each page, and keeps what it found."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page
        self.found: list[str] = []
        visitor.at_each_page = self.look

    def look(self, page: Page) -> None:
        self.found += findings(page)

    def spoil(self, button: str) -> None:
        """Press a button on a form that is not filled in, and look at the errors."""
        self.page.locator("main").evaluate("main => { main.dataset.old = 'yes' }")
        self.visitor.thing(button).click()
        self.page.locator("main:not([data-old]) .govuk-error-summary").wait_for()
        self.page.wait_for_load_state()
        self.look(self.page)
