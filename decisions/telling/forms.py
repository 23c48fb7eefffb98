"""How a person wants to be told."""

from typing import Any

from django import forms

from decisions.telling.kinds import WORDS, Kind, can_be_switched_off
from decisions.telling.models import MailChoice, Rhythm
from infoshare.fields import OptionField
from infoshare.people import policy
from infoshare.people.models import User

HINTS = {
    Rhythm.AT_ONCE: "A mail as soon as there is something new.",
    Rhythm.DAILY: "At seven in the morning, when there is something new.",
    Rhythm.WEEKLY: "At seven on Monday morning, when there is something new.",
    Rhythm.NEVER: "You see your messages here only.",
}


class TellingForm(forms.Form):
    """How often to mail, and what to tell: what is ticked is told."""

    rhythm = OptionField(
        label="How often do you want mail?",
        options=[(one.value, str(one.label), HINTS[one]) for one in Rhythm],
        error_messages={"required": "Choose how often you want mail"},
    )
    told = forms.MultipleChoiceField(
        label="What do you want to be told?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among those shown here"},
    )

    def __init__(self, *args: Any, choice: MailChoice, person: User, **kwargs: Any) -> None:
        shown = [one for one in can_be_switched_off() if policy.can(person, WORDS[one].action)]
        told = [one.value for one in shown if one not in choice.off]
        kwargs["initial"] = {"rhythm": choice.rhythm, "told": told}
        super().__init__(*args, **kwargs)
        self.shown = shown
        # What their roles do not bring up is neither asked nor changed.
        self.kept = [Kind(one) for one in choice.off if one in set(Kind) - set(shown)]
        self.fields["told"].choices = [  # type: ignore[attr-defined]
            (one.value, WORDS[one].switch) for one in shown
        ]

    def off(self) -> list[Kind]:
        """The kinds that are not ticked, and those that were off and are not shown."""
        told = self.cleaned_data["told"]
        return [*self.kept, *(one for one in self.shown if one not in told)]
