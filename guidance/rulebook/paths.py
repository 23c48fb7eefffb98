"""Every complete path of an edition."""

from collections.abc import Iterator

from guidance.rulebook.outcome import conclude_path
from guidance.rulebook.path import asks
from guidance.rulebook.schema import Conclusion, Edition, Path


def complete_paths(edition: Edition) -> Iterator[Conclusion]:
    """Each complete path once, with its outcome, in the order of questions and options.

    Raises `EditionError` at a path that no rule fits.
    """
    for path in every_path(edition):
        yield conclude_path(edition, path)


def every_path(edition: Edition) -> Iterator[Path]:
    """Each complete path once, whether or not a rule fits it."""
    for answers in _continued(edition, 0, {}):
        yield Path(tuple(answers), answers, None)


def _continued(edition: Edition, start: int, answers: dict[str, str]) -> Iterator[dict[str, str]]:
    for place in range(start, len(edition.questions)):
        question = edition.questions[place]
        if asks(question, answers):
            for option in question.options:
                yield from _continued(edition, place + 1, {**answers, question.id: option.id})
            return
    yield answers
