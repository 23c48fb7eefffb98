"""A record of Priya's that departs from the suggestion, so that the rules call for its review."""

import uuid
from typing import Any

import pytest

from decisions.records.models import Record
from decisions.review.results import Result
from decisions.review.standing import reviewed
from decisions.review.writers import review
from infoshare.people.models import User
from tests.decisions.walk import Walk


def seal_departure(walk: Walk) -> Record:
    walk.to_decision()
    assert walk.seal(decision="do-not-share", reason="They asked me to wait").status_code == 303
    return Record.objects.get(draft=walk.draft)


@pytest.fixture
def record(walk: Walk) -> Record:
    return seal_departure(walk)


def say(record: Record, person: User, result: Result, words: str = "Words", **more: Any) -> Any:
    """A review as its page would send it at this moment."""
    given = {"page": uuid.uuid4(), "seen": reviewed(record).seen, **more}
    return review(record=record, person=person, result=result, words=words, **given)


def sent(record: Record, result: str, words: str = "Words", **more: Any) -> dict[str, str]:
    """What the review's page posts at this moment."""
    given = {"page": uuid.uuid4(), "seen": reviewed(record).seen, "question": "", "words": words}
    return {"result": result, **{name: str(one) for name, one in (given | more).items()}}
