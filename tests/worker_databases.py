"""One migrated test database for all processes of a run: the others get copies of the first.

Migrating takes some seconds of processor time, copying a few tenths.
"""

import fcntl
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

from infoshare.embedded_postgres import bundled
from tests.committed import copy

Made = list[tuple[Any, str, bool]]


def set_up(shared: Path, *, keep: bool) -> Made:
    """Make this process's test database; what `teardown_databases` asks for.

    `shared` is a folder that all processes of the run, and no other run, know.
    """
    others = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) - 1
    if keep or not others:
        return _migrated(keep=keep)
    copied = shared / "databases"
    with (shared / "databases.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not copied.exists():
            made = _migrated(keep=False)
            copied.write_text("\n".join(_copies(others + 1)))
            return made
    own = connection.creation._get_test_db_name()
    # A process that took the place of one that crashed has a number nobody knew of.
    return _own(own) if own in copied.read_text().split("\n") else _migrated(keep=False)


def _migrated(*, keep: bool) -> Made:
    return setup_databases(verbosity=0, interactive=False, keepdb=keep, aliases={"default"})


def _copies(processes: int) -> list[str]:
    """Copy this process's database for each other one; the copies' names."""
    own, me = str(connection.settings_dict["NAME"]), os.environ["PYTEST_XDIST_WORKER"]
    names = [own.removesuffix(me) + f"gw{number}" for number in range(processes)]
    names.remove(own)
    connection.close()
    for name in names:
        copy(own, name)
    return names


def _own(name: str) -> Made:
    """Work on the copy of this name, as Django does on the database that it made."""
    bundled.use_test_cluster(connection)
    before = str(connection.settings_dict["NAME"])
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    return [(connection, before, True)]
