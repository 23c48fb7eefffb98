"""What browser tests may ask for: a served site, its people, and visitors to it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from infoshare.people.models import User
from tests.browser.axe import Inspector
from tests.browser.site import Site
from tests.browser.visitor import CHROMIUM, FLAGS, Visitor
from tests.cast import Cast, build
from tests.committed import own_database


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this package, so that `-m "not browser"` leaves it out."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium(django_db_setup: None) -> Iterator[Browser]:
    """One Chromium for all journeys; every visitor gets a window with cookies of its own."""
    # Beside a running loop Django keeps other connections than without: leave none behind.
    connections.close_all()
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright runs its loop in this thread, and Django would take us for a coroutine.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One gunicorn for all journeys. `site` starts it once there is a database to serve."""
    server = Site(tmp_path_factory.mktemp("site"))
    server.collect()
    yield server
    server.stop()


@pytest.fixture
def site(server: Site, django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """The served site on a fresh database. This process works on the same one."""
    with django_db_blocker.unblock(), own_database("browser"):
        if server.server is None:
            server.start(connection.database_url(), workers=2)
        yield server


@pytest.fixture
def people(site: Site) -> Cast:
    """The ten people of `tests/cast.py`, in the site's database."""
    return build()


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """`visitor(person)` is a person at a browser; given one, they have signed in already.

    Further options go to Playwright's `new_context`. Whatever any of them complained about
    fails the test at its end.
    """
    visitors: list[Visitor] = []

    def come(person: User | None = None, **options: Any) -> Visitor:
        comer = Visitor(chromium, site, **options)
        visitors.append(comer)
        if person is not None:
            comer.context.add_cookies([session_of(person, site)])
        return comer

    yield come
    for each in visitors:
        each.context.close()
    complaints = [one for each in visitors for one in each.unforgiven()]
    assert not complaints, "\n".join(complaints)


def client_of(person: User) -> Client:
    """A test client of the site's database, to bring a draft forward without the browser."""
    client = Client()
    client.force_login(person)
    return client


def session_of(person: User, site: Site) -> Any:
    """The cookie of a session that this person has just opened."""
    (session,) = client_of(person).cookies.values()
    return {"name": "infoshare-session", "value": session.value, "url": site.address}


@pytest.fixture
def inspector(visitor: Callable[..., Visitor]) -> Iterator[Callable[..., Inspector]]:
    """`inspector(person)` is a visitor for whom axe must find nothing on any page."""
    inspectors: list[Inspector] = []

    def come(person: User | None = None) -> Inspector:
        inspectors.append(Inspector(visitor(person, bypass_csp=True)))
        return inspectors[-1]

    yield come
    found = [one for each in inspectors for one in each.found]
    assert not found, "\n".join(found)
