"""What is said of a job that failed: which fault and where, never its words.

The text of an exception may hold text of a case: a value that could not be read, a row that broke
a rule. procrastinate writes exceptions to its log, so none of ours gets that far.
"""

import logging
import traceback
from collections.abc import Awaitable, Callable
from typing import Any

from procrastinate import App, JobContext
from procrastinate.exceptions import JobAborted
from procrastinate.worker import Worker

logger = logging.getLogger(__name__)


def stand_around_every_job(app: App) -> None:
    """Have every worker of this app do its jobs through `without_words`, however it is started."""
    app.worker_defaults["worker_middleware"] = [without_words]


class JobFailed(Exception):
    """A job failed; says which kind of fault it was, and in which line."""


def place(error: BaseException) -> str:
    """The kind of the fault and the line that it came from, such as `KeyError in x.py, line 3`."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {frames[-1].filename}, line {frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


async def without_words(
    call_next: Callable[[], Awaitable[Any]], context: JobContext, worker: Worker
) -> None:
    """Do the job; raise `JobFailed` in place of any fault. What it returns is not kept either."""
    try:
        await call_next()
    except JobAborted:
        raise
    except Exception as error:
        found = place(error)
        logger.warning("Job %s failed: %s", context.job.call_string, found)
        raise JobFailed(found) from None
