"""Hide the screen, and be warned before a sign-out: nothing shown, nothing lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import client_of, session_of
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import Walk, begin

Come = Callable[..., Visitor]
WORDS = "The health visitor rang about the stairs."
READABLE = "[document.title, document.body.innerText].join(' ')"


@pytest.fixture
def walk(people: Cast) -> Walk:
    """Priya's draft, at its first question."""
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.about("CASE-ON-SCREEN")
    return walk


def ends_in(seconds: float) -> None:
    """Let every session end this much later from now."""
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=seconds))


def seconds_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


def covered(page: Page) -> bool:
    """Whether the cover is all that can be read, and holds the focus."""
    read = page.evaluate(READABLE)
    heard = page.locator("body").aria_snapshot()
    assert not any(word in read + heard for word in ("CASE-ON", "serious harm", "Priya", "draft"))
    return "Screen hidden" in page.title() and "Show again" in heard


def test_hiding_the_screen(visitor: Come, people: Cast, walk: Walk) -> None:
    me = visitor(people.priya, viewport={"width": WIDTH, "height": 640}, bypass_csp=True)
    page = me.page
    me.open(walk.address("urgent"))
    fits(page)
    title = page.title()
    me.write("reason", WORDS)
    box = page.locator('[name$="-reason"]')
    box.evaluate("one => one.setSelectionRange(4, 10)")
    page.evaluate("scrollTo(0, 15)")
    # With the mouse: what had the focus has it again.
    page.get_by_role("button", name="Hide screen").click()
    assert covered(page)
    fits(page)
    assert not findings(page)
    for _ in range(4):
        page.keyboard.press("Escape")
    assert covered(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Show again").click()
    assert (me.written("reason"), page.title(), page.evaluate("scrollY")) == (WORDS, title, 15)
    expect(box).to_be_focused()
    assert box.evaluate("one => [one.selectionStart, one.selectionEnd]") == [4, 10]
    # With the keyboard.
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.title() == title
    page.keyboard.press("Escape")
    assert covered(page)
    # Nothing comes to light by loading the page again, by going on or by going back.
    page.reload()
    assert covered(page)
    page.goto(me.site.address + "/help/")
    assert covered(page)
    page.go_back()
    assert covered(page)
    page.get_by_role("button", name="Show again").click()
    assert page.title() == title
    page.reload()
    assert me.step() == "urgent"
    assert "CASE-ON-SCREEN" in me.text()


def test_the_warning_before_a_sign_out(visitor: Come, people: Cast, walk: Walk) -> None:
    me = visitor(people.priya, viewport={"width": WIDTH, "height": 640}, bypass_csp=True)
    page = me.page
    page.clock.install()
    Session.objects.exclude(pk=me.context.cookies()[0]["value"]).delete()
    me.open(walk.address("urgent"))
    me.write("reason", WORDS)
    with page.expect_response(lambda reply: reply.request.method == "POST"):
        page.clock.fast_forward("00:30")  # the page saves itself: typing counts as use
    warning = page.get_by_role("dialog", name="You will be signed out soon")
    # Another tab was used meanwhile: the server says so, and nothing is shown.
    ends_in(1000)
    with page.expect_response("**/session/"):
        page.clock.fast_forward("28:00")
    expect(warning).to_be_hidden()
    assert seconds_left() <= 1000
    # It is time.
    ends_in(100)
    page.clock.fast_forward("16:00")
    expect(warning).to_be_visible()
    assert warning.get_by_text("2 minutes").is_visible()
    assert not findings(page)
    fits(page)
    stay = page.get_by_role("button", name="Stay signed in")
    expect(stay).to_be_focused()
    for _ in range(3):  # what is behind cannot be reached
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, header, footer') === null")
    page.keyboard.press("Escape")
    expect(warning).to_be_hidden()
    expect(page.locator('[name$="-reason"]')).to_be_focused()
    assert seconds_left() > 1700
    # Another tab extends while the warning is open.
    ends_in(110)
    page.clock.fast_forward("29:00")
    expect(warning).to_be_visible()
    ends_in(1500)
    page.clock.fast_forward("00:11")
    expect(warning).to_be_hidden()
    # The laptop slept too long.
    ends_in(-1)
    page.clock.fast_forward("05:00:00")
    ended = page.get_by_role("dialog", name="You have been signed out")
    expect(ended).to_be_visible()
    assert not findings(page)
    # They signed in again in another tab, and come back; then it ends once more.
    me.context.add_cookies([session_of(people.priya, me.site)])
    page.clock.fast_forward("00:11")
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(ended).to_be_hidden()
    ends_in(-1)
    page.clock.fast_forward("29:00")
    expect(ended).to_be_visible()
    ended.get_by_role("button", name="Close this message").click()
    assert me.written("reason") == WORDS
    me.choose("no")
    me.forgive(401)
    assert me.press_and_stay(CONTINUE) == 401
    assert me.written("reason") == WORDS
