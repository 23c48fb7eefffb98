"""What tests of closed drafts share."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from infoshare import clock
from tests.decisions.walk import Walk

Later = Callable[..., AbstractContextManager[None]]


@pytest.fixture
def held(walk: Walk) -> Walk:
    """Priya's draft with a word that must not get lost."""
    walk.walk({"urgent": "no", "setting": "other"}, {"setting": "canary words"})
    return walk


@pytest.fixture
def later(walk: Walk) -> Iterator[Later]:
    """`later(days=28)`: so long after the draft was last saved. Its person is signed in still."""
    began: datetime = walk.draft.saved_at

    def at(**time: float) -> AbstractContextManager[None]:
        return clock.set_to(began + timedelta(minutes=1) + timedelta(**time))

    yield at


def resume(walk: Walk) -> str:
    """Where the draft stands: the page at its own address."""
    reply = walk.client.get(reverse("decisions:resume", args=[walk.draft.pk]), follow=True)
    assert reply.status_code == 200
    return str(reply.content.decode())


def discard(walk: Walk, reason: str = "") -> int:
    address = reverse("decisions:discard", args=[walk.draft.pk])
    return int(walk.client.post(address, {"reason": reason}).status_code)


def bring_back(walk: Walk) -> str:
    """The page after the button to bring it back was pressed."""
    address = reverse("decisions:bring-back", args=[walk.draft.pk])
    return str(walk.client.post(address, follow=True).content.decode())
