"""The one writer of doubts: settle one, by an event on the record."""

import uuid

from django.db import IntegrityError, transaction

from decisions.doubts.standing import SETTLED, doubts_of, question_title
from decisions.records.events import add_event
from decisions.records.models import Event, Record
from decisions.telling.kinds import Kind
from decisions.telling.writers import tell
from infoshare.ledger.leaf import Type
from infoshare.people.models import User


class AlreadySettled(Exception):
    """Somebody settled this doubt before: by this event."""

    def __init__(self, event: Event) -> None:
        self.event = event
        super().__init__(f"settled by event {event.pk}")


@transaction.atomic
def settle_doubt(*, record: Record, question: str, person: User, words: str) -> Event:
    """The event that this person settled the record's doubt about a question, with their words.

    Sent twice with the same words it is one event. Raises `AlreadySettled` when there is another
    answer, and `ValueError` when the record has no doubt about this question.
    """
    if question not in doubts_of(record):
        raise ValueError(f"{record} was not in doubt about {question!r}")
    once = uuid.uuid5(record.pk, f"{SETTLED} {question}")
    details = {
        "question": question,
        "title": question_title(record, question),
        "words": words,
    }
    try:
        with transaction.atomic():
            tell(person=record.owner, kind=Kind.DOUBT_SETTLED, record=record, occasion=question)
            return add_event(
                record=record,
                kind=SETTLED,
                person=person,
                details=details,
                once=once,
                leaf=Type.DOUBT_SETTLED,
            )
    except IntegrityError:
        earlier = settled_by(record, question)
        if earlier is None:
            raise
        if (earlier.actor_id, earlier.details) == (person.pk, details):
            return earlier
        raise AlreadySettled(earlier) from None


def settled_by(record: Record, question: str) -> Event | None:
    """The event that settled the doubt about this question; None while it stands."""
    settled = record.events.filter(kind=SETTLED, details__question=question)
    return settled.select_related("actor").first()
