"""How a person wants to be told."""

from typing import Any

from django import forms

from decisions.telling.kinds import WORDS, Kind, can_be_switched_off
from decisions.telling.models import MailChoice, Rhythm
from infoshare.fields import OptionField

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
        choices=[(one.value, WORDS[one].switch) for one in can_be_switched_off()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Choose among those shown here"},
    )

    def __init__(self, *args: Any, choice: MailChoice, **kwargs: Any) -> None:
        told = [one.value for one in can_be_switched_off() if one not in choice.off]
        kwargs["initial"] = {"rhythm": choice.rhythm, "told": told}
        super().__init__(*args, **kwargs)

    def off(self) -> list[Kind]:
        """The kinds that are not ticked."""
        told = self.cleaned_data["told"]
        return [one for one in can_be_switched_off() if one not in told]
