"""Urgent, from the middle of another question: nothing lost, sealed, followed up to its seal."""

from collections.abc import Callable

from playwright.sync_api import Page

from decisions.records.models import Record
from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.test_short import needed
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, begin
from tests.decisions.wizard.urgent.acting import ACTED

AT_RISK = "Is someone at risk of serious harm now?"
SEAL = "Seal this record now"
HALF = "He stopped answering his phone while I was wri"
LONG = "Tabletsandalcohol" * 12


def on(me: Visitor, step: str, people: Cast) -> None:
    """Open a question of a draft that has come so far."""
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    gates = {gate: answer for gate, answer in PLAIN.items() if gate in ("urgent", "setting")}
    walk.walk(gates)
    me.open(walk.address(step))


def fill(me: Visitor, given: dict[str, str]) -> None:
    for name, words in given.items():
        if name != "case_reference":
            me.write(name, words)


def test_from_the_middle_of_a_question_to_the_follow_ups_seal(
    visitor: Callable[..., Visitor], people: Cast
) -> None:
    me = visitor(people.priya)
    on(me, "duty", people)
    me.write("reason", HALF)
    me.press(AT_RISK)
    assert me.heading() == "Act first. Write it down afterwards"
    fill(me, ACTED)
    me.press(SEAL)
    record = Record.objects.get()
    assert (record.rule, me.heading()) == ("urgent", record.reference)
    assert ACTED["what"] in me.text()

    me.press("Answer the seven questions now")
    assert me.step() == "duty"
    assert me.written("reason") == HALF
    assert f"Already acted on in {record.reference}" in (
        me.page.locator(".progress").text_content() or ""
    )
    for gate in ("duty", "purpose", "identifiable", "confidential", "lawful-basis"):
        me.answer(gate, PLAIN[gate])
    me.fill_right_way(RIGHT_WAY)
    me.choose("share", "decision")
    me.press("Seal this decision")
    assert f"Acted on first in record {record.reference}" in me.text()
    me.press(f"record {record.reference}")
    assert "The seven questions were answered afterwards" in me.text()


def test_acting_first_from_the_start_takes_three_pages_and_six_fields(
    visitor: Callable[..., Visitor], people: Cast
) -> None:
    pages: list[str] = []
    me = visitor(people.priya)
    me.at_each_page = lambda page: pages.append(page.url)
    me.open("/decisions/start/")
    me.choose("yes")
    fields = 1 + needed(me, CONTINUE)
    me.write("case_reference", ACTED["case_reference"])
    me.press(CONTINUE)
    fields += needed(me, SEAL)
    fill(me, ACTED)
    me.press(SEAL)
    assert me.heading() == Record.objects.get().reference
    assert (len(pages), fields) == (3, 6), pages


def test_without_javascript_on_a_small_phone(visitor: Callable[..., Visitor], people: Cast) -> None:
    me = visitor(people.priya, java_script_enabled=False, viewport={"width": WIDTH, "height": 640})
    on(me, "duty", people)
    me.write("reason", HALF)
    me.press(AT_RISK)
    fill(me, {**ACTED, "why": ""})
    me.press(SEAL)
    assert "Say why it could not wait" in me.text()
    assert me.written("what") == ACTED["what"]
    me.write("why", ACTED["why"])
    me.press(SEAL)
    me.press("Answer the seven questions now")
    assert me.written("reason") == HALF


def test_axe_finds_nothing_and_it_fits_a_small_phone(
    inspector: Callable[..., Inspector], people: Cast
) -> None:
    me = inspector(people.priya)
    visitor = me.visitor

    def look(page: Page) -> None:
        page.set_viewport_size({"width": WIDTH, "height": 640})
        fits(page)
        me.look(page)

    visitor.at_each_page = look
    on(visitor, "duty", people)
    visitor.press(AT_RISK)
    me.spoil(SEAL)
    fill(visitor, {**ACTED, "what": LONG, "recipient": LONG})
    visitor.press(SEAL)
    visitor.open("/")
    visitor.press("CASE-1")
    visitor.press("Answer the seven questions now")
    visitor.press(AT_RISK)
    visitor.press("Start a new urgent record")
    lead = inspector(people.lena)
    lead.visitor.open("/organisation/")
    lead.visitor.press("Settings")
    lead.page.get_by_label("Working days to answer").fill("many")
    lead.spoil("Save")
