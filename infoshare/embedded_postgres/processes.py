"""The processes that still work on a cluster, whoever started them."""

import os
import signal
import time
from collections.abc import Sequence
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


def end_all(cluster: Path, *, first: Sequence[int] = ()) -> bool:
    """Stop what was left running on the cluster, gently before hard; False when some remain.

    `first` names the postmaster when it is known: it stops its children in good order.
    """
    for number, seconds in ((signal.SIGINT, 10.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
        running = of_cluster(cluster)
        for process in [pid for pid in first if pid in running] or running:
            try:
                os.kill(process, number)
            except ProcessLookupError:
                continue
        if wait_until_gone(cluster, seconds):
            return True
    return False


def _works_in(process: Path, folder: Path) -> bool:
    """Whether it is a PostgreSQL process with this working folder (a deleted one is another)."""
    try:
        return (process / "cwd").readlink() == folder and (
            (process / "comm").read_text(encoding="utf-8").strip() == "postgres"
        )
    except OSError:
        return False
