"""Which days are working days in England, and counting them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.working_days import after, is_working_day, latest

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 3, 6), True),
        (date(2026, 3, 7), False),
        (date(2026, 4, 3), False),  # Good Friday
        (date(2026, 4, 6), False),  # Easter Monday: a holiday in England, not in Scotland
        (date(2026, 8, 31), False),  # late August: England's, not Scotland's
        (date(2026, 12, 28), False),  # for Boxing Day, which is a Saturday
        (date(2026, 1, 2), True),  # Scotland's alone
        (date(2026, 3, 17), True),  # Northern Ireland's alone
    ],
)
def test_bank_holidays_are_those_of_england(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (date(2026, 3, 6), 2, date(2026, 3, 10)),  # a Friday
        (date(2026, 3, 7), 2, date(2026, 3, 10)),  # a Saturday
        (date(2026, 4, 2), 2, date(2026, 4, 8)),  # the Thursday before Easter
        (date(2026, 12, 24), 2, date(2026, 12, 30)),
        (date(2026, 3, 6), 0, date(2026, 3, 6)),
        (date(2026, 3, 7), 0, date(2026, 3, 9)),
    ],
)
def test_counting_forward(day: date, count: int, expected: date) -> None:
    assert after(day, count) == expected


@given(DAYS, st.integers(0, 30))
def test_it_counts_as_one_would_with_a_finger(day: date, count: int) -> None:
    due = after(day, count)
    assert is_working_day(due)
    between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(map(is_working_day, between)) == count or (count == 0 and not is_working_day(day))
    assert latest(due) == due
