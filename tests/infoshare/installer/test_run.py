"""`make run` for real: it serves, keeps what was entered, and leaves nothing running."""

import http.client
import os
import pty
import re
import select
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from infoshare.embedded_postgres import cluster, state

ROOT = Path(__file__).resolve().parents[3]
OURS = ("INFOSHARE_", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_", "MAKE", "MFLAGS", "PYTEST_")
READY = b"(Ctrl-C stops it)"

# The demo leaves a job for each record's PDF. A few keep the worker at work while it is stopped;
# to make them all would take longer than everything else here together.
ENTER = """
from django.db import connection
from decisions.records.models import Record
from infoshare.people.models import Organisation
connection.cursor().execute(
    "DELETE FROM procrastinate_jobs WHERE status = 'todo' AND id NOT IN "
    "(SELECT id FROM procrastinate_jobs WHERE task_name = 'make_pdf' ORDER BY id DESC LIMIT 12)"
)
Organisation.objects.create(name="Kept Council", sector="social-care")
print(Record.objects.count())
"""
ENTERED = """
from decisions.records.models import Record
from infoshare.people.models import Organisation
print(Organisation.objects.filter(name="Kept Council").count(), Record.objects.count())
"""

pytestmark = [pytest.mark.slow, pytest.mark.long]


def ours() -> dict[str, str]:
    """The environment without what this very test run was told."""
    return {name: value for name, value in os.environ.items() if not name.startswith(OURS)}


class Run:
    """A `make run` in a terminal of its own, with data of its own."""

    def __init__(self, data: Path, port: int) -> None:
        self.data, self.port, self.said = data, port, b""
        environment = ours() | {"INFOSHARE_DATA": str(data), "PORT": str(port), "TERM": "xterm"}
        self.began = time.monotonic()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            os.chdir(ROOT)
            os.execve("/usr/bin/make", ["make", "run"], environment)  # noqa: S606

    def wait_until_ready(self, seconds: float = 120) -> float:
        """Seconds until the address was printed; fails with what was said when it was not."""
        assert self._listen(lambda: READY in self.said, seconds), self.text
        return time.monotonic() - self.began

    def _listen(self, enough: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not enough() and time.monotonic() < end:
            if select.select([self.terminal], [], [], 0.1)[0]:
                try:
                    self.said += os.read(self.terminal, 65536)
                except OSError:
                    break
        return enough()

    @property
    def text(self) -> str:
        return self.said.decode("utf-8", "replace")

    def processes(self) -> dict[int, str]:
        """Every process that knows this run's data folder: number and command line."""
        mark = os.fsencode(self.data)
        place = os.fsencode(cluster.place(state.StateFolder(self.data / "postgres")))
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                words = (folder / "cmdline").read_bytes()
                if mark in (folder / "environ").read_bytes() or mark in words or place in words:
                    found[int(folder.name)] = words.replace(b"\0", b" ").decode()
        return found

    def installer(self) -> int:
        """The number of the process that `make` started."""
        (number,) = (n for n, words in self.processes().items() if "infoshare.installer" in words)
        return number

    def assert_gone(self, seconds: float = 60) -> None:
        """Nothing of this run is left running."""
        ended: list[int] = []

        def gone() -> bool:
            if not ended:
                ended.extend(filter(None, [os.waitpid(self.process, os.WNOHANG)[0]]))
            return not self.processes()

        if self.terminal >= 0:
            self._listen(gone, seconds)
        end = time.monotonic() + seconds
        while not gone() and time.monotonic() < end:
            time.sleep(0.1)
        assert self.processes() == {}, self.text
        if not ended:
            os.waitpid(self.process, 0)

    def until(self, holds: Callable[[], bool], seconds: float = 60) -> bool:
        """Whether it comes to hold in time."""
        end = time.monotonic() + seconds
        while not holds() and time.monotonic() < end:
            time.sleep(0.2)
        return holds()

    def hang_up(self) -> None:
        """Close the terminal's window."""
        os.close(self.terminal)
        self.terminal = -1

    def get(self, path: str) -> int:
        """The status of a page."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        asked.request("GET", path)
        return asked.getresponse().status


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One data folder for all runs here; what root keeps elsewhere for it is removed as well."""
    folder = tmp_path_factory.mktemp("run") / "var"
    yield folder
    if os.geteuid() == 0:
        place = cluster.place(state.StateFolder(folder / "postgres"))
        shutil.rmtree(place.parent, ignore_errors=True)


@pytest.fixture
def start(data: Path) -> Iterator[Callable[[], Run]]:
    """`start()` is a run on a free port; whatever it left is ended after the test."""
    runs: list[Run] = []

    def run() -> Run:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            runs.append(Run(data, free.getsockname()[1]))
        return runs[-1]

    yield run
    for one in runs:
        for process in one.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        if one.terminal >= 0:
            os.close(one.terminal)


def asked(data: Path, code: str) -> str:
    """What Python says to `code`, with the run's own database."""
    ended = subprocess.run(
        [".venv/bin/python", "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT, capture_output=True, text=True,
        env=ours() | {"INFOSHARE_DATA": str(data), "DATABASE_URL": "",
                      "DJANGO_SETTINGS_MODULE": "infoshare.settings"},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return ended.stdout.strip()


def test_it_serves_and_stops_and_a_second_run_keeps_what_was_entered(
    start: Callable[[], Run], data: Path
) -> None:
    """One test, so that the demo is made once: it says how to sign in, and Ctrl-C stops it all."""
    run = start()
    run.wait_until_ready()
    made = asked(data, ENTER)
    assert run.get("/health/") == http.client.OK
    assert run.until(lambda: run.get("/health/jobs/") == http.client.OK)
    assert f"InfoShare answers at http://127.0.0.1:{run.port} " in run.text
    for step in ("Database: tables, invented people and cases", "Web server"):
        assert re.search(rf"{step}: \w+ \(\d+\.\d s\)", run.text)
    assert "@" in run.text.split("Web server: answers")[1]
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
    os.write(run.terminal, b"\x03")
    run.assert_gone()
    assert "Stopping the web server, the job worker and the database: stopped" in run.text
    assert "***" not in run.text and "keeps running" not in run.text
    second = start()
    second.wait_until_ready()
    assert asked(data, ENTERED) == f"1 {made}" != "1 0"
    os.kill(second.installer(), signal.SIGTERM)
    second.assert_gone()


def kill_the_installer(run: Run) -> None:
    os.kill(run.installer(), signal.SIGKILL)


def kill_make(run: Run) -> None:
    os.kill(run.process, signal.SIGKILL)


def test_however_it_is_ended_nothing_keeps_running(start: Callable[[], Run]) -> None:
    for end in (kill_the_installer, kill_make, Run.hang_up):
        run = start()
        run.wait_until_ready()
        assert run.until(lambda: "run_worker" in "".join(run.processes().values()))  # noqa: B023
        end(run)
        run.assert_gone()


def test_a_port_that_is_taken_is_said_at_once(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = subprocess.run(
            ["/usr/bin/make", "run"], cwd=ROOT, capture_output=True, text=True, timeout=60,
            env=ours() | {"PORT": str(port), "INFOSHARE_DATA": str(data)},
        )  # fmt: skip
    assert ended.returncode == 2
    assert f"Port {port} is taken: another program serves there." in ended.stderr
    assert ended.stdout == ""
