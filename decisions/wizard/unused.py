"""Which steps hold words that are not used now, for certain. Pure.

While a question on the path is unanswered, later ones may still be asked, so nothing is said
about them yet.
"""

from collections.abc import Collection, Mapping

from decisions.wizard import answers as draft
from decisions.wizard.answers import RIGHT_WAY
from decisions.wizard.journey import Journey
from guidance.rulebook.conditions import AllOf, Answered, Condition, Not, OneOf
from guidance.rulebook.schema import Outcome

MAY = {True, False}


def unused_steps(journey: Journey) -> tuple[str, ...]:
    """The steps, in order, that hold words and are not asked, whatever is still answered."""
    held = draft.gate_answers(journey.edition, journey.answers)
    certain = never_asked(journey)
    gates = tuple(gate for gate in held if gate in certain)
    return (*gates, RIGHT_WAY) if _holds_unused_way(journey) else gates


def never_asked(journey: Journey) -> frozenset[str]:
    """The gates that are not asked, whatever is answered at those that still may be."""
    on_path = journey.conclusion.path.answers
    may_be_answered: set[str] = set()
    never = set()
    for question in journey.edition.questions:
        if question.id in on_path:
            continue
        when = question.ask_when
        if when is None or True in _possible(when, on_path, may_be_answered):
            may_be_answered.add(question.id)
        else:
            never.add(question.id)
    return frozenset(never)


def _holds_unused_way(journey: Journey) -> bool:
    if journey.conclusion.outcome is Outcome.INCOMPLETE or journey.is_sharing:
        return False
    return any(journey.answers.get(RIGHT_WAY, {}).values())


def _possible(
    condition: Condition, answers: Mapping[str, str], unknown: Collection[str]
) -> set[bool]:
    """What the condition can come to, with any answer or none at the unknown questions."""
    if isinstance(condition, OneOf | Answered):
        return set(MAY) if condition.question in unknown else {condition.holds(answers)}
    if isinstance(condition, Not):
        return {not one for one in _possible(condition.part, answers, unknown)}
    parts = [_possible(part, answers, unknown) for part in condition.parts]
    whole, other = (True, False) if isinstance(condition, AllOf) else (False, True)
    found = {other} if any(other in part for part in parts) else set()
    return found | {whole} if all(whole in part for part in parts) else found
