"""What is wrong with a list, and which of its items go (no database)."""

from datetime import UTC, datetime

import pytest

from decisions.wizard.answers import ITEMS
from decisions.wizard.completeness import missing
from decisions.wizard.items.choice import chosen_in_words, sealed_items
from decisions.wizard.items.listed import MOST, NOT_KNOWN, PARTS, kept, without
from decisions.wizard.items.rules import TOO_MANY, faults
from decisions.wizard.journey import Journey
from guidance.rulebook import catalogue
from infoshare import clock
from tests.decisions.walk import PLAIN, RIGHT_WAY

EDITION = catalogue.shipped()[catalogue.DEFAULT]
TODAY = datetime(2026, 3, 27, 12, 0, tzinfo=UTC)
Given = dict[str, str]


def items(*said: Given) -> Given:
    sent = {
        f"{number}-{part}": one.get(part, "")
        for number, one in enumerate(said, start=1)
        for part in PARTS
    }
    return kept(sent, {})


THREE = items({"what": "one"}, {"what": "two", "reveals": "on"}, {"what": "three"})


def journey(decision: str, chosen: str = "", listed: Given = THREE) -> Journey:
    gates = {gate: {"answer": answer} for gate, answer in PLAIN.items()}
    decide = {"decision": decision, "items": chosen, "reason": "Because."}
    answers = {"about": {"case_reference": "C"}, **gates, "right-way": RIGHT_WAY, ITEMS: listed}
    return Journey(EDITION, {**answers, "decide": decide})


def problem(decision: str, chosen: str = "", listed: Given = THREE) -> str:
    at = journey(decision, chosen, listed)
    return missing(at, "decide", at.answers["decide"]).get("items", "")


def test_sharing_in_part_needs_some_items_and_not_all() -> None:
    assert problem("share-in-part") == "Choose which items you will share"
    assert problem("share-in-part", "1 2 3").startswith("You chose every item.")
    assert problem("share-in-part", "1 3") == ""
    assert problem("share-in-part", listed=items({"what": "one"})).startswith("Only one item")
    assert problem("share-in-part", listed={}) == ""


def test_other_decisions_need_no_choice() -> None:
    assert problem("share") == problem("do-not-share", "99") == ""


def test_an_item_that_is_gone_is_no_choice() -> None:
    left = kept(without(THREE, "2"), THREE)
    assert problem("share-in-part", "1", left) == ""
    assert "not in the list any more" in problem("share-in-part", "1 2", left)
    assert chosen_in_words(journey("share-in-part", "1 2", left), "2 3") == (
        "item 2 and 1 that is not listed any more"
    )


def test_each_item_says_whether_it_is_shared() -> None:
    going = [
        (one["what"], one["shared"], one["reveals"])
        for one in sealed_items(journey("share-in-part", "1 3"))["items"]
    ]
    assert going == [("one", True, False), ("two", False, True), ("three", True, False)]
    assert all(one["shared"] for one in sealed_items(journey("share", "1"))["items"])
    assert sealed_items(journey("do-not-share", "1")) == {"items": [], "not_known": ""}


def test_an_item_is_sealed_in_words() -> None:
    said = {"kind": "opinion", "hand": "hearsay", "whose": "\u200b ", "checked": "no"}
    listed = items({"what": " kept \r\nas it is ", **said, "date": "3/3/2026"})
    listed = {**listed, NOT_KNOWN: "why"}
    sealed = sealed_items(journey("share", listed=listed))
    assert sealed["not_known"] == "why"
    assert sealed["items"] == [
        {
            "number": 1,
            "what": " kept \r\nas it is ",
            "kind": "Opinion",
            "hand": "Told by someone (hearsay)",
            "whose": "",
            "checked": "No, not checked",
            "date": "3 March 2026",
            "reveals": False,
            "shared": True,
        }
    ]


DAYS = [
    ("31 2 2026", "Item 1: enter a real date, for example 27 3 2026"),
    ("31 12 1899", "Item 1: enter a date from 1900 on"),
    ("28 3 2026", "Item 1: enter a date that is today or in the past"),
    ("27 3 2026", ""),
    ("  ", ""),
]


@pytest.mark.parametrize(("day", "says"), DAYS)
def test_a_day_is_real_and_has_come(day: str, says: str) -> None:
    listed = items({"what": "one", "date": day})
    assert EDITION.items
    with clock.set_to(TODAY):
        assert faults(EDITION.items, listed) == ({"1-date": says} if says else {})
        assert problem("share", listed=listed) == (
            f"The list of items is not ready. {says}" if says else ""
        )


def test_an_item_says_something_and_chooses_what_there_is() -> None:
    assert EDITION.items
    found = faults(EDITION.items, items({"what": " ", "kind": "rumour"}))
    assert found == {
        "1-what": "Item 1: write what it says, or remove the item",
        "1-kind": "Item 1: choose one of the answers, or none",
    }


def test_twenty_items_are_the_most() -> None:
    assert EDITION.items
    full = items(*({"what": str(number)} for number in range(MOST)))
    assert faults(EDITION.items, full) == {}
    more = items(*({"what": str(number)} for number in range(MOST + 1)))
    assert faults(EDITION.items, more) == {NOT_KNOWN: TOO_MANY}
