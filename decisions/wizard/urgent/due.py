"""Until when the seven questions are due after an urgent record. Pure."""

from datetime import date, datetime

from decisions.working_days import ENGLAND, after


def due_on(sealed_at: datetime, days: int) -> date:
    """The last day for the follow-up: so many working days after the day of the seal."""
    return after(sealed_at.astimezone(ENGLAND).date(), days)


def readable(day: date) -> str:
    """A day as people here read it, for example "Tuesday 3 March 2026"."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def words(due: date, today: date) -> str:
    """What a list says about a follow-up that is not sealed yet."""
    if due < today:
        return f"overdue since {readable(due)}"
    return f"due today, {readable(due)}" if due == today else f"due by {readable(due)}"
