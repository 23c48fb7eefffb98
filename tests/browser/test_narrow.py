"""At 320 pixels, the width of the smallest phone or of 400 % zoom, nothing scrolls sideways."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import AFTER_START, RIGHT_WAY

WIDTH = 320
UNBROKEN = "Caseconference" * 12
GUIDANCE = (
    "/guidance/",
    "/guidance/england-2026/",
    "/guidance/england-2026/flow/",
    "/guidance/england-2026/questions/duty/",
    "/guidance/hmg-2008/",
    "/guidance/hmg-2008/flow/",
)
OPEN_TO_ALL = ("/help/", "/privacy/", "/accessibility/", "/password/reset/", "/sign-in/closed/")
# The elements that stick out, for the one who has to put it right; what scrolls in a box of its
# own, or is hidden on purpose, does not.
STICKING_OUT = """(width) => [...document.querySelectorAll("main *, header *, footer *, nav *")]
  .filter((one) => one.getBoundingClientRect().right > width + 0.5
    && !one.closest(".scrolls, .govuk-visually-hidden, svg"))
  .map((one) => one.outerHTML.slice(0, 80))"""


def fits(page: Page) -> None:
    """Fail when the page is wider than the window."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    out = page.evaluate(STICKING_OUT, WIDTH)
    assert wide <= WIDTH, f"{page.url} is {wide} wide: {out[:3]}"
    assert not out, f"{page.url} has cut-off parts: {out[:3]}"


@pytest.fixture
def narrow(visitor: Callable[..., Visitor]) -> Callable[..., Visitor]:
    """A visitor with a small phone, for whom every page must fit."""

    def come(*who: object) -> Visitor:
        comer = visitor(*who, viewport={"width": WIDTH, "height": 640})
        comer.at_each_page = fits
        return comer

    return come


def test_a_whole_case_on_a_small_phone(narrow: Callable[..., Visitor], people: Cast) -> None:
    me = narrow()
    me.sign_in(people.priya)
    me.open("/decisions/start/")
    assert me.press_and_stay(CONTINUE) == 200
    me.page.locator(".govuk-error-summary").wait_for()
    fits(me.page)
    me.start(UNBROKEN[:60])
    for gate, value in AFTER_START.items():
        me.answer(gate, value, reason=UNBROKEN)
    me.fill_right_way({**RIGHT_WAY, "what": UNBROKEN, "recipient": UNBROKEN})
    me.choose("share", "decision")
    me.press("Seal this decision")
    me.press("See this path on a map")
    me.open("/")
    me.open("/?state=share")
    manager = narrow(people.maya)
    manager.open("/register/")


def test_waiting_on_a_small_phone(narrow: Callable[..., Visitor], people: Cast) -> None:
    me = narrow(people.priya)
    me.start(UNBROKEN[:60])
    me.answer("duty", "no")
    me.answer("purpose", "not-sure")
    me.press("Leave it for now")


def test_pages_to_read_on_a_small_phone(narrow: Callable[..., Visitor], people: Cast) -> None:
    me = narrow()
    for path in OPEN_TO_ALL:
        me.open(path)
    reader = narrow(people.priya)
    for path in (*GUIDANCE, "/password/change/", "/sign-out/"):
        reader.open(path)
