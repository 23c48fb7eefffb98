"""The page of figures on a small phone: drawn, styled, read out, and without a scroll sideways."""

from collections.abc import Callable
from datetime import date
from typing import Any

from playwright.sync_api import Page

from tests.browser.axe import Inspector
from tests.cast import Cast
from tests.decisions.figures.many import enter_many

WIDTH = 320
DRAWN = """images => Promise.all(images.map(async one => {
  one.loading = "eager"; await one.decode(); return [one.currentSrc, one.naturalWidth]}))"""


def narrow(page: Page) -> None:
    page.set_viewport_size({"width": WIDTH, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def drawings(page: Page) -> list[Any]:
    return page.locator("img.figure__drawing").evaluate_all(DRAWN)


def test_figures_on_a_small_phone(inspector: Callable[..., Inspector], people: Cast) -> None:
    year = date.today().year - 1  # noqa: DTZ011  (a year that has ended, for the server's clock)
    refused = {"decision": "do-not-share", "outcome": "do-not-share", "consent": "refused"}
    for month in range(1, 13):
        enter_many(people.priya, people.early_help, [{"month": month}] * (6 + month), year)
        enter_many(people.omar, people.adults, [{"month": month, **refused}] * 6, year)
    lead = inspector(people.lena)
    me, page = lead.visitor, lead.page
    me.open(f"/figures/?period={year}")
    narrow(page)
    shown = drawings(page)
    assert len(shown) == 8
    assert all("narrow=1" in address and width == WIDTH for address, width in shown)
    page.get_by_label("Show by").select_option("team")
    page.get_by_label("Show by").press("Tab")
    me.press("Show figures")
    page.locator(".figure__numbers summary").first.press("Enter")
    narrow(page)
    lead.look(page)
    assert "Adults" in me.text()
    page.set_viewport_size({"width": 1200, "height": 900})
    assert all("narrow" not in address and width == 900 for address, width in drawings(page))
    page.locator('[name="first_day"]').evaluate("one => one.closest('details').open = true")
    for name, number in (("first_month", "5"), ("last_month", "3")):
        page.locator(f'[name="{name}"]').fill(number)
    for name in ("first", "last"):
        page.locator(f'[name="{name}_day"]').fill("1")
        page.locator(f'[name="{name}_year"]').fill(str(year))
    me.press("Show figures")
    assert "The last day is before the first day" in me.text()
    # By itself, too, a drawing is styled, and nothing in it is refused.
    page.goto(shown[0][0])
    assert page.locator("text").first.evaluate("one => getComputedStyle(one).fontSize") == "14px"
