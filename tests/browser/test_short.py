"""How short the way is: pages and fields that a plain case cannot do without."""

from collections.abc import Callable

from decisions.records.models import Record
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import AFTER_START, RIGHT_WAY

MOST_PAGES, MOST_FIELDS = 8, 12


def needed(me: Visitor, send: str) -> int:
    """Send the page as it is; how many fields it refuses to go on without."""
    if me.press_and_stay(send) != 200 or "/records/" in me.page.url:
        return 0
    me.page.locator(".govuk-error-summary").wait_for()
    return me.page.locator(".govuk-error-summary__list a").count()


def test_a_plain_case_takes_eight_pages_and_twelve_fields(
    visitor: Callable[..., Visitor], people: Cast
) -> None:
    me = visitor(people.priya)
    me.open("/decisions/start/")
    pages, fields = 1, needed(me, CONTINUE)
    me.start("EH-7001")
    for gate, value in AFTER_START.items():
        pages, fields = pages + 1, fields + needed(me, CONTINUE)
        me.answer(gate, value)
    pages, fields = pages + 1, fields + needed(me, CONTINUE)
    for field in ("what", "recipient"):
        me.write(field, RIGHT_WAY[field])
    me.page.locator('[name$="-method"]').select_option("phone")
    me.press(CONTINUE)
    pages, fields = pages + 1, fields + needed(me, "Seal this decision")
    me.choose("share", "decision")
    me.press("Seal this decision")
    assert Record.objects.get().decision == "share"
    assert (pages, fields) == (MOST_PAGES, MOST_FIELDS)
