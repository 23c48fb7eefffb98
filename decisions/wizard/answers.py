"""What a draft holds: for each step, the text of each of its fields. Pure.

`Answers` is `{step: {field: text}}`. Steps are `about`, one for each gate of the edition (by
the gate's id), `right-way` (question 6) and `decide` (question 7 and the decision itself).
Beside them `items` keeps the list of items to share (`decisions.wizard.items`): a page of its
own, which nobody has to open.
"""

from collections.abc import Mapping

from guidance.rulebook.schema import Edition, Outcome

StepAnswers = Mapping[str, str]
Answers = Mapping[str, StepAnswers]

ABOUT = "about"
RIGHT_WAY = "right-way"
DECIDE = "decide"
ITEMS = "items"

FIELDS: Mapping[str, tuple[str, ...]] = {
    ABOUT: ("case_reference", "agreement"),
    RIGHT_WAY: ("what", "recipient", "method", "method_more", "told", "told_reason"),
    DECIDE: ("decision", "items", "reason", "tell", "again"),
}
GATE_FIELDS = ("answer", "reason")
LONGEST_TEXT = 10_000
LONGEST_LINE = 500
LONGEST_REFERENCE = 100

TOLD = ("yes-now", "yes-later", "no")
SHARING = (Outcome.SHARE, Outcome.SHARE_IN_PART)


def fields(edition: Edition, step: str) -> tuple[str, ...]:
    """The names of a step's fields; those of a gate's details come after its own two."""
    if step == DECIDE:
        return (*FIELDS[step], *rule_notes(edition))
    if step in FIELDS:
        return FIELDS[step]
    return (*GATE_FIELDS, *(detail.id for detail in edition.question(step).details))


def rule_notes(edition: Edition) -> tuple[str, ...]:
    """The fields for a note on each golden rule; none in editions stored without a self-check."""
    if not any(rule.speaks for rule in edition.golden_rules):
        return ()
    return tuple(f"rule-{rule.number}" for rule in edition.golden_rules)


def text(answers: Answers, step: str, field: str) -> str:
    """What was typed or chosen in one field; "" when nothing was."""
    return answers.get(step, {}).get(field, "")


def gate_answers(edition: Edition, answers: Answers) -> dict[str, str]:
    """The option chosen at each gate of the edition, on the path or not.

    A text that is no option of the gate counts as no answer.
    """
    return {
        question.id: chosen
        for question in edition.questions
        if (chosen := text(answers, question.id, "answer"))
        and any(chosen == option.id for option in question.options)
    }
