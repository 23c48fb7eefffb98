"""Where a draft stands, by its row."""

from decisions.wizard.answers import Answers
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft
from guidance import stored


def journey_of(draft: Draft, answers: Answers | None = None) -> Journey:
    """The journey on the draft's own edition, by its answers as they are on this object.

    `answers` are newer ones than the object has.
    """
    acted_on = draft.acted_on.reference if draft.acted_on else ""
    held = draft.answers if answers is None else answers
    return Journey(stored.edition(draft.edition_id), held, acted_on)
