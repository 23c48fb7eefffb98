"""What every test may ask for."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import Any

import pytest
from django import conf
from django.test import Client
from django.test.utils import override_settings, teardown_databases
from hypothesis import HealthCheck, settings

from infoshare import navigation
from infoshare.people.models import User
from infoshare.people.policy import Person
from tests import compiled, shared_templates
from tests.cast import Cast, build
from tests.committed import own_database
from tests.roles import as_application
from tests.worker_databases import set_up

# Few examples on every run, many when asked: --hypothesis-profile=thorough. The paths of the
# editions are all walked in either case; a test with a costly example takes a part of these.
for name, examples in {"quick": 20, "thorough": 1000}.items():
    settings.register_profile(
        name,
        max_examples=examples,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
settings.load_profile("quick")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin the longest tests first, shared out among the processes by their files.

    xdist gives each process one stretch of the list, so one of them would else come to its long
    tests last and end minutes after the others. Those of one file share what they prepare.
    """
    processes = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [item for item in items if item.get_closest_marker("long")]
    others = [item for item in items if not item.get_closest_marker("long")]
    files = list(dict.fromkeys(item.path for item in long))
    stretch = -(-len(items) // processes)
    items[:] = []
    for number in range(processes):
        first = [item for item in long if files.index(item.path) % processes == number]
        room = stretch - len(first)
        items += [*first, *others[:room]]
        del others[:room]
    items += others


def pytest_collection_finish() -> None:
    """From now on garbage is looked for, but not among the tests themselves."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def own_ledger_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keys, checkpoints, exports of nobody else. No key: nothing is signed unless a test asks."""
    folder = tmp_path_factory.mktemp("ledger")
    published = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder / "checkpoints"},
    }
    storages = conf.settings.STORAGES | {"checkpoints": published}
    exports = tmp_path_factory.mktemp("exports")
    with override_settings(LEDGER_FOLDER=folder, EXPORTS_FOLDER=exports, STORAGES=storages):
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """The test database. pytest-django's own leaves it out when only `committed` tests run."""
    keep = django_db_keepdb and not django_db_createdb
    with django_db_blocker.unblock():
        made = set_up(tmp_path_factory.getbasetemp().parent, keep=keep)
        working = as_application()
        working.__enter__()
    yield
    with django_db_blocker.unblock():
        working.__exit__(None, None, None)
    if not django_db_keepdb:
        with django_db_blocker.unblock():
            teardown_databases(made, verbosity=0)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A database of this test's own, where everything is really committed; gives its name."""
    with django_db_blocker.unblock(), own_database() as name:
        yield name


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


@pytest.fixture
def seldom_counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What waits behind the links at the top is counted on the first and every fifth page only.

    For tests that open very many pages to look at something else: the counts would take a fifth
    to a third of their processor time.
    """
    really, pages = navigation.count, count()

    def sometimes(person: Person, names: Iterable[str]) -> dict[str, int]:
        return {} if next(pages) % 5 else really(person, names)

    monkeypatch.setattr(navigation, "count", sometimes)
    yield
    assert next(pages) > 5, "few pages ask for the counts: this is not needed"


@pytest.fixture(autouse=True)
def quick_hashing(request: pytest.FixtureRequest, settings: Any) -> None:
    """Passwords are hashed at little cost, but for a real server, which would hash them anew."""
    if not request.node.get_closest_marker("browser"):
        settings.PASSWORD_HASHERS = ["tests.quick_hash.QuickArgon2"]


@pytest.fixture(autouse=True)
def plain_http(settings: Any) -> None:
    """The test client speaks http, and static files are served under their own names.

    The hashed names are there only after they were collected; tests of a real server use those.
    """
    settings.SECURE_SSL_REDIRECT = False
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session", autouse=True)
def templates_compiled_once(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """What one process of the run compiles, the others load, browser tests' servers too."""
    own = tmp_path_factory.getbasetemp()
    shared_templates.share(
        (own.parent if hasattr(request.config, "workerinput") else own) / "templates"
    )


def pytest_configure(config: pytest.Config) -> None:
    """WhiteNoise warns that no static files were collected; tests do without them."""
    gc.disable()  # until all tests are collected: next to nothing of it is ever thrown away
    if config.getoption("numprocesses", None):
        compiled.tests_once(config)
    config.addinivalue_line("filterwarnings", "ignore:No directory at:UserWarning")
