"""Days and hours on which the demo's people work. Pure."""

from datetime import date, datetime, time

from decisions.working_days import A_DAY, ENGLAND, latest

OPENS, CLOSES = time(8, 30), time(17, 30)


def working_day(today: date, before: int) -> date:
    """The working day that lies `before` working days before today; 1 is the latest one."""
    day = today
    for _ in range(before):
        day = latest(day - A_DAY)
    return day


def moment(today: date, before: int, at: time) -> datetime:
    """The aware moment of a time of day in England, so many working days before today."""
    return datetime.combine(working_day(today, before), at, tzinfo=ENGLAND)
