"""What a step's page says, from the journey: headings, progress, answers in words. Pure."""

from typing import Any

from decisions.records.contents import DECISION_LABELS, used_fields
from decisions.wizard.answers import ABOUT, DECIDE, FIELDS, GATE_FIELDS, RIGHT_WAY, text
from decisions.wizard.items.choice import chosen_in_words
from decisions.wizard.journey import Journey
from decisions.wizard.methods import phrase
from guidance.rulebook.schema import DECISIONS, Detail, Guide, Outcome

ABOUT_TITLE = "Which case is this about?"
TOLD_LABELS = {
    "yes-now": "Yes, they know or will be told first",
    "yes-later": "They will be told afterwards",
    "no": "No",
}
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
    (DECIDE, "tell"): "What to tell whoever asked",
    (DECIDE, "again"): "When to look again",
}


def step_context(journey: Journey, step: str, draft: Any) -> dict[str, Any]:
    """The words of one step's page, for its template."""
    context = {
        "draft": draft,
        "edition": journey.edition,
        "journey": journey,
        "step": step,
        "title": step_title(journey, step),
        "guide": step_guide(journey, step),
        "progress": progress(journey, step),
        "previous": journey.before(step),
    }
    return {**context, **decision_context(journey)} if step == DECIDE else context


def decision_context(journey: Journey) -> dict[str, Any]:
    """The answers to check, the outcome with its reasons, and what is no longer used."""
    return {
        "rows": [row for step in journey.steps[:-1] for row in answer_rows(journey, step)],
        "conclusion": journey.conclusion,
        "unused": [step_title(journey, gate) for gate in journey.off_path],
        "doubts": [step_title(journey, gate) for gate in journey.doubts],
    }


def step_guide(journey: Journey, step: str) -> Guide | None:
    """The edition's words for the side panel of a step; None where it has none."""
    if step == ABOUT:
        return None
    if step in (RIGHT_WAY, DECIDE):
        return journey.edition.steps["right-way" if step == RIGHT_WAY else "record"]
    return journey.edition.question(step).guide


def step_title(journey: Journey, step: str) -> str:
    """The heading of a step."""
    if step == DECIDE:
        return "Check your answers and decide"
    guide = step_guide(journey, step)
    return guide.title if guide else ABOUT_TITLE


def progress(journey: Journey, step: str) -> list[dict[str, Any]]:
    """The steps on the path so far, in order: done, here, or still open."""
    finished = journey.steps[: journey.steps.index(journey.first_open)]
    return [
        {
            "step": each,
            "title": step_title(journey, each),
            "here": each == step,
            "done": each in finished and each != step,
            "open": journey.is_reachable(each),
        }
        for each in journey.steps
    ]


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
    if step == DECIDE:
        return f"Your note on golden {field.replace('-', ' ')}"
    if field in GATE_FIELDS:
        return step_title(journey, step) if field == "answer" else "Your reasons"
    return detail_of(journey, step, field).label


def detail_of(journey: Journey, step: str, field: str) -> Detail:
    """The detail of a gate by its id; raises `KeyError` when there is none."""
    for detail in journey.edition.question(step).details:
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
    elif step not in FIELDS and field != "reason":
        labels = {one.id: one.label for one in detail_of(journey, step, field).choices}
    return labels.get(value, value)
