"""Which fields of a step count with its answers as they are, and what a detail says. Pure."""

from decisions.wizard.answers import DECIDE, RIGHT_WAY, details, is_shown, own_fields, text
from decisions.wizard.dates import readable_date
from decisions.wizard.items.choice import FIELD as CHOSEN_ITEMS
from decisions.wizard.journey import Journey
from guidance.rulebook.schema import Detail, Outcome


def used_fields(journey: Journey, step: str) -> tuple[str, ...]:
    """The fields of a step that count with its answers as they are now.

    Why somebody is not told only counts when they are not; a detail, with the answers it is for;
    a choice of items, when a part is shared.
    """
    given = journey.answers.get(step, {})
    own = (field for field in own_fields(step) if _is_used(journey, field))
    return (*own, *(one.id for one in details(journey.edition, step) if is_shown(one, given)))


def _is_used(journey: Journey, field: str) -> bool:
    if field == "told_reason":
        return text(journey.answers, RIGHT_WAY, "told") == "no"
    if field == CHOSEN_ITEMS:
        return text(journey.answers, DECIDE, "decision") == Outcome.SHARE_IN_PART
    return True


def detail_text(detail: Detail, value: str) -> str:
    """What a detail's value says: a choice by its label, a date in full, else as typed."""
    if detail.kind in ("date", "past-date"):
        return readable_date(value)
    return next((one.label for one in detail.choices if one.id == value), value)
