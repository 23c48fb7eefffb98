from datetime import date
from typing import Any

import pytest

from guidance.rulebook import lint
from tests.guidance.rulebook import toys
from tests.guidance.rulebook.toys import Contents, chosen, question, rule


def faults(contents: Contents) -> list[str]:
    return [str(error) for error in lint.lint(toys.load(contents))]


def spoil(*, ask: dict[str, Any] | None = None, when: dict[str, Any] | None = None) -> Contents:
    """The umbrella edition with another condition on its third question or first rule."""
    contents = toys.umbrella()
    if ask is not None:
        contents["questions.toml"]["question"][2]["ask_when"] = ask
    if when is not None:
        contents["outcomes.toml"]["rule"][0]["when"] = when
    return contents


def test_a_sound_edition_has_no_faults() -> None:
    assert faults(toys.umbrella()) == []


@pytest.mark.parametrize(
    "condition",
    [
        chosen("agreement", "no"),
        {"question": "agreement", "answered": True},
        {"not": chosen("agreement", "yes", "no")},
        {"any": [chosen("rain", "yes"), {"all": [{"not": chosen("agreement", "yes")}]}]},
    ],
    ids=["is", "answered", "not", "nested"],
)
def test_no_condition_may_mention_agreement(condition: dict[str, Any]) -> None:
    assert faults(spoil(when=condition)) == [
        "outcomes.toml: rule.dry.when: mentions agreement, a context answer: "
        "it must never change what is asked or what follows"
    ]
    assert faults(spoil(ask=condition))[0] == (
        "questions.toml: question.friend.ask_when: mentions agreement, a context answer: "
        "it must never change what is asked or what follows"
    )


def test_no_condition_may_mention_any_other_context_answer() -> None:
    contents = spoil(when=chosen("weekday", "yes"))
    day = {"id": "weekday", "title": "Is it a weekday?", "option": [toys.option("yes")]}
    contents["questions.toml"]["context"].append(day)
    assert "rule.dry.when: mentions weekday" in faults(contents)[0]


@pytest.mark.parametrize("declared", [True, False])
def test_no_question_may_be_called_agreement(declared: bool) -> None:
    contents = toys.umbrella()
    contents["questions.toml"]["question"].append(question("agreement", "yes", "no"))
    if not declared:
        contents["questions.toml"]["context"][0]["id"] = "something-else"
    assert faults(contents)[0] == (
        "questions.toml: question.agreement: is the id of a context answer: no question may have it"
    )


@pytest.mark.parametrize("name", ["friend", "hat"])
def test_a_question_may_not_look_at_itself_or_forward(name: str) -> None:
    contents = spoil(ask={"not": chosen(name, "yes")})
    contents["questions.toml"]["question"].append(question("hat", "yes", "no"))
    assert faults(contents) == [
        f"questions.toml: question.friend.ask_when: looks at {name}, "
        "which is not asked before friend"
    ]


def test_an_option_that_nobody_can_reach_is_a_fault() -> None:
    impossible = {"all": [chosen("rain", "no"), chosen("spare", "no")]}
    assert faults(spoil(ask=impossible))[0] == (
        "questions.toml: question.friend.ask_when: is never true: "
        "nobody can reach the options yes, no"
    )


def test_a_rule_that_is_hidden_by_earlier_ones_is_a_fault() -> None:
    contents = toys.umbrella()
    contents["outcomes.toml"]["rule"].append(rule("soggy", "share", chosen("rain", "yes")))
    assert faults(contents) == [
        "outcomes.toml: rule.soggy.when: can never fire: "
        "no path fits it, or an earlier rule takes every one"
    ]


def test_a_rule_that_nothing_fits_is_a_fault() -> None:
    contents = toys.umbrella()
    when = {"all": [chosen("rain", "no"), chosen("spare", "no")]}
    contents["outcomes.toml"]["rule"].insert(0, rule("ghost", "share", when))
    assert [fault[:43] for fault in faults(contents)] == [
        "outcomes.toml: rule.ghost.when: can never f"
    ]


def test_a_path_without_an_outcome_is_a_fault() -> None:
    contents = toys.umbrella()
    del contents["outcomes.toml"]["rule"][1]
    assert faults(contents) == [
        "outcomes.toml: rule: no rule gives an outcome for: rain yes, spare yes"
    ]


def test_many_paths_without_an_outcome_are_counted() -> None:
    contents = toys.umbrella()
    del contents["outcomes.toml"]["rule"][1:3]
    assert faults(contents) == [
        "outcomes.toml: rule: no rule gives an outcome for: rain yes, spare yes (and 1 other path)"
    ]


def test_a_rule_without_a_citation_is_a_fault() -> None:
    contents = toys.umbrella()
    contents["outcomes.toml"]["rule"][3]["sources"] = []
    assert faults(contents) == [
        "outcomes.toml: rule.sorry.sources: is empty: a rule needs a citation with its date"
    ]


def test_an_edition_with_too_many_paths_is_refused_soon() -> None:
    contents = toys.umbrella()
    for number in range(30):
        contents["questions.toml"]["question"].append(question(f"extra-{number}", "yes", "no"))
    assert faults(contents) == [
        "questions.toml: question: lead through more than 10,000 paths: nobody could review them"
    ]


FORCE = {"standing": "not-seen", "looked": toys.TODAY, "found": "Clouds.", "check": "Look up."}


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"confidence": "unverified"}, ".note: must say “Check with your information"),
        ({"address": "https://www.legislation.gov.uk/x"}, ".force: is missing: say whether this"),
        ({"force": FORCE | {"looked": date(2026, 2, 1)}}, ".force.looked: is later than checked"),
        ({"address": "sky.txt"}, ".address: must begin with https:// or http://"),
        ({"checked": date(2026, 2, 1)}, ".checked: is later than the edition’s own date"),
    ],
)
def test_a_citation_that_misleads_is_a_fault(changed: dict[str, Any], fault: str) -> None:
    contents = toys.umbrella()
    contents["citations.toml"]["citation"][0] |= changed
    (found,) = faults(contents)
    assert found.startswith(f"citations.toml: citation.weather{fault}")


def test_a_citation_that_nothing_rests_on_is_a_fault() -> None:
    contents = toys.umbrella()
    sky = contents["citations.toml"]["citation"][0]
    contents["citations.toml"]["citation"].append(sky | {"id": "moon", "force": FORCE})
    assert faults(contents) == [
        "citations.toml: citation.moon: is cited nowhere: cite it or take it out"
    ]
