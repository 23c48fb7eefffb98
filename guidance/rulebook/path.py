"""Which gates a set of answers leads through."""

from collections.abc import Mapping

from guidance.rulebook.schema import Edition, Path, Question


class UnknownAnswerError(ValueError):
    """An answer that is not among a question's options."""

    def __init__(self, question: Question, answer: str) -> None:
        self.question, self.answer = question.id, answer
        self.allowed = tuple(option.id for option in question.options)
        super().__init__(f"{question.id}: {answer!r} is not one of {', '.join(self.allowed)}")


def asks(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether the question is asked after these answers on the path."""
    return question.ask_when is None or question.ask_when.holds(answers)


def walk(edition: Edition, answers: Mapping[str, str]) -> Path:
    """The path of these answers, up to and including the first gate without an answer.

    Answers to questions off the path (and context answers) are never looked at. Raises
    `UnknownAnswerError` for an answer on the path that the question does not offer.
    """
    asked: list[str] = []
    on_path: dict[str, str] = {}
    for question in edition.questions:
        if not asks(question, on_path):
            continue
        asked.append(question.id)
        answer = answers.get(question.id)
        if answer is None:
            return Path(tuple(asked), on_path, question.id)
        if all(option.id != answer for option in question.options):
            raise UnknownAnswerError(question, answer)
        on_path[question.id] = answer
    return Path(tuple(asked), on_path, None)
