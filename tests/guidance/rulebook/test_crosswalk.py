"""What the answers of one edition become in another: read strictly, and checked beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from guidance.rulebook import catalogue, crosswalk
from guidance.rulebook.crosswalk import Lost
from guidance.rulebook.schema import EditionError
from tests.guidance.rulebook import toys
from tests.guidance.rulebook.toys import Contents, brolly

Spoil = Callable[[dict[str, Any]], Any]


def spoilt(spoil: Spoil) -> Contents:
    contents = brolly()
    spoil(contents["edition.toml"]["crosswalk"][0])
    return contents


def faults(contents: Contents) -> list[str]:
    editions = {"umbrella": toys.load(toys.UMBRELLA), "brolly": toys.load(contents)}
    return [str(error) for error in crosswalk.faults(editions["brolly"], editions)]


def test_an_edition_without_one_loads_as_ever() -> None:
    assert toys.load(toys.UMBRELLA).crosswalks == {}


def test_it_says_what_an_answer_becomes() -> None:
    walk = toys.load(brolly()).crosswalks["umbrella"]
    assert walk.of("rain", "yes") == ("rain", "yes")
    assert walk.of("spare", "yes") == ("second", "yes")
    assert walk.of("rain", "not-sure") == Lost("rain", "not-sure", "Here you have to look.")
    assert walk.of("friend", "yes") is None
    assert faults(brolly()) == []


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda one: one["same"].append("hail"), "no question here is called hail"),
        (lambda one: one["tried"].append("hail"), "no question here is called hail"),
        (lambda one: one["answer"][0].update(to_option="two"), "no option of second here is "),
        (lambda one: one.update({"from": "brolly"}), "is this edition itself"),
        (lambda one: one.update(guess="all"), "guess: is not a known key"),
        (lambda one: one["answer"].append(one["answer"][0]), "spare yes is given twice"),
        (lambda one: one["lost"][0].update(why=""), "why: is empty"),
        (lambda one: one["not_asked"].append("rain"), "rain is asked here too"),
    ],
)
def test_a_crosswalk_that_names_nothing_of_its_own_is_refused(spoil: Spoil, problem: str) -> None:
    with pytest.raises(EditionError) as raised:
        toys.load(spoilt(spoil))
    assert raised.value.file == "edition.toml"
    assert problem in str(raised.value)


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (lambda one: one.update({"from": "hat"}), "no edition is called hat"),
        (lambda one: one["not_asked"].append("hat"), "no question of umbrella is called hat"),
        (lambda one: one["lost"][0].update(options=["hail"]), "no option of rain in umbrella"),
        (lambda one: one["answer"].pop(), "says nothing of spare no"),
        (lambda one: one["not_asked"].clear(), "says nothing of friend yes"),
        (lambda one: one["lost"].pop(), "rain has no not-sure here"),
    ],
)
def test_names_of_the_other_edition_are_checked_beside_it(spoil: Spoil, problem: str) -> None:
    found = faults(spoilt(spoil))
    assert found
    assert found[0].startswith("edition.toml: crosswalk.")
    assert any(problem in one for one in found)


def test_every_answer_of_the_shipped_editions_is_spoken_of() -> None:
    shipped = catalogue.shipped()
    assert [set(one.crosswalks) for one in shipped.values()] == [{"hmg-2008"}, {"england-2026"}]
    for edition in shipped.values():
        assert list(crosswalk.faults(edition, shipped)) == []
