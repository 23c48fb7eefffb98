"""The golden rules as a check on oneself: what in the answers speaks to each of them. Pure.

Which answers speak to which rule stands in the edition (`speaks` of a golden rule, names as in
`guidance.rulebook.speaking`). Only what counts on the present path speaks.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from decisions.wizard.answers import DECIDE, ITEMS, rule_notes, text
from decisions.wizard.items.choice import items_of, label_of, may_list_items
from decisions.wizard.items.listed import NOT_KNOWN
from decisions.wizard.items.rules import CHOICES
from decisions.wizard.journey import Journey
from decisions.wizard.presentation import field_label, readable, step_title
from decisions.wizard.used import used_fields
from guidance.rulebook.schema import GoldenRule
from guidance.rulebook.speaking import ADVICE
from infoshare.typed_text import is_blank

REVEALS = "reveals"


@dataclass(frozen=True, slots=True)
class Spoken:
    """One answer that speaks to a rule."""

    name: str  # as the edition lists it
    label: str  # what was asked
    text: str
    in_own_words: bool  # free text, and not one of a few answers


@dataclass(frozen=True, slots=True)
class RuleCheck:
    """One golden rule with what speaks to it."""

    rule: GoldenRule
    spoken: tuple[Spoken, ...]
    note: str
    field: str  # the note's field in the step `decide`
    say_at: str  # the step where something could be said; "" when there is none on the path


def self_check(journey: Journey, advised: Sequence[str] = ()) -> tuple[RuleCheck, ...]:
    """A check for each golden rule, in order; none for editions stored without it.

    `advised` are the gates on which advice was noted.
    """
    notes = rule_notes(journey.edition)
    return tuple(
        RuleCheck(
            rule=rule,
            spoken=tuple(one for name in rule.speaks for one in _spoken(journey, name, advised)),
            note=text(journey.answers, DECIDE, field),
            field=field,
            say_at=next(filter(None, (_place(journey, name) for name in rule.speaks)), ""),
        )
        for rule, field in zip(journey.edition.golden_rules, notes, strict=False)
    )


def sealed_check(checks: Sequence[RuleCheck]) -> list[dict[str, Any]]:
    """What the record says of them. A person's own words are pointed at and not said again."""
    return [
        {
            "number": check.rule.number,
            "title": check.rule.title,
            "spoke": [
                {
                    "name": one.name,
                    "label": one.label,
                    "text": "" if one.in_own_words else one.text,
                }
                for one in check.spoken
            ],
            "note": "" if is_blank(check.note) else check.note,
        }
        for check in checks
    ]


# --- What speaks --------------------------------------------------------------------------------


def _spoken(journey: Journey, name: str, advised: Sequence[str]) -> Iterator[Spoken]:
    if name == ADVICE:
        yield from _advice(journey, advised)
        return
    step, _, field = name.partition(".")
    if step == ITEMS:
        yield from _items(journey, name, field)
        return
    field = field or "answer"
    if step not in journey.steps or field not in used_fields(journey, step):
        return
    value = text(journey.answers, step, field)
    if not is_blank(value):
        words = readable(journey, step, field, value)
        label = field_label(journey, step, field)
        if field == "reason" and step != DECIDE:
            label = f"{label}: {step_title(journey, step)}"
        yield Spoken(name, label, words, in_own_words=words == value)


def _advice(journey: Journey, advised: Sequence[str]) -> Iterator[Spoken]:
    if advised:
        asked = dict.fromkeys(advised)
        titles = "; ".join(step_title(journey, gate) for gate in asked)
        yield Spoken(ADVICE, "Advice you noted", titles, in_own_words=False)
    elif not journey.doubts:
        words = "You answered “not sure” to none of the questions"
        yield Spoken(ADVICE, "Doubts", words, in_own_words=False)


def _items(journey: Journey, name: str, field: str) -> Iterator[Spoken]:
    words, items = journey.edition.items, items_of(journey)
    if words is None or not items or not journey.is_sharing:
        return
    if not field:
        yield Spoken(name, "Items you listed", str(len(items)), in_own_words=False)
    elif field == REVEALS:
        count = sum(item.reveals for item in items)
        said = f"{count} of {len(items)} marked" if count else f"None of {len(items)}"
        yield Spoken(name, words.fields[field].label, said, in_own_words=False)
    elif field == NOT_KNOWN:
        unknown = text(journey.answers, ITEMS, NOT_KNOWN)
        if not is_blank(unknown):
            yield Spoken(name, words.fields[field].label, unknown, in_own_words=True)
    elif field in CHOICES and field in words.fields:
        chosen = Counter(label_of(words, field, item) for item in items if item.said[field])
        counted = "; ".join(f"{value}: {times}" for value, times in chosen.items())
        if counted:
            yield Spoken(name, words.fields[field].label, counted, in_own_words=False)


def _place(journey: Journey, name: str) -> str:
    """The step of this name where it can be said now; "" when there is none."""
    step = name.partition(".")[0]
    if step == ADVICE:
        return f"{ADVICE}:{journey.doubts[0]}" if journey.doubts else ""
    if step == ITEMS:
        return ITEMS if may_list_items(journey) else ""
    return step if journey.is_reachable(step) and step != DECIDE else ""
