"""What another edition would have made of the same answers."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guidance.rulebook import catalogue
from guidance.rulebook.impact import Kind, impact
from guidance.rulebook.outcome import conclude
from guidance.rulebook.paths import complete_paths
from guidance.rulebook.schema import Outcome
from tests.guidance.rulebook import toys
from tests.guidance.rulebook.toys import Contents, brolly, chosen, question

UMBRELLA = toys.load(toys.UMBRELLA)
SHIPPED = list(catalogue.shipped())


def to_brolly(**answers: str) -> tuple[Kind, str]:
    found = impact(UMBRELLA, toys.load(brolly()), answers)
    return found.kind, found.why


def changed(contents: Contents) -> Kind:
    """What becomes of lending a spare umbrella under a changed edition of the same id."""
    return impact(UMBRELLA, toys.load(contents), {"rain": "yes", "spare": "yes"}).kind


@pytest.mark.parametrize("name", SHIPPED)
def test_an_edition_makes_of_its_own_decisions_what_they_are(name: str) -> None:
    edition = catalogue.shipped()[name]
    found = {impact(edition, edition, one.path.answers).kind for one in complete_paths(edition)}
    assert found == {Kind.SAME}


def test_another_outcome_is_told_before_another_rule_or_path() -> None:
    contents = toys.umbrella()
    assert changed(contents) is Kind.SAME
    contents["questions.toml"]["question"].append(question("hat", "yes", "no"))
    # Its new question is asked after everything else, so nobody was asked.
    assert changed(contents) is Kind.CANNOT
    contents = toys.umbrella()
    contents["outcomes.toml"]["rule"][1]["id"] = "give"
    assert changed(contents) is Kind.RULE
    contents["outcomes.toml"]["rule"][1]["outcome"] = "share-in-part"
    assert changed(contents) is Kind.OUTCOME


def test_other_questions_with_the_same_end_are_another_path() -> None:
    contents = toys.umbrella()
    del contents["questions.toml"]["question"][2]
    contents["outcomes.toml"]["rule"][2]["when"] = chosen("spare", "no")
    del contents["outcomes.toml"]["rule"][3]
    answers = {"rain": "yes", "spare": "no", "friend": "yes"}
    found = impact(UMBRELLA, toys.load(contents), answers)
    assert (found.kind, found.after and found.after.path.asked) == (Kind.PATH, ("rain", "spare"))


def test_an_answer_is_read_as_the_crosswalk_says() -> None:
    assert to_brolly(rain="yes", spare="yes") == (Kind.PATH, "")
    # There is no huddling in the other edition.
    assert to_brolly(rain="yes", spare="no", friend="yes") == (Kind.OUTCOME, "")


def test_a_question_never_asked_is_compared_only_where_every_answer_ends_alike() -> None:
    assert to_brolly(rain="yes", spare="yes")[0] is not Kind.CANNOT
    why = "it depends on a question that was never asked"
    assert to_brolly(rain="no") == (Kind.CANNOT, why)


def test_what_has_no_counterpart_cannot_be_compared() -> None:
    why = "rain not-sure: Here you have to look."
    assert to_brolly(rain="not-sure", spare="yes") == (Kind.CANNOT, why)


def test_an_answer_that_nothing_is_said_of_cannot_be_compared() -> None:
    contents = brolly()  # as one would be that was stored before the other edition grew
    contents["edition.toml"]["crosswalk"][0]["not_asked"] = []
    answers = {"rain": "yes", "spare": "no", "friend": "yes"}
    found = impact(UMBRELLA, toys.load(contents), answers)
    assert (found.kind, found.why) == (Kind.CANNOT, "friend yes: nothing is said of it")


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ({}, "umbrella asks rain, which has no answer"),
        ({"rain": "yes"}, "umbrella asks spare, which has no answer"),
        ({"rain": "hail"}, "umbrella: rain: 'hail' is not one of yes, no, not-sure"),
    ],
)
def test_answers_that_reach_no_end_cannot_be_compared(answers: dict[str, str], why: str) -> None:
    for after in (UMBRELLA, toys.load(brolly())):
        found = impact(UMBRELLA, after, answers)
        assert (found.kind, found.why) == (Kind.CANNOT, why)


def test_without_a_crosswalk_nothing_can_be_compared() -> None:
    found = impact(toys.load(brolly()), UMBRELLA, {"cold": "yes", "rain": "yes", "second": "yes"})
    assert found.why == "umbrella does not say what the answers of brolly become"


@given(st.data())
def test_no_answers_make_it_fail_and_what_is_unfinished_is_never_a_difference(
    data: st.DataObject,
) -> None:
    before, after = (catalogue.shipped()[data.draw(st.sampled_from(SHIPPED))] for _ in range(2))
    options = {one.id: [option.id for option in one.options] for one in before.questions}
    answers = data.draw(
        st.fixed_dictionaries({}, optional={q: st.sampled_from(o) for q, o in options.items()})
    )
    found = impact(before, after, answers)
    unfinished = conclude(before, answers).outcome is Outcome.INCOMPLETE
    assert not unfinished or found.kind is Kind.CANNOT
    if found.kind is not Kind.CANNOT:
        assert found.before
        assert found.after
        assert Outcome.INCOMPLETE not in {found.before.outcome, found.after.outcome}


def test_the_shipped_editions_are_compared_only_as_far_as_is_honest() -> None:
    hmg, england = catalogue.shipped()["hmg-2008"], catalogue.shipped()["england-2026"]
    begun = {"urgent": "no", "duty": "no", "purpose": "yes"}
    living = {**begun, "identifiable": "living", "confidential": "yes"}
    there = [
        ({"urgent": "yes"}, Kind.SAME),
        ({**begun, "purpose": "no"}, Kind.PATH),  # the setting is asked too, and changes nothing
        ({**begun, "identifiable": "no"}, Kind.PATH),
        ({**living, "consent": "given"}, Kind.CANNOT),  # a child is another matter
        ({"urgent": "no", "duty": "yes"}, Kind.CANNOT),
    ]
    assert [impact(hmg, england, answers).kind for answers, _ in there] == [k for _, k in there]
    adult = {**living, "setting": "safeguarding-adult", "lawful-basis": "public-task"}
    back = [
        ({**adult, "consent": "given"}, Kind.PATH),
        ({**adult, "consent": "lacks-capacity", "public-interest": "sufficient"}, Kind.CANNOT),
        ({**adult, "setting": "safeguarding-child", "public-interest": "limited"}, Kind.CANNOT),
        ({"urgent": "no", "setting": "crime", "duty": "barred"}, Kind.CANNOT),
    ]
    assert [impact(england, hmg, answers).kind for answers, _ in back] == [k for _, k in back]


def test_it_never_changes_what_it_is_given() -> None:
    for rain, spare in product(("yes", "no", "not-sure"), ("yes", "no")):
        answers = {"rain": rain, "spare": spare}
        impact(UMBRELLA, toys.load(brolly()), answers)
        assert answers == {"rain": rain, "spare": spare}
