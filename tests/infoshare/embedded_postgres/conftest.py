"""Houses for bundled servers: of an ordinary user and, when the tests run as root, of root."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam

import pytest

from infoshare.embedded_postgres import binaries, state
from tests.infoshare.embedded_postgres.house import (
    IS_ROOT,
    House,
    process_is_alive,
    run_query,
    wait_until,
)


@pytest.fixture(scope="session")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, int | None]]:
    """Code, Python and user number of an ordinary user: ourselves, or `nobody` when we are root.

    Project and virtual environment may be closed to others, so `nobody` gets a copy.
    """
    if not IS_ROOT:
        yield state.PROJECT, sys.executable, None
        return
    copy = Path(tempfile.mkdtemp(prefix="infoshare-code-"))
    ignored = shutil.ignore_patterns("__pycache__", "include", "pginstall", "*.a")
    shutil.copytree(state.PROJECT / "infoshare", copy / "infoshare", ignore=ignored)
    wheel = Path(find_spec(binaries.PACKAGE).origin).parent
    for part in (wheel, wheel.with_name(f"{wheel.name}.libs")):
        shutil.copytree(part, copy / part.name, ignore=ignored)
    for path in (copy, *copy.rglob("*")):
        path.chmod(path.stat().st_mode | (0o755 if path.is_dir() else 0o444))
    yield copy, public_python(), getpwnam("nobody").pw_uid
    shutil.rmtree(copy)


def public_python() -> str:
    """A Python that any user can run."""
    found = (sys.executable, "/usr/local/bin/python3", "/usr/bin/python3")
    for python in (Path(name).resolve() for name in found):
        if python.exists() and all(folder.stat().st_mode & 0o001 for folder in python.parents):
            return str(python)
    raise AssertionError("no Python that an ordinary user may run")


def open_house(kind: str, ordinary: tuple[Path, str, int | None]) -> House:
    """An empty house of an ordinary user or of root."""
    if kind == "root" and not IS_ROOT:
        pytest.skip("the tests were started by an ordinary user, who cannot become root")
    code, python, user = ordinary
    if kind == "root":
        code, python, user = state.PROJECT, sys.executable, None
    return House(Path(tempfile.mkdtemp(prefix="infoshare-house-")).resolve(), code, python, user)


@pytest.fixture(params=["ordinary", "root"])
def empty_house(request: pytest.FixtureRequest, ordinary: tuple) -> Iterator[House]:
    """A house where no server ever ran: of an ordinary user, then of root."""
    made = open_house(request.param, ordinary)
    try:
        yield made
    finally:
        made.close()


@pytest.fixture(scope="session")
def lived_in(ordinary: tuple) -> Iterator[dict[str, House]]:
    """One house of each kind for the whole run: most tests can share a data folder."""
    made: dict[str, House] = {}
    yield made
    for each in made.values():
        each.close()


@pytest.fixture(params=["ordinary", "root"])
def house(request: pytest.FixtureRequest, ordinary: tuple, lived_in: dict) -> Iterator[House]:
    """A house where servers have run before and none runs now."""
    if request.param not in lived_in:
        lived_in[request.param] = open_house(request.param, ordinary)
        lived_in[request.param].end(lived_in[request.param].client())
    found = lived_in[request.param]
    known = dict(found.environment)
    (found.folder / "server.log").unlink(missing_ok=True)
    try:
        yield found
    finally:
        found.environment, found.prefix = known, []
        found.settle()


@pytest.fixture
def query() -> Callable[..., str]:
    """Runs a statement on a server: `query(address, words)`."""
    return run_query


@pytest.fixture
def until() -> Callable[..., bool]:
    """Waits for something to come true: `until(function, seconds)`."""
    return wait_until


@pytest.fixture
def is_alive() -> Callable[[int], bool]:
    """Tells whether a process number is in use."""
    return process_is_alive
