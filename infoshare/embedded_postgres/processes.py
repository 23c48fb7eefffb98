"""The processes that still work on a cluster, whoever started them."""

import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def of_cluster(cluster: Path) -> list[int]:
    """The server processes that have the cluster as their working folder.

    PostgreSQL changes to its data folder and stays there, so this finds the children of a
    postmaster that was killed, too. Empty where there is no /proc.
    """
    if not PROC.is_dir():
        return []
    numbered = (process for process in PROC.iterdir() if process.name.isdigit())
    return [int(process.name) for process in numbered if _works_in(process, cluster)]


def wait_until_gone(cluster: Path, seconds: float) -> bool:
    """Whether no process works on the cluster any more, within the time given."""
    end = time.monotonic() + seconds
    while of_cluster(cluster):
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def end_all(cluster: Path, postmaster: int | None = None) -> bool:
    """Stop what was left running on the cluster, gently before hard; False when some remain.

    A postmaster that is known and still there ends its children in good order. Children without
    one are told to quit at once: nothing waits for them but the next server.
    """
    if postmaster is not None and postmaster in of_cluster(cluster):
        _send(signal.SIGINT, [postmaster])
        if wait_until_gone(cluster, 10.0):
            return True
    for number, seconds in ((signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        _send(number, of_cluster(cluster))
        if wait_until_gone(cluster, seconds):
            return True
    return False


def _send(number: signal.Signals, processes: Iterable[int]) -> None:
    for process in processes:
        with suppress(ProcessLookupError):
            os.kill(process, number)


def _works_in(process: Path, folder: Path) -> bool:
    """Whether it is a PostgreSQL process with this working folder (a deleted one is another)."""
    try:
        return (process / "cwd").readlink() == folder and (
            (process / "comm").read_text(encoding="utf-8").strip() == "postgres"
        )
    except OSError:
        return False
