"""What both tests of this folder share."""

from collections.abc import Iterable, Iterator
from itertools import count

import pytest

from infoshare import navigation
from infoshare.people.policy import Person

EVERY = 5


@pytest.fixture(autouse=True)
def seldom_counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What waits behind the links at the top is counted on every fifth page only.

    It takes a fifth of the processor time of these tests, and says nothing of a draft's words.
    """
    really, pages = navigation.count, count()

    def sometimes(person: Person, names: Iterable[str]) -> dict[str, int]:
        return {} if next(pages) % EVERY else really(person, names)

    monkeypatch.setattr(navigation, "count", sometimes)
    yield
    assert next(pages), "no page asks for the counts any more: take this away"
