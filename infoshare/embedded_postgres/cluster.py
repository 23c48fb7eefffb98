"""The cluster: the server's data folder, made once and whole."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from infoshare.embedded_postgres.account import ROOM, Account, make_room
from infoshare.embedded_postgres.binaries import MAJOR
from infoshare.embedded_postgres.errors import BundledServerError
from infoshare.embedded_postgres.parent import die_with
from infoshare.embedded_postgres.state import StateFolder, mark

SUPERUSER = "postgres"
# Every database sorts by code point and folds case by Unicode's rules, on any machine.
INITDB = (
    f"--username={SUPERUSER}",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--auth-local=trust",
    "--auth-host=reject",
)


@dataclass(frozen=True)
class Cluster:
    """Where the data is, who owns it and which programs work on it."""

    path: Path
    account: Account
    programs: Path

    def prepare(self, settings: Mapping[str, str]) -> None:
        """Make the cluster when missing; raise `BundledServerError` when it cannot be used."""
        if not self.path.exists():
            self._make(sync=settings.get("fsync") != "off")
        try:
            found = (self.path / "PG_VERSION").read_text(encoding="ascii").strip()
        except OSError as error:
            raise BundledServerError(
                f"{self.path} is not a PostgreSQL data folder ({error.strerror}: PG_VERSION). Move "
                "it away, or put its missing files back."
            ) from error
        if found != str(MAJOR):
            raise BundledServerError(
                f"The data in {self.path} was written by PostgreSQL {found}, and this version of "
                f"InfoShare brings PostgreSQL {MAJOR}. Dump it with pg_dumpall of version {found} "
                "and load it into a new folder (INFOSHARE_DATA), or set DATABASE_URL."
            )

    def _make(self, *, sync: bool) -> None:
        """Make it beside its place and rename it, so that a killed start leaves nothing half."""
        prefix = f"{self.path.name}.new-"
        for rest in self.path.parent.glob(f"{prefix}*"):
            shutil.rmtree(rest, ignore_errors=True)
        new = Path(tempfile.mkdtemp(prefix=prefix, dir=self.path.parent))
        self.account.make_folder(new)
        done = subprocess.run(
            [self.programs / "initdb", *INITDB, *([] if sync else ["--no-sync"]), "-D", new],
            **self.account.drop(),
            cwd="/",
            umask=0o077,
            preexec_fn=die_with(os.getpid()),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise BundledServerError(
                f"PostgreSQL could not make its data folder {self.path}: {done.stderr.strip()}"
            )
        new.rename(self.path)


def place(state: StateFolder) -> Path:
    """Where the cluster of a state folder is: inside it, or for root in root's own room."""
    if os.geteuid() != 0:
        return state.path / "cluster"
    return ROOM.resolve() / mark(state.path) / "cluster"


def of(state: StateFolder, account: Account, programs: Path) -> Cluster:
    """The cluster of a state folder, in a folder that the server's user may write to."""
    path = place(state)
    if account.uid is not None:
        make_room()
        account.make_folder(path.parent)
        (state.path / "WHERE-THE-DATA-IS.txt").write_text(
            "InfoShare was started as root, and PostgreSQL does not run as root. So the data\n"
            f"belongs to a system user and is in\n{path.parent}\n",
            encoding="utf-8",
        )
    return Cluster(path, account, programs)
