"""What to show figures of: a period from the list or between two days, and by what."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from decisions.figures.measures import By
from decisions.figures.periods import Period, PeriodError, around, offered, read
from infoshare.fields import DateField, Select
from infoshare.people.models import Organisation

BY_WORDS = {By.TIME: "Month or quarter", By.TEAM: "Team", By.SETTING: "Setting"}


class FiguresForm(forms.Form):
    """The choice of a reader. `cleaned_data["chosen"]` is the period, also of an empty form."""

    organisation = forms.ChoiceField(
        label="Organisation",
        widget=Select,
        required=False,
        error_messages={"invalid_choice": "Choose one of the organisations in the list"},
    )
    period = forms.ChoiceField(label="Period", widget=Select, required=False)
    first = DateField(label="From", required=False)
    last = DateField(label="To", required=False)
    by = forms.ChoiceField(
        label="Show by",
        widget=Select,
        required=False,
        choices=list(BY_WORDS.items()),
        error_messages={"invalid_choice": "Choose one of the answers in the list"},
    )

    def __init__(
        self, data: Any, *, today: date, organisations: Sequence[Organisation], **more: Any
    ) -> None:
        super().__init__(data, **more)
        self.today = today
        self.listed = list(offered(today))
        # An address may name any period; the list has the ones that are asked for most.
        named = [(one.key, one.words(today)) for one in self._with_named()]
        self.fields["period"].choices = named  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [  # type: ignore[attr-defined]
            (str(one.pk), one.name) for one in organisations
        ]
        self.fields["period"].error_messages["invalid_choice"] = str(self._named_error)
        if len(organisations) < 2:
            self.fields["organisation"].widget = forms.HiddenInput()

    def _with_named(self) -> list[Period]:
        self._named_error = "Choose one of the periods in the list"
        key = str(self.data.get("period") or "")
        if not key or key in {one.key for one in self.listed}:
            return self.listed
        try:
            return [*self.listed, read(key, self.today)]
        except PeriodError as error:
            self._named_error = str(error)
            return self.listed

    def clean(self) -> dict[str, Any]:
        """Add `chosen`, the period, and fill in what was left out."""
        given = super().clean() or {}
        given["by"] = By(given.get("by") or By.TIME)
        first, last = given.get("first"), given.get("last")
        if {"first", "last", "period"} & set(self.errors):
            return given
        if first or last:
            given["chosen"] = self._between(first, last)
        else:
            given["chosen"] = read(given.get("period") or self.listed[0].key, self.today)
        return given

    def _between(self, first: date | None, last: date | None) -> Period | None:
        """The period around both days; None, with an error beside the day, when there is none."""
        try:
            if first is None:
                raise PeriodError("Enter the first day, too")
            if last is None:
                raise PeriodError("Enter the last day, too")
            return around(first, last, self.today)
        except PeriodError as error:
            self.add_error("first" if first is None else "last", ValidationError(str(error)))
            return None
