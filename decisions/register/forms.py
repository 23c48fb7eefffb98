"""The forms of the register: what to narrow it to, a name to keep a view under, a file to take."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from decisions.register import terms
from decisions.register.choices import Choices
from decisions.register.view import CHOSEN, DATES, TYPED, View, names_of
from infoshare.fields import DateField, OptionField, Select, ShortTextField

LONGEST = 200
LONGEST_NAME = 80
ANY = "Any"
BESIDE = frozenset({"csrfmiddlewaretoken", "go", "without", "after", "before"})
"""Names that may come with the form and narrow nothing."""


class _Choice(forms.ChoiceField):
    """One of a list, or nothing."""

    widget = Select
    default_error_messages = {"invalid_choice": "Choose one of the answers in the list"}

    def __init__(self, label: str, known: Mapping[str, str], first: str = ANY) -> None:
        choices = [("", first), *known.items()] if first else list(known.items())
        super().__init__(label=label, choices=choices, required=False)


class _Columns(forms.MultipleChoiceField):
    widget = forms.CheckboxSelectMultiple
    default_error_messages = {"invalid_choice": "Choose columns of the list"}


class FilterForm(forms.Form):
    """Everything a view can be. Bound to what was sent, by address or by form."""

    words = ShortTextField(
        label="Search",
        help_text="A reference, a case reference, or words from the reasons.",
        max_length=LONGEST,
        required=False,
    )
    recipient = ShortTextField(
        label="Shared with",
        help_text="Words of the organisation’s or the recipient’s name.",
        max_length=LONGEST,
        required=False,
    )
    since = DateField(label="Sealed on or after", required=False)
    until = DateField(label="Sealed on or before", required=False)

    def __init__(self, sent: QueryDict, choices: Choices) -> None:
        data = sent.copy()
        if "columns" not in data:  # the boxes are to show what the list shows
            data.setlist("columns", list(terms.USUAL))
        super().__init__(data)
        listed = {
            "state": ("Review", terms.REVIEW_STATES),
            "marked": ("Marked", terms.MARKS),
            "overdue": ("Overdue", terms.OVERDUE),
            "decision": ("Decision", terms.decisions()),
            "outcome": ("Suggested outcome", terms.outcomes()),
            "departure": ("Departure", terms.YES_NO),
            "rule": ("Rule", terms.rules()),
            "setting": ("About", terms.answers_to("setting") | terms.NOTHING),
            "basis": ("Lawful basis", terms.answers_to("lawful-basis") | terms.NOTHING),
            "edition": ("Edition", terms.editions()),
            "team": ("Team", choices.teams),
            "practitioner": ("Practitioner", choices.people),
        }
        for name, (label, known) in listed.items():
            self.fields[name] = _Choice(label, known)
        self.fields["sort"] = _Choice("Order", terms.SORTS, first="")
        self.fields["columns"] = _Columns(
            label="Show", choices=list(terms.COLUMNS.items()), required=False
        )

    def clean(self) -> dict[str, Any]:
        """What was sent; refuses dates the wrong way round, and names it does not know."""
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "This day is before the first one. Change one of the two.")
        if unknown := sorted(set(self.data) - _known()):
            named = ", ".join(f"“{name[:40]}”" for name in unknown[:5])
            self.add_error(None, f"The register has no filter called {named}")
        return given

    @cached_property
    def view(self) -> View:
        """What was asked for, once it is valid; what is blank counts as nothing."""
        given = self.cleaned_data
        return View(
            **{name: given[name] for name in (*CHOSEN, *DATES)},
            **{name: given[name].strip() for name in TYPED},
            sort=given["sort"] or terms.Sort.NEWEST,
            columns=tuple(given["columns"]) or terms.USUAL,
        )

    def said(self, name: str) -> str:
        """A filter that is set, in words: “Team: Early Help”."""
        value = getattr(self.view, name)
        if name in DATES:
            shown = f"{value.day} {value:%B %Y}"
        else:
            shown = dict(getattr(self.fields[name], "choices", ())).get(value, value)
        return f"{self.fields[name].label}: {shown}"


def _known() -> frozenset[str]:
    names: Iterable[str] = (*CHOSEN, *TYPED, "sort", "columns")
    return BESIDE | set(names) | {part for name in DATES for part in names_of(name)}


class KeepForm(forms.Form):
    """A name for a view."""

    name = ShortTextField(
        label="Name of the view",
        help_text="Only you see it. What you typed to search for is kept with it.",
        max_length=LONGEST_NAME,
        error_messages={"required": "Give the view a name"},
    )


class TakeForm(forms.Form):
    """Which file of the current view to take away."""

    file = OptionField(
        label="File",
        options=[("csv", "CSV", "For any program"), ("xlsx", "XLSX", "For a spreadsheet")],
        initial="csv",
        error_messages={"required": "Choose CSV or XLSX"},
    )
    with_cases = forms.BooleanField(label="Put the case references in, too", required=False)


FORMS = (KeepForm, TakeForm)
"""Those that a page sends with its view beside them."""
