"""Somebody who holds a record's file checks it, on a small phone."""

from collections.abc import Callable

from tests.browser.axe import Inspector
from tests.browser.test_narrow import WIDTH, fits
from tests.cast import Cast
from tests.infoshare.verifier.conftest import FIXTURES


def test_a_file_is_checked_on_a_small_phone(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    me = inspector(people.ada)
    me.page.set_viewport_size({"width": WIDTH, "height": 640})
    me.visitor.open("/")
    me.visitor.press("Check a record")
    me.spoil("Check this file")
    fits(me.page)
    me.page.locator("[name=reference]").fill("K7RM")
    me.visitor.press("Use this reference")
    assert "not the reference of a record" in me.page.locator(".govuk-error-summary").inner_text()
    me.page.set_input_files("[name=file]", FIXTURES / "proof.json")
    me.visitor.press("Check this file")
    assert "Not proven" in me.page.locator(".notice h2").inner_text()
    assert "at place 1" in me.visitor.text()
    fits(me.page)
