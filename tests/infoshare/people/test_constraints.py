"""What the database itself refuses, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction

from infoshare import clock
from infoshare.people.models import Membership, Organisation, Role, Sector, Team, User
from tests.cast import Cast
from tests.roles import as_owner


def refuse(constraint: str, *rows: Membership | Organisation | Team | User) -> None:
    """Write the rows past `save` and expect this constraint to stop it."""
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        type(rows[0]).objects.bulk_create(rows)
        connection.check_constraints()


@pytest.mark.parametrize("role", [Role.PRACTITIONER, Role.MANAGER])
def test_a_team_role_without_a_team(cast: Cast, role: Role) -> None:
    refuse(
        "membership_team_by_role",
        Membership(user=cast.sam, organisation=cast.northmoor, role=role),
    )


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LEAD, Role.ADMINISTRATOR])
def test_a_role_for_the_organisation_with_a_team(cast: Cast, role: Role) -> None:
    refuse(
        "membership_team_by_role",
        Membership(user=cast.olu, organisation=cast.southfield, team=cast.pastoral, role=role),
    )


def test_a_team_of_another_organisation(cast: Cast) -> None:
    wrong = Membership(
        user=cast.priya, organisation=cast.northmoor, team=cast.pastoral, role=Role.MANAGER
    )
    with pytest.raises(ValueError, match="team belongs to the organisation"):
        wrong.save()
    refuse("membership_team_of_organisation", wrong)


def test_a_team_with_members_stays_in_its_organisation(cast: Cast) -> None:
    with as_owner(), pytest.raises(IntegrityError, match="membership_team_of_organisation"):
        Team.objects.filter(pk=cast.adults.pk).update(organisation=cast.southfield)


@pytest.mark.parametrize(("person", "team"), [("priya", "early_help"), ("ada", None)])
def test_the_same_role_twice_at_once(cast: Cast, person: str, team: str | None) -> None:
    held = getattr(cast, person).memberships.get()
    again = Membership(
        user=held.user, organisation=held.organisation, team=held.team, role=held.role
    )
    refuse("membership_once", again)
    Membership.objects.filter(pk=held.pk).update(ended_at=clock.now())
    again.save()


def test_two_organisations_of_one_name(cast: Cast) -> None:
    refuse(
        "organisation_name_once",
        Organisation(name="NORTHMOOR council", sector=Sector.POLICE),
    )


def test_two_teams_of_one_name_in_one_organisation(cast: Cast) -> None:
    refuse("team_name_once", Team(organisation=cast.northmoor, name="ADULTS"))
    Team.objects.create(organisation=cast.southfield, name="Adults")


def test_an_email_address_in_capitals(cast: Cast) -> None:
    refuse("user_email_lower", User(email="New@northmoor.example", name="New"))


def test_two_people_of_one_email_address(cast: Cast) -> None:
    refuse("people_user_email_key", User(email=cast.tom.email, name="Another Tom"))


def test_a_team_that_is_used_cannot_be_deleted(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        with as_owner(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_team WHERE id = %s", [cast.adults.pk])
        connection.check_constraints()
