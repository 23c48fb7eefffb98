"""The keeper: one process that runs the server for as long as there are clients."""

import os
import signal
import sys
import time
from collections import deque
from collections.abc import Mapping
from datetime import UTC, datetime

from infoshare.embedded_postgres import account, address, binaries, cluster, socket_folder, state
from infoshare.embedded_postgres.errors import BundledServerError
from infoshare.embedded_postgres.postmaster import Postmaster
from infoshare.embedded_postgres.state import StateFolder

# Seconds without clients before the server stops: long enough for one command to follow another.
GRACE = 2.0
TICK = 0.2
# So many starts in so many seconds are a fault that starting again does not cure.
MOST_STARTS, WITHIN = 6, 60.0


class Keeper:
    """Runs the server of one state folder. The keeper's lock is held through `lock`."""

    def __init__(self, folder: StateFolder, lock: int, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.lock = lock
        self.settings = settings
        self.clients = folder.open_lock(folder.clients_lock)
        self.stop_asked = False
        self.hurry = False
        self.starts: deque[float] = deque(maxlen=MOST_STARTS)

    def listen(self) -> None:
        """Take signals: stop now (TERM, INT), or stop without the grace (USR1)."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        signal.signal(signal.SIGUSR1, self._hurry)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    def prepare(self) -> None:
        """Find or make the user, the programs, the cluster and the place of the socket."""
        owner = account.ours()
        self.cluster = cluster.of(self.folder, owner, binaries.for_account(owner))
        self.cluster.prepare(self.settings)
        self.socket = socket_folder.choose(self.cluster)

    def start(self) -> None:
        """Start the server and publish its address; raise `BundledServerError` after many tries."""
        while not self.stop_asked:
            self._count_start()
            log_size = self.folder.log.stat().st_size
            self.server = Postmaster(self.cluster, self.socket, self.settings)
            if self.server.wait_until_ready(lambda: self.stop_asked):
                address.write(self.folder.address, self._address())
                say(f"server {self.server.process.pid} is ready")
                return
            if not self.stop_asked and len(self.starts) == MOST_STARTS:
                raise BundledServerError(f"PostgreSQL does not start. {self._last_words(log_size)}")
            time.sleep(TICK)

    def keep(self) -> None:
        """Return when the server has to stop: nobody is left, or the folder is gone."""
        idle_since = time.monotonic()
        while not self.stop_asked and state.is_same_file(self.lock, self.folder.keeper_lock):
            now = time.monotonic()
            if self._has_clients():
                idle_since, self.hurry = now, False
            elif (self.hurry or now - idle_since > GRACE) and state.take(self.clients):
                # Held until this process ends: a new client waits, and starts a new keeper.
                return
            if not self.server.is_alive() or not self.server.is_reachable():
                self._start_again()
            time.sleep(TICK)

    def stop(self) -> None:
        """Take the address back and end the server."""
        self.folder.address.unlink(missing_ok=True)
        self.server.stop()
        say("server stopped")

    def _start_again(self) -> None:
        say(f"server ended with {self.server.process.poll()}; starting it again")
        self.folder.address.unlink(missing_ok=True)
        self.server.stop()
        self.socket = socket_folder.choose(self.cluster)
        self.start()

    def _has_clients(self) -> bool:
        if not state.take(self.clients):
            return True
        state.release(self.clients)
        return False

    def _count_start(self) -> None:
        now = time.monotonic()
        if len(self.starts) == MOST_STARTS and now - self.starts[0] < WITHIN:
            raise BundledServerError(
                f"PostgreSQL ended {MOST_STARTS} times in {WITHIN:.0f} seconds."
            )
        self.starts.append(now)

    def _last_words(self, since: int) -> str:
        with self.folder.log.open("rb") as log:
            log.seek(since)
            return log.read().decode("utf-8", "replace").strip()[-2000:]

    def _address(self) -> address.Address:
        return address.Address(
            host=str(self.socket),
            port=socket_folder.PORT,
            user=cluster.SUPERUSER,
            keeper=os.getpid(),
            postmaster=self.server.process.pid,
        )

    def _stop(self, *_: object) -> None:
        self.stop_asked = True

    def _hurry(self, *_: object) -> None:
        self.hurry = True


def run(folder: StateFolder, lock: int, report: int, settings: Mapping[str, str]) -> int:
    """Keep the server of `folder` until nobody needs it; the exit status of the process.

    `lock` is the open keeper's lock, already taken; `report` the end of a pipe that gets what
    stopped the start, or nothing when the server is ready.
    """
    for inherited in (lock, report):
        os.set_inheritable(inherited, False)
    keeper = Keeper(folder, lock, settings)
    keeper.listen()
    try:
        keeper.prepare()
        keeper.start()
        os.close(report)
        keeper.keep()
        keeper.stop()
    except BundledServerError as problem:
        say(str(problem))
        _tell(report, str(problem))
        return 1
    except Exception as error:
        # The client that waits hears of a fault of ours too; the log gets the traceback.
        _tell(report, repr(error))
        raise
    return 0


def say(words: str) -> None:
    """A line in the log, in the form that PostgreSQL gives its own."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]
    sys.stderr.write(f"{now} UTC [{os.getpid()}] KEEPER:  {words}\n")
    sys.stderr.flush()


def _tell(report: int, problem: str) -> None:
    try:
        os.write(report, problem.encode("utf-8"))
    except OSError:
        # The start was told already, or the client that asked for it is gone.
        return
