"""The form of the list: a set of fields for each item, and an empty set for the next one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from decisions.wizard.answers import ITEMS, LONGEST_LINE, StepAnswers
from decisions.wizard.items.listed import MOST, NOT_KNOWN, PARTS, fresh, listed
from decisions.wizard.items.rules import TOO_MANY, faults
from guidance.rulebook.schema import ItemList
from infoshare.fields import LongTextField, OptionField, Select, ShortTextField

LEFT_EMPTY = ("", "Not filled in", "")
_NAME = re.compile(rf"{ITEMS}-([1-9][0-9]{{0,8}}-(?:{'|'.join(PARTS)})|{NOT_KNOWN})", re.ASCII)


@dataclass(frozen=True, slots=True)
class ItemFields:
    """The fields of one item by part, for the template. `is_new` until something is said."""

    id: str
    place: int
    is_new: bool
    fields: Mapping[str, forms.BoundField]


class ItemsForm(forms.Form):
    """The whole list. Valid when every text can be kept and nothing is wrong with any item."""

    def __init__(
        self,
        words: ItemList,
        held: StepAnswers,
        sent: StepAnswers | None = None,
        adding: bool = False,
    ) -> None:
        super().__init__(
            None if sent is None else {f"{ITEMS}-{key}": text for key, text in sent.items()},
            prefix=ITEMS,
            initial=dict(held),
        )
        self.words = words
        self.sent = held if sent is None else sent
        self.lacking: set[str] = set()
        self.items = listed(self.sent)
        self.room = len(self.items) < MOST
        if self.room and (adding or not self.items):
            self.new: str | None = max(fresh(held), fresh(self.sent), key=int)
        else:
            self.new = None
        for number in (*(item.id for item in self.items), *filter(None, [self.new])):
            self.fields |= {f"{number}-{part}": field for part, field in _fields(words).items()}
        self.fields[NOT_KNOWN] = _not_known(words)

    def clean(self) -> dict[str, Any]:
        """Add what must be put right, beside each field that is not already wrong."""
        cleaned = super().clean() or {}
        for name, message in faults(self.words, self.sent).items():
            if name in self.fields and name not in self.errors:
                self.lacking.add(name)
                self.add_error(name, message)
        return cleaned

    def can_be_kept(self) -> bool:
        """Whether all that was typed can be stored as it is, ready or not."""
        self.full_clean()
        return set(self.errors) <= self.lacking and len(self.items) <= MOST

    def refuse_more(self) -> None:
        """Say that the list is full."""
        self.add_error(NOT_KNOWN, TOO_MANY)

    def sets(self) -> list[ItemFields]:
        """The items in their order, then the empty set for the next one if there is one."""
        numbers = [*(item.id for item in self.items), *filter(None, [self.new])]
        return [
            ItemFields(
                number,
                place,
                number == self.new,
                {part: self[f"{number}-{part}"] for part in _fields(self.words)},
            )
            for place, number in enumerate(numbers, start=1)
        ]

    @property
    def not_known(self) -> forms.BoundField:
        """The field for what is not known."""
        return self[NOT_KNOWN]


def as_sent(posted: QueryDict) -> dict[str, str]:
    """The texts of the list's own fields as they were sent; anything else is left out.

    A name that came more than once is kept whole, one text below the other. A ticked box is "on".
    """
    sent = {
        match[1]: "\n\n".join(posted.getlist(name))
        for name in posted
        if (match := _NAME.fullmatch(name))
    }
    return {
        key: text and ("on" if key.endswith("-reveals") else text) for key, text in sent.items()
    }


def _fields(words: ItemList) -> dict[str, forms.Field]:
    found: dict[str, forms.Field] = {}
    for name, field in words.fields.items():
        said: dict[str, Any] = {"label": field.label, "help_text": field.hint, "required": False}
        if field.choices:
            options = [LEFT_EMPTY, *((one.id, one.label, one.hint) for one in field.choices)]
            found[name] = _Kept(options=options, widget=Select, **said)
        elif name == "what":
            found[name] = LongTextField(rows=3, **said)
        elif name == "reveals":
            found[name] = forms.BooleanField(**said)
        elif name in PARTS:
            found[name] = ShortTextField(max_length=LONGEST_LINE, **said)
    return found


class _Kept(OptionField):
    """A choice that is kept whatever was sent: `rules` says whether it will do."""

    def validate(self, value: str) -> None:
        """Nothing here: a text that is no choice is a fault of the item, not of the page."""


def _not_known(words: ItemList) -> forms.Field:
    field = words.fields.get(NOT_KNOWN)
    label, hint = (field.label, field.hint) if field else ("What is not known?", "")
    return LongTextField(label=label, help_text=hint, rows=3, required=False)
