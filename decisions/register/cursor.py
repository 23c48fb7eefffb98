"""A place in an ordered list, as an address carries it. Pure.

It names the last row that was seen, and not how many there were, so that a page stays the same
page while others write. Whatever is not exactly of this form is refused; whatever is can only
move the list within what the person may see.
"""

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime

from decisions.register.terms import Sort

LATER = date.max
"""Where a row without a day stands among days."""
_FORM = re.compile(r"([a-z-]{3,20})~([0-9A-Z:.TZ-]{8,32})~([0-9a-f]{32})", re.ASCII)
_MOMENT = "%Y-%m-%dT%H:%M:%S.%fZ"

Key = datetime | date | str


class BadCursor(ValueError):
    """The text is no place in a list of this order."""


@dataclass(frozen=True, slots=True)
class Place:
    """One row's place: what it is ordered by, and its record."""

    key: Key
    record: uuid.UUID


def write(sort: str, place: Place) -> str:
    """The text of a place in a list of this order."""
    key = place.key
    if isinstance(key, datetime):
        key = key.astimezone(UTC).strftime(_MOMENT)
    elif isinstance(key, date):
        key = key.isoformat()
    return f"{sort}~{key}~{place.record.hex}"


def read(sort: str, text: str) -> Place:
    """The place that the text names; raises `BadCursor` for any other text."""
    found = _FORM.fullmatch(text)
    if found is None or found[1] != sort:
        raise BadCursor
    try:
        place = Place(_key(sort, found[2]), uuid.UUID(found[3]))
    except (ValueError, OverflowError):
        raise BadCursor from None
    if write(sort, place) != text:
        raise BadCursor
    return place


def _key(sort: str, text: str) -> Key:
    if sort == Sort.REFERENCE:
        if not re.fullmatch(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", text):
            raise BadCursor
        return text
    if sort == Sort.REVIEW_DUE:
        return date.fromisoformat(text)
    return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
