"""One loader at a time, held by the database, so that it holds over processes and machines."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

KEY = 2_046_113_508  # any number that nothing else here locks
PATIENCE = 120.0
PAUSE = 0.2


class Busy(Exception):
    """Another process went on loading for longer than anybody should wait."""


@contextmanager
def alone(waiting: Callable[[], None], *, patience: float = PATIENCE) -> Iterator[None]:
    """Run the block as the only loader on this database.

    Calls `waiting` once when another has to be waited for; raises `Busy` after `patience`
    seconds. The lock belongs to the session, so it goes when the process does.
    """
    _take(waiting, patience)
    try:
        yield
    finally:
        _ask("SELECT pg_advisory_unlock(%s)")


def _take(waiting: Callable[[], None], patience: float) -> None:
    until = time.monotonic() + patience
    told = False
    while not _ask("SELECT pg_try_advisory_lock(%s)"):
        if time.monotonic() >= until:
            raise Busy
        if not told:
            waiting()
            told = True
        time.sleep(PAUSE)


def _ask(statement: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, [KEY])
        return bool(cursor.fetchone()[0])
