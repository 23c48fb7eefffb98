"""Not sure: a brief without names, advice noted, back at the question; and the lead's contacts."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.test_narrow import WIDTH, fits
from tests.browser.visitor import Visitor
from tests.cast import Cast
from tests.decisions.walk import begin

DOUBT = {"urgent": "no", "setting": "safeguarding-adult", "duty": "no", "purpose": "not-sure"}
WORDS = "Jane Featherstone-Okonkwo of LS6 4JN " + "jane.featherstone.okonkwo@northmoor.example " * 3
NOTE = "Note the advice you were given"
KEEP = "Keep this note and return to the question"
SAVE = "Save the brief and check it"


def not_sure(people: Cast) -> str:
    """The address of the page where Priya's draft waits for advice."""
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.walk(DOUBT, {"purpose": WORDS})
    return f"/drafts/{walk.draft.pk}/waiting/"


def fill(me: Visitor, given: dict[str, str]) -> None:
    for name, words in given.items():
        me.page.locator(f'[name="{name}"]').fill(words)


def take_advice(me: Visitor, waiting: str) -> None:
    """Clean the brief, note the advice, and be back at the question."""
    me.open(waiting)
    assert "looks like a name: Jane Featherstone-Okonkwo" in me.text()
    fill(me, {"text": "A neighbour is worried about an adult."})
    me.press(SAVE)
    assert "Nothing here looks like a name" in me.text()
    assert "A neighbour is worried" in me.text()
    me.press(NOTE)
    fill(me, {"role": "Designated safeguarding lead", "advised": "The purpose is protection."})
    for name, value in {"how": "phone", "is_legal": "no", "anonymous": "yes"}.items():
        me.page.locator(f'[name="{name}"][value="{value}"]').check()
    me.press(KEEP)
    assert me.step() == "purpose"
    me.answer("purpose", "yes", "Advised today: to protect an adult at risk.")
    assert me.step() == "identifiable"


@pytest.mark.parametrize("javascript", [True, False])
def test_advice_and_return(visitor: Callable[..., Any], people: Cast, javascript: bool) -> None:
    me = visitor(people.priya, java_script_enabled=javascript)
    take_advice(me, not_sure(people))


def test_on_a_small_phone(visitor: Callable[..., Any], people: Cast) -> None:
    me = visitor(people.priya, viewport={"width": WIDTH, "height": 640})
    me.at_each_page = fits
    take_advice(me, not_sure(people))


def test_axe_finds_nothing(inspector: Callable[..., Inspector], people: Cast) -> None:
    me = inspector(people.priya)
    take_advice(me.visitor, waiting := not_sure(people))
    me.visitor.open(waiting.replace("waiting", "advice/purpose/note"))
    me.page.get_by_label("Year").fill("2999")
    me.spoil(KEEP)


def test_the_paper_says_neither_who_nor_which_case(
    visitor: Callable[..., Any], people: Cast
) -> None:
    me = visitor(people.priya)
    me.open(not_sure(people))
    me.page.emulate_media(media="print")
    paper = me.page.locator("body").inner_text()
    assert "Safeguarding an adult" in paper
    for hidden in ("CASE-1", "Priya", "looks like", "[name?]", "Who you can ask"):
        assert hidden not in paper


def test_the_lead_keeps_the_contacts(inspector: Callable[..., Inspector], people: Cast) -> None:
    lead = inspector(people.lena)
    lead.visitor.open("/organisation/")
    lead.visitor.press("Contacts")
    lead.visitor.press("Add a contact")
    lead.spoil("Save")
    lead.page.get_by_label("Safeguarding lead").check()
    fill(lead.visitor, {"role": "Duty lead", "phone": "Extension 4411"})
    lead.visitor.press("Save")
    lead.visitor.press("Change or remove")
    me = inspector(people.priya)
    me.visitor.open(not_sure(people))
    assert "Extension 4411" in me.visitor.text()
    lead.visitor.press("Remove from the list")
    assert "No contacts yet" in lead.visitor.text()
