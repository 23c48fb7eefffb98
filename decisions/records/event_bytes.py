"""An event as the bytes that its leaf commits to (docs/ledger-format.md, section 4.2)."""

from decisions.records.models import Event
from infoshare.ledger import commitments


def content(event: Event) -> bytes:
    """The canonical JSON of all that the event says.

    Raises `ValueError` for details that canonical JSON cannot write.
    """
    return commitments.canonical(
        {
            "actor": str(event.actor_id) if event.actor_id else None,
            "at": commitments.utc(event.at),
            "details": event.details,
            "kind": event.kind,
            "record": str(event.record_id),
        }
    )


def commitment(event: Event) -> str:
    """What a leaf says of this event: 64 hexadecimal digits that nobody can guess it from."""
    return commitments.of_event(bytes(event.salt), content(event))
