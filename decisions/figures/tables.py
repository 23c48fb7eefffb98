"""One figure as its readers see it: rows with their labels, all from what may be shown. Pure."""

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from decisions.figures.measures import DOUBTS, DOUBTS_TITLE, QUESTIONS, By, Measure
from decisions.figures.periods import Period, span
from decisions.figures.publishing import (
    Counts,
    Row,
    Year,
    nothing,
    publish_parts,
    publish_whole,
    publish_year,
    total_of,
)

Key = TypeVar("Key")
HEADS = {By.TEAM: "Team", By.SETTING: "Setting"}
DOUBTS_REMARK = (
    "Not sure is a good answer: it brings advice. Many of them at one question say that people "
    "would like training on it."
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure in one period: what its drawing, its table, its sentence and its file are of."""

    name: str
    title: str
    period: str
    head: str  # what the rows are
    parts: tuple[str, ...]
    rows: tuple[tuple[str, Row], ...]
    whole: Row
    remark: str = ""
    is_sum: bool = True  # whether the rows are parts of the whole

    @property
    def holds_back(self) -> bool:
        """Whether anything of it is held back."""
        rows = [self.whole, *(row for _, row in self.rows)]
        return any(row.total is None or None in row.parts for row in rows)


def over_time(
    measure: Measure, months: Mapping[int, Counts], period: Period, today: date
) -> Figure:
    """A measure in a period, by month; by quarter when most months of a year are too small."""
    tree = publish_year(months, len(measure.parts))
    head, rows = _rows(tree, period, today)
    whole = _whole(tree, period)
    return _figure(measure, period.words(today), head, rows, whole)


def by_place(
    measure: Measure,
    counts: Mapping[Key, Counts],
    labels: Mapping[Key, str],
    by: By,
    period: str,
) -> Figure:
    """A measure in a whole year by team or setting, in the order of the labels.

    What has no label, a setting that no edition here knows, is called by its key.
    """
    wide = len(measure.parts)
    named = {**labels, **{key: str(key) for key in counts if key not in labels}}
    rows = {key: counts.get(key, (0,) * wide) for key in named}
    whole = publish_whole(total_of(list(rows.values()), wide))
    shown = [(named[key], row) for key, row in publish_parts(whole, rows).items()]
    return _figure(measure, period, HEADS[by], shown, whole)


def doubts(months: Mapping[int, Counts], period: Period, today: date) -> Figure:
    """How many decisions answered "not sure" at each question, the last count being of all."""
    rows = []
    whole = nothing(1)
    for place, label in enumerate(QUESTIONS.values()):
        pairs = {month: (row[place], row[-1] - row[place]) for month, row in months.items()}
        found = _whole(publish_year(pairs, 2), period)
        rows.append((label, Row(found.parts[0], found.parts[:1])))
        whole = Row(found.total, (None,))
    return Figure(
        DOUBTS,
        DOUBTS_TITLE,
        period.words(today),
        "Question",
        ("Answered “not sure”",),
        tuple(rows),
        whole,
        DOUBTS_REMARK,
        is_sum=False,
    )


def _figure(
    measure: Measure, period: str, head: str, rows: Sequence[tuple[str, Row]], whole: Row
) -> Figure:
    return Figure(
        measure.name,
        measure.title,
        period,
        head,
        measure.labels,
        tuple(rows),
        whole,
        measure.remark,
    )


def _whole(tree: Year, period: Period) -> Row:
    if period.month:
        return tree.months[period.month]
    return tree.quarters[period.quarter] if period.quarter else tree.whole


def _rows(tree: Year, period: Period, today: date) -> tuple[str, list[tuple[str, Row]]]:
    months = [(calendar.month_name[month], tree.months[month]) for month in period.ended(today)]
    full = sum(row.is_divided for _, row in months)
    if period.quarter or period.month or full * 2 >= len(months):
        return "Month", months
    return "Quarter", [
        (span(Period(period.year, number).ended(today)), row)
        for number, row in tree.quarters.items()
    ]
