"""Dates as people type them: read to check and to print, never changed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from decisions.wizard.dates import EARLIEST, date_fault, read_date, readable_date

TODAY = date(2026, 11, 22)
LONG_AGO, AHEAD = "Enter a date from 1900 on", "Enter a date that is today or in the past"


@pytest.mark.parametrize(
    "typed",
    [
        "27 3 2026",
        "27/3/2026",
        "27.03.2026",
        "27-3-2026",
        " 27 March 2026 ",
        "27th mar, 2026",
        "2026-03-27",
    ],
)
def test_the_same_day_in_many_ways(typed: str) -> None:
    assert read_date(typed) == date(2026, 3, 27)
    assert readable_date(typed) == "27 March 2026"


@pytest.mark.parametrize(
    "typed",
    [
        "31 2 2026",
        "27 3 26",
        "March 2026",
        "27 13 2026",
        "27 smarch 2026",
        "yesterday",
        "٢٧ 3 2026",
        "0 1 2026",
    ],
)
def test_what_is_no_date_is_said_and_kept(typed: str) -> None:
    assert date_fault(typed, today=TODAY, past=False) == "Enter a real date, for example 27 3 2026"
    assert readable_date(typed) == typed


def test_before_1900_and_after_today() -> None:
    assert date_fault("31 12 1899", today=TODAY, past=False) == LONG_AGO
    assert date_fault("1 1 1900", today=TODAY, past=True) == ""
    assert date_fault("22 11 2026", today=TODAY, past=True) == ""
    assert date_fault("23 11 2026", today=TODAY, past=True) == AHEAD
    assert date_fault("23 11 2026", today=TODAY, past=False) == ""


@given(some.dates(min_value=EARLIEST), some.sampled_from([" ", "/", ".", "-"]))
def test_every_date_reads_back(day: date, between: str) -> None:
    typed = between.join(str(part) for part in (day.day, day.month, day.year))
    assert read_date(typed) == read_date(day.isoformat()) == read_date(readable_date(typed)) == day


@given(some.text(max_size=30))
def test_no_text_breaks_it(typed: str) -> None:
    found = read_date(typed)
    assert (found is None) == (
        date_fault(typed, today=date.max, past=True).startswith("Enter a real")
    )
