"""The processes that still work on a cluster, whoever started them."""

import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from infoshare.embedded_postgres.state import mark

PROC = Path("/proc")


def title(cluster: Path) -> str:
    """The `cluster_name` of the server, which PostgreSQL shows in its children's titles."""
    return f"infoshare-{mark(cluster)}"


def can_be_seen() -> bool:
    """Whether this machine shows us its processes."""
    return (PROC / "self" / "cmdline").exists()


def of_cluster(cluster: Path) -> list[int]:
    """The server processes of a cluster: its postmaster, and children also without one.

    They are known by their titles. Their working folder would do, too, but root in a container
    may not look at that of another user's process. Empty where processes cannot be seen.
    """
    try:
        owner = cluster.stat().st_uid
    except FileNotFoundError:
        return []
    if not can_be_seen():
        return []
    numbered = (process for process in PROC.iterdir() if process.name.isdigit())
    return [int(process.name) for process in numbered if _works_on(process, cluster, owner)]


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


def _works_on(process: Path, cluster: Path, owner: int) -> bool:
    """Whether it is a process of this owner with the command line or title of our server."""
    try:
        words = (process / "cmdline").read_bytes()
        is_child = words.startswith(f"postgres: {title(cluster)}: ".encode())
        is_server = b"/postgres\0-D\0" + os.fsencode(cluster) + b"\0" in words
        return (is_child or is_server) and process.stat().st_uid == owner
    except OSError:
        return False
