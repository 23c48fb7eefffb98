"""A lead writes what the organisation says of its own; a practitioner sees it at the question."""

from collections.abc import Callable

from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.walk import begin

OWN = "Ring the front door first.\nhttps://intranet.northmoor.example/" + "long-address" * 8
SAYS = "Your organisation says, since"


def test_from_the_lead_to_the_question(
    inspector: Callable[..., Inspector], visitor: Callable[..., Visitor], people: Cast
) -> None:
    lead = inspector(people.lena)
    lead.visitor.open("/organisation/")
    lead.visitor.press("Procedures")
    lead.visitor.press("Is there consent to share?")
    lead.spoil("Save this version")
    lead.visitor.press("Only for: Early help")
    lead.page.get_by_label("Your procedure").fill(OWN)
    lead.visitor.press("Save this version")
    assert "Practitioners see it from" in lead.visitor.text()
    lead.visitor.press("Your organisation")
    lead.visitor.press("Retention classes")
    lead.visitor.press("Requests that were refused")
    lead.spoil("Save")
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    path = {"urgent": "no", "setting": "early-help", "duty": "no", "purpose": "yes"}
    walk.walk({**path, "identifiable": "living", "confidential": "yes"})
    me = inspector(people.priya)
    me.visitor.open(walk.address("consent"))
    box = me.page.locator(".own")
    assert box.locator("h2").inner_text().startswith(SAYS)
    assert box.get_by_role("link").get_attribute("href") == OWN.split("\n")[1]
    assert "About this question" in me.page.locator("aside").inner_text()
    phone = visitor(
        people.priya, viewport={"width": WIDTH, "height": 640}, java_script_enabled=False
    )
    phone.at_each_page = fits
    phone.open(walk.address("consent"))
    phone.page.get_by_role("link", name="Your organisation has its own procedure").click()
    assert phone.page.locator(".own").inner_text().startswith(SAYS)
