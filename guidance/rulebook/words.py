"""Conditions and outcomes in words that a policy officer can check."""

from collections.abc import Mapping, Sequence

from guidance.rulebook.conditions import AllOf, Answered, AnyOf, Condition, Not, OneOf
from guidance.rulebook.schema import Edition, Outcome

OUTCOME_WORDS = {
    Outcome.SHARE: "Share",
    Outcome.SHARE_IN_PART: "Share in part",
    Outcome.DO_NOT_SHARE: "Do not share",
    Outcome.SEEK_ADVICE: "Seek advice",
    Outcome.ASK_CONSENT: "Ask for consent",
    Outcome.INCOMPLETE: "Not finished",
}


class Ids:
    """Questions and options by their ids, as they stand in the files."""

    def question(self, question: str) -> str:
        """What a question is called in a phrase."""
        return question

    def option(self, question: str, option: str) -> str:
        """What an answer to it is called."""
        return option


class Labels(Ids):
    """Questions by a name given for each, options by the labels that people read."""

    def __init__(self, edition: Edition, names: Mapping[str, str]) -> None:
        self.edition, self.names = edition, names

    def question(self, question: str) -> str:
        """The name given for it; raises `KeyError` when there is none."""
        return self.names[question]

    def option(self, question: str, option: str) -> str:
        """The label in quotation marks; raises `KeyError` for an option that is not there."""
        return f"“{self.edition.question(question).option(option).label}”"


IDS = Ids()


def condition_words(condition: Condition | None, say: Ids = IDS) -> str:
    """The condition as a phrase, by default of ids; "always" when there is none."""
    match condition:
        case None:
            return "always"
        case OneOf(question, options):
            return f"{say.question(question)} is {_answers(question, options, say)}"
        case Answered(question):
            return f"{say.question(question)} is answered"
        case Not(OneOf(question, options)):
            return f"{say.question(question)} is not {_answers(question, options, say)}"
        case Not(part):
            return f"not ({condition_words(part, say)})"
        case AllOf(parts):
            return " and ".join(_grouped(part, say) for part in parts)
        case AnyOf(parts):
            return ", or ".join(_grouped(part, say) for part in parts)


def _answers(question: str, options: Sequence[str], say: Ids) -> str:
    return listed([say.option(question, option) for option in options], "or")


def listed(words: Sequence[str], joined_by: str) -> str:
    """The words as a list in a sentence: "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} {joined_by} {last}" if most else last


def _grouped(part: Condition, say: Ids) -> str:
    words = condition_words(part, say)
    single = isinstance(part, AllOf | AnyOf) and len(part.parts) == 1
    return f"({words})" if isinstance(part, AllOf | AnyOf) and not single else words
