"""A manager finds decisions, keeps a view and takes it away: on a phone too, and by keyboard."""

from collections.abc import Callable

from tests.browser.axe import Inspector
from tests.browser.test_narrow import fits
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.register.many import enter_many


def narrow(me: Visitor) -> None:
    """Look at the page on a small phone, and go on at the size before."""
    me.page.set_viewport_size({"width": 320, "height": 640})
    fits(me.page)
    me.page.set_viewport_size({"width": 1200, "height": 900})


def test_a_manager_narrows_searches_keeps_and_takes(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    place = {"owner": people.priya, "team": people.early_help}
    enter_many(
        {**place, "reason": "Mould in the flat", "recipient": "Oaks School", "case": "C" * 100}
        for _ in range(27)
    )
    enter_many([{**place, "decision": "do-not-share", "reason": "The landlord asked"}])
    me = inspector(people.maya).visitor
    me.open("/register/")
    assert "28 decisions" in me.text()
    narrow(me)
    me.press("Next decisions")
    assert me.page.locator(".card").count() == 3
    me.page.locator("#id_words").fill("mould")
    me.page.locator("#id_words").press("Tab")
    with me.page.expect_navigation():
        me.page.keyboard.press("Enter")
    me.at_each_page(me.page)
    assert "27 decisions" in me.text() and me.page.url.endswith("/register/")
    me.press("Next decisions")
    assert me.page.locator(".card").count() == 2
    me.page.get_by_text("Filter the list").click()
    me.page.locator("#id_decision").select_option("do-not-share")
    narrow(me)
    me.press("Filter")
    assert "No decisions" in me.text() and "mould" not in me.page.url
    me.press("Remove Search: mould")
    assert "1 decision\n" in me.text() and me.page.url.endswith("?decision=do-not-share")
    me.page.get_by_text("Keep this view").click()
    me.page.locator("#id_name").fill("Not shared")
    me.press("Keep the view")
    me.page.get_by_text("Take this view away as a file").click()
    narrow(me)
    me.page.locator('[name="file"][value="xlsx"]').check()
    with me.page.expect_download() as taken:
        me.thing("Download the file").click()
    assert taken.value.suggested_filename.endswith(".xlsx")
    me.open("/register/")
    me.press("Not shared")
    assert "Decision: Do not share" in me.text()
    me.press("Delete this view")
    assert "The view is deleted" in me.text() and "Your views" not in me.text()
    me.page.get_by_text("Filter the list").click()
    me.page.locator("#id_since_day").fill("31")
    me.press("Filter")
    assert "Nothing is listed until this is put right" in me.text()
