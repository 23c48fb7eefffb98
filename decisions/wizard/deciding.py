"""What the page of the decision says beside the answers: golden rules, items, changed answers."""

from typing import Any

from decisions.wizard import gate_changes
from decisions.wizard.golden_rules import self_check
from decisions.wizard.items.choice import item_words, items_of
from decisions.wizard.journey import Journey
from decisions.wizard.models import Draft


def deciding_context(draft: Draft, journey: Journey) -> dict[str, Any]:
    """The check on oneself, the listed items and the changed answers, for the template."""
    words, items = journey.edition.items, items_of(journey)
    changed = gate_changes.changes(journey.edition, draft.answer_saves())
    advised = draft.advice.values_list("question", flat=True)
    return {
        "checks": self_check(journey, list(advised)),
        "items": [item_words(words, item) for item in items] if words else [],
        "changes": changed[-gate_changes.SHOWN :],
        "changes_left_out": max(0, len(changed) - gate_changes.SHOWN),
    }
