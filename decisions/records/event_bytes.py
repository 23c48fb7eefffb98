"""An event as the bytes that its leaf commits to (docs/ledger-format.md, section 4.2)."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from decisions.records.models import Event
from infoshare.ledger import commitments


def content(event: Event) -> bytes:
    """The canonical JSON of all that the event says.

    Raises `ValueError` for details that canonical JSON cannot write.
    """
    return content_of(
        actor=event.actor_id,
        at=event.at,
        details=event.details,
        kind=event.kind,
        record=event.record_id,
    )


def content_of(
    *,
    actor: uuid.UUID | None,
    at: datetime,
    details: Mapping[str, Any],
    kind: str,
    record: uuid.UUID,
) -> bytes:
    """The same, from the columns of an event."""
    return commitments.canonical(
        {
            "actor": str(actor) if actor else None,
            "at": commitments.utc(at),
            "details": details,
            "kind": kind,
            "record": str(record),
        }
    )


def commitment(event: Event) -> str:
    """What a leaf says of this event: 64 hexadecimal digits that nobody can guess it from."""
    return commitments.of_event(bytes(event.salt), content(event))
