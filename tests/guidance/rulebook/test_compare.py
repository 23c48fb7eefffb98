"""Two editions side by side."""

import pytest

from guidance.rulebook import catalogue
from guidance.rulebook.compare import Mark, Pair, compare, merged
from tests.guidance.rulebook import toys
from tests.guidance.rulebook.toys import Contents, brolly

UMBRELLA = toys.load(toys.UMBRELLA)


def differing(contents: Contents) -> dict[str, tuple[str, ...]]:
    """What differs between the umbrella edition and this one, by group and id."""
    found = compare(UMBRELLA, toys.load(contents))
    groups = {"q": found.questions, "s": found.steps, "r": found.rules, "g": found.golden_rules}
    return {
        f"{group}.{pair.id}": pair.differing
        for group, pairs in groups.items()
        for pair in pairs
        if pair.differs
    }


def pair(pairs: tuple[Pair, ...], name: str) -> Pair:
    return next(one for one in pairs if one.id == name)


@pytest.mark.parametrize("name", list(catalogue.shipped()))
def test_an_edition_does_not_differ_from_itself(name: str) -> None:
    edition = catalogue.shipped()[name]
    found = compare(edition, edition)
    assert not found.differs
    assert [one.id for one in found.questions] == [one.id for one in edition.questions]
    assert [one.id for one in found.rules] == [one.id for one in edition.rules]


def test_what_was_changed_is_named_and_nothing_else() -> None:
    contents = toys.umbrella()
    rain, spare, friend = contents["questions.toml"]["question"]
    rain["title"] = "Is it wet?"
    spare["help"].append("Ask at home.")
    friend["option"][0]["label"] = "Of course"
    friend["ask_when"] = toys.chosen("spare", "no")
    contents["questions.toml"]["step"][0]["hint"] = "Handle first."
    contents["outcomes.toml"]["rule"][0]["outcome"] = "seek-advice"
    contents["edition.toml"]["golden_rule"][0]["text"] = "Try to."
    assert differing(contents) == {
        "q.rain": ("Title",),
        "q.spare": ("Help",),
        "q.friend": ("When it is asked", "Answers"),
        "s.right-way": ("Hint",),
        "r.dry": ("Outcome",),
        "g.1": ("Text",),
    }


def test_the_order_of_the_rules_counts() -> None:
    contents = toys.umbrella()
    rules = contents["outcomes.toml"]["rule"]
    rules[2], rules[3] = rules[3], rules[2]
    assert differing(contents) == {"r.huddle": ("Place",), "r.sorry": ("Place",)}


def test_a_question_of_one_edition_stands_where_it_is_asked() -> None:
    found = compare(UMBRELLA, toys.load(brolly()))
    assert [one.id for one in found.questions] == ["cold", "rain", "second", "spare", "friend"]
    cold, friend = pair(found.questions, "cold"), pair(found.questions, "friend")
    assert (cold.left, cold.right, cold.differing) == ("", "Cold?", ())
    assert (friend.left, friend.right, friend.in_both) == ("Friend?", "", False)


def test_each_line_says_how_it_stands() -> None:
    rain = pair(compare(UMBRELLA, toys.load(brolly())).questions, "rain")
    answers = next(part for part in rain.parts if part.name == "Answers")
    assert [(line.text, line.mark) for line in answers.left] == [
        ("Yes", Mark.SAME),
        ("No", Mark.SAME),
        ("Not-Sure", Mark.ONLY),
    ]
    assert [line.mark for line in answers.right] == [Mark.SAME, Mark.SAME]


def test_the_additions_of_ours_are_said_beside_the_published_method() -> None:
    shipped = catalogue.shipped()
    found = compare(shipped["hmg-2008"], shipped["england-2026"])
    for name in ("urgent", "duty", "identifiable", "public-interest"):
        origin = next(
            one for one in pair(found.questions, name).parts if one.name == "Where it comes from"
        )
        assert shipped["hmg-2008"].question(name).guide.added
        assert shipped["hmg-2008"].question(name).guide.added in origin.left[0].text


@pytest.mark.parametrize(
    ("left", "right", "order"),
    [
        ("abc", "abc", "abc"),
        ("abc", "xaybzc", "xaybzc"),
        ("ab", "cd", "cdab"),
        ("abc", "cab", "abc"),
        ("", "ab", "ab"),
    ],
)
def test_both_orders_are_kept_as_far_as_they_agree(left: str, right: str, order: str) -> None:
    assert "".join(merged(left, right)) == order
