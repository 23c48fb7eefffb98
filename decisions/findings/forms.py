"""The forms of findings."""

from django import forms

from infoshare.fields import LongTextField, ShortTextField

LONGEST = 5_000


class FindingForm(forms.Form):
    """A finding: one line, and all there is to say."""

    title = ShortTextField(
        label="The finding in one line",
        help_text="Leave out names. For example: the recipient’s role is missing.",
        error_messages={"required": "Say in one line what you found"},
    )
    words = LongTextField(
        label="What you found, and what you ask for",
        max_length=LONGEST,
        rows=8,
        error_messages={"required": "Say what you found, and what you ask for"},
    )


class StepForm(forms.Form):
    """What is said of a finding."""

    words = LongTextField(
        label="What you want to say",
        max_length=LONGEST,
        rows=6,
        error_messages={"required": "Write a few words: they are what the others read"},
    )
    seen = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
