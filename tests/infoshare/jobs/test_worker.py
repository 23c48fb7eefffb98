"""A real worker: it is killed in the middle of a job, and another does the job again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from infoshare.jobs.deferring import defer
from infoshare.jobs.standing import standing
from infoshare.jobs.worker import work
from tests.infoshare.jobs.slow import held_up

ROOT = Path(__file__).resolve().parents[3]


def until(condition: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def status() -> str:
    return str(ProcrastinateJob.objects.get(task_name=held_up.name).status)


@pytest.mark.slow
@pytest.mark.usefixtures("committed")
def test_the_job_of_a_worker_that_was_killed_is_done_by_another(tmp_path: Path) -> None:
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
        until(lambda: status() == "doing")
        assert standing().alive
        assert Client().get("/health/jobs/").status_code == 200
    finally:
        killed.send_signal(signal.SIGKILL)
        killed.wait()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '31 s'")
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name <> %s", [held_up.name])
        cursor.execute("UPDATE procrastinate_periodic_defers SET defer_timestamp = 1")
    assert not standing().alive

    def done() -> bool:
        work(until_idle=True)  # its minute's round finds the job, and then it is done
        return status() == "succeeded"

    until(done)
    assert standing().failed == 0
