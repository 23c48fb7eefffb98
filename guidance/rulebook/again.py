"""Whether an edition still makes of a decision what was sealed. Pure."""

from collections.abc import Mapping

from guidance.rulebook.outcome import conclude
from guidance.rulebook.path import UnknownAnswerError
from guidance.rulebook.schema import Edition, EditionError


def difference(edition: Edition, answers: Mapping[str, str], outcome: str, rule: str) -> str:
    """How the edition's path, outcome and rule for these answers differ, in words; "" when not.

    `answers` are those of every gate on the path that was sealed, and of no other. Never raises
    for answers that do not fit: that is a difference.
    """
    try:
        found = conclude(edition, answers)
    except (UnknownAnswerError, EditionError) as error:
        return str(error)
    if found.path.next is not None:
        return f"the path goes on to {found.path.next}, which has no answer"
    if beside := sorted(answers.keys() - found.path.answers.keys()):
        return f"the path does not ask {', '.join(beside)}"
    if found.outcome != outcome:
        return f"the outcome is {found.outcome}, and {outcome or 'none'} was sealed"
    again = found.rule.id if found.rule else ""
    return f"the rule is {again}, and {rule or 'none'} was sealed" if again != rule else ""
