"""The forms of reviews. Whether something may be said now is for the writers."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from decisions.afterwards.forms import INCOMPLETE, PageForm
from decisions.records.models import Record
from decisions.review import words
from decisions.review.results import BY_REVIEWER, NEEDS_WORDS, Result, Standing
from guidance import stored
from infoshare.fields import LongTextField, OptionField, Select
from infoshare.typed_text import is_blank

LONGEST = 4_000
WHOLE = "The decision as a whole"


class ReviewForm(PageForm):
    """What a reviewer says, in what words, and about which question."""

    seen = forms.IntegerField(
        min_value=0,
        max_value=2**63 - 1,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), INCOMPLETE),
    )
    words = LongTextField(
        label="Your words",
        help_text="The practitioner and everybody who may read the record will see this. "
        "If you agree, you can leave it empty.",
        max_length=LONGEST,
        required=False,
        rows=6,
    )

    def __init__(self, data: Any = None, *, record: Record, standing: Standing, seen: int) -> None:
        super().__init__(data, initial={"seen": seen})
        offered = [
            one for one in words.CHOICES if data is not None or standing.allows(Result(one[0]))
        ]
        self.fields["result"] = OptionField(
            label="What do you say to this decision?",
            options=offered,
            error_messages={"required": "Choose what you say to this decision"},
        )
        self.fields["question"] = forms.ChoiceField(
            label="What is it about?",
            choices=[("", WHOLE), *_questions(record)],
            required=False,
            widget=Select(),
            error_messages={
                "invalid_choice": "Choose a question of this record, or the decision as a whole"
            },
        )
        self.order_fields(["page", "seen", "result", "question", "words"])

    def show_seen(self, seen: int) -> None:
        """Say that the reviewer has all this before them now; sending again is about all of it."""
        if isinstance(self.data, QueryDict):
            self.data = self.data.copy()
            self.data["seen"] = str(seen)

    def clean(self) -> dict[str, Any]:
        """Also refuse what needs words and has none."""
        given = super().clean() or {}
        chosen = given.get("result")
        said = Result(chosen) if chosen in BY_REVIEWER else None
        if said in NEEDS_WORDS and is_blank(given.get("words", "-")):
            self.add_error("words", words.MISSING[said])
        return given


class WordsForm(PageForm):
    """An answer or an advice: words alone."""

    def __init__(self, data: Any = None, *, label: str, hint: str, missing: str) -> None:
        super().__init__(data)
        self.fields["words"] = LongTextField(
            label=label,
            help_text=hint,
            max_length=LONGEST,
            rows=6,
            error_messages={"required": missing},
        )


def _questions(record: Record) -> Iterable[tuple[str, str]]:
    edition = stored.edition(record.edition_id)
    return [(gate, edition.question(gate).guide.title) for gate in record.gate_answers]
