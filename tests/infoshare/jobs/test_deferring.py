"""What a job may be told, when it is done again, and what is said of one that failed."""

import asyncio
from datetime import UTC, datetime

import pytest
from procrastinate import jobs
from procrastinate.exceptions import JobAborted

from infoshare.jobs.deferring import RETRY, NotAnIdError, defer
from infoshare.jobs.failing import JobFailed, without_words
from infoshare.jobs.housekeeping import remove_old


class Job:
    call_string = "make_pdf[1](record_id='x')"


class Context:
    job = Job()


@pytest.mark.parametrize("told", ["Okafor", b"Okafor", None, ["Okafor"]])
def test_a_job_is_told_ids_only(told: object) -> None:
    with pytest.raises(NotAnIdError):
        defer(remove_old, record_id=told)


def test_a_job_that_fails_is_done_again_later_and_later_and_then_no_more() -> None:
    now = datetime.now(UTC)
    decisions = [RETRY.get_retry_decision(exception=KeyError(), job=tried(n)) for n in range(6)]
    waits = [one and round((one.retry_at - now).total_seconds()) for one in decisions]
    assert waits == [4, 16, 64, 256, 1024, None]


def tried(times: int) -> jobs.Job:
    return jobs.Job(
        queue="default", task_name="make_pdf", lock=None, queueing_lock=None, attempts=times
    )


def test_a_fault_is_passed_on_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    async def fail() -> None:
        raise KeyError("The family rang")

    async def abort() -> None:
        raise JobAborted

    with pytest.raises(JobFailed, match=r"^KeyError in .*test_deferring\.py, line \d+$") as caught:
        asyncio.run(without_words(fail, Context(), None))
    assert caught.value.__suppress_context__
    assert "KeyError" in caplog.text and "family" not in caplog.text
    with pytest.raises(JobAborted):
        asyncio.run(without_words(abort, Context(), None))
