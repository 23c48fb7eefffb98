"""Put views into the ledger, many in one leaf, so that nobody waits for the ledger to read."""

from django.db import connection, transaction

from decisions.records.event_bytes import commitment
from decisions.records.models import Event, LedgerEntry
from infoshare import clock
from infoshare.ledger import append as ledger
from infoshare.ledger import commitments
from infoshare.ledger.leaf import Type

KEY = 2_046_113_509  # any number that nothing else here locks
MOST = 10_000
"""Views in one batch: what one transaction takes within a second or two."""


def batch_reads() -> int:
    """How many views were put into the ledger; those that were committed when this began."""
    total = 0
    while count := _batch():
        total += count
        if count < MOST:
            break
    return total


@transaction.atomic
def _batch() -> int:
    with connection.cursor() as cursor:  # or two at once would take the same views
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [KEY])
    waiting = Event.objects.filter(kind=Event.VIEWED, ledger_entry=None).order_by("pk")
    views = list(waiting[:MOST])
    if not views:
        return 0
    appended = ledger.append(
        type=Type.VIEWED,
        commitment=commitments.of_batch(map(commitment, views)),
        actor=None,
        # Another server's clock may be a little ahead.
        at=max(clock.now(), *(view.at for view in views)),
    )
    LedgerEntry.objects.bulk_create(
        LedgerEntry(event=view, leaf_id=appended.seq, place=place)
        for place, view in enumerate(views)
    )
    return len(views)
