"""Note that a manager has looked at a record, once."""

from django.db import transaction

from decisions.needs_you.models import Looked
from decisions.records.models import Event, Record
from infoshare import clock
from infoshare.people.models import User


class NotOpened(Exception):
    """Who has never opened the record cannot have looked at it."""


@transaction.atomic
def note_looked(*, record: Record, person: User) -> Looked:
    """That this person has looked at the record; the earlier note when somebody has already.

    Raises `NotOpened`, and `ValueError` for the record's own practitioner.
    """
    if record.owner_id == person.pk:
        raise ValueError("nobody looks at their own decision for others")
    views = record.events.filter(kind=Event.VIEWED, actor=person)
    # Whoever put it into an export need not have opened it.
    if not views.exclude(details__has_key="export").exists():
        raise NotOpened
    looked, _ = Looked.objects.get_or_create(
        record=record, defaults={"person": person, "at": clock.now()}
    )
    return looked
