"""My decisions, my teams' decisions, my organisation's: everybody sees what is theirs to see."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from decisions.records.models import Event, Record
from infoshare.people.models import User
from tests.cast import Cast
from tests.decisions.walk import Walk, begin

SignIn = Callable[[User], Client]
HOME, REGISTER = reverse("home"), reverse("decisions:register")


def sealed(client: Client, person: User, cast: Cast, case: str) -> Record:
    """A record of this person's under this case reference."""
    team = person.memberships.get().team
    walk = begin(client, person, team)
    walk.to_decision()
    walk.about(case)
    walk.seal()
    return Record.objects.get(draft=walk.draft)


@pytest.fixture
def records(cast: Cast, signed_in: SignIn) -> dict[str, Record]:
    people = {"priya": "CASE-PRIYA", "tom": "CASE-TOM", "olu": "CASE-OLU"}
    return {
        who: sealed(signed_in(getattr(cast, who)), getattr(cast, who), cast, case)
        for who, case in people.items()
    }


@pytest.mark.parametrize(
    ("who", "address", "cases"),
    [
        ("priya", HOME, {"CASE-PRIYA"}),
        ("tom", HOME, {"CASE-TOM"}),
        ("olu", HOME, {"CASE-OLU"}),
        ("maya", REGISTER, {"CASE-PRIYA", "CASE-TOM"}),
        ("omar", REGISTER, set()),
        ("ada", REGISTER, {"CASE-PRIYA", "CASE-TOM"}),
        ("mina", REGISTER, {"CASE-OLU"}),
        ("abel", REGISTER, {"CASE-OLU"}),
    ],
)
def test_each_sees_their_own(
    who: str,
    address: str,
    cases: set[str],
    cast: Cast,
    records: dict[str, Record],
    signed_in: SignIn,
) -> None:
    text = signed_in(getattr(cast, who)).get(address).content.decode()
    assert {case for case in ("CASE-PRIYA", "CASE-TOM", "CASE-OLU") if case in text} == cases


def test_a_list_shows_no_case_text_and_notes_nothing(
    cast: Cast, records: dict[str, Record], signed_in: SignIn
) -> None:
    text = signed_in(cast.maya).get(REGISTER).content.decode()
    assert "Housing officer" not in text
    assert not Event.objects.exclude(kind=Event.SEALED).exists()


def test_drafts_stand_on_the_page_of_their_owner_until_sealed(walk: Walk) -> None:
    walk.to_decision()
    assert f"/drafts/{walk.draft.pk}/" in walk.client.get(HOME).content.decode()
    walk.seal()
    assert f"/drafts/{walk.draft.pk}/" not in walk.client.get(HOME).content.decode()


def test_a_parked_draft_says_since_when(walk: Walk) -> None:
    walk.walk({"urgent": "no", "setting": "other", "duty": "no", "purpose": "not-sure"})
    assert "Waiting for advice since" in walk.client.get(HOME).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "", "1%27", "2&page=3"])
def test_an_odd_page_number_shows_a_page(walk: Walk, page: str) -> None:
    assert walk.client.get(f"{HOME}?page={page}").status_code == 200


def test_a_list_costs_the_same_for_many(walk: Walk, cast: Cast) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            walk.client.get(HOME)
        return len(captured)

    sealed(walk.client, cast.priya, cast, "ONE")
    few = cost()
    for case in ("TWO", "THREE", "FOUR"):
        sealed(walk.client, cast.priya, cast, case)
    assert cost() == few
