"""`can` and `visible` say the same, whatever roles people hold and whatever the thing is."""

from collections.abc import Iterator
from itertools import product
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, models
from django.test.utils import isolate_apps
from hypothesis import given
from hypothesis import strategies as st

from infoshare import clock
from infoshare.embedded_postgres.names import APPLICATION
from infoshare.people.models import TEAM_ROLES, Membership, Role
from infoshare.people.policy import Action, can, teams_for, visible
from tests.cast import Cast
from tests.roles import as_owner

# One role somewhere: (role, number of the team, ended). Team 0 and 1 are Northmoor's.
ROLES = st.lists(
    st.tuples(st.sampled_from(Role), st.integers(0, 2), st.booleans()),
    max_size=6,
    unique_by=lambda held: (held[0], held[1] if held[0] in TEAM_ROLES else held[1] // 2),
)


@pytest.fixture
def things(cast: Cast) -> Iterator[type[models.Model]]:
    """A table with a row for every owner, team and organisation, matching or not."""
    with isolate_apps("infoshare.people"):

        class Thing(models.Model):  # noqa: DJ008
            owner_id = models.UUIDField()
            team_id = models.UUIDField(null=True)
            organisation_id = models.UUIDField()

            class Meta:
                app_label = "people"

    with as_owner(), connection.schema_editor() as editor:
        editor.create_model(Thing)
        editor.execute(f"GRANT SELECT, INSERT ON people_thing TO {APPLICATION}")
    Thing.objects.bulk_create(
        Thing(owner_id=owner, team_id=team, organisation_id=organisation)
        for owner, team, organisation in product(
            [cast.priya.pk, cast.tom.pk, uuid4()],
            [*(team.pk for team in cast.teams), uuid4(), None],
            [cast.northmoor.pk, cast.southfield.pk, uuid4()],
        )
    )
    yield Thing


def hold(cast: Cast, roles: list[tuple[Role, int, bool]]) -> None:
    """Let priya hold these roles and no others."""
    with as_owner():
        Membership.objects.filter(user=cast.priya).delete()
    for role, number, ended in roles:
        team = cast.teams[number]
        Membership.objects.create(
            user=cast.priya,
            organisation=team.organisation,
            team=team if role in TEAM_ROLES else None,
            role=role,
            ended_at=clock.now() if ended else None,
        )
    cast.priya.refresh_from_db()


@given(roles=ROLES, active=st.booleans())
def test_can_is_membership_in_visible(
    cast: Cast, things: type[models.Model], roles: list[tuple[Role, int, bool]], active: bool
) -> None:
    hold(cast, roles)
    cast.priya.is_active = active
    every = list(things.objects.all())
    for action in Action:
        shown = set(things.objects.filter(visible(cast.priya, action)))
        assert shown == {thing for thing in every if can(cast.priya, action, thing)}, action
        assert bool(shown) == can(cast.priya, action), action


@given(roles=ROLES)
def test_roles_that_ended_count_for_nothing(
    cast: Cast, things: type[models.Model], roles: list[tuple[Role, int, bool]]
) -> None:
    hold(cast, [(role, number, True) for role, number, _ in roles])
    for action in Action:
        assert not can(cast.priya, action)
        assert not things.objects.filter(visible(cast.priya, action)).exists()


def test_nobody_reaches_anything_unknown_or_inactive(
    cast: Cast, things: type[models.Model]
) -> None:
    cast.ada.is_active = False
    for person in (AnonymousUser(), cast.ada):
        for action in Action:
            assert not can(person, action)
            assert not things.objects.filter(visible(person, action)).exists()
            assert not teams_for(person, action).exists()
