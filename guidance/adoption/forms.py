"""The form on which an information governance lead adopts an edition."""

from typing import Any

from django import forms

from guidance.adoption.rules import withdrawn_words
from guidance.adoption.words import short
from guidance.rulebook import catalogue
from guidance.rulebook.schema import Edition
from infoshare import clock
from infoshare.fields import DateField, LongTextField, OptionField, ShortTextField

LONGEST = 2_000
CHANGED = "Choose an edition. Its files may have changed since you opened this page: look again."


class AdoptForm(forms.Form):
    """Which files, from when, and who reviewed them. An edition is chosen by its digest, so that
    nobody adopts other words than those that were there to be read."""

    edition = OptionField(label="Which edition?", options=[])
    begins_on = DateField(
        label="From which day?",
        help_text="Today or a later day. It runs until the next adoption begins.",
        error_messages={"required": "Enter the day from which it is used"},
    )
    ends_on = DateField(
        label="Does it end on a day of its own?",
        help_text="The last day on which it is used. Leave it empty if there is none.",
        required=False,
    )
    reviewed_by = ShortTextField(
        label="Who reviewed the edition?",
        help_text="By role, for example: solicitor of the council. No names.",
        required=False,
    )
    reviewed_on = DateField(label="When was it reviewed?", required=False)
    found = LongTextField(
        label="What was found?",
        help_text="Everybody in your organisation can read this, and each record keeps it.",
        max_length=LONGEST,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"begins_on": clock.today()})
        super().__init__(*args, **kwargs)
        options = [(one.digest, one.title, _hint(one)) for one in _adoptable()]
        self.fields["edition"] = OptionField(
            label="Which edition?",
            options=options,
            error_messages={"invalid_choice": self._why_not(), "required": "Choose an edition"},
        )

    def _why_not(self) -> str:
        sent = self.data.get("edition", "")
        for edition in catalogue.shipped().values():
            if sent in (edition.id, edition.digest) and edition.status != "current":
                return withdrawn_words(edition)
        return CHANGED

    def given(self) -> dict[str, Any]:
        """What `adopt_edition` takes, of a valid form."""
        chosen = self.cleaned_data["edition"]
        edition = next(one for one in _adoptable() if one.digest == chosen)
        return {**self.cleaned_data, "edition": edition}


def _adoptable() -> list[Edition]:
    shipped = catalogue.shipped()
    every = {catalogue.DEFAULT: shipped[catalogue.DEFAULT], **shipped}
    return [one for one in every.values() if one.status == "current"]


def _hint(edition: Edition) -> str:
    return (
        f"{edition.id}, published {edition.published}. Legal review of the edition itself: "
        f"{edition.legal_review}. Digest {short(edition.digest)}."
    )
