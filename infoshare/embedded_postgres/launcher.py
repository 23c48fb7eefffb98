"""The client's side: have the server run, and be counted among those who need it."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from infoshare.embedded_postgres import address as addresses
from infoshare.embedded_postgres import cluster, processes, state
from infoshare.embedded_postgres.address import Address
from infoshare.embedded_postgres.errors import BundledServerError
from infoshare.embedded_postgres.state import StateFolder

# Seconds to wait for a server that is being made, started or stopped by a keeper that lives.
PATIENCE = 60.0
# Seconds after which a client that is still there is another program's: on a busy machine the
# workers of a web server that was just ended let go of their lock only when they get their turn.
SETTLED = 5.0
LARGEST_LOG = 10 * 1024 * 1024
# The shared lock of each state folder this process uses, held until the process ends.
_held: dict[Path, int] = {}


def address(folder: Path, settings: Mapping[str, str] | None = None) -> Address:
    """The address of a running server, which is started when there is none.

    From here on this process counts as a client: the server runs at least as long as it does.
    `settings` are PostgreSQL parameters for a server that has to be started. Raises
    `BundledServerError`, which says where the log is.
    """
    place = StateFolder(folder.resolve())
    place.make()
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if _register(place):
            _start_keeper(place, settings or {}, end)
            if found := addresses.read(place.address):
                return found
        time.sleep(0.05)
    raise BundledServerError(
        f"The bundled PostgreSQL was not ready within {PATIENCE:.0f} seconds. Its log: {place.log}"
    )


def wait_stopped(folder: Path, seconds: float) -> str:
    """Wait until no server runs; "stopped", "in use" (others need it) or "running" (too slow)."""
    place = StateFolder(folder.resolve())
    if not place.path.exists():
        return "stopped"
    end = time.monotonic() + seconds
    settled = time.monotonic() + min(SETTLED, seconds)
    while time.monotonic() < end:
        if _is_free(place, place.keeper_lock):
            if not processes.of_cluster(cluster.place(place)):
                return "stopped"
        elif _is_free(place, place.clients_lock):
            _hurry(place)
        elif time.monotonic() > settled:
            return "in use"
        time.sleep(0.05)
    return "running"


def _register(place: StateFolder) -> bool:
    """Hold the clients' lock; False while a keeper is stopping its server."""
    held = _held.get(place.path)
    if held is not None and state.is_same_file(held, place.clients_lock):
        return True
    lock = place.open_lock(place.clients_lock)
    if not state.take(lock, shared=True):
        os.close(lock)
        return False
    _held[place.path] = lock
    return True


def _start_keeper(place: StateFolder, settings: Mapping[str, str], end: float) -> None:
    """Start a keeper unless there is one. It gets the lock that was taken to find that out."""
    lock = place.open_lock(place.keeper_lock)
    try:
        if not state.take(lock):
            return
        place.address.unlink(missing_ok=True)
        problem = _launch(place, lock, settings, end)
    finally:
        os.close(lock)
    if problem:
        raise BundledServerError(
            f"The bundled PostgreSQL could not be started. {problem}\nIts log: {place.log}"
        )


def _launch(place: StateFolder, lock: int, settings: Mapping[str, str], end: float) -> str:
    """Start the keeper's process and wait for its word; "" when the server is ready."""
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as report, _open_log(place) as log:
        try:
            subprocess.run(
                [
                    *(sys.executable, "-P", "-m", "infoshare.embedded_postgres", "keep"),
                    *(str(place.path), str(lock), str(writer)),
                    *(f"{name}={value}" for name, value in settings.items()),
                ],
                check=True,
                cwd="/",
                env=_keeper_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock, writer),
                start_new_session=True,
                timeout=max(1.0, end - time.monotonic()),
            )
        except (subprocess.SubprocessError, OSError) as error:
            return f"The keeper did not start: {error}"
        finally:
            os.close(writer)
        return _read_all(report, end)


def _read_all(report: BinaryIO, end: float) -> str:
    """What the keeper wrote until it closed the pipe; "" also when it takes too long."""
    words = b""
    while select.select([report], [], [], max(0.0, end - time.monotonic()))[0]:
        part = os.read(report.fileno(), 4096)
        if not part:
            break
        words += part
    return words.decode("utf-8", "replace")


def _open_log(place: StateFolder) -> BinaryIO:
    """The log, open for adding to it; a large one is put aside. The keeper's lock is ours."""
    if place.log.exists() and place.log.stat().st_size > LARGEST_LOG:
        place.log.replace(place.log.with_suffix(".old.log"))
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
    return os.fdopen(os.open(place.log, flags, 0o600), "wb")


def _keeper_environment() -> dict[str, str]:
    """What the keeper may know: where things are, and none of the caller's secrets."""
    names = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "XDG_RUNTIME_DIR")
    kept = {name: os.environ[name] for name in names if name in os.environ}
    return {**kept, "PYTHONPATH": str(state.PROJECT), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _is_free(place: StateFolder, path: Path) -> bool:
    lock = place.open_lock(path)
    try:
        return state.take(lock)
    finally:
        os.close(lock)


def _hurry(place: StateFolder) -> None:
    """Ask the keeper, which holds its lock, not to wait for another client."""
    if found := addresses.read(place.address):
        os.kill(found.keeper, signal.SIGUSR1)
