# ruff: noqa: E501
from guidance.rulebook.flow import Exit, describe
from guidance.rulebook.schema import Question
from tests.guidance.rulebook import toys


def said(one: Exit) -> str:
    """An exit in short: answers > target by rules, with a star when it depends."""
    answers = "any" if one.every_answer else "/".join(option.id for option in one.answers)
    target = one.target.id if isinstance(one.target, Question) else one.target.value
    rules = "".join(f" {rule.id}" for rule in one.rules)
    return f"{answers} > {target}{rules}{' *' if one.depends else ''}"


def test_it_tells_where_every_answer_leads() -> None:
    flow = describe(toys.load(toys.umbrella()))
    assert [(stop.question.id, stop.asked_when, [said(one) for one in stop.exits]) for stop in flow] == [
        ("rain", "always", ["yes/not-sure > spare", "no > do-not-share dry"]),
        (
            "spare",
            "rain is yes or not-sure",
            ["no > friend *", "yes > share lend", "no > seek-advice look-again *"],
        ),
        (
            "friend",
            "rain is yes and spare is no",
            ["yes > share-in-part huddle", "no > do-not-share sorry"],
        ),
    ]  # fmt: skip


def test_it_says_when_any_answer_leads_to_the_same_place() -> None:
    contents = toys.umbrella()
    contents["outcomes.toml"]["rule"][2:4] = [
        toys.rule("talk", "share-in-part", {"question": "friend", "answered": True})
    ]
    assert [said(one) for one in describe(toys.load(contents))[2].exits] == [
        "any > share-in-part talk"
    ]
