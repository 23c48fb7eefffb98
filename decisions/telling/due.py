"""What has become due, told to those whom it waits for. Done again it tells nothing new."""

from collections.abc import Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import Model, QuerySet

from decisions.register.models import Entry
from decisions.review.results import State
from decisions.telling.kinds import Kind
from decisions.telling.people import leads, managers
from decisions.telling.thing import draft_thing, protocol_thing, record_thing
from decisions.telling.writers import Notice, tell_all
from decisions.wizard.advice.overdue import waiting_too_long
from decisions.wizard.urgent.following import due_by, due_date
from guidance.protocols.register import due_everywhere
from infoshare import clock

A_BATCH = 500
Row = TypeVar("Row", bound=Model)


def tell_what_is_due() -> int:
    """Tell whoever should know of what is due now; how many messages are new."""
    return _follow_ups() + _advice() + _reviews() + _protocols()


def _follow_ups() -> int:
    told, today = 0, clock.today()
    for batch in _in_batches(due_by(today)):
        at_work = managers({one.team_id for one in batch})
        notices = []
        for record in batch:
            thing, is_late = record_thing(record), due_date(record) < today
            own = Kind.FOLLOW_UP_LATE if is_late else Kind.FOLLOW_UP_DUE
            notices.append(Notice(record.owner_id, own, thing))
            if is_late:
                notices += [
                    Notice(one, Kind.TEAM_FOLLOW_UP_LATE, thing)
                    for one in at_work[record.team_id]
                    if one != record.owner_id
                ]
        told += tell_all(notices)
    return told


def _advice() -> int:
    told = 0
    for batch in _in_batches(waiting_too_long(clock.now())):
        at_work = managers({one.team_id for one in batch})
        notices = []
        for draft in batch:
            # Told anew when it was parked anew.
            thing, since = draft_thing(draft), str(draft.parked_since)
            notices.append(Notice(draft.owner_id, Kind.ADVICE_LATE, thing, since))
            notices += [
                Notice(one, Kind.TEAM_ADVICE_LATE, thing, since)
                for one in at_work[draft.team_id]
                if one != draft.owner_id
            ]
        told += tell_all(notices)
    return told


def _reviews() -> int:
    told, due = (
        0,
        Entry.objects.filter(
            review_due__lte=clock.today(), reviewed_at__isnull=True, review_state=State.WAITING
        ),
    )
    for batch in _in_batches(due.select_related("record")):
        at_work = managers({one.team_id for one in batch})
        notices = [
            # Told anew when it was put off: after a question, or for a second look.
            Notice(person, Kind.REVIEW_DUE, record_thing(one.record), str(one.review_due))
            for one in batch
            for person in at_work[one.team_id]
            if person != one.owner_id
        ]
        told += tell_all(notices)
    return told


def _protocols() -> int:
    told = 0
    for batch in _in_batches(due_everywhere()):
        at_work = leads({one.protocol.organisation_id for one in batch})
        notices = [
            # Told anew when its review was put off, and that day has come as well.
            Notice(person, Kind.PROTOCOL_DUE, protocol_thing(one), str(one.review_on))
            for one in batch
            for person in {one.owner_id, *at_work[one.protocol.organisation_id]} - {None}
        ]
        told += tell_all(notices)
    return told


def _in_batches(rows: "QuerySet[Row]") -> Iterator[list[Row]]:
    read = rows.iterator(chunk_size=A_BATCH)
    while batch := list(islice(read, A_BATCH)):
        yield batch
