"""What a step's page says, from the journey: headings, progress, answers in words. Pure."""

from typing import Any

from decisions.wizard.answers import (
    ABOUT,
    DECIDE,
    FIELDS,
    GATE_FIELDS,
    RIGHT_WAY,
    URGENT,
    details,
    guide,
    own_fields,
    rule_notes,
    text,
)
from decisions.wizard.items.choice import chosen_in_words
from decisions.wizard.journey import Journey
from decisions.wizard.labels import DECISION_LABELS, TOLD_LABELS
from decisions.wizard.methods import phrase
from decisions.wizard.unused import unused_steps
from decisions.wizard.used import detail_text, used_fields
from guidance.rulebook.schema import DECISIONS, Detail, Outcome

ABOUT_TITLE = "Which case is this about?"
FIELD_LABELS = {
    (ABOUT, "case_reference"): "Case reference",
    (ABOUT, "agreement"): "Protocol",
    (RIGHT_WAY, "what"): "What is shared",
    (RIGHT_WAY, "recipient"): "Who gets it",
    (RIGHT_WAY, "method"): "How",
    (RIGHT_WAY, "method_more"): "More about how",
    (RIGHT_WAY, "told"): "Does the person know",
    (RIGHT_WAY, "told_reason"): "Why they are not told",
    (DECIDE, "decision"): "Decision",
    (DECIDE, "items"): "Items to share",
    (DECIDE, "reason"): "Reasons for the decision",
}


def step_context(journey: Journey, step: str, draft: Any) -> dict[str, Any]:
    """The words of one step's page, for its template."""
    context = {
        "draft": draft,
        "edition": journey.edition,
        "journey": journey,
        "step": step,
        "title": step_title(journey, step),
        "guide": guide(journey.edition, step),
        "progress": progress(journey, step),
        "previous": journey.before(step),
    }
    return {**context, **decision_context(journey)} if step == DECIDE else context


def decision_context(journey: Journey) -> dict[str, Any]:
    """The answers to check, the outcome with its reasons, and what is no longer used."""
    return {
        "rows": [
            *answer_rows(journey, ABOUT),
            *_fixed_rows(journey),
            *(row for step in journey.steps[1:-1] for row in answer_rows(journey, step)),
        ],
        "conclusion": journey.conclusion,
        "unused": [step_title(journey, step) for step in unused_steps(journey)],
        "doubts": [step_title(journey, gate) for gate in journey.doubts],
    }


def step_title(journey: Journey, step: str) -> str:
    """The heading of a step."""
    if step == DECIDE:
        return "Check your answers and decide"
    found = guide(journey.edition, step)
    return found.title if found else ABOUT_TITLE


def progress(journey: Journey, step: str) -> list[dict[str, Any]]:
    """The steps on the path so far, in order: done, here, or still open."""
    finished = journey.steps[: journey.steps.index(journey.first_open)]
    settled = [
        {"step": URGENT, "title": row["value"], "here": False, "done": True, "open": False}
        for row in _fixed_rows(journey)
    ]
    steps = [
        {
            "step": each,
            "title": step_title(journey, each),
            "here": each == step,
            "done": each in finished and each != step,
            "open": journey.is_reachable(each),
        }
        for each in journey.steps
    ]
    return [steps[0], *settled, *steps[1:]]


def _fixed_rows(journey: Journey) -> list[dict[str, str]]:
    """The row of the answer that a follow-up begins with; it cannot be changed, so no `step`."""
    if not journey.is_fixed(URGENT):
        return []
    title = step_title(journey, URGENT)
    return [{"label": title, "value": journey.fixed_words, "step": ""}]


def answer_rows(journey: Journey, step: str) -> list[dict[str, str]]:
    """One row a filled field: what was asked, what was answered, where to change it."""
    rows = []
    for field in used_fields(journey, step):
        value = text(journey.answers, step, field)
        if value or field in ("case_reference", "answer", "what", "recipient", "method"):
            rows.append(
                {
                    "label": field_label(journey, step, field),
                    "value": readable(journey, step, field, value) or "Not filled in yet",
                    "step": step,
                }
            )
    return rows


def field_label(journey: Journey, step: str, field: str) -> str:
    """What a field is called on the check page and beside two texts."""
    if (step, field) in FIELD_LABELS:
        return FIELD_LABELS[(step, field)]
    if step == DECIDE and field in rule_notes(journey.edition):
        return f"Your note on golden {field.replace('-', ' ')}"
    if step not in FIELDS and field in GATE_FIELDS:
        return step_title(journey, step) if field == "answer" else "Your reasons"
    return detail_of(journey, step, field).label


def detail_of(journey: Journey, step: str, field: str) -> Detail:
    """The detail of a step by its id; raises `KeyError` when there is none."""
    for detail in details(journey.edition, step):
        if detail.id == field:
            return detail
    raise KeyError(field)


def readable(journey: Journey, step: str, field: str, value: str) -> str:
    """A field's value in words: an option by its label, anything else as typed."""
    labels: dict[str, str] = {}
    if field == "answer":
        labels = {option.id: option.label for option in journey.edition.question(step).options}
    elif field == "agreement":
        labels = {one.id: one.label for asked in journey.edition.context for one in asked.options}
    elif field == "method":
        return phrase(journey.edition, value)
    elif (step, field) == (DECIDE, "items"):
        return chosen_in_words(journey, value)
    elif field == "told":
        labels = TOLD_LABELS
    elif field == "decision":
        labels = {taken.value: DECISION_LABELS[Outcome(taken)] for taken in DECISIONS}
    elif field not in own_fields(step) and field not in rule_notes(journey.edition):
        return detail_text(detail_of(journey, step, field), value)
    return labels.get(value, value)
