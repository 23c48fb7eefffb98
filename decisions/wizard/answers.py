"""What a draft holds: for each step, the text of each of its fields. Pure.

`Answers` is `{step: {field: text}}`. Steps are `about`, one for each gate of the edition (by
the gate's id), `right-way` (question 6) and `decide` (question 7 and the decision itself).
Beside them `items` keeps the list of items to share (`decisions.wizard.items`): a page of its
own, which nobody has to open.
"""

from collections.abc import Mapping

from guidance.rulebook.schema import Detail, Edition, Guide, Outcome

StepAnswers = Mapping[str, str]
Answers = Mapping[str, StepAnswers]

ABOUT = "about"
URGENT = "urgent"  # the gate that every edition asks first
RIGHT_WAY = "right-way"
DECIDE = "decide"
ITEMS = "items"

FIELDS: Mapping[str, tuple[str, ...]] = {
    ABOUT: ("case_reference", "agreement"),
    RIGHT_WAY: ("what", "recipient", "method", "method_more", "told", "told_reason"),
    DECIDE: ("decision", "items", "reason"),
}
GATE_FIELDS = ("answer", "reason")
GUIDES: Mapping[str, str] = {ABOUT: "about", RIGHT_WAY: "right-way", DECIDE: "record"}
LONGEST_TEXT = 10_000
LONGEST_LINE = 500
LONGEST_REFERENCE = 100

TOLD = ("yes-now", "yes-later", "no")
SHARING = (Outcome.SHARE, Outcome.SHARE_IN_PART)


def own_fields(step: str) -> tuple[str, ...]:
    """The names of the fields that every edition's step has."""
    return FIELDS.get(step, GATE_FIELDS)


def guide(edition: Edition, step: str) -> Guide | None:
    """The edition's words for a step; None for one that its edition says nothing about."""
    if step in GUIDES:
        return edition.steps.get(GUIDES[step])
    return edition.question(step).guide


def details(edition: Edition, step: str) -> tuple[Detail, ...]:
    """The details that the edition offers at a step, in its order."""
    if step in GUIDES:
        found = guide(edition, step)
        return found.details if found else ()
    return edition.question(step).details


def is_shown(detail: Detail, given: StepAnswers) -> bool:
    """Whether a detail belongs to what was given in its step."""
    return detail.is_shown(given.get(detail.of, ""))


def led_to(edition: Edition, step: str, given: StepAnswers) -> str:
    """The earlier question that a value chosen in this step belongs to; "" for none."""
    for detail in details(edition, step):
        if is_shown(detail, given):
            for choice in detail.choices:
                if choice.leads_to and choice.id == given.get(detail.id):
                    return choice.leads_to
    return ""


def fields(edition: Edition, step: str) -> tuple[str, ...]:
    """The names of a step's fields; those of its details come after its own."""
    found = (*own_fields(step), *(detail.id for detail in details(edition, step)))
    return (*found, *rule_notes(edition)) if step == DECIDE else found


def rule_notes(edition: Edition) -> tuple[str, ...]:
    """The fields for a note on each golden rule; none in editions stored without a self-check."""
    if not any(rule.speaks for rule in edition.golden_rules):
        return ()
    return tuple(f"rule-{rule.number}" for rule in edition.golden_rules)


def text(answers: Answers, step: str, field: str) -> str:
    """What was typed or chosen in one field; "" when nothing was."""
    return answers.get(step, {}).get(field, "")


def context(edition: Edition, answers: Answers) -> dict[str, str]:
    """What was said about the case, as the edition asks for it: all that another draft carries."""
    return {field: text(answers, ABOUT, field) for field in fields(edition, ABOUT)}


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
