"""Starting a draft: only in one's own team, under a known edition."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from decisions.wizard.models import Draft
from guidance.rulebook import catalogue
from infoshare.people.models import Membership, Role, User
from tests.cast import Cast

START = reverse("decisions:start")
SignIn = Callable[[User], Client]


def test_it_works(cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(cast.priya)
    assert "Which team" not in client.get(START).content.decode()
    reply = client.post(START, {"edition": catalogue.DEFAULT})
    draft = Draft.objects.get()
    assert (reply.status_code, reply["Location"]) == (303, f"/drafts/{draft.pk}/")
    assert (draft.owner, draft.team, draft.organisation) == (
        cast.priya,
        cast.early_help,
        cast.northmoor,
    )
    assert draft.edition.edition_id == catalogue.DEFAULT


def test_a_get_makes_no_draft(cast: Cast, signed_in: SignIn) -> None:
    signed_in(cast.priya).get(START)
    assert not Draft.objects.exists()


def test_people_of_several_teams_are_asked_which(cast: Cast, signed_in: SignIn) -> None:
    Membership.objects.create(
        user=cast.priya, organisation=cast.northmoor, team=cast.adults, role=Role.PRACTITIONER
    )
    client = signed_in(cast.priya)
    assert "Which team" in client.get(START).content.decode()
    reply = client.post(START, {"edition": catalogue.DEFAULT})
    assert reply.status_code == 200
    assert not Draft.objects.exists()
    client.post(START, {"edition": catalogue.DEFAULT, "team": str(cast.adults.pk)})
    assert Draft.objects.get().team == cast.adults


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"edition": "england-1066"},
        {"edition": ["england-2026", "hmg-2008"]},
        {"edition": "england-2026\0"},
    ],
)
def test_an_unknown_edition_is_said_beside_the_field(
    sent: dict[str, str], cast: Cast, signed_in: SignIn
) -> None:
    reply = signed_in(cast.priya).post(START, sent)
    assert reply.status_code == 200
    assert 'href="#id_edition"' in reply.content.decode()
    assert not Draft.objects.exists()


def test_another_team_is_refused(cast: Cast, signed_in: SignIn) -> None:
    Membership.objects.create(
        user=cast.priya, organisation=cast.northmoor, team=cast.adults, role=Role.PRACTITIONER
    )
    sent = {"edition": catalogue.DEFAULT, "team": str(cast.pastoral.pk)}
    assert signed_in(cast.priya).post(START, sent).status_code == 200
    assert not Draft.objects.exists()


@pytest.mark.parametrize("who", ["maya", "ada", "lena", "sam"])
def test_only_practitioners_start(who: str, cast: Cast, signed_in: SignIn) -> None:
    client = signed_in(getattr(cast, who))
    assert client.post(START, {"edition": catalogue.DEFAULT}).status_code == 403
    assert not Draft.objects.exists()
