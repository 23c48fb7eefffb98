"""Have the demo's organisations, teams and people in the database."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from decisions.demo.people import PASSWORD, DemoCast, DemoOrganisation, DemoPerson
from infoshare.people import writers
from infoshare.people.models import Organisation, Team, User


@dataclass(frozen=True, slots=True)
class Settled:
    """The saved teams and people by the ids of `people.toml`."""

    teams: dict[str, Team]
    users: dict[str, User]


@transaction.atomic
def settle(cast: DemoCast) -> Settled:
    """The cast in the database; whoever is there already is found, not made again."""
    teams: dict[str, Team] = {}
    places = {one.id: _organisation(one, teams) for one in cast.organisations.values()}
    # One hash for all: the password is no secret, and hashing is slow on purpose.
    password = make_password(PASSWORD)
    users = {
        one.id: _person(one, places[one.organisation], teams, password)
        for one in cast.people.values()
    }
    return Settled(teams, users)


def _organisation(one: DemoOrganisation, teams: dict[str, Team]) -> Organisation:
    place = Organisation.objects.filter(name=one.name).first()
    if place is None:
        place = writers.create_organisation(name=one.name, sector=one.sector)
    for key, name in one.teams.items():
        team = place.teams.filter(name=name).first()
        teams[key] = team or writers.create_team(organisation=place, name=name)
    return place


def _person(one: DemoPerson, place: Organisation, teams: dict[str, Team], password: str) -> User:
    user = User.objects.filter(email=one.email).first()
    if user is not None:
        return user
    user = writers.create_person(email=one.email, name=one.name)
    user.password = password
    user.save(update_fields=["password"])
    for team in one.teams or (None,):
        writers.give_role(
            user=user, role=one.role, organisation=place, team=teams[team] if team else None
        )
    return user
