"""The form of each step. What a step needs is asked of `completeness`, never said twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms

from decisions.wizard.answers import (
    ABOUT,
    DECIDE,
    LONGEST_LINE,
    LONGEST_REFERENCE,
    RIGHT_WAY,
    details,
    own_fields,
    rule_notes,
)
from decisions.wizard.completeness import missing
from decisions.wizard.decide_fields import decide_fields
from decisions.wizard.journey import Journey
from decisions.wizard.labels import DECISION_LABELS, TOLD_LABELS
from decisions.wizard.method_field import method_fields
from decisions.wizard.own_words import own_words
from guidance.rulebook.schema import DECISIONS, Choice, Detail, Option
from infoshare.fields import LongTextField, OptionField, Select, ShortTextField

Options = list[tuple[str, str, str]]
LEFT_EMPTY = ("", "Not filled in", "")


@dataclass(frozen=True, slots=True)
class DetailGroup:
    """Details that belong to the same values of a field."""

    of: str  # the field; "" for none
    answers: tuple[str, ...]  # its values; empty: whatever it says
    labels: str  # the values in words
    fields: list[tuple[Detail, forms.BoundField]]


class StepForm(forms.Form):
    """A step of a journey. Valid when every field can be kept and the step lacks nothing."""

    def __init__(
        self, *args: Any, journey: Journey, step: str, sector: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.journey, self.step, self.sector = journey, step, sector
        self.lacking: dict[str, str] = {}
        self.arrange()
        self._take_words()
        for detail in details(journey.edition, step):
            self.fields[detail.id] = _detail_field(detail, self._needed(detail))

    def arrange(self) -> None:
        """Fit the fields to the edition; called once when the form is made."""

    def _take_words(self) -> None:
        for name, words in own_words(self.journey, self.step).items():
            self.fields[name].label = words.label
            self.fields[name].help_text = words.hint

    def own(self) -> list[forms.BoundField]:
        """The fields that every edition's step has, in their order."""
        return [self[name] for name in own_fields(self.step) if name in self.fields]

    def details(self) -> list[DetailGroup]:
        """The details in the edition's order; neighbours for the same answers are one group."""
        offered = details(self.journey.edition, self.step)
        return [
            DetailGroup(
                of, answers, self._labels(of, answers), [(one, self[one.id]) for one in group]
            )
            for (of, answers), group in groupby(offered, key=lambda one: (one.of, one.show_when))
        ]

    def _needed(self, detail: Detail) -> str:
        if not detail.required_when:
            return ""
        if detail.required_when == detail.show_when:
            return "Needed with this answer."
        return f"Needed if you answered {self._labels(detail.of, detail.required_when)}."

    def _labels(self, field: str, values: Sequence[str]) -> str:
        """The labels of these values of a field, quoted; "" for none."""
        shown = {value: label for value, label, _ in getattr(self.fields.get(field), "options", ())}
        return " or ".join(f"“{shown[value]}”" for value in values)

    def clean(self) -> dict[str, Any]:
        """Add what the step still lacks, beside each field that is not already wrong."""
        cleaned = super().clean() or {}
        given = {name: cleaned.get(name) or "" for name in self.fields}
        lacks = missing(self.journey, self.step, given)
        self.lacking = {name: words for name, words in lacks.items() if name not in self.errors}
        for name, words in self.lacking.items():
            self.add_error(name, words)
        return cleaned

    def can_be_kept(self) -> bool:
        """Whether all that was typed can be stored as it is, complete or not."""
        self.full_clean()
        return set(self.errors) <= set(self.lacking)


class AboutForm(StepForm):
    """Which case this is, and whether a protocol happens to help."""

    case_reference = ShortTextField(
        label="Case reference",
        help_text="The reference from your own system. Do not write a name.",
        max_length=LONGEST_REFERENCE,
        required=False,
    )
    agreement = OptionField(options=[], required=False)

    def arrange(self) -> None:
        """Take the words about protocols from the edition."""
        for asked in self.journey.edition.context:
            self.fields["agreement"] = OptionField(
                label=asked.title, options=_options(asked.options), required=False
            )


class GateForm(StepForm):
    """One gate question with the person's own reasons."""

    answer = OptionField(options=[], required=False)
    reason = LongTextField(label="Your reasons", required=False)

    def arrange(self) -> None:
        """Take the options from the edition, and say when reasons are needed."""
        question = self.journey.edition.question(self.step)
        offered = [option for option in question.options if self._is_offered(option)]
        usual = [one for one in offered if not one.sectors or self.sector in ("", *one.sectors)]
        self.fields["answer"] = OptionField(
            label=question.guide.title,
            options=_options(usual),
            more=_options([option for option in offered if option not in usual]),
            required=False,
        )
        self.fields["reason"].help_text = (
            "Needed here: say what you weighed. Leave out names."
            if question.reason_required_for
            else "You can leave this empty. Leave out names."
        )

    def _is_offered(self, option: Option) -> bool:
        """Whether to show an option. One that was chosen before, or is sent now, always shows."""
        chosen = (self.initial.get("answer"), self.data.get(self.add_prefix("answer")))
        if option.offered_when is None or option.id in chosen:
            return True
        return option.offered_when.holds(self.journey.conclusion.path.answers)


class RightWayForm(StepForm):
    """Question 6: the right information, to the right person, in the right way."""

    what = LongTextField(label="What is shared", required=False)
    recipient = ShortTextField(label="Who gets it", max_length=LONGEST_LINE, required=False)
    method = ShortTextField(label="How", max_length=LONGEST_LINE, required=False)
    told = OptionField(
        label="Does the person know?",
        options=[(value, label, "") for value, label in TOLD_LABELS.items()],
        reveals={"no": "told_reason"},
        required=False,
    )
    told_reason = LongTextField(label="Why they are not told", required=False)

    def arrange(self) -> None:
        """Take the ways to send or tell from the edition, where it has them."""
        sent, held = self.data.get(self.add_prefix("method")), self.initial.get("method")
        method = (sent if self.is_bound else held) or ""
        self.fields |= method_fields(self.journey.edition, str(method))
        self.order_fields(own_fields(RIGHT_WAY))


class DecideForm(StepForm):
    """Question 7: the decision, and why when it is not the one suggested."""

    decision = OptionField(options=[], required=False)
    reason = LongTextField(
        label="Your reasons for this decision",
        help_text="Needed when you decide otherwise than suggested.",
        required=False,
    )

    def arrange(self) -> None:
        """Mark the suggested decision, without choosing it for the person."""
        suggested = self.journey.conclusion.outcome
        self.fields["decision"] = OptionField(
            label="What do you decide?",
            options=[
                (taken.value, DECISION_LABELS[taken], "As suggested" if taken == suggested else "")
                for taken in DECISIONS
            ],
            required=False,
        )
        self.fields |= decide_fields(self.journey)

    @property
    def rule_notes(self) -> dict[str, forms.BoundField]:
        """The fields for a note on each golden rule, by name."""
        return {name: self[name] for name in rule_notes(self.journey.edition)}


def form_for(step: str) -> type[StepForm]:
    """The form class of a step; every gate has the same one."""
    return {ABOUT: AboutForm, RIGHT_WAY: RightWayForm, DECIDE: DecideForm}.get(step, GateForm)


def _detail_field(detail: Detail, needed: str) -> forms.Field:
    hint = " ".join(filter(None, [needed, detail.hint]))
    words: dict[str, Any] = {"label": detail.label, "help_text": hint, "required": False}
    if detail.kind == "choice":
        options = _options(detail.choices)
        if detail.required_when:
            return OptionField(options=options, **words)
        # Short, and unlike radio buttons it can be emptied again.
        return OptionField(options=[LEFT_EMPTY, *options], widget=Select, **words)
    if detail.kind == "text":
        return LongTextField(rows=3, **words)
    return ShortTextField(max_length=LONGEST_LINE, **words)


def _options(options: Sequence[Option | Choice]) -> Options:
    return [(option.id, option.label, option.hint) for option in options]
