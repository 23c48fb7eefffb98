"""A house for one bundled server: a folder, a user, and clients that really run."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psycopg2

from infoshare.embedded_postgres import account, cluster, processes, state
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
else:  # a shell has what it runs in the background ignore it
    signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    while True:
        found = launcher.address(Path(sys.argv[1]), {"fsync": "off"})
        print(json.dumps(asdict(found)), flush=True)
        if not sys.stdin.readline():
            break
except BundledServerError as error:
    sys.exit(str(error))
"""


def wait_until(true: Callable[[], object], seconds: float = 60.0) -> bool:
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
        assert self.process.wait(60) == 0

    def kill(self) -> None:
        """End with kill -9."""
        self.process.kill()
        self.process.wait(60)


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
        said = process.communicate(timeout=60)[1]
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
    connection = psycopg2.connect(dbname=database, connect_timeout=60, **address.parameters())
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(words)
            return str(cursor.fetchone()[0]) if cursor.description else ""
    finally:
        connection.close()
