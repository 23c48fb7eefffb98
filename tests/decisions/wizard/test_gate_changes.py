"""Answers that were changed on the way are part of the record, so that nothing looks hidden."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from decisions import snapshot
from decisions.records.models import Record
from decisions.wizard.gate_changes import SHOWN, Save, changed_entries, changes
from guidance.rulebook import catalogue
from tests.decisions.walk import PLAIN, Walk

EDITION = catalogue.shipped()[catalogue.DEFAULT]
START = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)


def found(*saves: tuple[Any, ...]) -> list[tuple[str, str, str]]:
    timed = [
        Save(step, answer, START + timedelta(minutes=turn), *more)
        for turn, (step, answer, *more) in enumerate(saves)
    ]
    return [(one.question, one.before, one.after) for one in changes(EDITION, timed)]


def test_a_change_is_from_one_option_to_another() -> None:
    assert found(("duty", "no"), ("purpose", "yes"), ("duty", "no")) == []
    assert found(("duty", "no"), ("duty", ""), ("duty", "perhaps"), ("duty", "no")) == []
    assert found(("duty", "no"), ("duty", ""), ("duty", "barred")) == [("duty", "no", "barred")]


def test_every_flip_is_told_in_order_of_time() -> None:
    flips = [("duty", "no"), ("purpose", "yes"), ("duty", "not-sure"), ("purpose", "no")]
    assert found(*flips, ("duty", "no")) == [
        ("duty", "no", "not-sure"),
        ("purpose", "yes", "no"),
        ("duty", "not-sure", "no"),
    ]


def test_what_a_page_saved_by_itself_counts_only_if_it_was_left_so() -> None:
    here, there = uuid.uuid4(), uuid.uuid4()
    by_itself = ("duty", "barred", here, True)
    assert found(("duty", "no"), by_itself, ("duty", "no", here, False)) == []
    assert found(("duty", "no"), by_itself) == [("duty", "no", "barred")]
    assert found(("duty", "no"), by_itself, ("duty", "no", there, False)) == [
        ("duty", "no", "barred"),
        ("duty", "barred", "no"),
    ]


def test_what_is_no_gate_is_no_change() -> None:
    assert found(("about", "x"), ("about", "y"), ("nothing", "yes"), ("nothing", "no")) == []


def test_a_record_from_before_says_none() -> None:
    assert changed_entries({"context": {}}) == []


def sealed() -> Any:
    return snapshot.read(bytes(Record.objects.get().snapshot.body))


def test_the_record_tells_of_changes_also_off_the_path(walk: Walk) -> None:
    walk.walk({**PLAIN, "confidential": "yes", "consent": "refused"})
    walk.answer("consent", "given")
    walk.answer("confidential", "no")
    walk.save("right-way", {"what": "w", "recipient": "r", "method": "m", "told": "yes-now"})
    page = walk.open("decide").content.decode()
    assert "Answers changed on the way: 2" in page
    assert "From “No, it was refused” to “" in page
    page = walk.client.get(walk.seal()["Location"]).content.decode()
    assert "Answers changed on the way: 2" in page
    said = [(one["question"], one["from"], one["to"]) for one in sealed()["changes"]["entries"]]
    assert said == [("consent", "refused", "given"), ("confidential", "yes", "no")]
    assert "question:consent" not in sealed()


def test_a_save_that_came_too_late_is_no_change(walk: Walk) -> None:
    walk.to_decision()
    before = walk.revision()
    walk.answer("duty", "no", "My reasons")
    assert walk.post("duty", walk.given("duty", "barred"), based_on=before).status_code == 409
    walk.seal()
    assert sealed()["changes"] == {"entries": []}


def test_a_page_shows_the_last_changes_and_counts_the_rest(walk: Walk) -> None:
    walk.to_decision()
    for turn in range(SHOWN + 2):
        walk.save("duty", walk.given("duty", ("not-sure", "no")[turn % 2]))
    page = walk.open("decide").content.decode()
    assert f"Answers changed on the way: {SHOWN + 2}" in page
    assert "2 earlier changes are not shown here." in page
    page = walk.client.get(walk.seal()["Location"]).content.decode()
    assert page.count("From “") == SHOWN
    assert f"The last {SHOWN} are shown." in page
