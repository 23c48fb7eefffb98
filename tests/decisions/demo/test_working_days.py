"""The demo's people work on working days, in English time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from decisions.demo.working_days import moment, working_day


@pytest.mark.parametrize(
    ("today", "before", "expected"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 23)),  # a Tuesday
        (date(2026, 11, 23), 1, date(2026, 11, 20)),  # a Monday
        (date(2026, 11, 22), 1, date(2026, 11, 20)),  # a Sunday
        (date(2026, 11, 22), 6, date(2026, 11, 13)),
        (date(2026, 12, 28), 1, date(2026, 12, 24)),  # Christmas lies between
        (date(2027, 1, 4), 2, date(2026, 12, 30)),  # 1 January is a Friday
        (date(2026, 4, 7), 1, date(2026, 4, 2)),  # Easter lies between
    ],
)
def test_the_working_days_before_a_day(today: date, before: int, expected: date) -> None:
    assert working_day(today, before) == expected


def test_a_longer_ago_day_always_lies_before() -> None:
    for offset in range(400):
        today = date(2026, 1, 1) + timedelta(days=offset)
        days = [working_day(today, before) for before in range(1, 30)]
        assert days == sorted(set(days), reverse=True)
        assert days[0] < today


def test_summer_time_counts() -> None:
    in_july = moment(date(2026, 7, 15), 1, time(10, 40))
    in_january = moment(date(2026, 1, 15), 1, time(10, 40))
    assert in_july.astimezone(UTC) == datetime(2026, 7, 14, 9, 40, tzinfo=UTC)
    assert in_january.astimezone(UTC) == datetime(2026, 1, 14, 10, 40, tzinfo=UTC)
