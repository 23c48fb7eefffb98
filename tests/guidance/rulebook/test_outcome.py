import pytest

from guidance.rulebook.outcome import conclude
from guidance.rulebook.path import UnknownAnswerError, walk
from guidance.rulebook.paths import complete_paths
from guidance.rulebook.schema import Edition, EditionError, Outcome
from tests.guidance.rulebook import toys


@pytest.fixture(scope="module")
def edition() -> Edition:
    return toys.load(toys.UMBRELLA)


def test_the_path_ends_at_the_first_unanswered_question(edition: Edition) -> None:
    path = walk(edition, {"rain": "yes"})
    assert (path.asked, path.next) == (("rain", "spare"), "spare")
    assert path.answers == {"rain": "yes"}


def test_without_answers_the_first_question_waits(edition: Edition) -> None:
    conclusion = conclude(edition, {})
    assert conclusion.path.next == "rain"
    assert (conclusion.outcome, conclusion.rule) == (Outcome.INCOMPLETE, None)
    assert conclusion.reasons == ()


def test_a_complete_path_has_an_outcome_and_its_reasons(edition: Edition) -> None:
    conclusion = conclude(edition, {"rain": "yes", "spare": "no", "friend": "yes"})
    assert conclusion.outcome is Outcome.SHARE_IN_PART
    assert conclusion.rule is not None and conclusion.rule.id == "huddle"
    assert [(reason.question, reason.answer) for reason in conclusion.reasons] == [
        ("rain", "yes"),
        ("spare", "no"),
        ("friend", "yes"),
    ]
    assert conclusion.reasons[0].text == "You said yes."


def test_an_answer_off_the_path_is_not_looked_at(edition: Edition) -> None:
    bare = conclude(edition, {"rain": "no"})
    assert conclude(edition, {"rain": "no", "spare": "yes", "friend": "yes"}) == bare


def test_a_later_answer_does_not_stand_in_for_an_earlier_one(edition: Edition) -> None:
    assert walk(edition, {"rain": "yes", "friend": "yes"}).next == "spare"


def test_the_first_rule_that_matches_wins(edition: Edition) -> None:
    conclusion = conclude(edition, {"rain": "not-sure", "spare": "yes"})
    assert conclusion.rule is not None and conclusion.rule.id == "lend"


def test_an_answer_the_question_does_not_offer_is_refused(edition: Edition) -> None:
    with pytest.raises(UnknownAnswerError) as raised:
        walk(edition, {"rain": "maybe"})
    assert raised.value.question == "rain"
    assert raised.value.allowed == ("yes", "no", "not-sure")


def test_every_complete_path_comes_once(edition: Edition) -> None:
    answers = [tuple(one.path.answers.values()) for one in complete_paths(edition)]
    assert answers == [
        ("yes", "yes"),
        ("yes", "no", "yes"),
        ("yes", "no", "no"),
        ("no",),
        ("not-sure", "yes"),
        ("not-sure", "no"),
    ]


def test_a_path_that_no_rule_fits_is_an_error() -> None:
    contents = toys.umbrella()
    del contents["outcomes.toml"]["rule"][-1]
    with pytest.raises(EditionError, match="no rule gives an outcome for: rain not-sure, spare no"):
        conclude(toys.load(contents), {"rain": "not-sure", "spare": "no"})
