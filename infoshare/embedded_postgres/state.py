"""The state folder: the locks, the log and the address of one bundled server."""

import fcntl
import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from pwd import getpwuid

from infoshare.embedded_postgres.errors import BundledServerError

PROJECT = Path(__file__).resolve().parents[2]
LOCK_FLAGS = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW


def default_folder() -> Path:
    """The state folder of this installation: `postgres` in INFOSHARE_DATA or in `var`.

    The same folder as `settings.EMBEDDED_POSTGRES_DIR`, found without loading Django.
    """
    data = os.environ.get("INFOSHARE_DATA", "").strip()
    return Path(data or PROJECT / "var").resolve() / "postgres"


@dataclass(frozen=True)
class StateFolder:
    """The files of one bundled server, all inside `path`, which only its owner may enter."""

    path: Path

    @property
    def keeper_lock(self) -> Path:
        """Held by the keeper while it lives."""
        return self.path / "keeper.lock"

    @property
    def clients_lock(self) -> Path:
        """Shared by all clients; the keeper takes it alone to be sure that nobody is left."""
        return self.path / "clients.lock"

    @property
    def address(self) -> Path:
        """Where the running server is found; written by the keeper, gone when it is not ready."""
        return self.path / "server.json"

    @property
    def log(self) -> Path:
        """What keeper and server have to say."""
        return self.path / "server.log"

    def make(self) -> None:
        """Make the folder when missing; raise `BundledServerError` when it cannot be ours alone."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            found = self.path.stat()
            if found.st_uid != os.geteuid():
                raise BundledServerError(
                    f"The database folder {self.path} belongs to {person(found.st_uid)}, and you "
                    f"are {person(os.geteuid())}. Run this as {person(found.st_uid)}, or set "
                    "INFOSHARE_DATA to a folder of your own."
                )
            if stat.S_IMODE(found.st_mode) & 0o077:
                self.path.chmod(0o700)
        except OSError as error:
            raise self.unusable(error) from error

    def unusable(self, error: OSError) -> BundledServerError:
        """The problem to raise when the folder cannot be used because of `error`."""
        return BundledServerError(
            f"The database folder {self.path} cannot be used: {error.strerror}. Let "
            f"{person(os.geteuid())} write there, or set INFOSHARE_DATA to another folder."
        )

    def open_lock(self, path: Path) -> int:
        """A new file descriptor of a lock file; children that exec do not get it."""
        try:
            return os.open(path, LOCK_FLAGS, 0o600)
        except OSError as error:
            raise self.unusable(error) from error


def take(lock: int, *, shared: bool = False) -> bool:
    """Take the lock of an open file without waiting; False when another holds it."""
    try:
        fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def release(lock: int) -> None:
    """Give the lock back and keep the file open."""
    fcntl.flock(lock, fcntl.LOCK_UN)


def is_same_file(lock: int, path: Path) -> bool:
    """Whether `path` is still the file that was opened; False when the folder was deleted."""
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


def mark(path: Path) -> str:
    """Sixteen hexadecimal digits that stand for a path."""
    return sha256(os.fsencode(path)).hexdigest()[:16]


def person(uid: int) -> str:
    """The name of a system user, or its number when it has none."""
    try:
        return getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"
