"""What happened to a record: one writer of events, each with its leaf in the ledger.

A view is written before the record is shown and gets its leaf later, with others
(`decisions/evidence/batching.py`), so that nobody waits for the ledger to read.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from decisions.records.event_bytes import commitment
from decisions.records.models import Event, LedgerEntry, Record
from infoshare import clock
from infoshare.ledger import append as ledger
from infoshare.ledger.leaf import Type
from infoshare.people.models import User


@transaction.atomic
def note_viewed(*, record: Record, person: User) -> Event:
    """The event that this person has seen the record's text."""
    return Event.objects.create(record=record, kind=Event.VIEWED, actor=person, at=clock.now())


@transaction.atomic
def note_exported(
    *, record: Record, person: User, file_hash: str, what: str = "record", reason: str = ""
) -> Event:
    """The event that this person has taken a file with this SHA-256 away.

    `what` it was: the "record", a "letter" to a requester, what happened "afterwards", the
    "proof" of the record, or a "full" copy of it, which needs a `reason`.
    """
    details = {"sha256": file_hash, "what": what, **({"reason": reason} if reason else {})}
    return add_event(
        record=record, kind=Event.EXPORTED, person=person, details=details, leaf=Type.EXPORTED
    )


@transaction.atomic
def note_document(*, record: Record, file_hash: str, what: str = "record") -> Event:
    """The event that InfoShare keeps a file with this SHA-256 of the record from now on."""
    details = {"sha256": file_hash, "what": what}
    return add_event(
        record=record, kind=Event.DOCUMENT, person=None, details=details, leaf=Type.DOCUMENT
    )


@transaction.atomic
def add_event(
    *,
    record: Record,
    kind: str,
    person: User | None,
    details: Mapping[str, Any],
    once: uuid.UUID | None = None,
    leaf: Type = Type.ADDED_TO,
) -> Event:
    """The event, with its leaf. Call it last in a transaction: the ledger is locked until its end.

    Raises `IntegrityError` when the record has an event with the same `once`.
    """
    event = Event.objects.create(
        record=record, kind=kind, actor=person, at=clock.now(), details=dict(details), once=once
    )
    appended = ledger.append(
        type=leaf,
        record=record.pk,
        commitment=commitment(event),
        actor=person.pseudonym if person else None,
        at=event.at,
    )
    LedgerEntry.objects.create(event=event, leaf_id=appended.seq)
    return event
