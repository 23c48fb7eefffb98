"""What every test may ask for."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from infoshare.people.models import User
from tests.cast import Cast, build


@pytest.fixture
def cast(db: None) -> Cast:
    """The ten people of `tests/cast.py`, in the database."""
    return build()


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """`signed_in(person)` is a test client that has signed in as them."""

    def sign_in(person: User) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


@pytest.fixture(autouse=True)
def plain_http(settings: Any) -> None:
    """The test client speaks http, and static files need not have been collected."""
    settings.SECURE_SSL_REDIRECT = False
    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        settings.STORAGES = {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        }
