"""The moments that digests are for. Pure."""

from datetime import datetime, time, timedelta

from infoshare.clock import UK

AT = time(7, 0)
MONDAY = 0


def latest_morning(now: datetime) -> datetime:
    """The last time before or at `now` that it was seven in the morning in the United Kingdom."""
    here = now.astimezone(UK)
    day = here.date() if here.time() >= AT else here.date() - timedelta(days=1)
    return datetime.combine(day, AT, tzinfo=UK)


def latest_monday(now: datetime) -> datetime:
    """The last Monday morning at seven."""
    morning = latest_morning(now)
    return datetime.combine(morning.date() - timedelta(days=morning.weekday()), AT, tzinfo=UK)
