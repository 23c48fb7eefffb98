"""Ways into a decision: about several people, from a case system, from an earlier record."""

from collections.abc import Callable
from typing import Any

from decisions.records.models import Record
from decisions.wizard.case_system.writers import make_key, take_case
from decisions.wizard.models import Draft
from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.doubts.conftest import DOUBTFUL
from tests.decisions.walk import AFTER_START, RIGHT_WAY, Walk, begin

MORE = "Say more about the case, if it helps"
LONG = "NM-EARLY-HELP-AND-PREVENTION/2026/11/000000000000000000000000000002"
CASE = {"case_reference": "CASE-8", "who": "child", "information": "Attendance this term"}


def seal(draft: Draft, gates: dict[str, str]) -> None:
    walk = Walk(client_of(draft.owner), draft)
    for gate, answer in gates.items():
        walk.save(gate, walk.given(gate, answer, "Why"))
    walk.save("right-way", RIGHT_WAY)
    walk.seal(reason="Agreed")


def test_several_people_on_a_small_phone_without_javascript(
    visitor: Callable[..., Any], people: Cast
) -> None:
    me: Visitor = visitor(
        people.priya, viewport={"width": WIDTH, "height": 640}, java_script_enabled=False
    )
    me.open("/decisions/start/")
    me.write("case_reference", "CASE-1")
    me.choose("no", "answer")
    me.page.locator('[name="setting-answer"][value="early-help"]').check()
    me.page.get_by_text(MORE).click()
    me.page.locator("#id_others").fill(f"CASE-1\n{LONG}")
    me.press(CONTINUE)
    assert "is the case reference above" in me.page.locator(".govuk-error-summary").inner_text()
    fits(me.page)
    me.page.locator("#id_others").fill(f"{LONG}\nCASE-3")
    me.press(CONTINUE)
    assert me.step() == "duty"
    assert "One of 3 decisions on this matter" in me.text()
    fits(me.page)
    seal(Draft.objects.get(answers__about__case_reference="CASE-1"), AFTER_START)
    me.open(f"/records/{Record.objects.get().pk}/")
    fits(me.page)
    me.press(f"decide about {LONG}")
    assert LONG in me.text()


def test_a_case_system_and_an_earlier_record_fill_the_page_in(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    me = inspector(people.priya).visitor
    key = make_key(organisation=people.northmoor, name="CareBase")
    token, _ = take_case(key=key, nonce="one", context=CASE)
    me.open(f"/decisions/start/from/{token}/")
    assert "CareBase, filled in the case" in me.text()
    assert me.written("information") == CASE["information"]
    me.choose("no")
    me.page.locator('[name="setting-answer"][value="early-help"]').check()
    me.press(CONTINUE)
    me.forgive(410)
    me.open(f"/decisions/start/from/{token}/")
    assert me.heading() == "This link does not work any more"
    seal(Draft.objects.get(), AFTER_START)
    me.open("/")
    me.press("Start a new decision with this case filled in")
    assert me.written("case_reference") == "CASE-8"
    assert "No answers, reasons or consent" in me.text()


def test_a_lead_settles_a_doubt(inspector: Callable[..., Inspector], people: Cast) -> None:
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.walk(DOUBTFUL, dict.fromkeys(DOUBTFUL, "Why"))
    seal(walk.draft, {})
    lead = inspector(people.lena)
    lead.visitor.open("/")
    lead.visitor.press("Doubts to settle (2)")
    lead.visitor.follow(lead.page.locator("main .card a").first)
    lead.spoil("Settle this question")
    lead.page.get_by_label("Your answer").fill("Yes. Section 47 of the Children Act 1989.")
    lead.visitor.press("Settle this question")
    assert "The question is settled" in lead.visitor.text()
    me = inspector(people.priya)
    me.visitor.open(f"/records/{Record.objects.get().pk}/")
    assert "Section 47" in me.visitor.text()
