"""The server process: started ready for use, stopped in good order."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from infoshare.embedded_postgres import processes, socket_folder
from infoshare.embedded_postgres.cluster import Cluster
from infoshare.embedded_postgres.errors import BundledServerError
from infoshare.embedded_postgres.parent import die_with

# Line 8 of postmaster.pid says "starting", "ready", "stopping" or "standby"
# (PostgreSQL source, src/include/utils/pidfile.h).
STATUS_LINE = 7


class Postmaster:
    """One run of the server over a cluster."""

    def __init__(self, cluster: Cluster, socket: Path, settings: Mapping[str, str]) -> None:
        """Clear what an earlier run left behind, then start the server (without waiting)."""
        self.cluster = cluster
        self.socket = socket
        clear_leftovers(cluster, socket)
        asked = {
            "cluster_name": processes.title(cluster.path),
            "listen_addresses": "",
            "port": str(socket_folder.PORT),
            "unix_socket_directories": _listed(socket),
            "unix_socket_permissions": "0700",
            **settings,
        }
        self.process = subprocess.Popen(
            [
                cluster.programs / "postgres",
                *("-D", cluster.path),
                *(part for name, value in asked.items() for part in ("-c", f"{name}={value}")),
            ],
            **cluster.account.drop(),
            cwd="/",
            umask=0o077,
            stdin=subprocess.DEVNULL,
            preexec_fn=die_with(os.getpid(), signal.SIGINT),
        )

    def wait_until_ready(self, stop_asked: Callable[[], bool]) -> bool:
        """True when it takes connections; False when it ended first, or a stop was asked for.

        However long it takes: recovery after a crash has no limit of its own.
        """
        while self.is_alive() and not stop_asked():
            if self._status() == "ready":
                return True
            time.sleep(0.02)
        return False

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    def is_reachable(self) -> bool:
        """Whether the socket is still there; a cleaner of temporary folders may have taken it."""
        return (self.socket / socket_folder.SOCKET).exists()

    def stop(self) -> None:
        """End the server: clients are cut off, data is written; harder when it does not end."""
        for number, seconds in (
            (signal.SIGINT, 20.0),
            (signal.SIGQUIT, 5.0),
            (signal.SIGKILL, 5.0),
        ):
            if self.is_alive():
                self.process.send_signal(number)
                try:
                    self.process.wait(seconds)
                except subprocess.TimeoutExpired:
                    continue
        processes.end_all(self.cluster.path)
        socket_folder.clear(self.socket, self.cluster)

    def _status(self) -> str:
        """What the server says about itself; "" while it says nothing."""
        try:
            lines = (self.cluster.path / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return ""
        if len(lines) <= STATUS_LINE or lines[0] != str(self.process.pid):
            return ""
        return lines[STATUS_LINE].strip()


def clear_leftovers(cluster: Cluster, socket: Path) -> None:
    """End servers and remove files of an earlier run; the caller holds the keeper's lock.

    A lock file whose number now belongs to some other process would stop PostgreSQL for ever;
    one whose process is gone it deals with itself, and checks the shared memory on the way.
    """
    pid_file = cluster.path / "postmaster.pid"
    postmaster = _first_number(pid_file)
    if not processes.end_all(cluster.path, postmaster):
        raise BundledServerError(
            f"An earlier server on {cluster.path} does not end; end it by hand."
        )
    if postmaster and processes.can_be_seen() and _is_running(postmaster):
        pid_file.unlink(missing_ok=True)
    for name in (socket_folder.SOCKET, f"{socket_folder.SOCKET}.lock"):
        (socket / name).unlink(missing_ok=True)


def _first_number(pid_file: Path) -> int | None:
    """The process number in a postmaster.pid, or None when there is no sound one."""
    try:
        return int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _listed(folder: Path) -> str:
    """The folder as an entry of PostgreSQL's list of folders."""
    return '"{}"'.format(str(folder).replace('"', '""'))
