"""Whether a draft is open. Worked out from the clock each time, so no job has to run first.

A draft closes when its owner discards it, or when nobody saved it for as many days as its
organisation sets. A closed draft can be brought back for a while; then its text is removed.
"""

from datetime import datetime, timedelta

from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Greatest
from django.db.models.lookups import LessThanOrEqual

from decisions.wizard.models import Draft
from infoshare import clock

KEPT = timedelta(days=14)
"""How long the text of a closed draft is kept."""


class Closed(Exception):
    """The draft was discarded or has closed; nothing of it can be shown or saved now."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        super().__init__(f"draft {draft.pk} is closed")


def is_closed(draft: Draft) -> bool:
    """Whether the draft was discarded or its time has run out. A sealed draft never closes."""
    if hasattr(draft, "record"):
        return False
    return draft.closed_at is not None or draft.closes_at <= clock.now()


def kept_until(draft: Draft) -> datetime:
    """Until when a closed draft can be brought back.

    The days count from when the closing was written down. So a shorter time set for a whole
    organisation takes no text away that nobody was told of.
    """
    return (draft.closed_at or clock.now()) + KEPT


def can_come_back(draft: Draft) -> bool:
    """Whether a closed draft still has its text and its time."""
    return draft.purged_at is None and clock.now() < kept_until(draft)


def open_now() -> Q:
    """The filter for drafts that can be worked on: not sealed, not closed."""
    return Q(record__isnull=True, closed_at__isnull=True) & ~time_ran_out()


def time_ran_out() -> Q:
    """The filter for drafts whose time has run out by the clock, as in `Draft.closes_at`."""
    days = ExpressionWrapper(
        F("organisation__draft_days") * Value(timedelta(days=1)), output_field=DurationField()
    )
    closes_at = ExpressionWrapper(
        Greatest("saved_at", "renewed_at") + days, output_field=DateTimeField()
    )
    return Q(LessThanOrEqual(closes_at, clock.now()))
