"""Manager and practitioner together: a question, its answer, the agreement."""

from collections.abc import Callable

from playwright.sync_api import Page

from decisions.records.models import Record
from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.review.conftest import seal_departure
from tests.decisions.walk import begin

KEEP = "Keep my review"
QUESTION = "What would have to change before you share it?"


def test_a_question_an_answer_and_an_agreement(
    inspector: Callable[..., Inspector], visitor: Callable[..., Visitor], people: Cast
) -> None:
    record = seal_departure(begin(client_of(people.priya), people.priya, people.early_help))
    manager = inspector(people.maya)

    def look(page: Page) -> None:
        page.set_viewport_size({"width": WIDTH, "height": 640})
        fits(page)
        manager.look(page)

    me = manager.visitor
    me.at_each_page = look
    me.open("/reviews/")
    me.press(record.reference)
    manager.spoil(KEEP)
    me.page.locator('[name="result"][value="asked"]').check()
    me.page.locator('[name="question"]').select_option("purpose")
    me.page.locator('[name="words"]').fill(QUESTION)
    me.press(KEEP)
    assert "Your question is with the practitioner" in me.text()

    # The practitioner has a small phone and no JavaScript.
    phone = {"viewport": {"width": WIDTH, "height": 640}, "java_script_enabled": False}
    priya = visitor(people.priya, **phone)
    priya.at_each_page = fits
    priya.open("/")
    priya.follow(priya.page.locator("main .notice").get_by_role("link", name=record.reference))
    assert QUESTION in priya.text()
    priya.press("Add my answer to the record")
    assert "Write your answer" in priya.text()
    priya.page.locator('[name="words"]').fill("When she has moved, next week.")
    priya.press("Add my answer to the record")
    assert "Your answer is added to the record" in priya.text()

    me.open(f"/records/{record.pk}/review/")
    assert "When she has moved, next week." in me.text()
    me.page.locator('[name="result"][value="agreed"]').check()
    me.press(KEEP)
    priya.open(f"/records/{record.pk}/")
    assert "Your organisation supports this decision." in priya.text()
    me.open(f"/records/{record.pk}/review/")
    assert "nothing more to review" in me.text()
    me.open("/team/cover/")
    manager.spoil("Name this person")
    lead = inspector(people.lena)
    lead.visitor.open("/organisation/reviews/")
    lead.page.locator('[name$="-percent"]').fill("many")
    lead.spoil("Save")
    assert Record.objects.count() == 1
