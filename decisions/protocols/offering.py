"""Agreements that may help, offered on two of the wizard's pages: one statement, and no more."""

import uuid
from typing import Any

from decisions.protocols.matching import Helpful, Known, helpful
from decisions.wizard.answers import ABOUT, RIGHT_WAY, Answers, text
from decisions.wizard.models import Draft
from guidance.protocols.register import holding

OFFERED_ON = (ABOUT, RIGHT_WAY)
SETTING = "setting"


def offering(draft: Draft, step: str, answers: Answers) -> dict[str, Any]:
    """What the page of a step shows of the register; nothing on the other pages."""
    if step not in OFFERED_ON:
        return {}
    return {"helpful": helpful_for(draft, answers)}


def helpful_for(draft: Draft, answers: Answers) -> list[Helpful]:
    """The protocols of the draft's organisation that may help with what it says so far."""
    return helpful(
        in_force(draft.organisation_id),
        names=[text(answers, ABOUT, "organisation"), text(answers, RIGHT_WAY, "recipient")],
        setting=text(answers, SETTING, "answer"),
        own=draft.organisation.name,
    )


def in_force(organisation_id: uuid.UUID) -> list[Known]:
    """The protocols that hold today. One past its last day is the lead's matter, not shown."""
    rows = holding([organisation_id])
    fields = ("protocol_id", "title", "reference", "parties", "about")
    return [
        Known(key, title, reference, typed, tuple(about))
        for key, title, reference, typed, about in rows.values_list(*fields)
    ]
