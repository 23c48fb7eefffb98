"""Working days in England: Monday to Friday, without the bank holidays. Pure.

The bank holidays come with the package `holidays` and need no network. For days beyond those
it knows (after 2099) only the weekend counts.
"""

from datetime import date, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from holidays import country_holidays

ENGLAND = ZoneInfo("Europe/London")
SATURDAY = 5
A_DAY = timedelta(days=1)


def is_working_day(day: date) -> bool:
    """Whether people at a desk work on this day."""
    return day.weekday() < SATURDAY and day not in _bank_holidays(day.year)


def latest(day: date) -> date:
    """The day itself when it is a working day, else the last one before it."""
    while not is_working_day(day):
        day -= A_DAY
    return day


def after(day: date, count: int) -> date:
    """The working day that lies so many working days after this day.

    For 0 it is the day itself, or when that is none the next working day.
    """
    for _ in range(count):
        day += A_DAY
        while not is_working_day(day):
            day += A_DAY
    while not is_working_day(day):
        day += A_DAY
    return day


def count_since(day: date, today: date) -> int:
    """How many working days have begun after this day, today included; 0 for a day to come."""
    days = range(1, (today - day).days + 1)
    return sum(is_working_day(day + ahead * A_DAY) for ahead in days)


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    # Year by year and frozen: the package's own object grows while it is asked, and threads ask.
    return frozenset(country_holidays("GB", subdiv="ENG", years=year, expand=False))
