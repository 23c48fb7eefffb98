"""The table of rights, read as a matrix: every action, person and place."""

import pytest
from pytest_django import DjangoAssertNumQueries

from infoshare.people import policy, writers
from infoshare.people.models import Role, User
from infoshare.people.policy import Action, Place, can, teams_for, visible
from tests.cast import Cast

# Whose things, as seen by the people of Early Help: priya's own, a colleague's in the team,
# another team's, another organisation's.
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
    Action.READ_WHEREABOUTS: {"priya": {OWN}},
    Action.DOWNLOAD_FULL_COPY: {"priya": {OWN}, "ada": EVERYWHERE_HERE},
    Action.SEE_READERS: {"priya": {OWN}, "ada": EVERYWHERE_HERE},
    Action.ADD_TO_RECORD: {"priya": {OWN}},
    Action.READ_GUIDANCE: dict.fromkeys(
        ["priya", "maya", "omar", "ada", "lena", "sam"], EVERYWHERE_HERE
    ),
    Action.SEE_OVERDUE_ADVICE: {"maya": {OWN, TEAM}, "omar": {OTHER_TEAM}},
    Action.SEE_OVERDUE_FOLLOW_UPS: {"maya": {OWN, TEAM}, "omar": {OTHER_TEAM}},
    Action.SEE_TEAM_DRAFTS: {"maya": {OWN, TEAM}, "omar": {OTHER_TEAM}},
    Action.HAND_OVER_DRAFT: {"maya": {OWN, TEAM}, "omar": {OTHER_TEAM}},
    Action.EDIT_CONTACTS: {"lena": EVERYWHERE_HERE},
    Action.ADOPT_EDITION: {"lena": EVERYWHERE_HERE},
    Action.EDIT_LOCAL: {"lena": EVERYWHERE_HERE},
    Action.EDIT_ORGANISATION: {"lena": EVERYWHERE_HERE},
    Action.SETTLE_DOUBTS: {"lena": EVERYWHERE_HERE},
    Action.ADOPT_EDITION: {"lena": EVERYWHERE_HERE},
    Action.SEE_IMPACT: {"lena": EVERYWHERE_HERE},
    Action.SEE_FIGURES: {
        "maya": {OWN, TEAM},
        "omar": {OTHER_TEAM},
        "ada": EVERYWHERE_HERE,
        "lena": EVERYWHERE_HERE,
    },
    Action.SEE_DESK: {"ada": EVERYWHERE_HERE},
    Action.RAISE_FINDING: {"ada": EVERYWHERE_HERE},
    Action.ANSWER_FINDING: {"maya": {OWN, TEAM}, "omar": {OTHER_TEAM}},
    Action.ANSWER_PROCESS: {"lena": EVERYWHERE_HERE},
    Action.EXPORT_RECORDS: {"ada": EVERYWHERE_HERE},
    Action.REPLAY_RECORDS: {"ada": EVERYWHERE_HERE},
    Action.READ_PROTOCOLS: dict.fromkeys(
        ["priya", "maya", "omar", "ada", "lena", "sam"], EVERYWHERE_HERE
    ),
    Action.EDIT_PROTOCOLS: {"lena": EVERYWHERE_HERE},
    Action.SEE_NEEDS: {
        "priya": {OWN},
        "maya": {OWN, TEAM},
        "omar": {OTHER_TEAM},
        "lena": EVERYWHERE_HERE,
    },
    Action.REVIEW_RECORD: {"maya": {OWN, TEAM}, "omar": {OTHER_TEAM}},
    Action.ANSWER_REVIEW: {"priya": {OWN}},
    Action.ADVISE_ON_REVIEW: {"lena": EVERYWHERE_HERE},
    Action.NAME_COVER: {"maya": {OWN, TEAM}, "omar": {OTHER_TEAM}},
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


# None of these shows a word of a case.
WITHOUT_CASES = {
    Action.READ_GUIDANCE,
    Action.EDIT_CONTACTS,
    Action.ADOPT_EDITION,
    Action.EDIT_LOCAL,
    Action.EDIT_ORGANISATION,
    Action.SETTLE_DOUBTS,
    Action.ADOPT_EDITION,
    Action.SEE_IMPACT,
    Action.SEE_FIGURES,
    Action.ANSWER_PROCESS,
    Action.READ_PROTOCOLS,
    Action.EDIT_PROTOCOLS,
    Action.SEE_NEEDS,
    Action.ADVISE_ON_REVIEW,
}


def test_leads_and_administrators_reach_no_case() -> None:
    for action, row in policy.POLICY.items():
        if action not in WITHOUT_CASES:
            assert not {Role.LEAD, Role.ADMINISTRATOR} & set(row), action


def test_the_owner_loses_their_own_with_the_last_practitioner_role(cast: Cast) -> None:
    own = Place(cast.priya, cast.early_help)
    held = cast.priya.memberships.get()
    moved = writers.give_role(
        user=cast.priya, role=Role.PRACTITIONER, organisation=cast.northmoor, team=cast.adults
    )
    writers.end_role(membership=held)
    cast.priya.refresh_from_db()
    assert can(cast.priya, Action.READ_RECORD, own)
    writers.end_role(membership=moved)
    cast.priya.refresh_from_db()
    assert not can(cast.priya, Action.READ_RECORD, own)


def test_a_practitioner_elsewhere_only_keeps_their_own_there(cast: Cast) -> None:
    writers.end_role(membership=cast.priya.memberships.get())
    writers.give_role(
        user=cast.priya, role=Role.PRACTITIONER, organisation=cast.southfield, team=cast.pastoral
    )
    assert not can(cast.priya, Action.READ_RECORD, Place(cast.priya, cast.early_help))
    assert can(cast.priya, Action.READ_RECORD, Place(cast.priya, cast.pastoral))


def test_teams_in_which_to_start_a_draft(cast: Cast) -> None:
    writers.give_role(
        user=cast.priya, role=Role.PRACTITIONER, organisation=cast.northmoor, team=cast.adults
    )
    assert list(teams_for(cast.priya, Action.START_DRAFT)) == [cast.adults, cast.early_help]
    assert not teams_for(cast.maya, Action.START_DRAFT).exists()


def test_rights_cost_one_statement_a_request(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    priya = User.objects.get(pk=cast.priya.pk)
    with django_assert_num_queries(1):
        for action in Action:
            can(priya, action, Place(priya, cast.early_help))
            visible(priya, action)


def test_a_change_of_rights_works_for_the_next_request(cast: Cast) -> None:
    assert can(User.objects.get(pk=cast.maya.pk), Action.LIST_TEAM_DECISIONS)
    writers.end_role(membership=cast.maya.memberships.get())
    assert not can(User.objects.get(pk=cast.maya.pk), Action.LIST_TEAM_DECISIONS)
