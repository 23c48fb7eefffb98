"""A real worker: it is killed in the middle of a job, and another does the job again."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from infoshare.jobs.deferring import defer
from infoshare.jobs.standing import Standing, standing
from infoshare.jobs.worker import work
from tests.infoshare.jobs.slow import faulty, held_up
from tests.roles import as_owner

ROOT = Path(__file__).resolve().parents[3]


# What else the worker did counts as not done, so that its minute's round comes at once.
DIED_LONG_AGO = """
UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 s';
DELETE FROM procrastinate_jobs WHERE task_name <> 'held_up';
UPDATE procrastinate_periodic_defers SET defer_timestamp = 1;
UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo';
UPDATE procrastinate_jobs SET attempts = 5 WHERE queueing_lock LIKE '%too often';
"""
NOT_YET = "UPDATE procrastinate_jobs SET scheduled_at = now() + '1 hour' WHERE status = 'todo'"


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def statuses(name: str) -> list[str]:
    """How the jobs of this name stand, in the order in which they were left."""
    jobs = ProcrastinateJob.objects.filter(queueing_lock=name).order_by("id")
    return list(jobs.values_list("status", flat=True))


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
def test_the_job_of_a_worker_that_was_killed_is_done_by_another(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert not standing().alive
    assert Client().get("/health/jobs/").status_code == 503
    defer(held_up, once="one", record_id=1)
    assert not defer(held_up, once="one", record_id=1)
    assert standing().waiting == 1

    killed = subprocess.Popen(
        [sys.executable, "-m", "tests.infoshare.jobs.slow"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": connection.database_url(), "HOLD_UP": "1"},
    )
    try:
        until(lambda: statuses("one") == ["doing"])
        assert standing().alive
        assert Client().get("/health/jobs/").status_code == 200
    finally:
        killed.kill()
        killed.wait()

    for name in ("ended its worker too often", "another waits"):
        defer(held_up, once=name, record_id=2)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(DIED_LONG_AGO)
        defer(held_up, once="another waits", record_id=2)
        cursor.execute(NOT_YET)
    defer(faulty, once="faulty", record_id=3)
    assert not standing().alive

    def done() -> bool:
        work(until_idle=True)  # its minute's round finds the job, and then it is done
        return statuses("one") == ["succeeded"]

    until(done)
    assert statuses("another waits") == ["aborted", "todo"]
    assert statuses("ended its worker too often") == ["failed"]
    assert statuses("faulty") == ["failed"]
    assert "KeyError in" in caplog.text and "family" not in caplog.text
    assert standing() == Standing(heartbeat=None, waiting=1, failed=2)
