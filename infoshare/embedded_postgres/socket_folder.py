"""The folder of the server's socket, which has to have a short name."""

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from infoshare.embedded_postgres.cluster import Cluster
from infoshare.embedded_postgres.errors import BundledServerError
from infoshare.embedded_postgres.state import mark

PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
# sun_path of struct sockaddr_un has 108 bytes, the last of them a zero (unix(7)).
LONGEST = 107


def choose(cluster: Cluster) -> Path:
    """The cluster's own folder when its path fits, else a private one with a short name.

    Raises `BundledServerError` when there is no such place, or when the short name is taken.
    """
    if _fits(cluster.path):
        return cluster.path
    for base in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108
        folder = Path(base or "/nonexistent") / f"infoshare-{os.geteuid()}-{mark(cluster.path)}"
        if os.access(folder.parent, os.W_OK | os.X_OK) and _fits(folder):
            _make_private(folder)
            return folder
    raise BundledServerError(
        f"The path of {cluster.path} is too long for a socket, and no temporary folder with a "
        "short name was found. Set INFOSHARE_DATA to a folder with a shorter path."
    )


def clear(folder: Path, cluster: Cluster) -> None:
    """Remove the socket and its lock, and the folder when it was made for the socket alone."""
    for name in (SOCKET, f"{SOCKET}.lock"):
        (folder / name).unlink(missing_ok=True)
    if folder != cluster.path:
        # A cleaner of temporary folders may have been there first.
        with suppress(OSError):
            folder.rmdir()


def _fits(folder: Path) -> bool:
    """Whether libpq can use a socket there: short enough, and no comma (a list of hosts)."""
    return len(os.fsencode(folder / SOCKET)) <= LONGEST and "," not in str(folder)


def _make_private(folder: Path) -> None:
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
        raise BundledServerError(
            f"{folder} is taken by somebody else, and the bundled PostgreSQL needs it for its "
            "socket. Remove it, or set INFOSHARE_DATA to a folder with a shorter path."
        )
    folder.chmod(0o700)
