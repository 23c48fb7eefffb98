"""What a job may be told, and what is said of one that failed."""

import asyncio

import pytest
from procrastinate.exceptions import JobAborted

from infoshare.jobs.deferring import NotAnIdError, defer
from infoshare.jobs.failing import JobFailed, without_words
from infoshare.jobs.housekeeping import remove_old


class Job:
    call_string = "make_pdf[1](record_id='x')"


class Context:
    job = Job()


@pytest.mark.parametrize("told", ["The family rang about the stairs", "", "a" * 65, None])
def test_a_job_is_told_ids_only(told: object) -> None:
    with pytest.raises(NotAnIdError):
        defer(remove_old, record_id=told)


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
