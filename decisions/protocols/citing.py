"""Naming a protocol of the register in a draft, by one press: the words that go into it. Pure."""

import uuid

from decisions.protocols.matching import Known
from decisions.wizard.answers import ABOUT, LONGEST_LINE, StepAnswers, fields
from guidance.rulebook.schema import Edition

CITE = "cite:"
"""How a button's `go` begins that names a protocol; its id follows."""
YES, BETWEEN = "yes", "; "


def cited(go: str) -> uuid.UUID | None:
    """The protocol that a button names; None for every other button."""
    try:
        return uuid.UUID(go.removeprefix(CITE)) if go.startswith(CITE) else None
    except ValueError:
        return None


def naming(edition: Edition, given: StepAnswers, known: Known) -> dict[str, str]:
    """The first step's texts with this protocol named beside what was typed before.

    Without room for it, or a field, the texts stay as they are but for the answer "yes".
    """
    said = {**given, "agreement": YES}
    if "protocol" not in fields(edition, ABOUT):
        return said
    typed = given.get("protocol", "")
    if known.line in typed:
        return said
    both = f"{typed}{BETWEEN}{known.line}" if typed.strip() else known.line
    return {**said, "protocol": both} if len(both) <= LONGEST_LINE else said
