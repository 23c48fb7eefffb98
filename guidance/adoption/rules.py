"""What is wrong with an adoption before it is made, by field, in words for its lead. Pure."""

from collections.abc import Iterable, Mapping
from datetime import date

from guidance.adoption.terms import Term, clash
from guidance.adoption.words import day
from guidance.rulebook.schema import Edition
from infoshare.typed_text import is_blank

Messages = Mapping[str, str]


def wrong(
    held: Iterable[Term],
    today: date,
    *,
    edition: Edition,
    begins_on: date,
    ends_on: date | None,
    reviewed_by: str,
    reviewed_on: date | None,
    found: str,
) -> Messages:
    """The first fault of each field; empty when the adoption can be made."""
    messages = {
        "edition": _of_edition(edition),
        "begins_on": _of_beginning(held, today, begins_on, ends_on),
        "ends_on": "The last day is before the first one. Choose a later one, or leave it empty."
        if ends_on is not None and ends_on < begins_on
        else "",
        **_of_review(today, reviewed_by, reviewed_on, found),
    }
    return {field: message for field, message in messages.items() if message}


def withdrawn_words(edition: Edition) -> str:
    """Why an edition that is no longer for live decisions cannot be adopted."""
    return (
        f"“{edition.title}” is withdrawn. It is for training, to compare and for old records, and "
        "cannot be adopted for live decisions. Choose another edition."
    )


def _of_edition(edition: Edition) -> str:
    return "" if edition.status == "current" else withdrawn_words(edition)


def _of_beginning(held: Iterable[Term], today: date, begins_on: date, ends_on: date | None) -> str:
    if begins_on < today:
        return f"{day(begins_on)} is in the past. Choose today, {day(today)}, or a later day."
    met = clash(held, begins_on, ends_on)
    if met is None:
        return ""
    if met.begins_on == begins_on:
        return f"Another adoption begins on {day(begins_on)}. Choose another day."
    if met.begins_on < begins_on and met.last_day:
        return (
            f"This overlaps the adoption that runs from {day(met.begins_on)} to "
            f"{day(met.last_day)}. Choose a day after that, or end that one first."
        )
    return (
        f"This overlaps the adoption that begins on {day(met.begins_on)}. Choose an earlier last "
        "day, or withdraw that one first."
    )


def _of_review(today: date, by: str, on: date | None, found: str) -> dict[str, str]:
    """A note of a review says who, when and what; or there is none."""
    if is_blank(by) and on is None and is_blank(found):
        return {}
    late = "A review cannot be in the future: choose today or a day before."
    return {
        "reviewed_by": "Say who reviewed it, by role, or empty all three" if is_blank(by) else "",
        "reviewed_on": "Say when it was reviewed, or empty all three"
        if on is None
        else (late if on > today else ""),
        "found": "Say what was found, or empty all three" if is_blank(found) else "",
    }
