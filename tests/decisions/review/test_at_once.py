"""Two reviewers at the same moment get one result, and the other is told."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from decisions.register.models import Entry
from decisions.review.models import Review
from decisions.review.results import Result
from decisions.review.standing import reviewed
from decisions.review.writers import Closed, review
from infoshare.people import writers as people
from infoshare.people.models import Role
from tests.cast import build
from tests.decisions.review.conftest import seal_departure
from tests.decisions.walk import begin


@pytest.mark.usefixtures("committed")
def test_two_reviewers_at_once() -> None:
    cast = build()
    people.give_role(
        user=cast.tom, role=Role.MANAGER, organisation=cast.northmoor, team=cast.early_help
    )
    client = Client()
    client.force_login(cast.priya)
    record = seal_departure(begin(client, cast.priya, cast.early_help))
    seen = reviewed(record).seen

    def say(result: Result, person: Any) -> str:
        try:
            given = {"record": record, "person": person, "page": uuid.uuid4(), "seen": seen}
            return str(review(**given, result=result, words="Mine").result)
        except Closed as closed:
            assert closed.now.end is not None
            return f"after {closed.now.end.result}"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        said = {
            pool.submit(say, Result.AGREED, cast.maya),
            pool.submit(say, Result.DISAGREED, cast.tom),
        }
        results = {one.result() for one in said}
    kept = Review.objects.get()
    assert results == {kept.result, f"after {kept.result}"}
    assert Entry.objects.get(pk=record.pk).review_state == kept.result
