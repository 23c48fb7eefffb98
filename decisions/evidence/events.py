"""What happened to records, as what the ledger's leaves commit to."""

from collections.abc import Iterator

from decisions.records.event_bytes import commitment
from decisions.records.models import Event, LedgerEntry
from infoshare.ledger.following import Finding, Held
from infoshare.ledger.leaf import Type


class Events:
    """The leaves about what happened to a record after it was sealed; views stand in batches."""

    types = frozenset(
        {
            Type.VIEWED,
            Type.ADDED_TO,
            Type.DOUBT_SETTLED,
            Type.REVIEWED,
            Type.EXPORTED,
            Type.DOCUMENT,
            Type.DISPOSED,
        }
    )

    def held(self) -> Iterator[Held]:
        """Each event but the seals, by leaf and by its place in a batch."""
        entries = (
            LedgerEntry.objects.exclude(event__kind=Event.SEALED)
            .select_related("event__actor")
            .order_by("leaf_id", "place")
        )
        for entry in entries.iterator(chunk_size=1_000):
            yield _held(entry)

    def unplaced(self) -> Iterator[Finding]:
        """Events without a leaf. A view may wait for the next batch, all others have theirs."""
        lost = Event.objects.filter(ledger_entry=None).exclude(kind=Event.VIEWED).order_by("pk")
        for number, kind in lost.values_list("pk", "kind")[:10]:
            yield Finding(None, f"event {number} ({kind}) has no leaf")


def waiting() -> int:
    """How many views wait for their batch; until then nothing proves them."""
    return Event.objects.filter(kind=Event.VIEWED, ledger_entry=None).count()


def _held(entry: LedgerEntry) -> Held:
    event, found, wrong = entry.event, "", None
    try:
        found = commitment(event)
    except ValueError as error:
        wrong = str(error)
    return Held(
        seq=entry.leaf_id,
        place=entry.place,
        name=f"event {event.pk} ({event.kind})",
        commitment=found,
        wrong=wrong,
        record=event.record_id,
        actor=event.actor.pseudonym if event.actor else None,
        at=event.at,
    )
