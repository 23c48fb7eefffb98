"""Two editions side by side, and what one would make of sealed decisions: both kinds of page."""

from collections.abc import Callable

from guidance.rulebook import catalogue
from tests.browser.axe import Inspector
from tests.browser.test_narrow import fits
from tests.cast import Cast
from tests.decisions.impact.many import seal_many


def test_a_lead_compares_two_editions_and_sees_the_impact(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    seal_many(
        owner=people.priya,
        team=people.early_help,
        edition=catalogue.shipped()["hmg-2008"],
        answers=[{"urgent": "yes"}, {"urgent": "no", "duty": "no", "purpose": "no"}],
    )
    me = inspector(people.lena).visitor
    me.open("/guidance/")
    me.press("hmg-2008 and england-2026 side by side")
    assert me.heading() == "Two editions side by side"
    me.page.set_viewport_size({"width": 320, "height": 640})
    fits(me.page)
    me.open("/guidance/")
    me.press("What another edition would make of your organisation’s decisions")
    me.page.get_by_label("List these decisions").select_option("path")
    me.press("Compare")
    me.page.get_by_text("Do not share. Also asks setting").wait_for()
    fits(me.page)
