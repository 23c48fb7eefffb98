"""Days and hours on which the demo's people work. Pure."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(8, 30), time(17, 30)
SATURDAY = 5
SHUT = {(12, 25), (12, 26), (1, 1)}


def working_day(today: date, before: int) -> date:
    """The working day that lies `before` working days before today; 1 is the latest one."""
    day = today
    for _ in range(before):
        day -= timedelta(days=1)
        while day.weekday() >= SATURDAY or (day.month, day.day) in SHUT:
            day -= timedelta(days=1)
    return day


def moment(today: date, before: int, at: time) -> datetime:
    """The aware moment of a time of day in England, so many working days before today."""
    return datetime.combine(working_day(today, before), at, tzinfo=LONDON)
