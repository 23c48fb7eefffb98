"""Details of an answer in a browser: out of the way until they fit, and never lost."""

from collections.abc import Callable

import pytest

from tests.browser.conftest import client_of
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import Walk, begin

Come = Callable[..., Visitor]
TO_CONSENT = {
    "urgent": "no",
    "setting": "early-help",
    "duty": "no",
    "purpose": "yes",
    "identifiable": "living",
    "confidential": "yes",
}


@pytest.fixture
def walk(people: Cast) -> Walk:
    """Priya's draft at the question about consent."""
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.walk(TO_CONSENT)
    return walk


def seen(me: Visitor, detail: str) -> bool:
    return me.page.locator(f'[name$="-{detail}"]').first.is_visible()


def test_details_come_and_go_with_the_answer(visitor: Come, people: Cast, walk: Walk) -> None:
    me = visitor(people.priya)
    me.open(walk.address("consent"))
    assert not any(seen(me, one) for one in ("whose", "scope", "ground", "authority"))
    assert "Fill in what helps" not in me.text()
    me.choose("given")
    assert (seen(me, "whose"), seen(me, "scope"), seen(me, "ground")) == (True, True, False)
    assert "If you answered" not in me.text()
    assert "Fill in what helps" in me.text()
    me.write("scope", "The speech report")
    me.choose("refused")
    assert (seen(me, "whose"), seen(me, "scope"), seen(me, "coercion")) == (True, False, True)
    me.press(CONTINUE)
    # Hidden is not switched off: what was typed was sent, and is kept.
    assert walk.held()["consent"]["scope"] == "The speech report"
    me.page.go_back()
    me.page.wait_for_function("document.querySelector('[name$=-coercion]').checkVisibility()")
    assert (seen(me, "coercion"), seen(me, "scope")) == (True, False)
    me.choose("given")
    assert me.written("scope") == "The speech report"


def test_what_an_answer_needs_is_led_to(visitor: Come, people: Cast, walk: Walk) -> None:
    me = visitor(people.priya)
    me.open(walk.address("consent"))
    me.choose("not-appropriate")
    assert me.press_and_stay(CONTINUE) == 200
    problem = me.page.locator(".govuk-error-summary")
    problem.wait_for()
    problem.get_by_role("link").first.click()
    assert me.focused() == "id_consent-ground"
    # Another answer does not take away what the summary leads to.
    me.choose("given")
    assert seen(me, "ground")
    assert seen(me, "scope")
    me.choose("not-appropriate")
    me.choose("crime", "ground")
    me.write("ground-why", "He would hear of it.")
    me.press(CONTINUE)
    assert me.step() == "public-interest"


def test_boxes_stand_side_by_side_where_there_is_room(
    visitor: Come, people: Cast, walk: Walk
) -> None:
    walk.answer("consent", "refused")
    for width, beside in ((1200, True), (320, False)):
        me = visitor(people.priya, viewport={"width": width, "height": 900})
        me.open(walk.address("public-interest"))
        first, second = (
            me.page.locator(f'[name$="-{box}"]').bounding_box()
            for box in ("good", "harm-if-shared")
        )
        assert first
        assert second
        assert (first["y"] == second["y"]) is beside
        assert me.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_javascript_every_detail_is_there(visitor: Come, people: Cast, walk: Walk) -> None:
    me = visitor(people.priya, java_script_enabled=False)
    me.open(walk.address("consent"))
    assert all(seen(me, one) for one in ("whose", "scope", "ground", "coercion", "authority"))
    assert "If you answered “They lack capacity to decide”:" in me.text()
    me.choose("given")
    me.write("scope", "All of it")
    me.press(CONTINUE)
    assert walk.held()["consent"]["scope"] == "All of it"
