"""What follows from a path, and why."""

from collections.abc import Mapping

from guidance.rulebook.path import walk
from guidance.rulebook.schema import (
    Conclusion,
    Edition,
    EditionError,
    Outcome,
    Path,
    Reason,
    Rule,
)


def conclude(edition: Edition, answers: Mapping[str, str]) -> Conclusion:
    """The path of these answers with its outcome, rule and reasons (question by question).

    While a gate waits for its answer the outcome is `incomplete` and there is no rule.
    Raises `UnknownAnswerError` as `walk` does.
    """
    return conclude_path(edition, walk(edition, answers))


def conclude_path(edition: Edition, path: Path) -> Conclusion:
    """The outcome of a path already walked; raises `EditionError` when no rule fits."""
    reasons = tuple(
        Reason(question, answer, edition.question(question).option(answer).reason)
        for question, answer in path.answers.items()
    )
    if path.next is not None:
        return Conclusion(path, Outcome.INCOMPLETE, None, reasons)
    rule = first_rule(edition, path.answers)
    if rule is None:
        raise no_outcome(path)
    return Conclusion(path, rule.outcome, rule, reasons)


def first_rule(edition: Edition, answers: Mapping[str, str]) -> Rule | None:
    """The first rule that matches the answers of a complete path."""
    return next((rule for rule in edition.rules if rule.when.holds(answers)), None)


def no_outcome(path: Path) -> EditionError:
    """The error for a complete path that no rule fits."""
    answers = ", ".join(f"{question} {answer}" for question, answer in path.answers.items())
    return EditionError("outcomes.toml", "rule", f"no rule gives an outcome for: {answers}")
