"""A lead adopts an edition, withdraws one that has not begun, and practitioners see it."""

from collections.abc import Callable
from datetime import timedelta

from guidance.adoption.models import Adoption
from infoshare import clock
from infoshare.people.models import User
from tests.browser.axe import Inspector
from tests.browser.test_narrow import fits
from tests.browser.visitor import Visitor
from tests.cast import Cast


def fill_day(me: Visitor, field: str, in_days: int) -> None:
    day = clock.today() + timedelta(days=in_days)
    for part in ("day", "month", "year"):
        me.page.locator(f'[name="{field}_{part}"]').fill(str(getattr(day, part)))


def test_a_lead_adopts_an_edition(
    inspector: Callable[[User], Inspector], visitor: Callable[[User], Visitor], people: Cast
) -> None:
    looker = inspector(people.lena)
    me = looker.visitor
    me.open("/organisation/editions/")
    assert "Not yet adopted by your organisation." in me.text()
    me.press("Adopt an edition")
    fill_day(me, "begins_on", -1)
    looker.spoil("Adopt this edition")
    me.page.get_by_label("Information sharing in England, 2026").check()
    fill_day(me, "begins_on", 0)
    me.page.locator('[name="reviewed_by"]').fill("Solicitor of the council")
    fill_day(me, "reviewed_on", -3)
    me.page.locator('[name="found"]').fill("Fit for use in our teams.")
    me.press("Adopt this edition")
    assert "In use now" in me.text()
    me.press("Adopt an edition")
    me.page.get_by_label("Information sharing in England, 2026").check()
    fill_day(me, "begins_on", 30)
    me.page.set_viewport_size({"width": 320, "height": 640})
    fits(me.page)
    me.press("Adopt this edition")
    fits(me.page)
    assert "To come" in me.text()
    me.press("Withdraw it")
    fits(me.page)
    me.press("Withdraw it")
    assert "Withdrawn before it began" in me.text()
    assert Adoption.objects.count() == 2

    priya = visitor(people.priya)
    priya.open("/decisions/start/")
    assert "by Solicitor of the council on" in priya.text()
