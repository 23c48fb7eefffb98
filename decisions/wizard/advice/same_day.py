"""When advice in safeguarding is late: at the end of the working day. Pure.

A working day ends at 17:00 in England (`decisions.working_days` says which days those are).
"""

from datetime import datetime, time, timedelta

from decisions.working_days import ENGLAND, after, latest

ENDS = time(17, 0)


def last_end(now: datetime) -> datetime:
    """The end of the latest working day that has ended at `now`; what waits since then is late."""
    here = now.astimezone(ENGLAND)
    day = here.date() if here.time() >= ENDS else here.date() - timedelta(days=1)
    return datetime.combine(latest(day), ENDS, tzinfo=ENGLAND)


def late_from(waiting_since: datetime, days: int) -> datetime:
    """When it has waited too long: at the end of the working day so many working days later.

    For 0 that is the first end of a working day after the waiting began.
    """
    here = waiting_since.astimezone(ENGLAND)
    end = datetime.combine(after(here.date(), days), ENDS, tzinfo=ENGLAND)
    return end if end > here else datetime.combine(after(here.date(), 1), ENDS, tzinfo=ENGLAND)


def is_late(waiting_since: datetime, now: datetime) -> bool:
    """Whether a working day has ended since the waiting began."""
    return waiting_since < last_end(now)


def on_the_clock(since: datetime, now: datetime) -> str:
    """The time of day since when it waits, with the day when that is not today."""
    then = since.astimezone(ENGLAND)
    is_today = then.date() == now.astimezone(ENGLAND).date()
    return f"{then:%H:%M}" if is_today else f"{then:%H:%M} on {then.day} {then:%B}"


def age(since: datetime, now: datetime) -> str:
    """How long it waits, in whole days, hours or minutes: "1 day", "3 hours", "5 minutes"."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    for size, name in ((24 * 60, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            count = minutes // size
            return f"{count} {name}{'' if count == 1 else 's'}"
    return "less than a minute"
