"""A manager lands on what needs them, deals with it, and reads their messages; also on a phone."""

from collections.abc import Callable

from decisions.review.needs import Before
from decisions.review.rules import set_rules
from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.review.conftest import seal_departure
from tests.decisions.walk import RIGHT_WAY, begin


def test_from_what_needs_them_to_nothing(
    inspector: Callable[..., Inspector], visitor: Callable[..., Visitor], people: Cast
) -> None:
    rules = {"which": (), "before": Before.NONE, "percent": 0, "seen": 0}
    set_rules(organisation_id=people.northmoor.pk, person=people.lena, **rules)
    client = client_of(people.priya)
    urgent = begin(client, people.priya, people.early_help)
    urgent.walk({"urgent": "yes"})
    urgent.save("right-way", RIGHT_WAY)
    urgent.seal()
    record = seal_departure(begin(client, people.priya, people.early_help))
    manager = inspector()
    me = manager.visitor
    me.sign_in(people.maya)
    assert me.heading() == "Needs you"
    assert "1 thing needs you: 1 departure." in me.text()
    me.press(record.reference)
    me.press("I have looked at it")
    assert "Nothing needs you today." in me.text()
    me.press("Messages (1)")
    assert "An urgent decision was sealed" in me.text()
    me.press("Mark all as read")
    assert "New" not in me.text()
    me.press("Choose what you are told")
    me.page.get_by_label("Never").check()
    me.press("Save")
    assert "Saved. This is how you are told from now on." in me.text()
    assert manager.found == []
    phone = visitor(
        people.priya, viewport={"width": WIDTH, "height": 640}, java_script_enabled=False
    )
    phone.at_each_page = fits
    for address in ("/needs-you/", "/messages/", "/messages/settings/"):
        phone.open(address)
