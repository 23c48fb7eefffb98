"""The worker: it does the jobs that wait until it is asked to stop."""

import asyncio
import contextlib
import logging
import os
import signal
import threading

import psycopg
from django.db import DatabaseError, connection
from procrastinate.contrib.django import app
from procrastinate.exceptions import ProcrastinateException
from procrastinate.psycopg_connector import PsycopgConnector

from infoshare.jobs.housekeeping import DEAD_AFTER, HEARTBEAT

logger = logging.getLogger(__name__)

# Two at a time, so that a long nightly job does not keep a reader from a PDF.
AT_ONCE = 2
# Seconds that a job being done may still take after a request to stop. It is done again later.
GRACE = 10.0
# Seconds until the next try while the database is away: the first, and the longest.
PAUSE, LONGEST_PAUSE = 1.0, 30.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def work(*, until_idle: bool = False) -> None:
    """Do jobs until SIGTERM or Ctrl-C; with `until_idle` until none waits."""
    with contextlib.suppress(asyncio.CancelledError):
        asyncio.run(_work(until_idle))


async def _work(until_idle: bool) -> None:
    _listen()
    pause = PAUSE
    while True:
        began = asyncio.get_running_loop().time()
        try:
            await _session(until_idle)
            if until_idle:
                return
            problem = "its connection was lost"  # procrastinate has written down how
        except (psycopg.Error, DatabaseError, ProcrastinateException) as error:
            if until_idle:
                raise
            problem = type(error.__cause__ or error).__name__
        if asyncio.get_running_loop().time() - began > LONGEST_PAUSE:
            pause = PAUSE
        logger.warning("The worker begins again in %.0f s: %s", pause, problem)
        await asyncio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _session(until_idle: bool) -> None:
    """Work with one pool of connections, until it breaks or there is a request to stop."""
    # One to listen is made beside the pool; jobs themselves use Django's connections.
    connector = PsycopgConnector(
        conninfo=_database, kwargs={"application_name": "infoshare worker"}, min_size=1, max_size=4
    )
    with app.replace_connector(connector):
        async with app.open_async():
            await app.run_worker_async(
                wait=not until_idle,
                concurrency=AT_ONCE,
                install_signal_handlers=False,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=DEAD_AFTER,
            )


async def _database() -> str:
    """Where the database is now: the bundled server may be elsewhere after it was started anew."""
    return await asyncio.to_thread(lambda: connection.database_url())  # type: ignore[attr-defined]


def _listen() -> None:
    """Turn the first request to stop into the end of what this task waits for."""
    this = asyncio.current_task()
    loop = asyncio.get_running_loop()
    if this is None or threading.current_thread() is not threading.main_thread():
        return

    def stop() -> None:
        for signum in STOP_SIGNALS:
            loop.add_signal_handler(signum, lambda: None)
        last = threading.Timer(GRACE, os._exit, [1])
        last.daemon = True
        last.start()
        this.cancel()

    for signum in STOP_SIGNALS:
        loop.add_signal_handler(signum, stop)
