"""Fields of the decision that come with what was answered: items, golden rules."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from decisions.wizard.answers import rule_notes
from decisions.wizard.items.choice import FIELD, items_of
from decisions.wizard.journey import Journey
from infoshare.fields import LongTextField, TextField

LONGEST_CHOICE = 1_000  # more than all the numbers of a full list


class ItemBoxes(forms.CheckboxSelectMultiple):
    """A box an item. What is ticked is kept as one text: the numbers with spaces between."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        """The numbers that were sent, as one text."""
        sent = data.getlist(name) if isinstance(data, MultiValueDict) else [data.get(name)]
        return " ".join(str(one) for one in sent if one)


class ItemsField(TextField):
    """Which of the listed items are shared. Whether the choice will do, `completeness` says."""

    widget = ItemBoxes
    choices: list[tuple[str, str]]

    def __init__(self, *, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_CHOICE, required=False, **kwargs)
        self.choices = choices

    def prepare_value(self, value: Any) -> list[str]:
        """The numbers that are ticked."""
        return str(value or "").split()


def decide_fields(journey: Journey) -> dict[str, forms.Field]:
    """The fields by name: which items, a note on each golden rule."""
    return {
        FIELD: ItemsField(
            label="Which items will you share?",
            help_text="Tick what you share. What you leave unticked is recorded as held back.",
            choices=[(one.id, _words(one.place, one.said["what"])) for one in items_of(journey)],
        ),
        **{
            name: LongTextField(label="Your note", rows=2, required=False)
            for name in rule_notes(journey.edition)
        },
    }


def _words(place: int, what: str) -> str:
    """The item as a label: its place and the beginning of what it says."""
    words = " ".join(what.split())
    return f"{place}. {words if len(words) <= 200 else words[:199] + '…'}"
