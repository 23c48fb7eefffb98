"""The shipped editions against the contract that `oracle.py` states in plain Python."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.rulebook import catalogue
from guidance.rulebook.lint import lint
from guidance.rulebook.outcome import conclude
from guidance.rulebook.paths import complete_paths
from guidance.rulebook.schema import Edition, Outcome
from tests.guidance.rulebook import oracle

EDITIONS = list(oracle.GATES)
PATHS = {"hmg-2008": 34, "england-2026": 1354}

AGREEMENT = ["yes", "no", "not-known"]


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> Edition:
    return catalogue.shipped()[request.param]


def agrees(edition: Edition, answers: dict[str, str]) -> bool:
    """Whether path, next question, outcome and rule are as the contract says."""
    ours, theirs = conclude(edition, answers), oracle.ending(edition.id, answers)
    rule = ours.rule.id if ours.rule else None
    return theirs == ([*ours.path.asked], ours.path.next, ours.outcome.value, rule)


def test_exactly_the_two_editions_ship() -> None:
    assert set(catalogue.shipped()) == set(EDITIONS)
    assert catalogue.DEFAULT == "england-2026"


def test_they_have_the_fixed_questions_and_options_in_order(edition: Edition) -> None:
    assert [
        (question.id, [option.id for option in question.options]) for question in edition.questions
    ] == [(gate.id, gate.options) for gate in oracle.GATES[edition.id]]


def test_they_have_the_fixed_rules_and_outcomes_in_order(edition: Edition) -> None:
    assert [(rule.id, rule.outcome.value) for rule in edition.rules] == [
        (name, outcome) for name, outcome, _ in oracle.RULES[edition.id]
    ]


def test_agreement_can_be_yes_no_or_not_known(edition: Edition) -> None:
    [agreement] = edition.context
    assert agreement.id == "agreement"
    assert [option.id for option in agreement.options] == AGREEMENT


def test_five_questions_and_two_steps_are_the_seven_key_questions(edition: Edition) -> None:
    numbers = [question.guide.number for question in edition.questions if question.guide.number]
    assert numbers == [1, 2, 3, 4, 5]
    assert [guide.number for guide in edition.steps.values()] == [None, 6, 7]
    assert [rule.number for rule in edition.golden_rules] == [1, 2, 3, 4, 5, 6, 7]


def test_they_have_no_faults(edition: Edition) -> None:
    assert lint(edition) == []


def test_every_complete_path_ends_where_the_contract_says(edition: Edition) -> None:
    paths = [dict(one.path.answers) for one in complete_paths(edition)]
    assert len(paths) == PATHS[edition.id]
    assert paths == list(oracle.complete(edition.id))
    assert all(agrees(edition, answers) for answers in paths)


def test_every_unfinished_path_waits_where_the_contract_says(edition: Edition) -> None:
    seen = set()
    for answers in oracle.complete(edition.id):
        for length in range(len(answers)):
            seen.add(tuple(answers.items())[:length])
    assert all(agrees(edition, dict(start)) for start in seen)


def test_no_rule_is_unused(edition: Edition) -> None:
    fired = Counter(one.rule.id for one in complete_paths(edition) if one.rule)
    assert set(fired) == {rule.id for rule in edition.rules}


def any_answers(edition_id: str) -> st.SearchStrategy[dict[str, str]]:
    """Any option for any of the edition's questions, on the path or off it."""
    gates = oracle.GATES[edition_id]
    return st.fixed_dictionaries(
        {}, optional={gate.id: st.sampled_from(gate.options) for gate in gates}
    )


CASES = st.sampled_from(EDITIONS).flatmap(lambda name: st.tuples(st.just(name), any_answers(name)))


@given(CASES)
def test_any_answers_reach_exactly_one_outcome(case: tuple[str, dict[str, str]]) -> None:
    edition, answers = catalogue.shipped()[case[0]], case[1]
    conclusion = conclude(edition, answers)
    assert (conclusion.outcome is Outcome.INCOMPLETE) == (conclusion.path.next is not None)
    assert (conclusion.rule is None) == (conclusion.outcome is Outcome.INCOMPLETE)
    assert agrees(edition, answers)


@given(CASES, st.sampled_from(AGREEMENT))
def test_agreement_never_changes_anything(case: tuple[str, dict[str, str]], agreement: str) -> None:
    edition, answers = catalogue.shipped()[case[0]], case[1]
    assert conclude(edition, {**answers, "agreement": agreement}) == conclude(edition, answers)


@given(CASES, st.data())
def test_answers_off_the_path_never_change_anything(
    case: tuple[str, dict[str, str]], data: st.DataObject
) -> None:
    edition, answers = catalogue.shipped()[case[0]], case[1]
    bare = conclude(edition, answers)
    others = {
        name: answer
        for name, answer in data.draw(any_answers(edition.id)).items()
        if name not in bare.path.asked
    }
    on_path = {name: answers[name] for name in bare.path.answers}
    assert conclude(edition, on_path | others) == bare


@given(CASES)
def test_a_reason_stands_for_each_answer_on_the_path(case: tuple[str, dict[str, str]]) -> None:
    edition, answers = catalogue.shipped()[case[0]], case[1]
    conclusion = conclude(edition, answers)
    assert {reason.question: reason.answer for reason in conclusion.reasons} == dict(
        conclusion.path.answers
    )
    assert all(reason.text.strip() for reason in conclusion.reasons)
