"""A house for one bundled server: a folder, a user, and clients that really run."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from pwd import getpwnam

import psycopg2
import pytest

from infoshare.embedded_postgres import account, binaries, cluster, processes, state
from infoshare.embedded_postgres.address import Address

IS_ROOT = os.geteuid() == 0
# Prints the server's address, again for every line it gets, and ends with its standard input.
CLIENT = """
import json, signal, sys
from dataclasses import asdict
from pathlib import Path
from infoshare.embedded_postgres import launcher
from infoshare.embedded_postgres.errors import BundledServerError
if sys.argv[2:] == ["deaf"]:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
try:
    while True:
        found = launcher.address(Path(sys.argv[1]), {"fsync": "off"})
        print(json.dumps(asdict(found)), flush=True)
        if not sys.stdin.readline():
            break
except BundledServerError as error:
    sys.exit(str(error))
"""


def wait_until(true: Callable[[], object], seconds: float = 15.0) -> bool:
    """Whether it comes true within the time."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def process_is_alive(process: int) -> bool:
    """Whether a process runs; one that ended and was not waited for does not."""
    try:
        words = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return words.rpartition(")")[2].split()[0] != "Z"


class Client:
    """A process that uses the server."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def address(self) -> Address:
        """What it prints next; the test fails with its words when it ended instead."""
        line = self.process.stdout.readline()
        assert line, f"the client ended: {self.process.stderr.read()}"
        return Address(**json.loads(line))

    def ask(self) -> Address:
        """The address, looked up once more."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return self.address()

    def leave(self) -> None:
        """End in good order."""
        self.process.stdin.close()
        assert self.process.wait(15) == 0

    def kill(self) -> None:
        """End with kill -9."""
        self.process.kill()
        self.process.wait(15)


class House:
    """Where one server lives, and the user who lives there."""

    def __init__(self, base: Path, code: Path, python: str, user: int | None) -> None:
        self.base = base
        self.python = python
        self.user = user
        self.environment = {"PATH": os.environ["PATH"], "TMPDIR": str(base / "tmp")}
        self.environment["PYTHONPATH"] = str(code)
        self.prefix: list[str] = []
        self.clients: list[Client] = []
        self.folders: list[Path] = []
        self.folder = self.use(base / "postgres")
        (base / "tmp").mkdir()
        self.give(base, base / "tmp")

    def use(self, folder: Path) -> Path:
        """Make this the state folder of clients started from now on."""
        self.folder = folder
        self.folders.append(folder)
        return folder

    def give(self, *paths: Path) -> None:
        """Make the user of this house their owner."""
        for path in paths:
            if self.user is not None:
                os.chown(path, self.user, self.user)

    @property
    def cluster(self) -> Path:
        """Where the server's data is expected."""
        if IS_ROOT and self.user is None:
            return cluster.place(state.StateFolder(self.folder))
        return self.folder / "cluster"

    @property
    def log(self) -> str:
        return (self.folder / "server.log").read_text()

    def run(self, *arguments: str, **options: object) -> subprocess.Popen[str]:
        """Start Python as the user of this house."""
        drop = {} if self.user is None else {"user": self.user, "group": self.user}
        if self.user is not None:
            drop["extra_groups"] = []
        process = subprocess.Popen(
            [*self.prefix, self.python, "-P", *arguments],
            env=self.environment,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **drop,
            **options,
        )
        self.clients.append(Client(process))
        return process

    def client(self, *words: str, **options: object) -> Client:
        """Start a client without waiting for its first word; a "deaf" one ignores Ctrl-C."""
        self.run("-c", CLIENT, str(self.folder), *words, **options)
        return self.clients[-1]

    def refused(self) -> str:
        """What a client says that ends because the server cannot be used."""
        process = self.client().process
        said = process.communicate(timeout=30)[1]
        assert process.returncode == 1, said
        assert "Traceback" not in said
        return said

    def keeper(self) -> int | None:
        """The keeper of the state folder, also while it is still starting the server."""
        wanted = f"embedded_postgres\0keep\0{self.folder}\0".encode()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if wanted in (process / "cmdline").read_bytes():
                    return int(process.name)
        return None

    def end(self, client: Client) -> Address:
        """Have a client use the server and leave, and wait until nothing runs."""
        found = client.address()
        self.stop(client)
        return found

    def stop(self, client: Client) -> None:
        """Have the last client leave, and wait until nothing runs, but not for the grace."""
        client.leave()
        keeper = self.keeper()
        assert keeper
        os.kill(keeper, signal.SIGUSR1)
        assert wait_until(self.is_quiet)

    def is_quiet(self) -> bool:
        """Whether neither keeper nor server is left."""
        return self.keeper() is None and not processes.of_cluster(self.cluster)

    def settle(self) -> None:
        """End what was started here."""
        while self.clients:
            client = self.clients.pop()
            client.kill()
            for stream in (client.process.stdin, client.process.stdout, client.process.stderr):
                with suppress(OSError):
                    stream.close()
        if keeper := self.keeper():
            os.kill(keeper, signal.SIGCONT)
            os.kill(keeper, signal.SIGTERM)
        assert wait_until(self.is_quiet, 20), self.log

    def close(self) -> None:
        """End what was started here and remove what was written."""
        for folder in self.folders:
            self.folder = folder
            self.settle()
            if self.cluster.parent.parent == account.ROOM:
                shutil.rmtree(self.cluster.parent, ignore_errors=True)
        shutil.rmtree(self.base)


def run_query(address: Address, words: str, database: str = "postgres") -> str:
    """The first value that a statement gives."""
    connection = psycopg2.connect(dbname=database, connect_timeout=5, **address.parameters())
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(words)
            return str(cursor.fetchone()[0]) if cursor.description else ""
    finally:
        connection.close()


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
