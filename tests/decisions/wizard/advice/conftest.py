"""What tests of advice share."""

import pytest

from tests.decisions.walk import Walk

DOUBT = {"urgent": "no", "setting": "safeguarding-adult", "duty": "no", "purpose": "not-sure"}
WORDS = "Jane Smith, born 3 March 2016, lives at LS6 4JN. Ring 07700 900123."


@pytest.fixture
def parked(walk: Walk) -> Walk:
    """Priya's draft on safeguarding an adult, which waits for advice on its purpose."""
    walk.walk(DOUBT, {"purpose": WORDS})
    return walk
