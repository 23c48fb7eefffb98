"""Which answers to gates were changed on the way, from the saves of a draft. Pure."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from guidance.rulebook.schema import Edition

SHOWN = 20  # on a page; the record holds every one


@dataclass(frozen=True, slots=True)
class Change:
    """One gate's answer that gave way to another. Labels are the edition's."""

    question: str
    title: str
    before: str
    before_label: str
    after: str
    after_label: str
    at: datetime


class Save(NamedTuple):
    """One save of a step that was applied."""

    step: str
    answer: str
    at: datetime
    page: uuid.UUID | None = None  # which opening of a form sent it
    is_autosave: bool = False


def changes(edition: Edition, saves: Sequence[Save]) -> list[Change]:
    """Every change from one option to another, in order of time, on the path now or not.

    An answer left empty in between is no change; nor is a text that is no option, nor what a
    page saved by itself before it was sent with another answer.
    """
    labels = {
        question.id: {option.id: option.label for option in question.options}
        for question in edition.questions
    }
    last: dict[str, str] = {}
    found = []
    for place, (step, answer, at, _, is_autosave) in enumerate(saves):
        options = labels.get(step, {})
        if answer not in options or (is_autosave and _is_sent_later(saves[place:])):
            continue
        before = last.get(step, answer)
        if before != answer:
            title = edition.question(step).guide.title
            found.append(Change(step, title, before, options[before], answer, options[answer], at))
        last[step] = answer
    return found


def _is_sent_later(saves: Sequence[Save]) -> bool:
    """Whether the next save of the first one's step comes from the same page."""
    first, *later = saves
    after = next((save for save in later if save.step == first.step), None)
    return after is not None and after.page == first.page


def sealed_changes(found: Iterable[Change]) -> dict[str, Any]:
    """The section of a record that says them."""
    return {
        "entries": [
            {
                "question": one.question,
                "title": one.title,
                "from": one.before,
                "from_label": one.before_label,
                "to": one.after,
                "to_label": one.after_label,
                "at": one.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            }
            for one in found
        ]
    }


def changed_entries(sections: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The changes a sealed record says, with `at` as a moment; [] for records that say none."""
    entries = sections.get("changes", {}).get("entries", [])
    return [{**entry, "at": datetime.fromisoformat(entry["at"])} for entry in entries]
