"""Where each answer leads, read off an edition's complete paths."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from guidance.rulebook.paths import complete_paths
from guidance.rulebook.schema import Conclusion, Edition, Option, Outcome, Question, Rule
from guidance.rulebook.words import condition_words

Target = Question | Outcome


@dataclass(frozen=True, slots=True)
class Exit:
    """Answers of one question that can lead to the same place."""

    answers: tuple[Option, ...]
    every_answer: bool  # all the question's options can lead here
    target: Target  # the next question, or the outcome
    rules: tuple[Rule, ...]  # the rules that give the outcome; () before a question
    depends: bool  # earlier answers can take some of these answers elsewhere


@dataclass(frozen=True, slots=True)
class Stop:
    """A question, when it is asked, and its exits: questions first, then outcomes."""

    question: Question
    asked_when: str  # in words
    exits: tuple[Exit, ...]


@lru_cache(maxsize=16)
def describe(edition: Edition) -> tuple[Stop, ...]:
    """The flow as text: every question in order with every place its answers lead to."""
    places = {question.id: _Places() for question in edition.questions}
    for conclusion in complete_paths(edition):
        for question, answer, target, rule in _steps(edition, conclusion):
            places[question].add(answer, target, rule)
    return tuple(
        Stop(
            question,
            condition_words(question.ask_when),
            places[question.id].exits(edition, question),
        )
        for question in edition.questions
    )


def is_taken(question: Question, one: Exit, conclusion: Conclusion | None) -> bool:
    """Whether the answers given lead over this exit of the question."""
    if conclusion is None or question.id not in conclusion.path.answers:
        return False
    asked = conclusion.path.asked
    following = asked[asked.index(question.id) + 1 :]
    if isinstance(one.target, Outcome):
        return not following and one.target is conclusion.outcome
    return following[:1] == (one.target.id,)


def _steps(
    edition: Edition, conclusion: Conclusion
) -> Iterator[tuple[str, str, str | Outcome, Rule | None]]:
    """Each answered question of a path with where it led: a question's id or the outcome."""
    asked = conclusion.path.asked
    for question, following in pairwise(asked):
        yield question, conclusion.path.answers[question], following, None
    yield asked[-1], conclusion.path.answers[asked[-1]], conclusion.outcome, conclusion.rule


class _Places:
    """Where one question's answers lead, gathered path by path."""

    def __init__(self) -> None:
        self._answers: dict[str | Outcome, set[str]] = {}
        self._rules: dict[str | Outcome, set[str]] = {}

    def add(self, answer: str, target: str | Outcome, rule: Rule | None) -> None:
        self._answers.setdefault(target, set()).add(answer)
        if rule is not None:
            self._rules.setdefault(target, set()).add(rule.id)

    def exits(self, edition: Edition, question: Question) -> tuple[Exit, ...]:
        order: list[str | Outcome] = [*(one.id for one in edition.questions), *Outcome]
        found = sorted(self._answers, key=lambda target: order.index(target))
        return tuple(self._exit(edition, question, target) for target in found)

    def _exit(self, edition: Edition, question: Question, target: str | Outcome) -> Exit:
        answers = self._answers[target]
        elsewhere = set[str]().union(*(a for t, a in self._answers.items() if t != target))
        rules = self._rules.get(target, set())
        return Exit(
            answers=tuple(option for option in question.options if option.id in answers),
            every_answer=len(answers) == len(question.options),
            target=target if isinstance(target, Outcome) else edition.question(target),
            rules=tuple(rule for rule in edition.rules if rule.id in rules),
            depends=not answers.isdisjoint(elsewhere),
        )
