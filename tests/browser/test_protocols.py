"""A lead enters a protocol with its document; a practitioner is offered it and names it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.browser.axe import Inspector
from tests.browser.test_narrow import fits
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.protocols.test_suggestions import share
from tests.decisions.walk import AFTER_START, RIGHT_WAY
from tests.guidance.protocols.entries import PDF, enter

TITLE = "Sharing with Northmoor Homes"


def narrow(me: Visitor) -> None:
    """Look at the page on a small phone, and go on at the size before."""
    before = me.page.viewport_size
    me.page.set_viewport_size({"width": 320, "height": 640})
    fits(me.page)
    me.page.set_viewport_size(before or {"width": 1200, "height": 900})


def test_a_protocol_is_entered_and_offered(
    inspector: Callable[..., Inspector], people: Cast, tmp_path: Path
) -> None:
    lead = inspector(people.lena)
    me = lead.visitor
    me.open("/protocols/")
    me.press("Enter a protocol")
    box = {
        name: me.page.locator(f"#id_{name}") for name in ("title", "parties", "purposes", "kind")
    }
    box["title"].fill(TITLE)
    box["parties"].fill("Northmoor Homes; landlord")
    lead.spoil("Save, then go to the document")
    narrow(me)
    assert box["parties"].input_value() == "Northmoor Homes; landlord"
    box["kind"].select_option("isp")
    box["purposes"].fill("Early help")
    me.page.locator('[name="status"][value="in-force"]').check()
    me.page.locator('[name="about"][value="early-help"]').check()
    for part, number in {"day": "1", "month": "3", "year": "2099"}.items():
        me.page.locator(f"#id_review_on_{part}").fill(number)
    me.press("Save, then go to the document")
    assert me.heading() == "Attach the document"
    chosen = tmp_path / "signed.pdf"
    chosen.write_bytes(b"MZ" + b"\0" * 200)
    me.page.locator("#id_document").set_input_files(chosen)
    me.press("Attach")
    assert "inside it is not a PDF" in me.text()
    narrow(me)
    chosen.write_bytes(PDF)
    me.page.locator("#id_document").set_input_files(chosen)
    me.press("Attach")
    with me.page.expect_download() as taken:
        me.page.get_by_role("link", name="Download the document").click()
    assert taken.value.path().read_bytes() == PDF
    assert taken.value.suggested_filename.startswith("protocol-sharing-with-northmoor-homes-")
    narrow(me)
    me.press("Version 1")
    narrow(me)
    police = {"parties": "Police", "about": ["crime"]}
    enter(people, title="Out of date", **police, review_on=date(2026, 2, 1))
    for _ in range(3):
        share(people, "Head of year, Oaks School")
    for address in ("/protocols/", "/protocols/due/", "/protocols/suggestions/"):
        me.open(address)
        narrow(me)
    me.press("Put aside")
    lead.spoil("Put aside")
    me.open("/protocols/suggestions/")
    me.press("Enter a protocol with Oaks School")
    assert me.page.locator("#id_parties").input_value() == "Oaks School"

    one = inspector(people.priya).visitor
    one.start("CASE-1")
    for gate, value in AFTER_START.items():
        one.answer(gate, value)
    one.page.get_by_text("Agreements that may help (1)").click()
    one.at_each_page(one.page)
    narrow(one)
    one.write("what", RIGHT_WAY["what"])
    one.press("Name it in this draft")
    assert f"“{TITLE}” is named in this draft" in one.text()
    assert one.written("what") == RIGHT_WAY["what"]
    one.fill_right_way(RIGHT_WAY)
    assert TITLE in one.text()
