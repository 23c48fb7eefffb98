"""The form in which an auditor says what an export is to have, and what it is for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from decisions.export.choosing import SPREAD, Sample, Strata
from decisions.export.models import MOST_PURPOSE, MOST_SEED, Form
from decisions.export.planning import drawn_seed
from infoshare.fields import LongTextField, OptionField, Select, ShortTextField
from infoshare.people.models import MOST_EXPORTED
from infoshare.typed_text import is_blank

ALL, SAMPLE = "all", "sample"
NOT_A_NUMBER = "Enter the size of the sample as a whole number from 1, in digits"


class ChooseForm(forms.Form):
    """What is to be in an export. Bound to what was sent, or begun anew."""

    organisation = forms.ChoiceField(
        label="Organisation",
        widget=Select,
        error_messages={
            "required": "Choose one organisation",
            "invalid_choice": "Choose one organisation",
        },
    )
    take = OptionField(
        label="Which decisions?",
        options=[
            (ALL, "All that fit", ""),
            (SAMPLE, "A sample of them", "Drawn by chance. It can be drawn again, the same."),
        ],
        reveals={SAMPLE: "size"},
        initial=ALL,
        error_messages={"required": "Choose all decisions that fit, or a sample of them"},
    )
    size = ShortTextField(label="How many decisions in the sample?", max_length=20, required=False)
    strata = forms.ChoiceField(
        label="Spread the sample over",
        choices=[
            ("", "Nothing: drawn from all that fit"),
            *((one.value, words.capitalize()) for one, words in SPREAD.items()),
        ],
        widget=Select,
        required=False,
        error_messages={"invalid_choice": "Choose one of the answers in the list"},
    )
    seed = ShortTextField(
        label="Seed (optional)",
        help_text="Any words or number. The same seed draws the same sample from the same "
        "decisions. Leave it empty and one is drawn for you. It stands in the export.",
        max_length=MOST_SEED,
        required=False,
    )
    kind = OptionField(
        label="What do you need of them?",
        options=[
            (
                Form.WHOLE,
                "With the PDFs",
                "The PDFs unaltered, the records, what happened afterwards, tables, proofs. Legal "
                "advice, and where people at risk are, is left out as in every copy.",
            ),
            (
                Form.PSEUDONYMISED,
                "Pseudonymised",
                "Without the PDFs, and without what was said of a record later. Codes stand in "
                "place of the names of staff, recipients and cases, each the same all through it. "
                "Fields that ask for a name are left out. It can still be checked. Texts that "
                "people wrote stay as they are, and may still name somebody.",
            ),
        ],
        initial=Form.WHOLE,
        error_messages={"required": "Choose with the PDFs, or pseudonymised"},
    )
    purpose = LongTextField(
        label="What is this export for?",
        help_text="Name no person here. What you write stands in the export and in the ledger, "
        "where auditors of your organisation can read it. Each record shows its practitioner "
        "that you put it into an export.",
        max_length=MOST_PURPOSE,
        rows=3,
        error_messages={"required": "Say what this export is for"},
    )

    def __init__(self, sent: QueryDict | None, *, organisations: Mapping[str, str]) -> None:
        super().__init__(sent)
        self.fields["size"].widget.attrs["inputmode"] = "numeric"
        if len(organisations) == 1:
            self.only = next(iter(organisations))
            del self.fields["organisation"]
        else:
            choices = [("", "Choose one"), *organisations.items()]
            self.fields["organisation"].choices = choices  # type: ignore[attr-defined]

    def clean_size(self) -> int | None:
        """The size of the sample; None when no sample is asked for."""
        typed = self.cleaned_data["size"].strip()
        if self.cleaned_data.get("take") != SAMPLE:
            return None
        digits = typed.lstrip("0")
        if not (digits.isascii() and digits.isdigit()):
            raise ValidationError(NOT_A_NUMBER)
        if len(digits) > len(str(MOST_EXPORTED)):
            raise ValidationError(f"No export has more than {MOST_EXPORTED:,} decisions")
        return int(digits)

    def chosen_organisation(self) -> str:
        """The id of the organisation, once the form is valid."""
        return str(self.cleaned_data.get("organisation", "") or self.only)

    def sample(self) -> Sample | None:
        """The sample that is asked for, if it is one; with a seed drawn where none was typed."""
        given: dict[str, Any] = self.cleaned_data
        if given["take"] != SAMPLE:
            return None
        seed = drawn_seed() if is_blank(given["seed"]) else given["seed"]
        return Sample(given["size"], Strata(given["strata"]), seed)


FIELDS = frozenset(ChooseForm.base_fields)
"""The names that are not the view's."""
