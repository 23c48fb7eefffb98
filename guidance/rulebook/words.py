"""Conditions and outcomes in words that a policy officer can check."""

from collections.abc import Sequence

from guidance.rulebook.conditions import AllOf, Answered, AnyOf, Condition, Not, OneOf
from guidance.rulebook.schema import Outcome

OUTCOME_WORDS = {
    Outcome.SHARE: "Share",
    Outcome.SHARE_IN_PART: "Share in part",
    Outcome.DO_NOT_SHARE: "Do not share",
    Outcome.SEEK_ADVICE: "Seek advice",
    Outcome.ASK_CONSENT: "Ask for consent",
    Outcome.INCOMPLETE: "Not finished",
}


def condition_words(condition: Condition | None) -> str:
    """The condition as a phrase of question and option ids; "always" when there is none."""
    match condition:
        case None:
            return "always"
        case OneOf(question, options):
            return f"{question} is {listed(options, 'or')}"
        case Answered(question):
            return f"{question} is answered"
        case Not(OneOf(question, options)):
            return f"{question} is not {listed(options, 'or')}"
        case Not(part):
            return f"not ({condition_words(part)})"
        case AllOf(parts):
            return " and ".join(_grouped(part) for part in parts)
        case AnyOf(parts):
            return ", or ".join(_grouped(part) for part in parts)


def listed(words: Sequence[str], joined_by: str) -> str:
    """The words as a list in a sentence: "a, b or c"."""
    *most, last = words
    return f"{', '.join(most)} {joined_by} {last}" if most else last


def _grouped(part: Condition) -> str:
    words = condition_words(part)
    single = isinstance(part, AllOf | AnyOf) and len(part.parts) == 1
    return f"({words})" if isinstance(part, AllOf | AnyOf) and not single else words
