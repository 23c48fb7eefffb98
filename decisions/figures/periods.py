"""The periods that figures are for: a month, a quarter or a year, as far as its months ended. Pure.

Any two of them lie apart or one within the other, so no overlap can be subtracted.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

QUARTERS = range(1, 5)
KEY = re.compile(r"(\d{4})(?:-(?:q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)
EARLIEST = 2000


class PeriodError(ValueError):
    """Why there is no such period, in the words for the person who asked for it."""


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, or one quarter or month of it."""

    year: int
    quarter: int | None = None
    month: int | None = None

    @property
    def key(self) -> str:
        """As it stands in an address: 2026, 2026-q3 or 2026-09."""
        if self.month:
            return f"{self.year}-{self.month:02}"
        return f"{self.year}-q{self.quarter}" if self.quarter else f"{self.year}"

    @property
    def months(self) -> range:
        """The numbers of its months."""
        if self.month:
            return range(self.month, self.month + 1)
        return months_of(self.quarter) if self.quarter else range(1, 13)

    def ended(self, today: date) -> list[int]:
        """Those of its months that had ended before today."""
        return [month for month in self.months if (self.year, month) < (today.year, today.month)]

    def words(self, today: date) -> str:
        """What it is called: "July to September 2026", "2026 so far (January to October)"."""
        ended = self.ended(today)
        whole = len(ended) == len(self.months)
        if self.month:
            return f"{calendar.month_name[self.month]} {self.year}"
        if whole and not self.quarter:
            return str(self.year)
        names = span(ended or list(self.months))
        if whole:
            return f"{names} {self.year}"
        of = f"quarter {self.quarter} of {self.year}" if self.quarter else str(self.year)
        return f"{of} so far ({names})"


def months_of(quarter: int) -> range:
    """The numbers of a quarter's months."""
    return range(quarter * 3 - 2, quarter * 3 + 1)


def read(key: str, today: date) -> Period:
    """The period of this key; `PeriodError` when there is none, or none of its months ended."""
    match = KEY.fullmatch(key)
    if match is None:
        raise PeriodError("Choose one of the periods in the list")
    year, quarter, month = (int(part) if part else None for part in match.groups())
    return _begun(Period(year or 0, quarter, month), today)


def around(first: date, last: date, today: date) -> Period:
    """The smallest period that both days are in; `PeriodError` when there is none to show."""
    if last < first:
        raise PeriodError("The last day is before the first day. Swap them, or change one.")
    if first.year != last.year:
        raise PeriodError("Choose two days of the same year. Figures are for one year at most.")
    if first.month == last.month:
        return _begun(Period(first.year, month=first.month), today)
    quarters = {(day.month + 2) // 3 for day in (first, last)}
    quarter = quarters.pop() if len(quarters) == 1 else None
    return _begun(Period(first.year, quarter), today)


def offered(today: date) -> Iterator[Period]:
    """What a list offers, the one to begin with first: years, then quarters, then months."""
    years = [Period(year) for year in (today.year, today.year - 1, today.year - 2)]
    found = [
        *years,
        *(Period(one.year, quarter) for one in years[:2] for quarter in reversed(QUARTERS)),
        *(Period(one.year, month=month) for one in years[:2] for month in range(12, 0, -1)),
    ]
    return (one for one in found if one.ended(today))


def _begun(period: Period, today: date) -> Period:
    if period.year < EARLIEST:
        raise PeriodError(f"The year cannot be before {EARLIEST}. Check the year.")
    if not period.ended(today):
        raise PeriodError("No month of this period has ended yet. Choose an earlier one.")
    return period


def span(months: list[int]) -> str:
    """The months by name, from the first to the last: "January to March"."""
    first, last = (calendar.month_name[month] for month in (months[0], months[-1]))
    return first if first == last else f"{first} to {last}"
