"""Leave a job for the worker."""

import uuid
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.retry import RetryStrategy
from procrastinate.tasks import Task, configure_task

# Again 4 s later, then 16 s, 64 s, 4 minutes and 17 minutes; then it has failed.
RETRY = RetryStrategy(max_attempts=5, exponential_wait=4)


class NotAnIdError(Exception):
    """A job was to be told something that is not an id. A case's text never goes into a job."""


@cache
def _through_django() -> JobManager:
    # Not the task's own: inside the worker that one has a connection apart from Django's.
    return JobManager(connector=DjangoConnector())


def defer(
    task: Task[Any, Any, Any], *, once: str | None = None, priority: int = 0, **ids: uuid.UUID | int
) -> bool:
    """Leave a job in the transaction that is open now: no commit, no job.

    With `once` nothing is left while a job of that name waits; False then. Raises `NotAnIdError`
    for an argument that is neither a number nor an id.
    """
    arguments = {name: _written(name, value) for name, value in ids.items()}
    job = configure_task(
        name=task.name, job_manager=_through_django(), queueing_lock=once, priority=priority
    )
    try:
        # A savepoint, because finding the name taken would break the open transaction.
        with transaction.atomic():
            job.defer(**arguments)
    except AlreadyEnqueued:
        return False
    return True


def defer_many(
    task: Task[Any, Any, Any], told: Iterable[Mapping[str, uuid.UUID | int]], *, priority: int = 0
) -> int:
    """Leave a job for each of these, in one statement; how many. Raises `NotAnIdError`."""
    arguments: list[dict[str, Any]] = [
        {name: _written(name, value) for name, value in one.items()} for one in told
    ]
    if arguments:
        jobs = configure_task(name=task.name, job_manager=_through_django(), priority=priority)
        jobs.batch_defer(*arguments)
    return len(arguments)


def _written(name: str, value: object) -> str | int:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, int):
        return value
    raise NotAnIdError(f"{name} is no id: a job is told nothing else")
