"""The short form of an urgent record: what was shared, with whom, how, why it could not wait."""

from collections.abc import Mapping
from typing import Any

from django import forms

from decisions.wizard.answers import (
    ABOUT,
    DECIDE,
    LONGEST_LINE,
    LONGEST_REFERENCE,
    RIGHT_WAY,
    URGENT,
    Answers,
    text,
)
from decisions.wizard.methods import phrase
from guidance.rulebook.schema import Edition
from infoshare.fields import LongTextField, OptionField, Select, ShortTextField
from infoshare.typed_text import is_blank

PREFIX = "act"
# Where each field of the form is kept in the draft.
PLACES: Mapping[str, tuple[str, str]] = {
    "case_reference": (ABOUT, "case_reference"),
    "what": (RIGHT_WAY, "what"),
    "shield": (RIGHT_WAY, "shield"),
    "recipient": (RIGHT_WAY, "recipient"),
    "method": (RIGHT_WAY, "method"),
    "why": (URGENT, "reason"),
    "more": (DECIDE, "reason"),
}
NEEDED = {
    "case_reference": "Enter the case reference from your own system",
    "what": "Say what you shared",
    "recipient": "Say who you shared it with: their role and organisation",
    "method": "Say how you shared it",
    "why": "Say why it could not wait",
}


class UrgentForm(forms.Form):
    """Everything that an urgent record needs. It can be kept before it is complete."""

    prefix = PREFIX

    case_reference = ShortTextField(
        label="Case reference",
        help_text="The reference from your own system. Do not write a name.",
        max_length=LONGEST_REFERENCE,
        required=False,
    )
    what = LongTextField(
        label="What did you share?",
        help_text="Only what protects. Leave out names.",
        rows=4,
        required=False,
    )
    shield = OptionField(
        label="Could any of it lead somebody to a person who must not be found?",
        help_text="If the recipient needed it, what you wrote above is kept out of ordinary copies "
        "of the record. You can leave this empty.",
        options=[
            ("", "Not filled in", ""),
            ("yes", "Yes, and I took it out", ""),
            ("needed", "Yes, but the recipient needed it to protect them", ""),
            ("no", "No", ""),
        ],
        widget=Select,
        required=False,
    )
    recipient = ShortTextField(
        label="Who did you share it with?",
        help_text="Their role and organisation.",
        max_length=LONGEST_LINE,
        required=False,
    )
    method = ShortTextField(
        label="How did you share it?",
        help_text="For example by phone to 999, or face to face.",
        max_length=LONGEST_LINE,
        required=False,
    )
    why = LongTextField(
        label="Why could it not wait?",
        help_text="What harm could have come, and how soon.",
        rows=4,
        required=False,
    )
    more = LongTextField(
        label="Your reasons, as you wrote them for the decision",
        help_text="You wrote this earlier. It will be in the record: change it, or empty it.",
        rows=4,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lacking: set[str] = set()

    @classmethod
    def showing(cls, edition: Edition, answers: Answers) -> "UrgentForm":
        """The form with what the draft holds already; a method of the edition by its label."""
        held = {name: text(answers, *place) for name, place in PLACES.items()}
        return cls(initial={**held, "method": phrase(edition, held["method"])})

    def clean(self) -> dict[str, Any]:
        """Say what is still needed, beside each field that is not already wrong."""
        cleaned = super().clean() or {}
        for name, words in NEEDED.items():
            if name not in self.errors and is_blank(cleaned.get(name, "")):
                self.lacking.add(name)
                self.add_error(name, words)
        return cleaned

    def can_be_kept(self) -> bool:
        """Whether all that was typed can be stored as it is, complete or not."""
        self.full_clean()
        return set(self.errors) <= self.lacking

    def typed(self) -> dict[str, str]:
        """Every field's text exactly as it was sent, by the form's own names."""
        return {name: str(self[name].data or "") for name in PLACES}
