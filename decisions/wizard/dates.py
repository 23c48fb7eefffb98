"""Dates as people type them, on one line: kept as typed, read only to check and to print. Pure."""

import re
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
EARLIEST = date(1900, 1, 1)
PARTS = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s/.,-]+(\d{1,2}|[a-z]{3,9})[\s/.,-]+(\d{4})", re.ASCII
)
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)


def read_date(typed: str) -> date | None:
    """The date in such a text as "27 3 2026", "27/3/2026" or "27 March 2026"; None for no date."""
    words = typed.strip().lower()
    if found := ISO.fullmatch(words):
        return _date(found[3], found[2], found[1])
    found = PARTS.fullmatch(words)
    return _date(*found.groups()) if found else None


def date_fault(typed: str, *, today: date, past: bool) -> str:
    """What is wrong with a typed date, in the person's words; "" when nothing is."""
    day = read_date(typed)
    if day is None:
        return "Enter a real date, for example 27 3 2026"
    if day < EARLIEST:
        return "Enter a date from 1900 on"
    if past and day > today:
        return "Enter a date that is today or in the past"
    return ""


def readable_date(typed: str) -> str:
    """The date such as "27 March 2026"; the text itself when it is no date."""
    day = read_date(typed)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else typed


def _date(day: str, month: str, year: str) -> date | None:
    number = int(month) if month.isdigit() else _month(month)
    try:
        return date(int(year), number, int(day))
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month by its name or the beginning of it; 0 for none."""
    return next((i for i, month in enumerate(MONTHS, 1) if month.lower().startswith(name)), 0)
