"""Items listed one by one, and a part of them shared."""

from collections.abc import Callable

from decisions import snapshot
from decisions.records import whereabouts
from decisions.records.models import Record
from tests.browser.axe import Inspector
from tests.browser.conftest import client_of
from tests.browser.visitor import CONTINUE, Visitor
from tests.cast import Cast
from tests.decisions.walk import PLAIN, RIGHT_WAY, Walk, begin

UNFOLD = "document.querySelectorAll('main details').forEach((each) => { each.open = true })"
ITEMS = "List the items one by one"


def at_the_right_way(people: Cast) -> Walk:
    """Priya's draft, about to say what is shared and how."""
    walk = begin(client_of(people.priya), people.priya, people.early_help)
    walk.walk(PLAIN)
    return walk


def item(me: Visitor, number: int, what: str) -> None:
    me.write(f"{number}-what", what)


def test_sharing_in_part_without_javascript(visitor: Callable[..., Visitor], people: Cast) -> None:
    walk = at_the_right_way(people)
    me = visitor(people.priya, java_script_enabled=False)
    me.open(walk.address("right-way"))
    assert "Call back on a number you looked up yourself." in me.text()
    me.write("what", RIGHT_WAY["what"])
    me.press(ITEMS)
    item(me, 1, "The damp in the bedroom")
    me.press("Add another item")
    item(me, 2, "Which street they moved to")
    me.page.locator('[name="items-2-reveals"]').check()
    me.press("Add another item")
    item(me, 3, "That they argue")
    me.press("Remove item 1")
    me.press(CONTINUE)
    me.fill_right_way(RIGHT_WAY)
    me.choose("share-in-part", "decision")
    me.write("reason", "The street is not needed.")
    me.press("Seal this decision")
    assert (
        "Choose which items you will share" in me.page.locator(".govuk-error-summary").inner_text()
    )
    me.page.get_by_label("That they argue").check()
    me.press("Seal this decision")
    body = bytes(Record.objects.get().snapshot.body)
    said = whereabouts.joined(snapshot.read(body))["sharing"]["items"]
    assert [(one["what"], one["shared"]) for one in said] == [
        ("Which street they moved to", False),
        ("That they argue", True),
    ]
    assert "could show where somebody is" in me.text()


def test_axe_finds_nothing_on_the_way(inspector: Callable[..., Inspector], people: Cast) -> None:
    walk = at_the_right_way(people)
    walk.save("right-way", RIGHT_WAY)
    walk.answer("duty", "not-sure")
    walk.answer("duty", "no")
    me = inspector(people.priya)
    me.visitor.open(walk.address("right-way"))
    me.visitor.press(ITEMS)
    item(me.visitor, 1, "The damp in the bedroom")
    me.visitor.press("Add another item")
    assert me.page.locator("#new-item").is_visible()
    me.visitor.write("2-whose", "A neighbour")
    me.visitor.write("2-date", "44")
    me.spoil(CONTINUE)
    item(me.visitor, 2, "The street")
    me.visitor.write("2-date", "3 3 2026")
    me.page.locator('[name="items-2-reveals"]').check()
    me.visitor.press(CONTINUE)
    me.visitor.choose("share-in-part", "decision")
    me.page.evaluate(UNFOLD)
    me.spoil("Seal this decision")
    me.page.get_by_label("The damp in the bedroom").check()
    me.visitor.write("reason", "The street is not needed.")
    me.visitor.press("Seal this decision")
    me.page.evaluate(UNFOLD)
    me.look(me.page)
    me.visitor.press("Take a full copy")
    me.spoil("Download the full copy")
