"""What happens after a decision, as the practitioner meets it: any screen, with and without
JavaScript, and nothing that axe complains about."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from decisions.records.models import Record
from infoshare import clock
from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.test_narrow import fits
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, begin

ADD = "Add to the record"


@pytest.fixture
def record(people: Cast) -> Iterator[Record]:
    """Priya's record, nine days old, that rests on consent."""
    with clock.set_to(clock.now() - timedelta(days=9)):
        walk = begin(client_of(people.priya), people.priya, people.early_help)
        walk.walk({**PLAIN, "confidential": "yes", "consent": "given", "lawful-basis": "consent"})
        walk.post("right-way", RIGHT_WAY)
        walk.seal()
    yield Record.objects.get()


def write_date(me: Visitor, name: str, day: date) -> None:
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        me.page.locator(f'[name="{name}_{part}"]').fill(str(value))


def withdraw(me: Visitor, record: Record) -> None:
    """Shared, then consent withdrawn, then the recipient told."""
    me.open(f"/records/{record.pk}/")
    me.press("I have shared it")
    write_date(me, "on", record.sealed_at.date())
    me.page.locator('[name="receipt"][value="not-yet"]').check()
    me.press(ADD)
    me.press("Consent was withdrawn")
    write_date(me, "on", record.sealed_at.date() + timedelta(days=3))
    me.page.locator('[name="words"]').fill("I have changed my mind")
    assert me.page.locator('[name="tell"]').input_value() == RIGHT_WAY["recipient"]
    me.press(ADD)
    assert "Do not share any more." in me.text()
    me.press("They have been told")
    assert me.page.locator('[name="recipient"]').is_checked()
    write_date(me, "on", record.sealed_at.date() + timedelta(days=4))
    me.press(ADD)
    assert "told on" in me.text()


def answer(me: Visitor, record: Record) -> str:
    """The words of a letter to the requester, as they stand in its PDF."""
    me.open(f"/records/{record.pk}/")
    me.press("Write an answer to the requester")
    me.page.locator('[name="style"][value="reasons"]').check()
    me.page.locator('[name="reasons"][value="general-need"]').check()
    me.page.locator('[name="to"]').fill("The housing office")
    me.thing("Read the letter before you keep it").click()
    letter = me.page.locator('[name="text"]')
    letter.wait_for()
    me.page.wait_for_load_state()
    me.at_each_page(me.page)
    letter.fill(letter.input_value() + "\n\nThank you for asking.")
    me.press("Keep this letter")
    with me.page.expect_download() as taken:
        me.thing("Download this letter as a PDF").click()
    return " ".join(PdfReader(taken.value.path()).pages[0].extract_text().split())


def test_without_javascript_on_a_small_phone(
    visitor: Callable[..., Visitor], people: Cast, record: Record
) -> None:
    me = visitor(people.priya, java_script_enabled=False, viewport={"width": 320, "height": 640})
    me.at_each_page = fits
    withdraw(me, record)
    paper = answer(me, record)
    assert "We do not yet see why" in paper
    assert "Thank you for asking." in paper
    assert "lawful basis" not in paper
    me.open(f"/records/{record.pk}/")
    me.press("Decide again")
    me.page.locator('[name="news"]').fill("She agrees after all")
    me.press("Begin the new decision")
    assert me.page.url.endswith("/urgent/")


def test_axe_finds_nothing(
    inspector: Callable[..., Inspector], people: Cast, record: Record
) -> None:
    me = inspector(people.priya).visitor
    withdraw(me, record)
    answer(me, record)
    me.open(f"/records/{record.pk}/add/correction/")
    assert me.press_and_stay(ADD) == 200
    me.page.locator(".govuk-error-summary").wait_for()
    me.at_each_page(me.page)
    me.open(f"/records/{record.pk}/add/misdirected/")
    me.open(f"/records/{record.pk}/add/consent-withdrawn/")
