"""The system user that the server runs as. PostgreSQL refuses to run as root."""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from pwd import getpwnam, struct_passwd
from typing import Any

from infoshare.embedded_postgres.errors import BundledServerError

NAME = "infoshare-db"
# Not on every root's PATH (cron, su without a dash).
ADMIN_PATH = "/usr/sbin:/sbin"
# What root keeps outside the project, because the project's folders may be closed to others.
ROOM = Path("/var/lib/infoshare")


@dataclass(frozen=True)
class Account:
    """The user and group to become; None for both means to stay who we are."""

    uid: int | None = None
    gid: int | None = None

    def drop(self) -> dict[str, Any]:
        """The arguments of `subprocess.Popen` that start a program as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def make_folder(self, path: Path) -> None:
        """Make a folder of mode 700 that belongs to this user; its parents must be there."""
        path.mkdir(mode=0o700, exist_ok=True)
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def ours() -> Account:
    """Who the server runs as: the caller, or for root a system user of our own."""
    if os.geteuid() != 0:
        return Account()
    found = _look_up() or _create()
    return Account(found.pw_uid, found.pw_gid)


def make_room() -> None:
    """Make the folder that root's servers share; every user may pass through it."""
    try:
        ROOM.mkdir(parents=True)
    except FileExistsError:
        return
    ROOM.chmod(0o755)


def _look_up() -> struct_passwd | None:
    try:
        return getpwnam(NAME)
    except KeyError:
        return None


def _create() -> struct_passwd:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:{ADMIN_PATH}")
    command = [useradd or "useradd", "--system", "--user-group", "--no-create-home"]
    command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", NAME]
    said = ""
    # Another process may hold the lock of the password file, or be making the same user.
    for _ in range(20):
        try:
            said = subprocess.run(command, capture_output=True, text=True).stderr.strip()
        except FileNotFoundError:
            said = "useradd was not found"
            break
        if found := _look_up():
            return found
        time.sleep(0.25)
    raise BundledServerError(
        f"PostgreSQL does not run as root, and the system user {NAME} could not be made "
        f"({said}). Make it, or run InfoShare as an ordinary user."
    )
