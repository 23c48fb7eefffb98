"""Which answers to gates were changed on the way, from the saves of a draft. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

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


def changes(edition: Edition, saves: Iterable[tuple[str, str, datetime]]) -> list[Change]:
    """Every change from one option to another, in order of time, on the path now or not.

    `saves` are (step, answer, moment) of the saves that were applied, oldest first. An answer
    left empty in between is no change; nor is a text that is no option.
    """
    labels = {
        question.id: {option.id: option.label for option in question.options}
        for question in edition.questions
    }
    last: dict[str, str] = {}
    found = []
    for step, answer, at in saves:
        options = labels.get(step, {})
        if answer not in options:
            continue
        before = last.get(step, answer)
        if before != answer:
            title = edition.question(step).guide.title
            found.append(Change(step, title, before, options[before], answer, options[answer], at))
        last[step] = answer
    return found


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
