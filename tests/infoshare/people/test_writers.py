"""Making and ending organisations, teams, people and roles."""

import pytest
from django.core.exceptions import ValidationError

from infoshare import clock
from infoshare.people import writers
from infoshare.people.models import Organisation, Role, Sector, User
from tests.cast import Cast


def test_an_organisation_with_a_team_and_a_person(db: None) -> None:
    organisation = writers.create_organisation(name="  Eastwick Police ", sector=Sector.POLICE)
    team = writers.create_team(organisation=organisation, name="Missing persons")
    person = writers.create_person(email=" Kit@Eastwick.Example", name="Kit O’Neill 🚓")
    held = writers.give_role(user=person, role=Role.MANAGER, organisation=organisation, team=team)
    assert organisation.name == "Eastwick Police"
    assert person.email == "kit@eastwick.example"
    assert person.name == "Kit O’Neill 🚓"
    assert not person.has_usable_password()
    assert (held.role, held.team, held.ended_at) == (Role.MANAGER, team, None)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Give the organisation a name"),
        ("  \t ", "Give the organisation a name"),
        ("x" * 201, "over 200 characters"),
        ("North\nmoor", "control character"),
        ("North\0moor", "control character"),
        ("North\ud800moor", "control character"),
        ("northmoor COUNCIL", "already an organisation"),
    ],
)
def test_names_that_are_refused(cast: Cast, name: str, message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        writers.create_organisation(name=name, sector=Sector.HEALTH)
    assert Organisation.objects.count() == 2


def test_a_team_name_in_use(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="already has a team"):
        writers.create_team(organisation=cast.northmoor, name="early help")
    writers.create_team(organisation=cast.southfield, name="Early Help")


@pytest.mark.parametrize("email", ["", "nobody", "a@b", "a b@example.org", f"{'x' * 300}@e.org"])
def test_email_addresses_that_are_refused(db: None, email: str) -> None:
    with pytest.raises(ValidationError, match="cannot be used as an email address"):
        writers.create_person(email=email, name="Kit")
    assert not User.objects.exists()


def test_an_email_address_in_use_whatever_its_case(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="already a person"):
        writers.create_person(email=cast.priya.email.upper(), name="Another")


def test_a_role_given_twice_is_held_once(cast: Cast) -> None:
    given = {"user": cast.priya, "role": Role.MANAGER, "organisation": cast.northmoor}
    first = writers.give_role(**given, team=cast.adults)
    assert writers.give_role(**given, team=cast.adults) == first
    assert cast.priya.memberships.count() == 2


def test_a_role_that_ended_can_be_given_again(cast: Cast) -> None:
    ended = writers.end_role(membership=cast.priya.memberships.get())
    again = writers.give_role(
        user=cast.priya, role=ended.role, organisation=ended.organisation, team=ended.team
    )
    assert again.pk != ended.pk
    assert [held.pk for held in cast.priya.held_memberships] == [again.pk]


def test_ending_a_role_twice_keeps_the_first_time(cast: Cast) -> None:
    held = cast.priya.memberships.get()
    first = writers.end_role(membership=held).ended_at
    with clock.set_to(clock.now().replace(year=2099)):
        assert writers.end_role(membership=held).ended_at == first


@pytest.mark.parametrize(
    ("role", "organisation", "team", "message"),
    [
        (Role.PRACTITIONER, "northmoor", None, "belongs to a team"),
        (Role.AUDITOR, "northmoor", "adults", "whole organisation"),
        (Role.MANAGER, "northmoor", "pastoral", "is not a team of Northmoor Council"),
    ],
)
def test_roles_that_do_not_fit(
    cast: Cast, role: Role, organisation: str, team: str | None, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        writers.give_role(
            user=cast.sam,
            role=role,
            organisation=getattr(cast, organisation),
            team=getattr(cast, team) if team else None,
        )
    assert cast.sam.memberships.count() == 1


def test_a_closed_account_gets_no_role(cast: Cast) -> None:
    writers.deactivate(user=cast.sam)
    with pytest.raises(ValidationError, match="is closed"):
        writers.give_role(user=cast.sam, role=Role.LEAD, organisation=cast.northmoor)
