"""Notes of what happened to a record, written before the thing is shown or handed out."""

from typing import Any

from django.db import transaction

from decisions.records.models import Event, Record
from infoshare import clock
from infoshare.people.models import User


@transaction.atomic
def note_viewed(*, record: Record, person: User) -> Event:
    """The event that this person has seen the record's text."""
    return _note(record, Event.VIEWED, person, {})


@transaction.atomic
def note_exported(*, record: Record, person: User, file_hash: str, what: str = "record") -> Event:
    """The event that this person has taken a file with this SHA-256 away.

    `what` it was: the "record", a "letter" to a requester, or what happened "afterwards".
    """
    return _note(record, Event.EXPORTED, person, {"sha256": file_hash, "what": what})


def _note(record: Record, kind: str, person: User, details: dict[str, Any]) -> Event:
    return Event.objects.create(
        record=record, kind=kind, actor=person, at=clock.now(), details=details
    )
