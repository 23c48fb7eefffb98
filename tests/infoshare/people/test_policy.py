"""The table of rights, read as a matrix: every action, person and place."""

import pytest

from infoshare.people import policy
from infoshare.people.models import Role
from infoshare.people.policy import Action, Place, can
from tests.cast import Cast

# Whose things, as seen by the people of Early Help: priya's own, a colleague's in the team,
# another team's, another organisation's. A letter says that the action is allowed there.
OWN, TEAM, OTHER_TEAM, ELSEWHERE = "own", "team", "other team", "elsewhere"
EVERYWHERE_HERE = {OWN, TEAM, OTHER_TEAM}
ALLOWED = {
    Action.START_DRAFT: {"priya": {OWN, TEAM}},
    Action.WORK_ON_DRAFT: {"priya": {OWN}},
    Action.LIST_OWN_DECISIONS: {"priya": {OWN}},
    Action.LIST_TEAM_DECISIONS: {
        "maya": {OWN, TEAM},
        "omar": {OTHER_TEAM},
        "ada": EVERYWHERE_HERE,
    },
    Action.READ_RECORD: {
        "priya": {OWN},
        "maya": {OWN, TEAM},
        "omar": {OTHER_TEAM},
        "ada": EVERYWHERE_HERE,
    },
    Action.DOWNLOAD_RECORD: {
        "priya": {OWN},
        "maya": {OWN, TEAM},
        "omar": {OTHER_TEAM},
        "ada": EVERYWHERE_HERE,
    },
    Action.SEE_READERS: {"priya": {OWN}, "ada": EVERYWHERE_HERE},
    Action.READ_GUIDANCE: dict.fromkeys(
        ["priya", "maya", "omar", "ada", "lena", "sam"], EVERYWHERE_HERE
    ),
}
PEOPLE = ["priya", "maya", "omar", "ada", "lena", "sam"]


def places(cast: Cast) -> dict[str, Place]:
    return {
        OWN: Place(cast.priya, cast.early_help),
        TEAM: Place(cast.tom, cast.early_help),
        OTHER_TEAM: Place(cast.omar, cast.adults),
        ELSEWHERE: Place(cast.olu, cast.pastoral),
    }


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("action", Action)
def test_matrix(cast: Cast, action: Action, person: str) -> None:
    user = getattr(cast, person)
    allowed = {where for where, place in places(cast).items() if can(user, action, place)}
    assert allowed == ALLOWED[action].get(person, set())


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("action", Action)
def test_without_a_thing_it_asks_whether_the_person_may_at_all(
    cast: Cast, action: Action, person: str
) -> None:
    assert can(getattr(cast, person), action) == (person in ALLOWED[action])


def test_every_action_stands_in_the_table() -> None:
    assert set(policy.POLICY) == set(Action)


def test_leads_and_administrators_reach_no_case() -> None:
    for action, row in policy.POLICY.items():
        if action is not Action.READ_GUIDANCE:
            assert not {Role.LEAD, Role.ADMINISTRATOR} & set(row), action
