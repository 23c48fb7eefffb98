"""What the list of who read records is narrowed to."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from decisions.desk.reads import Asked
from infoshare import clock
from infoshare.fields import DateField, Select
from infoshare.people.models import Membership

DAYS = 30
WRONG = {"invalid_choice": "Choose one of the answers in the list"}
OTHERS = "others"


class ReadsForm(forms.Form):
    """By whom and when. With nothing sent: by anybody in the last `DAYS` days."""

    person = forms.ChoiceField(label="Read by", widget=Select, required=False, error_messages=WRONG)
    whose = forms.ChoiceField(
        label="Whose records",
        widget=Select,
        required=False,
        choices=[("", "Anybody’s"), (OTHERS, "Not the reader’s own")],
        error_messages=WRONG,
    )
    since = DateField(label="From", required=False)
    until = DateField(label="To", required=False)

    def __init__(self, sent: QueryDict, organisations: Collection[UUID]) -> None:
        super().__init__(sent if set(sent) - {"before"} else _usual())
        held = Membership.objects.filter(organisation__in=organisations)
        people = held.order_by("user__name", "user").values_list("user", "user__name").distinct()
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            ("", "Anybody"),
            *((str(pk), name) for pk, name in people),
        ]

    def clean(self) -> dict[str, Any]:
        """What was sent; refuses days the wrong way round."""
        given = self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and since > until:
            self.add_error("until", "This day is before the first one. Change one of the two.")
        return given

    @property
    def asked(self) -> Asked:
        """What was asked for, once it is valid."""
        given = self.cleaned_data
        return Asked(
            person=UUID(given["person"]) if given["person"] else None,
            others_only=given["whose"] == OTHERS,
            since=given["since"],
            until=given["until"],
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The names and values that were sent, or that stand for nothing sent."""
        return [(name, value) for name, value in self.data.items() if name != "before"]


def _usual() -> dict[str, str]:
    day = clock.today() - timedelta(days=DAYS)
    return {"since_day": str(day.day), "since_month": str(day.month), "since_year": str(day.year)}
