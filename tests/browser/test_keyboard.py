"""A whole case by keyboard alone, with the focus in sight at every stop."""

from collections.abc import Callable

import pytest

from decisions.records.models import Record
from infoshare.people.models import User
from tests.browser.visitor import Visitor
from tests.cast import PASSWORD, Cast
from tests.decisions.walk import AFTER_START, PLAIN, RIGHT_WAY

MOST_STOPS = 80
# Whether the focused element shows it: a ring or a ground of its own, on itself or (where the
# real radio is hidden below a drawn one) on its label.
IN_SIGHT = """() => {
  const here = document.activeElement, box = here.getBoundingClientRect();
  const drawn = [getComputedStyle(here)];
  for (const label of here.labels ?? []) drawn.push(getComputedStyle(label, "::before"));
  const ringed = drawn.some((style) =>
    (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
    || style.boxShadow !== "none");
  return ringed && box.bottom > 0 && box.top < innerHeight;
}"""


class Keys:
    """A visitor without a mouse."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor, self.page = visitor, visitor.page

    def to(self, selector: str) -> None:
        """Press Tab until the focus is on an element that this selector finds."""
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(IN_SIGHT), f"no focus to be seen on the way to {selector}"
            if self.page.evaluate("which => document.activeElement.matches(which)", selector):
                return
        pytest.fail(f"Tab never came to {selector}")

    def enter(self) -> None:
        """Press Enter, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def follow(self, selector: str) -> None:
        self.to(selector)
        self.enter()

    def type(self, selector: str, words: str) -> None:
        self.to(selector)
        self.page.keyboard.type(words)

    def choose(self, field: str, value: str) -> None:
        """Go to a group of radios and down to this value with the arrow keys."""
        self.to(f'input[name$="{field}"]')
        self.page.keyboard.press("Space")
        for _ in range(MOST_STOPS):
            if self.page.evaluate("document.activeElement.value") == value:
                assert self.page.evaluate("document.activeElement.checked")
                return
            self.page.keyboard.press("ArrowDown")
        pytest.fail(f"no option {value}")

    def sign_in(self, person: User) -> None:
        self.visitor.open("/sign-in/")
        self.type("[name=login]", person.email)
        self.type("[name=password]", PASSWORD)
        self.enter()


def test_a_whole_case_by_keyboard(visitor: Callable[..., Visitor], people: Cast) -> None:
    me = visitor()
    keys = Keys(me)
    keys.sign_in(people.priya)
    keys.follow('a[href="/decisions/start/"]')
    keys.type('[name$="-case_reference"]', "EH-5001")
    keys.choose("urgent-answer", PLAIN["urgent"])
    keys.choose("setting-answer", PLAIN["setting"])
    keys.follow("main form > button")
    for gate, value in AFTER_START.items():
        assert me.step() == gate
        keys.choose("answer", value)
        keys.follow('[name=go][value="continue"]')
    for field in ("what", "recipient", "method"):
        keys.type(f'[name$="-{field}"]', RIGHT_WAY[field])
    keys.choose("told", RIGHT_WAY["told"])
    keys.follow('[name=go][value="continue"]')
    keys.choose("decision", "share")
    keys.follow('[name=go][value="seal"]')
    assert me.heading() == Record.objects.get().reference


def test_the_skip_link_leads_past_the_navigation(
    visitor: Callable[..., Visitor], people: Cast
) -> None:
    me = visitor(people.priya)
    me.open("/")
    keys = Keys(me)
    keys.to(".govuk-skip-link")
    me.page.keyboard.press("Enter")
    keys.to("a, button")
    assert me.page.evaluate("document.activeElement.closest('main') !== null")
