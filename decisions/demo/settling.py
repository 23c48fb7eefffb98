"""Have the demo's organisations, teams and people in the database."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from decisions.demo.people import PASSWORD, DemoCast, DemoOrganisation, DemoPerson
from decisions.review.needs import Before, Rules, Why
from decisions.review.rules import UNTIL_SET, set_rules
from guidance.adoption.writers import adopt_edition
from guidance.rulebook import catalogue
from infoshare import clock
from infoshare.people import writers
from infoshare.people.models import Organisation, Role, Team, User

LEAD = Role.LEAD
# One organisation of the demo has a note of a review, to show where it stands; the other has none.
REVIEWS: Mapping[str, Mapping[str, str]] = {
    "wrenfield": {
        "by": "Solicitor of the council (invented)",
        "found": "This note is invented, to show where a review stands. "
        "Nobody has reviewed this edition.",
    }
}
# One has set its rules about reviews; in the other those hold that InfoShare begins with.
RULES: Mapping[str, Rules] = {
    "wrenfield": Rules(UNTIL_SET.which | {Why.ADVICE}, Before.REVIEWED),
}
PERCENT = 10


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
    emails = [one.email for one in cast.people.values()]
    known = {user.email: user for user in User.objects.filter(email__in=emails)}
    # One hash for all: the password is no secret, and hashing is slow on purpose.
    password = make_password(PASSWORD) if len(known) < len(emails) else ""
    users = {
        one.id: known.get(one.email) or _person(one, places[one.organisation], teams, password)
        for one in cast.people.values()
    }
    for key, place in places.items():
        lead = next(p.id for p in cast.people.values() if (p.organisation, p.role) == (key, LEAD))
        _adopt(place, users[lead], REVIEWS.get(key, {}))
        if key in RULES:
            _rule(place, users[lead], RULES[key])
    return Settled(teams, users)


def _organisation(one: DemoOrganisation, teams: dict[str, Team]) -> Organisation:
    place = Organisation.objects.filter(name=one.name).first()
    if place is None:
        place = writers.create_organisation(name=one.name, sector=one.sector)
    for key, name in one.teams.items():
        team = place.teams.filter(name=name).first()
        teams[key] = team or writers.create_team(organisation=place, name=name)
    return place


def _adopt(place: Organisation, lead: User, review: Mapping[str, str]) -> None:
    if place.adoptions.exists():
        return
    adopt_edition(
        organisation=place,
        person=lead,
        edition=catalogue.shipped()[catalogue.DEFAULT],
        begins_on=clock.today(),
        reviewed_by=review.get("by", ""),
        reviewed_on=clock.today() if review else None,
        found=review.get("found", ""),
    )


def _rule(place: Organisation, lead: User, rules: Rules) -> None:
    if not place.review_rules.exists():
        set_rules(
            organisation_id=place.pk,
            person=lead,
            which=rules.which,
            before=rules.before,
            percent=PERCENT,
            seen=0,
        )


def _person(one: DemoPerson, place: Organisation, teams: dict[str, Team], password: str) -> User:
    user = writers.create_person(email=one.email, name=one.name)
    user.password = password
    user.save(update_fields=["password"])
    for team in one.teams or (None,):
        writers.give_role(
            user=user, role=one.role, organisation=place, team=teams[team] if team else None
        )
    return user
