"""A record that went ahead with two doubts, in safeguarding."""

import pytest

from decisions.records.models import Record
from tests.decisions.walk import RIGHT_WAY, Walk

DOUBTFUL = {
    "urgent": "no",
    "setting": "safeguarding-child",
    "duty": "not-sure",
    "purpose": "yes",
    "identifiable": "living",
    "confidential": "no",
    "lawful-basis": "not-sure",
}


def seal_doubtful(walk: Walk, gates: dict[str, str] = DOUBTFUL) -> Record:
    walk.walk(gates, reasons=dict.fromkeys(gates, "Words about the case"))
    walk.save("right-way", RIGHT_WAY)
    assert walk.seal(reason="Words about the case").status_code == 303
    return Record.objects.get(draft=walk.draft)


@pytest.fixture
def record(walk: Walk) -> Record:
    return seal_doubtful(walk)
