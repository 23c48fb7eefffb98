"""The one clock. Only demo data and tests may set it. Pure, so that the journey may ask it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

UK = ZoneInfo("Europe/London")
_set: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _set.get() or datetime.now(UTC)


def today() -> date:
    """The date in the United Kingdom at this moment."""
    return now().astimezone(UK).date()


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Make `now()` answer `moment` inside the block (demo data and tests)."""
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
