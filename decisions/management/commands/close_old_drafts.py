"""`manage.py close_old_drafts`: say which drafts have closed, and remove text in time."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Q

from decisions.wizard.closing.state import KEPT, time_ran_out
from decisions.wizard.closing.writers import expire, purge
from decisions.wizard.models import Draft
from infoshare import clock

A_BATCH = 100


class Command(BaseCommand):
    help = (
        "Write down which drafts have closed because nobody saved them, and remove the text of "
        "drafts that were closed 14 days ago. The job worker does it once a day, and twice does "
        "no harm."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Close and purge draft by draft, so that one stop loses no more than one."""
        closed = count(expire, Q(closed_at__isnull=True) & time_ran_out())
        purged = count(purge, Q(closed_at__lte=clock.now() - KEPT, purged_at__isnull=True))
        self.stdout.write(f"Drafts closed: {closed}. Drafts whose text was removed: {purged}.")


def count(act: Callable[..., bool], which: Q) -> int:
    """To how many of these drafts, none of them sealed, it was done."""
    return sum(act(draft_id=draft_id) for draft_id in _each(which))


def _each(which: Q) -> Iterator[uuid.UUID]:
    """The drafts' ids, read in batches. Each is asked for once, whatever becomes of it."""
    waiting = Draft.objects.filter(which, record__isnull=True).order_by("pk")
    last = None
    while True:
        later = waiting.filter(pk__gt=last) if last else waiting
        batch = list(later.values_list("pk", flat=True)[:A_BATCH])
        if not batch:
            return
        yield from batch
        last = batch[-1]
