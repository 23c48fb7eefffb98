"""Which answers can speak to a golden rule, by name. Pure.

    consent              the answer to a gate
    consent.reason       the person's reasons there
    consent.wishes       a detail of a gate
    right-way.told       a field or a detail of a step
    items, items.kind    the items listed, and what is said of them
    advice               the advice that was noted

A stored edition may name what is no longer asked. Then nothing speaks: only `lint` is strict.
"""

from guidance.rulebook.details import STEP_FIELDS
from guidance.rulebook.schema import Edition

ADVICE = "advice"
ITEMS = "items"
OF_ALL = ("reveals", "not-known")  # what can be said of a list of items as a whole
OTHER_METHOD = "other"
STEPS = {"about": "about", "right-way": "right-way", "record": "decide"}  # as drafts call them
NEVER = ("decide.decision", "decide.items")  # what was decided does not speak for itself


def speakable(edition: Edition) -> set[str]:
    """Every name that a golden rule of this edition may list under `speaks`."""
    names = {ADVICE}
    for question in edition.questions:
        names |= {question.id, f"{question.id}.reason"}
        names |= {f"{question.id}.{detail.id}" for detail in question.details}
    for step, name in STEPS.items():
        details = edition.steps[step].details if step in edition.steps else ()
        names |= {f"{name}.{one}" for one in (*STEP_FIELDS[step], *(each.id for each in details))}
    if edition.items is not None:
        said = [one for one in edition.items.fields.values() if one.choices or one.id in OF_ALL]
        names |= {ITEMS, *(f"{ITEMS}.{one.id}" for one in said)}
    return names - set(NEVER)
