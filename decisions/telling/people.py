"""Who does the work of a manager or a lead in a place today."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from infoshare.people.models import Cover, Membership, Role

People = dict[uuid.UUID, list[uuid.UUID]]


def managers(teams: Collection[uuid.UUID]) -> People:
    """By team its managers, and who covers for one today; two statements."""
    held = _held().filter(team__in=teams, role=Role.MANAGER).values_list("team", "user")
    covers = Cover.in_force().filter(team__in=teams, person__is_active=True)
    return _by_place([*held, *covers.values_list("team", "person")])


def leads(organisations: Collection[uuid.UUID]) -> People:
    """By organisation its information governance leads; one statement."""
    held = _held().filter(organisation__in=organisations, role=Role.LEAD)
    return _by_place(held.values_list("organisation", "user"))


def _held() -> QuerySet[Membership]:
    return Membership.objects.filter(ended_at__isnull=True, user__is_active=True)


def _by_place(rows: Iterable[tuple[uuid.UUID | None, uuid.UUID]]) -> People:
    found: People = defaultdict(list)
    for place, person in dict.fromkeys(rows):
        if place is not None:
            found[place].append(person)
    return found
