"""When adoptions hold: which one on a day, until when, and which one another would meet. Pure.

An adoption runs from its first day until the next one of its organisation begins, or until its own
last day, whichever is sooner. When the latest one that began is over, none is in force.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar


class Term(Protocol):
    """From when an adoption runs, and its last day where one was said."""

    @property
    def begins_on(self) -> date: ...
    @property
    def last_day(self) -> date | None: ...


T = TypeVar("T", bound=Term)


def in_force(adoptions: Iterable[T], day: date) -> T | None:
    """The adoption that holds on this day; None when there is none."""
    begun = [one for one in adoptions if one.begins_on <= day]
    latest = max(begun, key=lambda one: one.begins_on, default=None)
    if latest is None or (latest.last_day is not None and latest.last_day < day):
        return None
    return latest


def until(adoption: T, adoptions: Iterable[T]) -> date | None:
    """The last day on which it holds among the others; None when no end is known."""
    later = [one.begins_on for one in adoptions if one.begins_on > adoption.begins_on]
    before_the_next = [min(later) - timedelta(days=1)] if later else []
    own = [adoption.last_day] if adoption.last_day else []
    return min([*before_the_next, *own], default=None)


def clash(adoptions: Iterable[T], begins_on: date, last_day: date | None) -> T | None:
    """The adoption that one of these days cannot stand beside; None when it can.

    No two begin on one day, and none begins within days that another one names as its own: those
    from its first to its last, where it has a last one.
    """
    return next(
        (
            one
            for one in adoptions
            if one.begins_on == begins_on
            or _is_within(begins_on, one.begins_on, one.last_day)
            or _is_within(one.begins_on, begins_on, last_day)
        ),
        None,
    )


def _is_within(day: date, first: date, last: date | None) -> bool:
    return last is not None and first < day <= last
