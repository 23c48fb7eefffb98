"""How many SQL statements a question page costs: the same at the first and the last question."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.decisions.walk import PLAIN, Walk

CONTROL = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK", "BEGIN", "COMMIT")


def counted(captured: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in captured if not one["sql"].startswith(CONTROL)]


@pytest.fixture
def costs(walk: Walk) -> dict[str, tuple[int, int]]:
    """For each gate of the plain case: statements of its GET and of its POST."""
    walk.about()
    walk.open("urgent")  # the edition is read once a process
    found = {}
    for gate, answer in PLAIN.items():
        with CaptureQueriesContext(connection) as got:
            assert walk.open(gate).status_code == 200
        based_on = walk.revision()
        with CaptureQueriesContext(connection) as posted:
            given = {"answer": answer, "reason": "because"}
            assert walk.post(gate, given, based_on=based_on).status_code == 303
        found[gate] = (len(counted(got)), len(counted(posted)))
    return found


def test_a_page_costs_at_most_8_and_a_save_at_most_10(costs: dict[str, tuple[int, int]]) -> None:
    assert max(get for get, _ in costs.values()) <= 8, costs
    assert max(post for _, post in costs.values()) <= 10, costs


def test_the_last_question_costs_as_much_as_the_first(costs: dict[str, tuple[int, int]]) -> None:
    assert len(set(costs.values())) == 1, costs
