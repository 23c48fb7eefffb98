"""A view of the register: what it is narrowed to, its order, its columns. Pure.

What is chosen may stand in an address. What is typed may not: it goes by POST, and is stored
nowhere but in a view that the person chose to keep.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from decisions.register.terms import USUAL, Sort

CHOSEN = (
    *("state", "marked", "overdue", "decision", "outcome", "departure", "rule"),
    *("setting", "basis", "edition", "team", "practitioner"),
)
DATES = ("since", "until")
TYPED = ("words", "recipient")
PARTS = ("day", "month", "year")

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class View:
    """What is asked of the register; a filter that is "" or None narrows nothing."""

    state: str = ""
    marked: str = ""
    overdue: str = ""
    decision: str = ""
    outcome: str = ""
    departure: str = ""
    rule: str = ""
    setting: str = ""
    basis: str = ""
    edition: str = ""
    team: str = ""
    practitioner: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""
    recipient: str = ""
    sort: str = Sort.NEWEST
    columns: tuple[str, ...] = USUAL

    @property
    def is_typed(self) -> bool:
        """Whether it holds words that belong in no address."""
        return bool(self.words or self.recipient)

    def narrowed_by(self) -> list[str]:
        """The names of the filters that are set, in the order of the page."""
        return [name for name in (*TYPED, *CHOSEN, *DATES) if getattr(self, name)]

    def pairs(self, *, typed: bool = True) -> list[Pair]:
        """The names and values that its form would send; without what was typed if asked."""
        found = [(name, getattr(self, name)) for name in CHOSEN if getattr(self, name)]
        for name in DATES:
            found += _boxes(name, getattr(self, name))
        if typed:
            found += [(name, getattr(self, name)) for name in TYPED if getattr(self, name)]
        if self.sort != Sort.NEWEST:
            found.append(("sort", self.sort))
        if self.columns != USUAL:
            found += [("columns", one) for one in self.columns]
        return found


def names_of(filter_name: str) -> tuple[str, ...]:
    """The names in a form that belong to one filter."""
    if filter_name in DATES:
        return tuple(f"{filter_name}_{part}" for part in PARTS)
    return (filter_name,)


def _boxes(name: str, day: date | None) -> Iterator[Pair]:
    if day is not None:
        yield from zip(names_of(name), map(str, (day.day, day.month, day.year)), strict=True)
