"""Counts in, what may be shown of them out. Pure.

Whatever a reader sees, the page, a drawing, a sentence or a file, is made from `Row`s, which do
not hold what was held back. So nobody can draw or write it by mistake.

A year's quarters and their months are one tree: what is held back in a quarter is held back in its
months, whichever period somebody asks for. Teams and settings are shown for whole years only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from decisions.figures.periods import QUARTERS, months_of
from decisions.figures.suppress import LEAST, held_in, undivided

Counts = Sequence[int]
Name = TypeVar("Name")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its total and its parts, each a number or None when held back."""

    total: int | None
    parts: tuple[int | None, ...]

    @property
    def is_divided(self) -> bool:
        """Whether any of its parts is shown."""
        return any(part is not None for part in self.parts)

    @property
    def rest(self) -> int:
        """What the parts held back come to, as everybody can work out; 0 when nothing is shown."""
        if self.total is None or not self.is_divided:
            return 0
        return self.total - sum(part for part in self.parts if part is not None)


@dataclass(frozen=True, slots=True)
class Year:
    """What may be shown of one measure in a year, with its quarters and months."""

    whole: Row
    quarters: Mapping[int, Row]
    months: Mapping[int, Row]


def publish_year(months: Mapping[int, Counts], width: int) -> Year:
    """The tree of a year, from the counts of each of its ended months; `width` parts a row."""
    quarters = {
        number: total_of([months[month] for month in months_of(number) if month in months], width)
        for number in QUARTERS
        if any(month in months for month in months_of(number))
    }
    whole = publish_whole(total_of(list(months.values()), width))
    shown_quarters = publish_parts(whole, quarters)
    shown_months: dict[int, Row] = {}
    for number, row in shown_quarters.items():
        inner = {month: months[month] for month in months_of(number) if month in months}
        shown_months |= publish_parts(row, inner)
    return Year(whole, shown_quarters, shown_months)


def publish_whole(counts: Counts) -> Row:
    """What may be shown of the counts of everything there is."""
    total = sum(counts)
    if total < LEAST:
        return nothing(len(counts))
    held = held_in(counts)
    return Row(total, tuple(None if at in held else one for at, one in enumerate(counts)))


def publish_parts(whole: Row, rows: Mapping[Name, Counts]) -> dict[Name, Row]:
    """What may be shown of rows that come to a whole, of which this is shown already."""
    if whole.total is None:
        return {name: nothing(len(whole.parts)) for name in rows}
    totals = [sum(counts) for counts in rows.values()]
    held_rows = held_in(totals)
    held_columns = {at for at, part in enumerate(whole.parts) if part is None}
    closed = undivided(list(rows.values()), held_rows=held_rows, held_columns=held_columns)
    return {
        name: Row(
            None if place in held_rows else totals[place],
            tuple(
                None if place in closed or at in held_columns else one
                for at, one in enumerate(counts)
            ),
        )
        for place, (name, counts) in enumerate(rows.items())
    }


def nothing(width: int) -> Row:
    """A row of which nothing is shown."""
    return Row(None, (None,) * width)


def total_of(rows: Sequence[Counts], width: int) -> tuple[int, ...]:
    """The sum of the rows, part by part."""
    return tuple(sum(row[at] for row in rows) for at in range(width))
