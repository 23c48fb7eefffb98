"""A session lasts while the person works, and ends when they have gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from infoshare.people.models import User
from tests.cast import Cast


@pytest.fixture
def client(cast: Cast, signed_in: Callable[[User], Client], settings: Any) -> Client:
    settings.SESSION_COOKIE_AGE = 30 * 60
    return signed_in(cast.priya)


def minutes_pass(minutes: float) -> None:
    """Let the sessions be as they are this much later."""
    for session in Session.objects.all():
        session.expire_date -= timedelta(minutes=minutes)
        session.save()


def works(client: Client) -> bool:
    return client.get(reverse("account_change_password")).status_code == 200


def minutes_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()) / timedelta(minutes=1)


def test_it_lasts_while_the_person_works(client: Client) -> None:
    for _ in range(4):
        minutes_pass(20)
        assert works(client)
        assert minutes_left() == pytest.approx(30, abs=1)


def test_it_ends_after_half_an_hour_without_a_request(client: Client) -> None:
    assert works(client)
    minutes_pass(31)
    assert not works(client)


def test_it_is_renewed_at_most_once_a_minute(client: Client) -> None:
    minutes_pass(2)
    writes = []
    for _ in range(3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert works(client)
        writes.append(sum(q["sql"].startswith("UPDATE") for q in queries.captured_queries))
    assert writes == [1, 0, 0]
