"""Asking how long the session lasts extends nothing; staying signed in does."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infoshare.people.models import User
from tests.cast import Cast

HALF_AN_HOUR = 30 * 60


@pytest.fixture
def client(cast: Cast, signed_in: Callable[[User], Client], settings: Any) -> Client:
    settings.SESSION_COOKIE_AGE = HALF_AN_HOUR
    return signed_in(cast.priya)


def ends_in(seconds: float) -> None:
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=seconds))


def seconds_left() -> float:
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


def test_asking_extends_nothing(client: Client) -> None:
    ends_in(100)
    for _ in range(2):
        assert 95 < client.get(reverse("session")).json()["left"] <= 100
    assert seconds_left() <= 100


def test_staying_extends_to_the_full_time(client: Client) -> None:
    ends_in(100)
    # As a page does whose form's token is older than the sign-in.
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(reverse("session")).json() == {"left": HALF_AN_HOUR}
    assert seconds_left() == pytest.approx(HALF_AN_HOUR, abs=5)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_session_that_ended_is_not_begun_again(client: Client, method: str) -> None:
    ends_in(-1)
    assert getattr(client, method)(reverse("session")).json() == {"left": 0}
    assert client.get(reverse("account_change_password")).status_code == 302
