"""Everything works with JavaScript switched off."""

from collections.abc import Callable

from pypdf import PdfReader

from decisions.records.models import Record
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import AFTER_START, RIGHT_WAY


def test_a_whole_case_without_javascript(visitor: Callable[..., Visitor], people: Cast) -> None:
    me = visitor(java_script_enabled=False)
    me.sign_in(people.priya)
    me.press("Start a decision")
    me.press(CONTINUE)
    assert "Enter the case reference" in me.page.locator(".govuk-error-summary").inner_text()
    me.start("EH-4001")
    for gate, value in AFTER_START.items():
        me.answer(gate, value, reason=f"Why {gate}")
    me.write("what", RIGHT_WAY["what"])
    me.press("Back")
    assert me.step() == "lawful-basis"
    me.press(CONTINUE)
    assert me.written("what") == RIGHT_WAY["what"]
    me.fill_right_way(RIGHT_WAY)
    me.choose("share", "decision")
    me.press("Seal this decision")
    record = Record.objects.get()
    assert me.heading() == record.reference
    assert "Why purpose" in me.text()
    with me.page.expect_download() as taken:
        me.thing("Download the PDF").click()
    assert record.reference in PdfReader(taken.value.path()).pages[0].extract_text()
    me.press("Sign out")
    me.open(f"/records/{record.pk}/")
    assert me.heading() == "Sign in"
