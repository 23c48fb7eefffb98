"""Discard a draft, bring it back, hand it over: axe is content, and a small phone will do."""

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page

from decisions.wizard.models import Draft
from infoshare import clock
from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.visitor import CONTINUE
from tests.cast import Cast
from tests.decisions.walk import begin

PHONE, DESK = {"width": WIDTH, "height": 640}, {"width": 1280, "height": 900}


def at_both_widths(inspector: Inspector) -> Inspector:
    """The inspector, who also looks at each page on a small phone."""

    def look(page: Page) -> None:
        inspector.look(page)
        page.set_viewport_size(PHONE)
        fits(page)
        page.set_viewport_size(DESK)

    inspector.visitor.at_each_page = look
    return inspector


def test_a_draft_is_discarded_brought_back_and_handed_over(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    priya = at_both_widths(inspector(people.priya))
    me = priya.visitor
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.walk({"urgent": "no", "setting": "other", "duty": "no"})
    me.open(walk.address("purpose"))
    me.press("Discard this draft")
    me.press("Discard this draft")
    assert me.heading() == "This draft was discarded"
    me.open("/")
    me.page.get_by_text("Closed drafts that you can still bring back").click()
    me.press("CASE-1")
    me.press("Bring it back")
    assert me.step() == "purpose"
    nearly = clock.now() - timedelta(days=25)
    Draft.objects.filter(pk=walk.draft.pk).update(saved_at=nearly, renewed_at=None)
    me.open("/")
    me.open(walk.address("purpose"))
    assert "This draft will close on" in me.text()
    me.choose("yes")
    me.write("reason", "Typed in an open tab")

    maya = at_both_widths(inspector(people.maya))
    manager = maya.visitor
    manager.open("/register/")
    manager.press("See which drafts your teams have open")
    manager.press("Hand it over")
    maya.spoil("Hand it over")
    manager.page.get_by_label("Tom Bailey").check()
    manager.page.get_by_label("Why do you hand it over?").fill("Priya is on leave")
    manager.press("Hand it over")
    assert "The draft is with Tom Bailey now" in manager.text()

    for status in (403, 409):
        me.forgive(status)
    assert me.press_and_stay(CONTINUE) == 409
    me.page.get_by_role("heading", name="This draft is with a colleague now").wait_for()
    me.at_each_page(me.page)
    assert "Typed in an open tab" in me.page.locator("textarea").last.input_value()
    me.open("/")
    assert "Priya is on leave" in me.text()
    tom = at_both_widths(inspector(people.tom)).visitor
    tom.open(walk.address("purpose"))
    assert "Handed over by Maya Okafor" in tom.text()
