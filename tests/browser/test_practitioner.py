"""Journeys of a practitioner: from the first question to the sealed record and its PDF."""

import json
from collections.abc import Callable

from pypdf import PdfReader

from decisions.records.models import Record
from tests.browser.axe import findings
from tests.browser.conftest import client_of
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import AFTER_START, PLAIN, RIGHT_WAY, begin

Come = Callable[..., Visitor]


def test_a_plain_case_from_sign_in_to_the_pdf(visitor: Come, people: Cast) -> None:
    me = visitor()
    me.sign_in(people.priya)
    assert me.heading() == "My decisions"
    me.press("Start a decision")
    me.start("EH-2044")
    for gate, value in AFTER_START.items():
        me.answer(gate, value)
    me.fill_right_way(RIGHT_WAY)
    assert "EH-2044" in me.text()
    me.choose("share", "decision")
    me.press("Seal this decision")

    record = Record.objects.get()
    assert me.heading() == record.reference
    with me.page.expect_download() as taken:
        me.thing("Download the PDF").click()
    assert taken.value.suggested_filename == f"{record.reference}.pdf"
    document = PdfReader(taken.value.path())
    words = " ".join(page.extract_text() for page in document.pages)
    assert record.reference in words
    assert RIGHT_WAY["recipient"] in words
    (attached,) = document.attachments.values()
    assert json.loads(attached[0]) == json.loads(bytes(record.snapshot.body))
    me.open("/")
    assert record.reference in me.text()


def test_leaving_keeps_what_was_typed_for_another_device(visitor: Come, people: Cast) -> None:
    here = visitor(people.priya)
    here.start("EH-3001")
    here.choose("no")
    here.write("reason", "No law that I know of.")
    here.press("Save and leave")
    assert "Saved. You can carry on from any device." in here.text()
    elsewhere = visitor()
    elsewhere.sign_in(people.priya)
    elsewhere.press("EH-3001")
    # The answer is complete, so the draft goes on at the question after it.
    assert elsewhere.step() == "purpose"
    elsewhere.press("Back")
    assert elsewhere.step() == "duty"
    assert elsewhere.written("reason") == "No law that I know of."
    assert elsewhere.page.locator('[name$="-answer"][value="no"]').is_checked()


def test_an_answer_changed_from_the_check_page(visitor: Come, people: Cast) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.to_decision()
    me = visitor(people.priya)
    me.open(walk.address("decide"))
    me.follow(me.page.locator('a[href*="/confidential/?return=decide"]').first)
    me.answer("confidential", "yes")
    me.answer("consent", "given", "She said yes on the phone.")
    # What was answered before still counts: the way back only needs to be gone.
    for _ in ("lawful-basis", "right-way"):
        if me.step() != "decide":
            me.press(CONTINUE)
    assert me.step() == "decide"
    assert "She said yes on the phone." in me.text()
    me.follow(me.page.locator('a[href*="/confidential/?return=decide"]').first)
    me.answer("confidential", "no")
    assert me.step() == "decide"
    assert "the sealed record will not" in me.text()
    me.choose("share", "decision")
    me.press("Seal this decision")
    assert "She said yes on the phone." not in me.text()


def test_not_sure_waits_and_comes_back(visitor: Come, people: Cast) -> None:
    me = visitor(people.priya)
    me.start("EH-3003")
    me.answer("duty", "no")
    me.answer("purpose", "not-sure")
    assert "/waiting/" in me.page.url
    assert "Do not name the person" in me.text()
    me.press("Leave it for now")
    assert "Waiting for advice since" in me.text()
    me.press("EH-3003")
    me.press("answer the question again")
    me.answer("purpose", "yes", "The housing team can help.")
    assert me.step() == "identifiable"
    me.open("/")
    assert "Waiting for advice" not in me.text()


def test_a_departure_needs_its_reason(visitor: Come, people: Cast) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.to_decision()
    me = visitor(people.priya)
    me.open(walk.address("decide"))
    me.choose("do-not-share", "decision")
    assert me.press_and_stay("Seal this decision") == 200
    problem = me.page.locator(".govuk-error-summary")
    problem.wait_for()
    problem.get_by_role("link").click()
    assert me.focused() == "id_decide-reason"
    assert me.page.locator('[value="do-not-share"]').is_checked()
    assert not Record.objects.exists()
    me.write("reason", "The housing team has this already.")
    me.press("Seal this decision")
    assert Record.objects.get().is_departure
    assert "decided otherwise than suggested: Do not share" in me.text()


def test_a_refusal_is_weighed_and_overridden(visitor: Come, people: Cast) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    before = ("urgent", "setting", "duty", "purpose", "identifiable")
    walk.walk({gate: PLAIN[gate] for gate in before} | {"confidential": "yes"})
    me = visitor(people.priya, bypass_csp=True)
    me.open(walk.address("consent"))
    me.choose("refused")
    me.write("wishes", "He does not want his brother to know.")
    me.press(CONTINUE)
    me.answer("public-interest", "sufficient", "His sister is at risk from the same man.")
    me.answer("lawful-basis", "public-task")
    me.fill_right_way(RIGHT_WAY)
    me.choose("share", "decision")
    me.press("Seal this decision")

    record = Record.objects.get()
    assert (record.outcome, record.rule, record.is_departure) == ("share", "public-interest", False)
    words = me.text()
    assert "He does not want his brother to know." in words
    assert "His sister is at risk from the same man." in words
    # Nobody agreed, so there is no consent that could be withdrawn.
    assert "Consent was withdrawn" not in words
    assert findings(me.page) == []
