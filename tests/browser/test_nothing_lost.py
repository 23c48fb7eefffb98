"""Whatever gets in the way of a save, the words typed are still there to be sent again."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from playwright.sync_api import Browser

from decisions.wizard.models import Draft
from tests.browser.conftest import client_of, session_of
from tests.browser.site import Site
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import PASSWORD, Cast
from tests.decisions.walk import Walk, begin

Come = Callable[..., Visitor]
WORDS = "The health visitor rang.\n\nShe is worried about the stairs."


@pytest.fixture
def walk(people: Cast) -> Walk:
    """Priya's draft, at its first question."""
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.about()
    return walk


def reason(walk: Walk) -> str:
    """The reason for the first question, as it is held, with plain line breaks."""
    held = Draft.objects.get(pk=walk.draft.pk).answers.get("urgent", {})
    return held.get("reason", "").replace("\r\n", "\n")


def type_words(me: Visitor, walk: Walk, words: str = WORDS) -> None:
    me.open(walk.address("urgent"))
    me.choose("no")
    me.write("reason", words)


@pytest.mark.parametrize("scripted", [True, False])
def test_two_tabs_on_one_question_show_both_texts(
    visitor: Come, people: Cast, walk: Walk, scripted: bool
) -> None:
    me = visitor(people.priya, java_script_enabled=scripted)
    me.forgive(409)
    type_words(me, walk, "Typed first")
    first, me.page = me.page, me.context.new_page()
    type_words(me, walk, "Typed second")
    me.press(CONTINUE)
    me.page = first
    assert me.press_and_stay(CONTINUE) == 409
    me.page.get_by_role("heading", name="saved in two places").wait_for()
    assert "Typed first" in me.text()
    assert "Typed second" in me.text()
    assert reason(walk) == "Typed second"
    me.press("Use both texts")
    assert me.step() == "setting"
    assert reason(walk) == "Typed second\n\nTyped first"


def sign_in_in_another_tab(me: Visitor, person: str) -> None:
    """Follow the page's own link to the sign-in, sign in there, close that tab."""
    with me.context.expect_page() as opened:
        me.thing("Sign in").click()
    tab = opened.value
    tab.wait_for_load_state()
    tab.get_by_label("Email").fill(person)
    tab.get_by_label("Password").fill(PASSWORD)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Sign in").click()
    tab.close()
    me.page.bring_to_front()


def let_pass(me: Visitor) -> None:
    """A second press within a second counts as a double click, by the page's own clock.

    That clock runs slower while another tab is in front, so only the page itself can tell.
    """
    me.page.evaluate("() => new Promise((done) => setTimeout(done, 1100))")


def test_a_session_that_ended_leaves_the_page_as_it_is(
    visitor: Come, people: Cast, walk: Walk
) -> None:
    me = visitor(people.priya)
    type_words(me, walk)
    Session.objects.all().delete()
    me.forgive(401)
    assert me.press_and_stay(CONTINUE) == 401
    me.page.get_by_role("alert").wait_for()
    assert me.written("reason") == WORDS
    sign_in_in_another_tab(me, people.priya.email)
    let_pass(me)
    me.forgive(403)  # the old page's token; the script takes the new one and tries again
    me.press(CONTINUE)
    assert me.step() == "setting"
    assert reason(walk) == WORDS


def test_a_session_that_ended_hands_the_words_back(visitor: Come, people: Cast, walk: Walk) -> None:
    me = visitor(people.priya, java_script_enabled=False)
    type_words(me, walk)
    Session.objects.all().delete()
    for status in (401, 403):
        me.forgive(status)
    me.press(CONTINUE)
    assert me.heading() == "Sign in again: your words are here"
    assert me.written("reason") == WORDS
    sign_in_in_another_tab(me, people.priya.email)
    me.press("Send")
    assert me.heading() == "This page had been open too long"
    assert me.written("reason") == WORDS
    me.press("Send")
    assert me.step() == "setting"
    assert reason(walk) == WORDS


@pytest.fixture
def own_site(server: Site, site: Site) -> Iterator[Site]:
    """A second server of the same database, for a test that stops it."""
    own = Site(server.data)
    own.start(connection.database_url())
    yield own
    own.stop()


def test_a_server_that_is_gone_leaves_the_page_as_it_is(
    chromium: Browser, people: Cast, walk: Walk, own_site: Site
) -> None:
    me = Visitor(chromium, own_site)
    me.context.add_cookies([session_of(people.priya, own_site)])
    type_words(me, walk)
    address = me.page.url
    own_site.stop()
    me.thing(CONTINUE).click()
    trouble = me.page.get_by_role("alert")
    trouble.wait_for()
    assert "could not be reached" in trouble.inner_text()
    assert me.page.url == address
    assert me.written("reason") == WORDS
    assert me.page.locator('[name$="-answer"][value="no"]').is_checked()
    own_site.start(connection.database_url())
    let_pass(me)
    me.press(CONTINUE)
    assert me.step() == "setting"
    assert reason(walk) == WORDS
    me.context.close()
