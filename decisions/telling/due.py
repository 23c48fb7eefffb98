"""What has become due, told to those whom it waits for. Done again it tells nothing new."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import islice
from typing import TypeVar

from django.db.models import Model, QuerySet

from decisions.telling.kinds import Kind
from decisions.telling.thing import draft_thing, protocol_thing, record_thing
from decisions.telling.writers import Notice, tell_all
from decisions.wizard.advice.overdue import waiting_too_long
from decisions.wizard.urgent.following import due_by, due_date
from guidance.protocols.register import due_everywhere
from infoshare import clock
from infoshare.people.models import Membership, Role

A_BATCH = 500
Row = TypeVar("Row", bound=Model)
People = dict[uuid.UUID, list[uuid.UUID]]


def tell_what_is_due() -> int:
    """Tell whoever should know of what is due now; how many messages are new."""
    return _follow_ups() + _advice() + _protocols()


def _follow_ups() -> int:
    told, today = 0, clock.today()
    for batch in _in_batches(due_by(today)):
        managers = _managers({one.team_id for one in batch})
        notices = []
        for record in batch:
            thing, is_late = record_thing(record), due_date(record) < today
            own = Kind.FOLLOW_UP_LATE if is_late else Kind.FOLLOW_UP_DUE
            notices.append(Notice(record.owner_id, own, thing))
            if is_late:
                notices += [
                    Notice(one, Kind.TEAM_FOLLOW_UP_LATE, thing)
                    for one in managers[record.team_id]
                    if one != record.owner_id
                ]
        told += tell_all(notices)
    return told


def _advice() -> int:
    told = 0
    for batch in _in_batches(waiting_too_long(clock.now())):
        managers = _managers({one.team_id for one in batch})
        notices = []
        for draft in batch:
            # Told anew when it was parked anew.
            thing, since = draft_thing(draft), str(draft.parked_since)
            notices.append(Notice(draft.owner_id, Kind.ADVICE_LATE, thing, since))
            notices += [
                Notice(one, Kind.TEAM_ADVICE_LATE, thing, since)
                for one in managers[draft.team_id]
                if one != draft.owner_id
            ]
        told += tell_all(notices)
    return told


def _protocols() -> int:
    told = 0
    for batch in _in_batches(due_everywhere()):
        leads = _leads({one.protocol.organisation_id for one in batch})
        notices = [
            # Told anew when its review was put off, and that day has come as well.
            Notice(person, Kind.PROTOCOL_DUE, protocol_thing(one), str(one.review_on))
            for one in batch
            for person in {one.owner_id, *leads[one.protocol.organisation_id]} - {None}
        ]
        told += tell_all(notices)
    return told


def _in_batches(rows: "QuerySet[Row]") -> Iterator[list[Row]]:
    read = rows.iterator(chunk_size=A_BATCH)
    while batch := list(islice(read, A_BATCH)):
        yield batch


def _managers(teams: Collection[uuid.UUID]) -> People:
    """Who manages each of these teams now."""
    held = _open_memberships().filter(team__in=teams, role=Role.MANAGER)
    return _by_place(held.values_list("team", "user"))


def _leads(organisations: Collection[uuid.UUID]) -> People:
    """Who is a lead of each of these organisations now."""
    held = _open_memberships().filter(organisation__in=organisations, role=Role.LEAD)
    return _by_place(held.values_list("organisation", "user"))


def _open_memberships() -> QuerySet[Membership]:
    return Membership.objects.filter(ended_at__isnull=True, user__is_active=True)


def _by_place(rows: "QuerySet[Membership, tuple[uuid.UUID, uuid.UUID]]") -> People:
    found: People = defaultdict(list)
    for place, person in rows:
        found[place].append(person)
    return found
