"""The page saves itself while somebody types, and says so."""

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from decisions.wizard.models import Draft, Revision
from tests.browser.conftest import client_of, session_of
from tests.browser.site import Site
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import Walk, begin

Come = Callable[..., Visitor]


@pytest.fixture
def walk(people: Cast) -> Walk:
    """Priya's draft, at the question about its purpose."""
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.walk({"urgent": "no", "setting": "other", "duty": "no"})
    return walk


def open_tab(me: Visitor, walk: Walk, every: str = "0.2") -> None:
    """The page of the question, which saves itself after so many seconds."""
    me.open(walk.address("purpose"))
    form = me.page.locator("form[data-autosave]")
    assert form.get_attribute("data-autosave") == "20"
    form.evaluate("(form, every) => { form.dataset.autosave = every }", every)


def line(me: Visitor, words: str) -> None:
    expect(me.page.locator("p.autosave")).to_contain_text(words)


def saves(walk: Walk) -> list[str]:
    found = Revision.objects.filter(draft=walk.draft, step="purpose").order_by("number")
    return [one.content["reason"] for one in found]


def test_words_outlive_the_tab_and_the_own_continue_is_not_stale(
    visitor: Come, people: Cast, walk: Walk
) -> None:
    me = visitor(people.priya)
    open_tab(me, walk)
    assert me.page.locator("p.autosave").inner_text() == ""
    me.page.locator('[name$="-reason"]').press_sequentially("Half a thought")
    line(me, "Saved at")
    expect(me.page.get_by_role("status")).to_have_text("Your words are saved as you type.")
    me.page.close()
    me.page = me.context.new_page()
    open_tab(me, walk)
    assert me.written("reason") == "Half a thought"
    me.choose("yes")
    me.write("reason", "Half a thought, and the rest")
    line(me, "Saved at")
    me.write("reason", "All of it")
    me.press(CONTINUE)
    assert me.step() == "identifiable"
    assert saves(walk)[-1] == "All of it"
    assert Draft.objects.get(pk=walk.draft.pk).answers["purpose"]["answer"] == "yes"


def test_another_tab_is_told_and_sees_both_texts(visitor: Come, people: Cast, walk: Walk) -> None:
    me = visitor(people.priya)
    me.forgive(409)
    open_tab(me, walk)
    first, me.page = me.page, me.context.new_page()
    open_tab(me, walk)
    me.choose("yes")
    me.write("reason", "From the second")
    line(me, "Saved at")
    me.page = first
    me.choose("yes")
    me.write("reason", "From the first")
    line(me, "saved in another tab or on another device")
    assert me.press_and_stay(CONTINUE) == 409
    me.page.get_by_role("heading", name="saved in two places").wait_for()
    for text in ("From the first", "From the second"):
        assert text in me.text()


def test_trouble_is_said_and_ends(visitor: Come, people: Cast, walk: Walk, site: Site) -> None:
    me = visitor(people.priya)
    for status in (401, 403, 422):
        me.forgive(status)
    open_tab(me, walk)
    me.write("reason", "x" * 10_001)
    line(me, "Not saved: “Your reasons”: This text has 10,001 characters")
    Session.objects.all().delete()
    me.write("reason", "Typed after the session ended")
    line(me, "Not saved: you are signed out")
    assert me.written("reason") == "Typed after the session ended"
    me.context.add_cookies([session_of(people.priya, site)])  # they sign in in another tab
    line(me, "Saved at")
    assert saves(walk) == ["Typed after the session ended"]


def test_a_running_save_is_waited_for(visitor: Come, people: Cast, walk: Walk) -> None:
    """A slow autosave and a quick hand: one save after the other, and one revision of the two."""
    me = visitor(people.priya)
    open_tab(me, walk)
    held = []
    me.page.route(
        walk.address("purpose").join(["**", ""]),
        lambda route: held.append(route) if not held else route.continue_(),
    )
    me.choose("yes")
    me.write("reason", "First words")
    me.page.wait_for_function("() => document.querySelector('[name=turn]').value === '1'")
    me.write("reason", "First words and more")
    me.thing(CONTINUE).click()
    me.page.wait_for_timeout(300)
    assert me.page.locator("[name=turn]").input_value() == "1"  # the press waits
    with me.page.expect_navigation():
        held[0].continue_()
    assert me.step() == "identifiable"
    assert saves(walk) == ["First words and more"]


def test_without_javascript_nothing_of_it_is_there(visitor: Come, people: Cast, walk: Walk) -> None:
    me = visitor(people.priya, java_script_enabled=False)
    me.open(walk.address("purpose"))
    assert me.page.locator(".autosave").count() == 0
    assert "last saved" in me.text()
