"""The teams and people that a person's list can be narrowed to."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from infoshare.people import policy
from infoshare.people.models import Membership, Role
from infoshare.people.policy import Action, Person


@dataclass(frozen=True, slots=True)
class Choices:
    """Names by id, in the order to show them."""

    teams: Mapping[str, str]
    people: Mapping[str, str]


def choices_for(person: Person) -> Choices:
    """The teams within the person's reach, and whoever is or was a practitioner there."""
    teams = list(policy.teams_for(person, Action.LIST_TEAM_DECISIONS))
    several = len({team.organisation_id for team in teams}) > 1
    reach = policy.reach_of(person, Action.LIST_TEAM_DECISIONS)
    within = Q(organisation__in=reach.organisations) | Q(team__in=[one for _, one in reach.teams])
    held = Membership.objects.filter(within, role=Role.PRACTITIONER).order_by("user__name", "user")
    return Choices(
        teams={
            str(team.pk): f"{team.name}, {team.organisation.name}" if several else team.name
            for team in teams
        },
        people={str(pk): name for pk, name in held.values_list("user", "user__name").distinct()},
    )
